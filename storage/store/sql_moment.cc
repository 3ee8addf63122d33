#include "storage/store/sql_moment.h"

#include "services/base/status_macros.h"
#include "storage/store/change_rows.h"

namespace stegvis::storage {

absl::StatusOr<std::unique_ptr<Moment>> SqlMoment::Hold(
    sql::Database& database, std::unique_ptr<sql::Connection> reader) {
  RETURN_IF_ERROR(reader->BeginRead());
  // A snapshot begins with its first statement.
  ASSIGN_OR_RETURN(const FeedPosition tail, ReadTail(*reader));
  return std::unique_ptr<Moment>(
      new SqlMoment(database, std::move(reader), tail));
}

}  // namespace stegvis::storage
