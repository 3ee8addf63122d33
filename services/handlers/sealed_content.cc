#include "services/handlers/sealed_content.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/envelope/sealed_report.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_outcome.h"
#include "services/handlers/open_points.h"
#include "services/outcome/fact_reading.h"
#include "services/outcome/make_report.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

// They travel in the error, which must not grow too large for its headers.
constexpr int kMostNamed = 10;

// What is left when nothing is said of when.
std::string Timeless(v1::SealedReportContent content) {
  content.clear_revision();
  content.clear_as_of();
  content.clear_feed_position();
  content.clear_open_points();
  content.mutable_report()->clear_as_of();
  content.mutable_report()->clear_feed_position();
  return envelope::PayloadOf(content);
}

}  // namespace

void SetDefinitions(const domain::CodeBook& codes,
                    v1::SealedReportContent& content) {
  content.set_format_version(envelope::kSealedReportFormat);
  content.set_definitions_version(outcome::kDefinitionsVersion);
  content.set_code_list_version(codes.Version());
}

outcome::ReportRequest EverythingOf(const YearAt& at) {
  outcome::ReportRequest request{.forbund = {at.forbund},
                                 .forbund_named = true,
                                 .from = Day::FirstOfYear(at.year),
                                 .to = Day::LastOfYear(at.year),
                                 .filters = {},
                                 .breakdowns = {},
                                 .excluded_end_reasons = {},
                                 .as_of = at.as_of};
  for (int i = 0; i < outcome::kDimensions; ++i) {
    request.breakdowns.push_back(static_cast<outcome::Dimension>(i));
  }
  return request;
}

absl::StatusOr<v1::SealedReportContent> MakeContent(
    storage::ReadTransaction& tx, const YearAt& at,
    const domain::CodeBook& codes) {
  OpenPointCounter open(at.year, SwedishDay(at.as_of), codes);
  ASSIGN_OR_RETURN(const outcome::FactTable table,
                   outcome::ReadTableAt(
                       tx, at.forbund, codes, outcome::KnownUntil(at.position),
                       [&open](const storage::ScannedVersion& version) {
                         return open.Add(version);
                       }));
  // A clock that went back does not take away what is known.
  YearAt known = at;
  known.as_of = std::max(at.as_of, table.NewestKnown());
  ASSIGN_OR_RETURN(const outcome::OutcomeReport report,
                   outcome::MakeReport(table, EverythingOf(known)));
  ASSIGN_OR_RETURN(const auto forbund,
                   outcome::ForbundAt(tx, at.forbund, at.position));

  v1::SealedReportContent content;
  SetDefinitions(codes, content);
  content.set_forbund(validation::ForbundName(at.forbund));
  content.set_organization_number(forbund.value.organization_number.Text());
  content.set_display_name(forbund.value.display_name);
  content.set_year(at.year);
  *content.mutable_as_of() = TimestampOf(known.as_of);
  content.set_feed_position(at.position.value);
  *content.mutable_report() = ToProto(report);
  *content.mutable_open_points() = open.Sum();
  RETURN_IF_ERROR(CheckReadable(content.report()));
  return content;
}

absl::Status CheckReadable(const v1::OutcomeReport& report) {
  if (report.participants().unreadable() == 0) return absl::OkStatus();
  const auto& all = report.unreadable_records();
  const int named = std::min(kMostNamed, all.size());
  return errors::UnreadableRecords({all.begin(), all.begin() + named});
}

bool SayTheSame(const v1::SealedReportContent& a,
                const v1::SealedReportContent& b) {
  return Timeless(a) == Timeless(b);
}

}  // namespace stegvis::handlers
