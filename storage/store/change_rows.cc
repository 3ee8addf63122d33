#include "storage/store/change_rows.h"

#include <optional>

#include "services/base/status_macros.h"
#include "storage/sql/query.h"
#include "storage/store/statements.h"

namespace stegvis::storage {
namespace {

template <typename Id>
void BindId(sql::Query& query, int parameter, const std::optional<Id>& id) {
  if (id.has_value()) {
    query.Blob(parameter, id->View());
  } else {
    query.Null(parameter);
  }
}

template <typename Id>
std::optional<Id> IdAt(const sql::Query& query, int column) {
  if (query.IsNullAt(column)) return std::nullopt;
  return Id::FromBytes(IdFromColumn(query.BytesAt(column)));
}

}  // namespace

absl::Status AppendChange(WriteSession& session, const Change& change) {
  const FeedPosition position = NextPosition(session);
  sql::Query query(session.read.connection, statements::kInsertChange);
  query.Integer(1, position.value)
      .Integer(2, static_cast<int64_t>(change.kind))
      .Integer(6, change.version);
  BindId(query, 3, change.forbund);
  BindId(query, 4, change.insats);
  BindId(query, 5, change.participation);
  RETURN_IF_ERROR(query.Run());
  session.counters.position = position.value;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Change>> ReadChanges(Session& session,
                                                FeedPosition after, int limit) {
  std::vector<Change> changes;
  sql::Query query(session.connection, statements::kReadChanges);
  query.Integer(1, after.value).Integer(2, limit);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return changes;
    changes.push_back(
        Change{FeedPosition{query.IntegerAt(0)},
               static_cast<ChangeKind>(query.IntegerAt(1)),
               IdAt<ForbundId>(query, 2), IdAt<InsatsId>(query, 3),
               IdAt<ParticipationId>(query, 4), query.IntegerAt(5)});
  }
}

absl::StatusOr<FeedPosition> ReadTail(sql::Connection& connection) {
  sql::Query query(connection, statements::kReadTail);
  RETURN_IF_ERROR(query.Step().status());
  return FeedPosition{query.IntegerAt(0)};
}

}  // namespace stegvis::storage
