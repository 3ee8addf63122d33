#include "client/rollup/code_book.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/status_macros.h"

namespace stegvis::rollup {
namespace {

absl::StatusOr<std::optional<Day>> ReadDay(const std::string& text) {
  if (text.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(const Day day, Day::Parse(text));
  return day;
}

std::string KnownFlags(const v1::Code& message) {
  std::string known;
  for (const std::string& flag : message.flags()) {
    if (!domain::ParseCodeFlags(flag).ok()) continue;
    absl::StrAppend(&known, known.empty() ? "" : "|", flag);
  }
  return known;
}

absl::StatusOr<domain::Code> ReadCode(domain::CodeList list,
                                      const v1::Code& message) {
  domain::Code code;
  code.list = list;
  code.code = message.code();
  code.label = message.label();
  code.group = message.group();
  ASSIGN_OR_RETURN(code.flags, domain::ParseCodeFlags(KnownFlags(message)));
  if (message.has_lowest()) code.lowest = message.lowest();
  if (message.has_highest()) code.highest = message.highest();
  code.mark = message.mark();
  ASSIGN_OR_RETURN(code.valid_from, ReadDay(message.valid_from_date()));
  ASSIGN_OR_RETURN(code.valid_to, ReadDay(message.valid_to_date()));
  return code;
}

}  // namespace

absl::StatusOr<domain::CodeBook> CodeBookOf(
    const v1::ListCodesResponse& message) {
  std::vector<domain::Code> codes;
  for (const v1::Code& sent : message.codes()) {
    const std::optional<domain::CodeList> list =
        domain::CodeListNamed(sent.list());
    if (!list.has_value()) continue;
    ASSIGN_OR_RETURN(domain::Code code, ReadCode(*list, sent));
    codes.push_back(std::move(code));
  }
  return domain::CodeBook::Create(message.version(), std::move(codes));
}

}  // namespace stegvis::rollup
