#include "client/rollup/received.h"

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "services/envelope/envelope.h"
#include "services/envelope/sealed_report.h"
#include "services/handlers/report_from_proto.h"
#include "services/outcome/merge_reports.h"

namespace stegvis::rollup {
namespace {

using Source = v1::RollupSource;

std::string FirstDay(int year) { return absl::StrCat(year, "-01-01"); }
std::string LastDay(int year) { return absl::StrCat(year, "-12-31"); }

bool ExistsIn(const v1::Forbund& forbund, int year) {
  return forbund.start_date() <= LastDay(year) &&
         (forbund.end_date().empty() || forbund.end_date() >= FirstDay(year));
}

// Of the whole year and this förbund alone, without a selection.
bool IsAsAsked(const v1::OutcomeReport& report, int year) {
  return report.from() == FirstDay(year) && report.to() == LastDay(year) &&
         report.forbund_size() == 1 && report.filters().empty() &&
         !report.published();
}

void Take(const v1::OutcomeReport& message, const Question& question,
          Received& received) {
  absl::StatusOr<outcome::OutcomeReport> report = handlers::FromProto(message);
  if (!report.ok() || !IsAsAsked(message, question.year) ||
      !outcome::CheckPart(*report, DimensionsOf(question)).ok()) {
    return Lose(Source::GAP_CONTENT_WRONG, "", received);
  }
  received.source.set_forbund(message.forbund(0));
  *received.source.mutable_as_of() = message.as_of();
  received.report = *std::move(report);
}

// Why the report may not be taken, or nothing.
std::optional<Failure> Fault(const v1::SealedReport& sealed,
                             const std::string& number,
                             const PublicKeys& keys) {
  const std::optional<std::string> key = keys(number);
  if (!key.has_value()) return Failure{Source::GAP_KEY_MISSING, ""};
  if (!envelope::Verify(*key, envelope::EnvelopeOf(sealed)).ok()) {
    return Failure{Source::GAP_SIGNATURE_WRONG, ""};
  }
  return std::nullopt;
}

void TakeSealed(const v1::SealedReport& sealed, const Question& question,
                const PublicKeys& keys, Received& received) {
  const std::string& number = received.source.organization_number();
  received.signed_bytes = sealed.payload() + sealed.signature();
  if (const std::optional<Failure> fault = Fault(sealed, number, keys)) {
    return Lose(fault->gap, fault->detail, received);
  }
  const absl::StatusOr<v1::SealedReportContent> content =
      envelope::ContentOfPayload(sealed.payload());
  // What is said beside the payload is not signed.
  if (!content.ok() || content->organization_number() != number ||
      content->year() != question.year ||
      content->revision() != sealed.revision()) {
    return Lose(Source::GAP_CONTENT_WRONG, "", received);
  }
  // Others than sealed reports are taken to be of the node's own time.
  if (content->definitions_version() != outcome::kDefinitionsVersion) {
    return Lose(Source::GAP_OTHER_DEFINITIONS,
                absl::StrCat(content->definitions_version()), received);
  }
  received.source.set_state(Source::STATE_SEALED);
  received.source.set_revision(content->revision());
  Take(content->report(), question, received);
}

}  // namespace

void Lose(Source::Gap gap, std::string detail, Received& received) {
  received.report.reset();
  received.source.set_state(Source::STATE_MISSING);
  received.source.clear_revision();
  received.source.clear_as_of();
  received.source.set_gap(gap);
  received.source.set_detail(std::move(detail));
}

Received Receive(const Delivery& delivery, const std::string& address,
                 const Question& question, const PublicKeys& keys) {
  Received received;
  received.source.set_forbund(delivery.forbund.display_name());
  received.source.add_addresses(address);
  const std::string& number = delivery.forbund.organization_number();
  if (!IsOrganizationNumber(number)) {
    Lose(Source::GAP_CONTENT_WRONG, "", received);
    return received;
  }
  received.source.set_organization_number(number);
  if (delivery.failure.has_value()) {
    Lose(delivery.failure->gap, delivery.failure->detail, received);
  } else if (delivery.sealed.has_value()) {
    TakeSealed(*delivery.sealed, question, keys, received);
  } else {
    received.source.set_state(Source::STATE_PRELIMINARY);
    Take(delivery.preliminary.value_or(v1::OutcomeReport()), question,
         received);
  }
  received.concerns = ExistsIn(delivery.forbund, question.year) ||
                      (received.report.has_value() &&
                       outcome::HoldsAnything(received.report->whole));
  return received;
}

}  // namespace stegvis::rollup
