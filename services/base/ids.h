// Ids of things that the server makes. Time-ordered (the form of UUIDv7), so
// that the database appends; opaque to everybody outside.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace stegvis {

// Sixteen bytes.
using IdBytes = std::array<uint8_t, 16>;

// Parses the canonical lower-case text of a UUID; nothing when it is not one.
std::optional<IdBytes> ParseUuid(absl::string_view text);
std::string UuidText(const IdBytes& bytes);

// A random UUID (version 4).
IdBytes RandomUuid();
// A time-ordered one (version 7), as for request ids.
IdBytes TimeOrderedUuid();

// An id of one kind of thing. A value; ids of different kinds do not mix.
template <typename Tag>
class Id {
 public:
  // INVALID_ARGUMENT with NAME_INVALID unless `text` is a canonical UUID.
  static absl::StatusOr<Id> Parse(absl::string_view text);
  static Id FromBytes(const IdBytes& bytes) { return Id(bytes); }

  const IdBytes& Bytes() const { return bytes_; }
  absl::string_view View() const {
    return absl::string_view(reinterpret_cast<const char*>(bytes_.data()),
                             bytes_.size());
  }
  std::string Text() const { return UuidText(bytes_); }

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 misreads <=>.
  friend auto operator<=>(const Id&, const Id&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const Id& id) {
    return H::combine(std::move(state), id.bytes_);
  }

 private:
  explicit Id(const IdBytes& bytes) : bytes_(bytes) {}

  IdBytes bytes_;
};

using ForbundId = Id<struct ForbundTag>;
using InsatsId = Id<struct InsatsTag>;
using ParticipationId = Id<struct ParticipationTag>;
using QuestionId = Id<struct QuestionTag>;

// Where a thing lies: everything that the förbund holds is reached through it.
struct InsatsKey {
  ForbundId forbund;
  InsatsId insats;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 misreads <=>.
  friend auto operator<=>(const InsatsKey&, const InsatsKey&) = default;
};
struct ParticipationKey {
  ForbundId forbund;
  InsatsId insats;
  ParticipationId participation;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 misreads <=>.
  friend auto operator<=>(const ParticipationKey&,
                          const ParticipationKey&) = default;
};
// `forbund/{forbund}/insatser/{insats}/participations/{participation}`.
std::string NameOf(const ParticipationKey& key);
struct QuestionKey {
  ForbundId forbund;
  QuestionId question;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 misreads <=>.
  friend auto operator<=>(const QuestionKey&, const QuestionKey&) = default;
};

// Makes time-ordered ids, strictly increasing even when the clock stands still
// or goes back. Thread-safe.
class IdSource {
 public:
  IdBytes Next(absl::Time now);

  template <typename IdType>
  IdType Make(absl::Time now) {
    return IdType::FromBytes(Next(now));
  }

 private:
  absl::Mutex mutex_;
  uint64_t last_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace stegvis
