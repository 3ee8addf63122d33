#include "services/handlers/code_list_handler.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "services/base/errors.h"
#include "services/handlers/convert.h"
#include "services/handlers/page.h"

namespace stegvis::handlers {
namespace {

using domain::CodeList;

v1::Code ToProto(const domain::Code& code) {
  v1::Code message;
  const absl::string_view list = domain::CodeListName(code.list);
  message.set_list(list.data(), list.size());
  message.set_code(code.code);
  message.set_label(code.label);
  message.set_group(code.group);
  for (const std::string& flag : domain::CodeFlagNames(code.flags)) {
    message.add_flags(flag);
  }
  if (code.lowest.has_value()) message.set_lowest(*code.lowest);
  if (code.highest.has_value()) message.set_highest(*code.highest);
  message.set_mark(code.mark);
  message.set_valid_from_date(DayText(code.valid_from));
  message.set_valid_to_date(DayText(code.valid_to));
  return message;
}

}  // namespace

absl::Status CodeListHandler::ListCodes(const access::Caller& /*caller*/,
                                        const v1::ListCodesRequest& request,
                                        storage::ReadTransaction& /*tx*/,
                                        v1::ListCodesResponse& response) const {
  const std::optional<CodeList> only = domain::CodeListNamed(request.list());
  if (!request.list().empty() && !only.has_value()) {
    Faults faults;
    faults.Add("list", reasons::kCodeUnknown);
    return faults.ToStatus();
  }
  std::vector<Keyed<const domain::Code*>> keyed;
  for (int list = 0; list < domain::kCodeLists; ++list) {
    if (only.has_value() && static_cast<int>(*only) != list) continue;
    int place = 0;
    for (const domain::Code& code : codes_.Codes(static_cast<CodeList>(list))) {
      keyed.push_back({absl::StrFormat("%02d-%06d", list, place++), &code});
    }
  }
  response.set_version(codes_.Version());
  return FillPage(
      request, std::move(keyed),
      [&](const domain::Code* code) { *response.add_codes() = ToProto(*code); },
      response);
}

}  // namespace stegvis::handlers
