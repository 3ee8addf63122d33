#include "storage/store/version_rows.h"

#include <limits>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/sealer.h"
#include "storage/store/change_rows.h"
#include "storage/store/statements.h"

namespace stegvis::storage {
namespace {

// The readable columns of a version besides its ids, in their order.
struct Numbers {
  int64_t version;
  int64_t created_at;
  int64_t recorded_at;
  int64_t known_from;
  int64_t position;
};

seal::SealPlace PlaceOf(const VersionTable& table, RowIds ids,
                        const Numbers& numbers) {
  seal::SealPlace place(table.name);
  for (size_t i = 0; i < table.ids; ++i) {
    place.Column(table.id_columns[i], ids[i]);
  }
  place.Column("version", numbers.version)
      .Column("created_at", numbers.created_at)
      .Column("recorded_at", numbers.recorded_at)
      .Column("known_from", numbers.known_from)
      .Column("position", numbers.position);
  return place;
}

template <typename T>
Versioned<T> VersionedFrom(T value, const Numbers& numbers) {
  return Versioned<T>{std::move(value),
                      numbers.version,
                      absl::FromUnixMicros(numbers.created_at),
                      absl::FromUnixMicros(numbers.recorded_at),
                      absl::FromUnixMicros(numbers.known_from),
                      FeedPosition{numbers.position}};
}

// The numbers of the version after `newest`.
absl::StatusOr<Numbers> NextNumbers(const WriteSession& session,
                                    const std::optional<OpenedVersion>& newest,
                                    std::optional<absl::Time> known_from) {
  Numbers next{1, session.recorded_at, session.recorded_at, session.recorded_at,
               NextPosition(session).value};
  if (known_from.has_value()) next.known_from = absl::ToUnixMicros(*known_from);
  if (!newest.has_value()) return next;
  if (known_from.has_value() && newest->bytes.known_from > *known_from) {
    return errors::KnownLater();
  }
  next.version = newest->bytes.version + 1;
  next.created_at = absl::ToUnixMicros(newest->bytes.created_at);
  return next;
}

absl::Status InsertVersion(WriteSession& session, const VersionTable& table,
                           RowIds ids, const Numbers& numbers,
                           absl::string_view sealed) {
  sql::Query query(session.read.connection, table.insert);
  int parameter = 0;
  for (absl::string_view id : ids) query.Blob(++parameter, id);
  query.Integer(parameter + 1, numbers.version)
      .Integer(parameter + 2, numbers.created_at)
      .Integer(parameter + 3, numbers.recorded_at)
      .Integer(parameter + 4, numbers.known_from)
      .Integer(parameter + 5, numbers.position)
      .Blob(parameter + 6, sealed);
  return query.Run();
}

}  // namespace

const VersionTable kForbundTable = {"forbund_version",
                                    {"forbund_id"},
                                    1,
                                    statements::kInsertForbund,
                                    statements::kNewestForbund};
const VersionTable kQuestionTable = {"question_version",
                                     {"forbund_id", "question_id"},
                                     2,
                                     statements::kInsertQuestion,
                                     statements::kNewestQuestion};
const VersionTable kInsatsTable = {"insats_version",
                                   {"forbund_id", "insats_id"},
                                   2,
                                   statements::kInsertInsats,
                                   statements::kNewestInsats};
const VersionTable kCountTable = {"count_version",
                                  {"forbund_id", "insats_id", "count_id"},
                                  3,
                                  statements::kInsertCount,
                                  statements::kNewestCount};

absl::StatusOr<OpenedVersion> OpenVersion(const sql::Query& query,
                                          const VersionTable& table,
                                          const seal::VersionedKey& key) {
  std::vector<absl::string_view> ids;
  OpenedVersion opened;
  int column = 0;
  for (; static_cast<size_t>(column) < table.ids; ++column) {
    ids.push_back(query.BytesAt(column));
    opened.ids.push_back(IdFromColumn(ids.back()));
  }
  const Numbers numbers{query.IntegerAt(column), query.IntegerAt(column + 1),
                        query.IntegerAt(column + 2),
                        query.IntegerAt(column + 3),
                        query.IntegerAt(column + 4)};
  std::string buffer;
  ASSIGN_OR_RETURN(const absl::string_view bytes,
                   seal::Open(key, PlaceOf(table, ids, numbers),
                              query.BytesAt(column + 5), buffer));
  opened.bytes = VersionedFrom(std::string(bytes), numbers);
  return opened;
}

absl::StatusOr<std::vector<OpenedVersion>> OpenVersions(
    sql::Query& query, const VersionTable& table,
    const seal::VersionedKey& key) {
  std::vector<OpenedVersion> versions;
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return versions;
    ASSIGN_OR_RETURN(OpenedVersion version, OpenVersion(query, table, key));
    versions.push_back(std::move(version));
  }
}

absl::StatusOr<std::optional<OpenedVersion>> FindNewest(
    Session& session, const VersionTable& table, RowIds ids,
    const VersionBounds& bounds, const seal::VersionedKey& key) {
  sql::Query query(session.connection, table.newest);
  int parameter = 0;
  for (absl::string_view id : ids) query.Blob(++parameter, id);
  query.Integer(++parameter, bounds.known_until);
  query.Integer(++parameter, bounds.version);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return std::optional<OpenedVersion>();
  ASSIGN_OR_RETURN(OpenedVersion version, OpenVersion(query, table, key));
  return std::optional<OpenedVersion>(std::move(version));
}

absl::StatusOr<Versioned<std::string>> AppendVersion(
    WriteSession& session, const VersionTable& table, RowIds ids,
    const seal::VersionedKey& key, std::string bytes,
    std::optional<absl::Time> known_from, Change change) {
  ASSIGN_OR_RETURN(const std::optional<OpenedVersion> newest,
                   FindNewest(session.read, table, ids,
                              VersionBounds::AsOf(session.read), key));
  ASSIGN_OR_RETURN(const Numbers numbers,
                   NextNumbers(session, newest, known_from));
  std::string sealed;
  RETURN_IF_ERROR(seal::Seal(key, PlaceOf(table, ids, numbers), bytes, sealed));
  RETURN_IF_ERROR(InsertVersion(session, table, ids, numbers, sealed));
  change.version = numbers.version;
  RETURN_IF_ERROR(AppendChange(session, change));
  return VersionedFrom(std::move(bytes), numbers);
}

}  // namespace stegvis::storage
