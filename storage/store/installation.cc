#include "storage/store/installation.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/base/day.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/sealer.h"
#include "storage/sql/query.h"
#include "storage/store/key_statements.h"
#include "storage/store/statements.h"

namespace stegvis::storage {
namespace {

constexpr absl::string_view kCheckText = "stegvis";

const seal::SealPlace& CheckPlace() {
  static const seal::SealPlace place("installation");
  return place;
}

// Empty when the installation is not made yet.
absl::StatusOr<std::string> ReadCheckValue(sql::Connection& connection) {
  sql::Query query(connection, statements::kReadCheckValue);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  return found ? std::string(query.BytesAt(0)) : std::string();
}

absl::Status MakeInstallation(sql::Connection& connection, KeyCache& cache,
                              int64_t now) {
  const std::shared_ptr<const seal::VersionedKey> root = cache.Roots().back();
  RETURN_IF_ERROR(PutCheckValue(connection, *root));
  RETURN_IF_ERROR(sql::Query(connection, statements::kBeginRotation)
                      .Integer(1, int64_t{root->version})
                      .Integer(2, now)
                      .Run());
  RETURN_IF_ERROR(sql::Query(connection, statements::kEndRotation)
                      .Integer(1, int64_t{root->version})
                      .Integer(2, now)
                      .Run());
  return ScopeKeys(connection, cache).Create(seal::kInstallationScope).status();
}

std::optional<int32_t> NumberAt(const sql::Query& query, int column) {
  if (query.IsNullAt(column)) return std::nullopt;
  return static_cast<int32_t>(query.IntegerAt(column));
}

absl::StatusOr<std::optional<Day>> DayAt(const sql::Query& query, int column) {
  if (query.IsNullAt(column)) return std::optional<Day>();
  ASSIGN_OR_RETURN(const Day day, Day::Parse(query.BytesAt(column)));
  return std::optional<Day>(day);
}

absl::StatusOr<domain::Code> ReadCode(const sql::Query& query) {
  const auto list = domain::CodeListNamed(query.BytesAt(1));
  if (!list.has_value()) return errors::RecordUnreadable();
  domain::Code code{};
  code.list = *list;
  code.code = std::string(query.BytesAt(2));
  code.label = std::string(query.BytesAt(3));
  code.group = std::string(query.BytesAt(4));
  ASSIGN_OR_RETURN(code.flags, domain::ParseCodeFlags(query.BytesAt(5)));
  code.lowest = NumberAt(query, 6);
  code.highest = NumberAt(query, 7);
  code.mark = std::string(query.BytesAt(8));
  ASSIGN_OR_RETURN(code.valid_from, DayAt(query, 9));
  ASSIGN_OR_RETURN(code.valid_to, DayAt(query, 10));
  return code;
}

absl::StatusOr<domain::CodeBook> ReadCodes(sql::Connection& connection) {
  std::vector<domain::Code> codes;
  int version = 0;
  sql::Query query(connection, statements::kReadCodes);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) break;
    version = static_cast<int>(query.IntegerAt(0));
    ASSIGN_OR_RETURN(domain::Code code, ReadCode(query));
    codes.push_back(std::move(code));
  }
  return domain::CodeBook::Create(version, std::move(codes));
}

}  // namespace

absl::Status TakeInstallation(sql::Connection& connection, KeyCache& cache,
                              int64_t now) {
  ASSIGN_OR_RETURN(const std::string check_value, ReadCheckValue(connection));
  if (check_value.empty()) return MakeInstallation(connection, cache, now);

  const seal::KeyVersions roots = cache.Roots();
  const seal::VersionedKey* const root =
      seal::FindVersion(roots, seal::KeyVersionOf(check_value));
  std::string buffer;
  if (root == nullptr ||
      !seal::Open(*root, CheckPlace(), check_value, buffer).ok()) {
    return errors::KeySourceWrong();
  }
  return ScopeKeys(connection, cache).Of(seal::kInstallationScope).status();
}

absl::StatusOr<uint32_t> ReadSourceVersion(sql::Connection& connection) {
  ASSIGN_OR_RETURN(const std::string check_value, ReadCheckValue(connection));
  return seal::KeyVersionOf(check_value);
}

absl::Status PutCheckValue(sql::Connection& connection,
                           const seal::VersionedKey& root) {
  std::string sealed;
  RETURN_IF_ERROR(seal::Seal(root, CheckPlace(), kCheckText, sealed));
  return sql::Query(connection, statements::kPutCheckValue)
      .Blob(1, sealed)
      .Run();
}

absl::StatusOr<domain::CodeBook> LoadCodes(sql::Connection& connection) {
  absl::StatusOr<domain::CodeBook> book = ReadCodes(connection);
  // The shipped lists are sound, so these rows are not what was written.
  if (absl::IsInternal(book.status()) ||
      absl::IsInvalidArgument(book.status())) {
    return errors::RecordUnreadable();
  }
  return book;
}

}  // namespace stegvis::storage
