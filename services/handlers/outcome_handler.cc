#include "services/handlers/outcome_handler.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/base/day.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert_outcome.h"
#include "services/handlers/known_now.h"
#include "services/handlers/sight.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using outcome::Dimension;

// The förbund named, each once. PERMISSION_DENIED, then NOT_FOUND.
absl::StatusOr<std::vector<ForbundId>> NamedForbund(
    const access::Caller& caller, const v1::GetOutcomeReportRequest& request,
    storage::ReadTransaction& tx) {
  std::vector<ForbundId> named;
  absl::flat_hash_set<ForbundId> seen;
  for (const std::string& name : request.forbund()) {
    ASSIGN_OR_RETURN(const ForbundId id, validation::ParseForbundName(name));
    if (!MayReadReports(caller, id)) return errors::NotPermitted();
    RETURN_IF_ERROR(tx.GetForbund(id).status());
    if (seen.insert(id).second) named.push_back(id);
  }
  return named;
}

// All whose reports the caller may read. NOT_FOUND when there are none.
absl::StatusOr<std::vector<ForbundId>> ReadableForbund(
    const access::Caller& caller, storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<storage::Versioned<domain::Forbund>> all,
                   tx.ListForbund());
  std::vector<ForbundId> readable;
  for (const storage::Versioned<domain::Forbund>& forbund : all) {
    if (MayReadReports(caller, forbund.value.id)) {
      readable.push_back(forbund.value.id);
    }
  }
  if (readable.empty()) return errors::NotFound();
  return readable;
}

// What was known at the end of a day, but not later than now, or at a moment.
// DATE_IN_FUTURE or DATE_INVALID at `as_of`.
std::optional<absl::Time> ReadAsOf(const std::string& text, absl::Time now,
                                   Faults& faults) {
  if (text.empty()) return now;
  absl::Time moment;
  if (const absl::StatusOr<Day> day = Day::Parse(text); day.ok()) {
    if (*day <= SwedishDay(now)) return std::min(EndOfSwedishDay(*day), now);
    faults.Add("as_of", reasons::kDateInFuture);
  } else if (!absl::ParseTime(absl::RFC3339_full, text, &moment, nullptr) ||
             moment == absl::InfinitePast()) {
    faults.Add("as_of", reasons::kDateInvalid);
  } else if (moment > now) {
    faults.Add("as_of", reasons::kDateInFuture);
  } else {
    return moment;
  }
  return std::nullopt;
}

std::vector<outcome::Filter> ReadFilters(
    const v1::GetOutcomeReportRequest& request, Faults& faults) {
  std::vector<outcome::Filter> filters;
  for (int i = 0; i < request.filters_size(); ++i) {
    const v1::Filter& filter = request.filters(i);
    const std::optional<Dimension> dimension =
        outcome::DimensionNamed(filter.dimension());
    if (dimension.has_value()) {
      filters.push_back({*dimension, filter.value()});
    } else {
      faults.AddFrom(absl::StrCat("filters[", i, "].dimension"),
                     errors::UnknownFilter());
    }
  }
  return filters;
}

std::vector<Dimension> ReadBreakdowns(
    const v1::GetOutcomeReportRequest& request, Faults& faults) {
  std::vector<Dimension> breakdowns;
  for (int i = 0; i < request.breakdowns_size(); ++i) {
    const std::optional<Dimension> dimension =
        outcome::DimensionNamed(request.breakdowns(i));
    const bool again =
        dimension.has_value() && std::find(breakdowns.begin(), breakdowns.end(),
                                           *dimension) != breakdowns.end();
    if (!dimension.has_value() || again) {
      faults.AddFrom(absl::StrCat("breakdowns[", i, "]"),
                     errors::UnknownBreakdown());
    } else {
      breakdowns.push_back(*dimension);
    }
  }
  return breakdowns;
}

// Between two moments of a day one person may have come or gone.
void CheckWholeDay(const std::string& as_of, Faults& faults) {
  if (!as_of.empty() && !Day::Parse(as_of).ok()) {
    faults.Add("as_of", reasons::kWholeDaysOnly);
  }
}

absl::StatusOr<outcome::ReportRequest> ReadRequest(
    const v1::GetOutcomeReportRequest& request, std::vector<ForbundId> forbund,
    bool sees_persons, absl::Time now) {
  ASSIGN_OR_RETURN(const Day from, Day::Parse(request.from()));
  ASSIGN_OR_RETURN(const Day to, Day::Parse(request.to()));
  Faults faults;
  const std::optional<absl::Time> as_of =
      ReadAsOf(request.as_of(), now, faults);
  if (as_of.has_value() && !sees_persons) {
    CheckWholeDay(request.as_of(), faults);
  }
  outcome::ReportRequest read{
      .forbund = std::move(forbund),
      .forbund_named = !request.forbund().empty(),
      .from = from,
      .to = to,
      .filters = ReadFilters(request, faults),
      .breakdowns = ReadBreakdowns(request, faults),
      .excluded_end_reasons = {request.excluded_end_reasons().begin(),
                               request.excluded_end_reasons().end()},
      .as_of = as_of.value_or(now)};
  RETURN_IF_ERROR(faults.ToStatus());
  return read;
}

bool SeesAllPersons(const access::Caller& caller,
                    const std::vector<ForbundId>& forbund) {
  return std::all_of(forbund.begin(), forbund.end(), [&](ForbundId id) {
    return SeesPersons(caller, domain::Scope{id, std::nullopt});
  });
}

// Leaves nothing of the outcome but the base.
void KeepBaseAlone(v1::OutcomeReport& report) {
  v1::Participants base;
  *base.mutable_base() = report.participants().base();
  *report.mutable_participants() = base;
  report.clear_occupation();
  report.clear_began_or_increased();
  report.clear_support();
  report.clear_support_groups();
  report.clear_flows();
  report.clear_follow_up();
  report.clear_breakdowns();
}

}  // namespace

absl::Status OutcomeHandler::GetOutcomeReport(
    const access::Caller& caller, const v1::GetOutcomeReportRequest& request,
    storage::ReadTransaction& tx, v1::OutcomeReport& response) const {
  ASSIGN_OR_RETURN(const std::vector<ForbundId> forbund,
                   request.forbund().empty()
                       ? ReadableForbund(caller, tx)
                       : NamedForbund(caller, request, tx));
  ASSIGN_OR_RETURN(storage::FeedPosition position, tx.Tail());
  // Nobody has seen a position that is not there: waiting would only hold a
  // worker and a snapshot.
  if (request.minimum_feed_position() > position.value) {
    return errors::FactsBehind();
  }
  if (request.minimum_feed_position() > 0) {
    position.value = request.minimum_feed_position();
  }
  ASSIGN_OR_RETURN(const absl::Time now, KnownNow(facts_, position, clock_));
  const bool sees_persons = SeesAllPersons(caller, forbund);
  ASSIGN_OR_RETURN(const outcome::ReportRequest read,
                   ReadRequest(request, forbund, sees_persons, now));
  ASSIGN_OR_RETURN(const outcome::OutcomeReport report, facts_.Report(read));
  response = ToProto(report);
  const bool few = report.whole.participants.base.total < kSmallestSelection;
  if (few && !read.filters.empty() && !sees_persons) {
    KeepBaseAlone(response);
  }
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
