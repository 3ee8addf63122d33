#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/number_format.h"
#include "client/cli/paging.h"
#include "client/cli/swedish_time.h"
#include "client/cli/text_table.h"
#include "client/cli/words.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/count.grpc.pb.h"

namespace stegvis::cli {
namespace {

using v1::CountService;

struct CountOptions {
  std::string forbund, insats, kind;
  int year = 0;
  std::optional<int64_t> women, men, total;
  std::string format;
};

absl::StatusOr<v1::ListCountsResponse> CountsOf(const std::string& insats,
                                                Session& session) {
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  v1::ListCountsRequest request;
  request.set_parent(insats);
  return AllPages(*connection, &CountService::Stub::ListCounts, request);
}

std::string Number(bool known, int64_t number) {
  return known ? FormatNumber(number) : std::string();
}

std::string TableText(const v1::ListCountsResponse& counts) {
  TextTable table({{"år"},
                   {"typ"},
                   {"antal", Align::kRight},
                   {"kvinnor", Align::kRight},
                   {"män", Align::kRight},
                   {"registrerat"}});
  for (const v1::Count& count : counts.counts()) {
    table.AddRow({absl::StrCat(count.year()), CountKindWord(count.kind()),
                  Number(count.has_total(), count.total()),
                  Number(count.has_women(), count.women()),
                  Number(count.has_men(), count.men()),
                  SwedishTime(count.update_time())});
  }
  return table.Empty() ? "Inga antal att visa.\n" : table.Text();
}

void Print(const v1::Count& count, const std::string& format) {
  if (format == "json") {
    std::cout << JsonText(count);
    return;
  }
  v1::ListCountsResponse one;
  *one.add_counts() = count;
  std::cout << TableText(one);
}

absl::Status Set(const CountOptions& options, Session& session) {
  v1::SetCountRequest request;
  ASSIGN_OR_RETURN(const std::string insats,
                   InsatsNameOf(options.forbund, options.insats, session));
  request.set_parent(insats);
  v1::Count& count = *request.mutable_count();
  count.set_kind(CountKindOf(options.kind));
  count.set_year(options.year);
  if (options.women.has_value()) count.set_women(*options.women);
  if (options.men.has_value()) count.set_men(*options.men);
  if (options.total.has_value()) count.set_total(*options.total);
  ASSIGN_OR_RETURN(const v1::ListCountsResponse known,
                   CountsOf(insats, session));
  for (const v1::Count& earlier : known.counts()) {
    if (earlier.kind() == count.kind() && earlier.year() == count.year()) {
      count.set_etag(earlier.etag());
    }
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(const v1::Count set,
                   session.Call(&CountService::Stub::SetCount, request));
  Print(set, options.format);
  return absl::OkStatus();
}

absl::Status List(const CountOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const std::string insats,
                   InsatsNameOf(options.forbund, options.insats, session));
  ASSIGN_OR_RETURN(const v1::ListCountsResponse all, CountsOf(insats, session));
  std::cout << (options.format == "json" ? JsonText(all) : TableText(all));
  return absl::OkStatus();
}

}  // namespace

void AddCountCommands(CommandTable& table) {
  CLI::App& group = table.Group("count", "Anonyma antal och volymer");
  auto options = std::make_shared<CountOptions>();
  CLI::App& set = table.Command(
      group, "set",
      "Sätter ett antal för en insats och ett år. Ett nytt antal ersätter det\n"
      "gamla. anonym: deltagare utan samtycke, med --women och --men.\n"
      "volym: --total, eller --women och --men.",
      "stegvis count set --forbund 222000-1230 --insats \"Team Framåt\" "
      "--kind anonym --year 2026 --women 3 --men 2",
      [options](Session& session) { return Set(*options, session); });
  AddForbund(set, options->forbund);
  AddInsats(set, options->insats);
  set.add_option("--kind", options->kind, "Vad som räknas")
      ->type_name("anonym|volym")
      ->check(OneOf({"anonym", "volym"}))
      ->required();
  set.add_option("--year", options->year, "Året")->type_name("ÅR")->required();
  set.add_option("--women", options->women, "Kvinnor")->type_name("ANTAL");
  set.add_option("--men", options->men, "Män")->type_name("ANTAL");
  set.add_option("--total", options->total, "Alla")->type_name("ANTAL");
  AddFormat(set, options->format);

  auto all = std::make_shared<CountOptions>();
  CLI::App& list = table.Command(
      group, "list", "Visar en insats antal.",
      "stegvis count list --forbund 222000-1230 --insats \"Team Framåt\"",
      [all](Session& session) { return List(*all, session); });
  AddForbund(list, all->forbund);
  AddInsats(list, all->insats);
  AddFormat(list, all->format);
}

}  // namespace stegvis::cli
