// Versions of förbund, questions, insatser and counts: tables of one shape.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/seal/key.h"
#include "storage/sql/query.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

// A table of versions: its name, its id columns and two of its statements.
struct VersionTable {
  absl::string_view name;
  std::array<absl::string_view, 3> id_columns;
  size_t ids;
  absl::string_view insert;
  absl::string_view newest;
};

extern const VersionTable kForbundTable;
extern const VersionTable kQuestionTable;
extern const VersionTable kInsatsTable;
extern const VersionTable kCountTable;

// The ids of a row, as many as its table has.
using RowIds = absl::Span<const absl::string_view>;

// A version whose seal has been opened.
struct OpenedVersion {
  std::vector<IdBytes> ids;
  Versioned<std::string> bytes;
};

// Opens the row that `query` stands on; its columns are the ids, version,
// created_at, recorded_at, known_from, position, sealed.
// DATA_LOSS (RECORD_UNREADABLE).
absl::StatusOr<OpenedVersion> OpenVersion(const sql::Query& query,
                                          const VersionTable& table,
                                          const seal::VersionedKey& key);

// Every row of `query`, opened.
absl::StatusOr<std::vector<OpenedVersion>> OpenVersions(
    sql::Query& query, const VersionTable& table,
    const seal::VersionedKey& key);

// Which versions are looked at.
struct VersionBounds {
  int64_t known_until;
  int64_t version;

  // Those known at the session's as-of.
  static VersionBounds AsOf(const Session& session) {
    return {session.known_until, std::numeric_limits<int64_t>::max()};
  }
  static VersionBounds UpTo(int64_t version) {
    return {std::numeric_limits<int64_t>::max(), version};
  }
};

// The newest version within `bounds`, or nothing.
absl::StatusOr<std::optional<OpenedVersion>> FindNewest(
    Session& session, const VersionTable& table, RowIds ids,
    const VersionBounds& bounds, const seal::VersionedKey& key);

// Writes the version after the newest one and `change` for it.
// FAILED_PRECONDITION (KNOWN_LATER) when `known_from` is before the newest's.
absl::StatusOr<Versioned<std::string>> AppendVersion(
    WriteSession& session, const VersionTable& table, RowIds ids,
    const seal::VersionedKey& key, std::string bytes,
    std::optional<absl::Time> known_from, Change change);

// `versioned` with another value.
template <typename T, typename U>
Versioned<T> WithValue(T value, const Versioned<U>& versioned) {
  return Versioned<T>{std::move(value),     versioned.version,
                      versioned.created_at, versioned.recorded_at,
                      versioned.known_from, versioned.position};
}

}  // namespace stegvis::storage
