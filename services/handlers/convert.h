// Between proto and domain: what all resources share. The convert_* files are
// the only place where the two meet.
//
// Each `Read…` takes what can be read and reports the rest to a Reading; each
// `ToProto` is total. Pure functions. Safe from any thread.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/day.h"
#include "services/base/errors.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

google::protobuf::Timestamp TimestampOf(absl::Time time);
absl::Time TimeOf(const google::protobuf::Timestamp& timestamp);

// Empty for nothing.
std::string DayText(const std::optional<Day>& day);

// The opaque tag of a version: another version has another one, also when a
// database was restored and went on differently.
std::string Etag(int64_t version, absl::Time recorded_at);

template <typename T>
std::string EtagOf(const storage::Versioned<T>& stored) {
  return Etag(stored.version, stored.recorded_at);
}

// ABORTED with ETAG_STALE unless `etag` is that of `stored`.
template <typename T>
absl::Status MatchEtag(const storage::Versioned<T>& stored,
                       absl::string_view etag) {
  return EtagOf(stored) == etag ? absl::OkStatus() : errors::EtagStale();
}

}  // namespace stegvis::handlers
