#include "client/rollup/previous.h"

#include <cstdint>
#include <map>
#include <set>

namespace stegvis::rollup {
namespace {

using Source = v1::RollupSource;

constexpr char kForbund[] = "FORBUND";

// Of each förbund by name. Nothing when a row does not tell how many.
std::map<std::string, int64_t> Registered(const v1::OutcomeReport& report) {
  std::map<std::string, int64_t> registered;
  for (const v1::BreakdownRow& row : report.breakdowns()) {
    if (row.dimension() != kForbund) continue;
    if (!row.participants().registered().has_total()) return {};
    registered[row.value()] += row.participants().registered().total();
  }
  return registered;
}

// The names by which last year's report has what is in this one.
std::set<std::string> NamesThere(
    const v1::OutcomeReport& report,
    const std::map<std::string, std::string>& previous_names) {
  std::set<std::string> there;
  for (const Source& source : report.sources()) {
    if (source.state() == Source::STATE_MISSING) continue;
    const auto named = previous_names.find(source.organization_number());
    there.insert(named == previous_names.end() ? source.forbund()
                                               : named->second);
  }
  return there;
}

}  // namespace

absl::Status CompareWithPrevious(const v1::OutcomeReport& previous,
                                 v1::OutcomeReport& report) {
  const std::map<std::string, int64_t> registered = Registered(previous);
  if (registered.empty()) {
    return absl::InvalidArgumentError("no rows by förbund with registered");
  }
  std::map<std::string, std::string> names;  // By organisation number.
  for (const Source& source : previous.sources()) {
    if (source.organization_number().empty()) continue;
    names[source.organization_number()] = source.forbund();
  }
  const std::set<std::string> there = NamesThere(report, names);
  int64_t all = 0;
  int64_t missing = 0;
  for (const auto& [name, count] : registered) {
    all += count;
    if (there.count(name) > 0) continue;
    missing += count;
    report.add_previous_missing(name);
  }
  if (all > 0) {
    report.set_previous_missing_share(static_cast<double>(missing) /
                                      static_cast<double>(all));
  }
  for (Source& source : *report.mutable_sources()) {
    if (!source.forbund().empty()) continue;
    const auto named = names.find(source.organization_number());
    if (named != names.end()) source.set_forbund(named->second);
  }
  return absl::OkStatus();
}

}  // namespace stegvis::rollup
