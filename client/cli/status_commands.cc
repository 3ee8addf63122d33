#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/number_format.h"
#include "client/cli/paging.h"
#include "client/cli/swedish_time.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/admin.grpc.pb.h"
#include "stegvis/v1/code_list.grpc.pb.h"

namespace stegvis::cli {
namespace {

constexpr int64_t kMebibyte = 1 << 20;

absl::Status ShowStatus(const std::string& format, Session& session) {
  ASSIGN_OR_RETURN(
      const v1::GetStatusResponse status,
      session.Call(&v1::AdminService::Stub::GetStatus, v1::GetStatusRequest()));
  if (format == "json") {
    std::cout << JsonText(status);
    return absl::OkStatus();
  }
  std::cout << PropertyText({
      {"Version", status.version()},
      {"Startad", SwedishTime(status.start_time())},
      {"Tabellversion", absl::StrCat(status.schema_version())},
      {"Kodlistor, version", absl::StrCat(status.code_list_version())},
      {"Förbund", FormatNumber(status.forbund())},
      {"Senaste ändring", FormatNumber(status.feed_position())},
      {"Rapporterna vet till", FormatNumber(status.fact_position())},
      {"Fakta i minnet", FormatNumber(status.facts())},
      {"Minne för fakta, MiB",
       FormatNumber((status.fact_bytes() + kMebibyte - 1) / kMebibyte)},
      {"Poster i loggen", FormatNumber(status.audit_entries())},
      {"Poster som inte går att öppna", FormatNumber(status.unreadable())},
  });
  if (status.unreadable() > 0) {
    std::cout << "!!! POSTER GÅR INTE ATT ÖPPNA. Larma driften.\n";
  }
  return absl::OkStatus();
}

struct CodesOptions {
  std::string list, format;
};

// Those of `list`, or all when that is empty.
absl::StatusOr<v1::ListCodesResponse> CodesOf(const std::string& list,
                                              Session& session) {
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  v1::ListCodesRequest request;
  request.set_list(list);
  return AllPages(*connection, &v1::CodeListService::Stub::ListCodes, request);
}

// The server knows which lists there are.
absl::Status NoSuchList(const std::string& list, Session& session) {
  ASSIGN_OR_RETURN(const v1::ListCodesResponse all, CodesOf("", session));
  std::vector<std::string> lists;
  for (const v1::Code& code : all.codes()) {
    if (lists.empty() || lists.back() != code.list()) {
      lists.push_back(code.list());
    }
  }
  return Complaint(absl::StrCat(
      "Listan ", Printable(list),
      " finns inte. Välj bland: ", absl::StrJoin(lists, ", "), "."));
}

absl::Status ListCodes(const CodesOptions& options, Session& session) {
  const absl::StatusOr<v1::ListCodesResponse> found =
      CodesOf(absl::AsciiStrToUpper(options.list), session);
  if (RemoteReason(found.status()) == "CODE_UNKNOWN") {
    return NoSuchList(options.list, session);
  }
  RETURN_IF_ERROR(found.status());
  const v1::ListCodesResponse& codes = *found;
  if (options.format == "json") {
    std::cout << JsonText(codes);
    return absl::OkStatus();
  }
  TextTable table({{"lista"}, {"kod"}, {"namn"}, {"grupp"}, {"gäller"}});
  for (const v1::Code& code : codes.codes()) {
    const bool always =
        code.valid_from_date().empty() && code.valid_to_date().empty();
    table.AddRow({code.list(), code.code(), code.label(), code.group(),
                  always ? ""
                         : absl::StrCat(code.valid_from_date(), " – ",
                                        code.valid_to_date())});
  }
  std::cout << table.Text() << "Version " << codes.version() << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddStatusCommands(CommandTable& table) {
  auto format = std::make_shared<std::string>();
  CLI::App& status = table.Command(
      table.App(), "status", "Visar hur installationen mår.", "stegvis status",
      [format](Session& session) { return ShowStatus(*format, session); });
  AddFormat(status, *format);

  CLI::App& group = table.Group("codes", "Kodlistor");
  auto options = std::make_shared<CodesOptions>();
  CLI::App& list = table.Command(
      group, "list", "Visar koderna och vad de betyder.",
      "stegvis codes list --list SUPPORT_SOURCE",
      [options](Session& session) { return ListCodes(*options, session); });
  list.add_option(
          "--list", options->list,
          "En lista: FOCUS_INDIVIDUAL, FOCUS_STRUCTURAL, TARGET_GROUP,\n"
          "SUPPORT_SOURCE, SUPPORT_GROUP, EDUCATION, END_REASON,\n"
          "REFERRING_PARTY, AGE_GROUP, MONTHS_ON_SUPPORT,\n"
          "CORRECTION_REASON, PURPOSE, COST_TYPE, FINANCIER_GROUP")
      ->type_name("LISTA");
  AddFormat(list, options->format);
}

}  // namespace stegvis::cli
