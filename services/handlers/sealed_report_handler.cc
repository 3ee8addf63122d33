#include "services/handlers/sealed_report_handler.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/envelope/envelope.h"
#include "services/envelope/public_key.h"
#include "services/envelope/sealed_report.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_outcome.h"
#include "services/handlers/page.h"
#include "services/handlers/report_causes.h"
#include "services/handlers/report_difference.h"
#include "services/handlers/report_events.h"
#include "services/handlers/sealed_content.h"
#include "services/handlers/sight.h"
#include "services/outcome/report_text.h"
#include "services/validation/resource_name.h"
#include "storage/seal/signer.h"

namespace stegvis::handlers {
namespace {

using storage::SealedReportKey;
using validation::ReportName;

// The `version` of a result that was there already.
constexpr int64_t kUnchanged = 0;
constexpr int64_t kSealed = 1;

std::string NameOf(const SealedReportKey& key) {
  return validation::ReportNameText({key.forbund, key.year, key.revision});
}

v1::SealedReport ToProto(const SealedReportKey& key) {
  v1::SealedReport message;
  message.set_name(NameOf(key));
  message.set_forbund(validation::ForbundName(key.forbund));
  message.set_year(key.year);
  message.set_revision(key.revision);
  *message.mutable_seal_time() = TimestampOf(key.recorded_at);
  return message;
}

absl::StatusOr<v1::SigningKey> KeyMessage(const std::string& public_key) {
  v1::SigningKey message;
  message.set_pem(seal::PublicKeyPem(public_key));
  ASSIGN_OR_RETURN(const envelope::PublicKey key,
                   envelope::PublicKey::FromPem(message.pem()));
  message.set_key_id(key.Id());
  return message;
}

absl::StatusOr<v1::SealedReport> ToProto(const storage::SealedReport& report) {
  v1::SealedReport message = ToProto(report.key);
  message.set_payload(report.payload);
  message.set_signature(report.signature);
  ASSIGN_OR_RETURN(const v1::SigningKey key, KeyMessage(report.public_key));
  message.set_key_id(key.key_id());
  return message;
}

// A sealed report and what it says.
struct Opened {
  v1::SealedReport report;
  v1::SealedReportContent content;
};

absl::StatusOr<Opened> Open(storage::ReadTransaction& tx,
                            const ReportName& name) {
  ASSIGN_OR_RETURN(
      const storage::SealedReport stored,
      tx.GetSealedReport(name.forbund, storage::SealedKind::kReport, name.year,
                         name.revision));
  Opened opened;
  ASSIGN_OR_RETURN(opened.report, ToProto(stored));
  ASSIGN_OR_RETURN(opened.content, envelope::ContentOfPayload(stored.payload));
  return opened;
}

// The newest revision of a year; nothing when there is none. One that does not
// open keeps another from being sealed.
absl::StatusOr<std::optional<Opened>> Newest(storage::ReadTransaction& tx,
                                             ForbundId forbund, int year) {
  ASSIGN_OR_RETURN(const std::vector<SealedReportKey> all,
                   tx.ListSealedReports(forbund, storage::SealedKind::kReport));
  int revision = 0;
  for (const SealedReportKey& key : all) {
    if (key.year == year) revision = std::max(revision, key.revision);
  }
  if (revision == 0) return std::optional<Opened>();
  const ReportName name{forbund, year, revision};
  absl::StatusOr<Opened> opened = Open(tx, name);
  if (absl::IsDataLoss(opened.status())) {
    return errors::UnreadableRecords({validation::ReportNameText(name)});
  }
  RETURN_IF_ERROR(opened.status());
  return std::optional<Opened>(*std::move(opened));
}

// Those that `parent` names and the caller may read.
absl::StatusOr<std::vector<ForbundId>> ReadableForbund(
    const access::Caller& caller, const std::string& parent,
    storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const domain::Scope scope,
                   validation::ParseScopeName(parent));
  ASSIGN_OR_RETURN(const auto all, tx.ListForbund());
  std::vector<ForbundId> readable;
  for (const auto& forbund : all) {
    const bool asked =
        !scope.forbund.has_value() || *scope.forbund == forbund.value.id;
    if (asked && MayReadReports(caller, forbund.value.id)) {
      readable.push_back(forbund.value.id);
    }
  }
  if (scope.forbund.has_value() && readable.empty()) return errors::NotFound();
  return readable;
}

Between BetweenOf(const Opened& before, const Opened& after,
                  ForbundId forbund) {
  return {forbund,
          after.content.year(),
          storage::FeedPosition{before.content.feed_position()},
          storage::FeedPosition{after.content.feed_position()},
          TimeOf(before.content.as_of()),
          TimeOf(after.content.as_of())};
}

bool SameDefinitions(const v1::SealedReportContent& a,
                     const v1::SealedReportContent& b) {
  return a.definitions_version() == b.definitions_version() &&
         a.code_list_version() == b.code_list_version() &&
         a.format_version() == b.format_version();
}

absl::StatusOr<int> ErasuresAfter(storage::ReadTransaction& tx,
                                  ForbundId forbund, int64_t position) {
  ASSIGN_OR_RETURN(const auto erasures, tx.ListErasures(forbund));
  const auto later = std::count_if(erasures.begin(), erasures.end(),
                                   [&](const storage::Erasure& erasure) {
                                     return erasure.position.value > position;
                                   });
  return static_cast<int>(later);
}

// Why the store does not say what the two say, if it does not.
absl::StatusOr<std::set<EventKind>> UnlikeTheStore(
    storage::ReadTransaction& tx, const Opened& before, const Opened& after,
    ForbundId forbund, const domain::CodeBook& codes) {
  std::set<EventKind> kinds;
  ASSIGN_OR_RETURN(const int erasures,
                   ErasuresAfter(tx, forbund, before.content.feed_position()));
  if (erasures > 0) kinds.insert(v1::EventCount::KIND_ERASURE);
  v1::SealedReportContent now;
  SetDefinitions(codes, now);
  if (!SameDefinitions(before.content, now) ||
      !SameDefinitions(after.content, now)) {
    kinds.insert(v1::EventCount::KIND_DEFINITION);
  }
  return kinds;
}

}  // namespace

absl::StatusOr<v1::SealedReportContent> SealedReportHandler::Sealable(
    storage::ReadTransaction& tx, ForbundId forbund, int year,
    absl::Time as_of) const {
  RETURN_IF_ERROR(tx.GetForbund(forbund).status());
  if (SwedishDay(as_of) <= Day::LastOfYear(year)) return errors::YearNotEnded();
  ASSIGN_OR_RETURN(const storage::FeedPosition position, tx.Tail());
  ASSIGN_OR_RETURN(v1::SealedReportContent content,
                   MakeContent(tx, {forbund, year, position, as_of}, codes_));
  // The facts know of participations besides that are gone altogether.
  ASSIGN_OR_RETURN(const outcome::OutcomeReport facts,
                   facts_.Report(outcome::YearOf({forbund}, year, as_of)));
  RETURN_IF_ERROR(CheckReadable(ToProto(facts)));
  return content;
}

absl::Status SealedReportHandler::PreviewSealedReport(
    const access::Caller& /*caller*/,
    const v1::PreviewSealedReportRequest& request, storage::ReadTransaction& tx,
    v1::PreviewSealedReportResponse& response) const {
  ASSIGN_OR_RETURN(const ForbundId forbund,
                   validation::ParseForbundName(request.forbund()));
  ASSIGN_OR_RETURN(v1::SealedReportContent content,
                   Sealable(tx, forbund, request.year(), clock_.Now()));
  ASSIGN_OR_RETURN(const std::optional<Opened> newest,
                   Newest(tx, forbund, request.year()));
  const int last = newest.has_value() ? newest->report.revision() : 0;
  content.set_revision(last + 1);
  if (newest.has_value() && SayTheSame(newest->content, content)) {
    response.set_unchanged(newest->report.name());
  }
  *response.mutable_content() = std::move(content);
  return absl::OkStatus();
}

absl::StatusOr<ResultRef> SealedReportHandler::SealReport(
    const access::Caller& /*caller*/, const v1::SealReportRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const ForbundId forbund,
                   validation::ParseForbundName(request.forbund()));
  // Whatever is committed later is recorded later, and so known later.
  ASSIGN_OR_RETURN(v1::SealedReportContent content,
                   Sealable(tx, forbund, request.year(), tx.RecordedAt()));
  ASSIGN_OR_RETURN(const std::optional<Opened> newest,
                   Newest(tx, forbund, request.year()));
  if (newest.has_value() && SayTheSame(newest->content, content)) {
    return ResultRef{newest->report.name(), kUnchanged};
  }
  content.set_revision(newest.has_value() ? newest->report.revision() + 1 : 1);
  const std::string payload = envelope::PayloadOf(content);
  ASSIGN_OR_RETURN(
      const storage::SealedReport sealed,
      tx.PutSealedReport({forbund, request.year(), content.revision(), payload,
                          envelope::PreAuthenticationEncoding(
                              envelope::kSealedReportType, payload)}));
  return ResultRef{NameOf(sealed.key), kSealed};
}

absl::Status SealedReportHandler::Answer(
    const access::Caller& /*caller*/, const ResultRef& result,
    storage::ReadTransaction& tx, v1::SealReportResponse& response) const {
  ASSIGN_OR_RETURN(const ReportName name,
                   validation::ParseReportName(result.resource));
  ASSIGN_OR_RETURN(Opened opened, Open(tx, name));
  *response.mutable_report() = std::move(opened.report);
  *response.mutable_open_points() = opened.content.open_points();
  response.set_unchanged(result.version == kUnchanged);
  return absl::OkStatus();
}

absl::Status SealedReportHandler::ListSealedReports(
    const access::Caller& caller, const v1::ListSealedReportsRequest& request,
    storage::ReadTransaction& tx,
    v1::ListSealedReportsResponse& response) const {
  ASSIGN_OR_RETURN(const std::vector<ForbundId> readable,
                   ReadableForbund(caller, request.parent(), tx));
  std::vector<Keyed<SealedReportKey>> found;
  for (const ForbundId forbund : readable) {
    ASSIGN_OR_RETURN(
        const std::vector<SealedReportKey> reports,
        tx.ListSealedReports(forbund, storage::SealedKind::kReport));
    for (const SealedReportKey& key : reports) {
      if (request.year() != 0 && key.year != request.year()) continue;
      found.push_back({absl::StrFormat("%s %04d %09d", forbund.Text(), key.year,
                                       key.revision),
                       key});
    }
  }
  return FillPage(
      request, std::move(found),
      [&](const SealedReportKey& key) {
        *response.add_reports() = ToProto(key);
      },
      response);
}

absl::Status SealedReportHandler::GetSealedReport(
    const access::Caller& /*caller*/, const v1::GetSealedReportRequest& request,
    storage::ReadTransaction& tx, v1::SealedReport& response) const {
  ASSIGN_OR_RETURN(const ReportName name,
                   validation::ParseReportName(request.name()));
  ASSIGN_OR_RETURN(
      const storage::SealedReport stored,
      tx.GetSealedReport(name.forbund, storage::SealedKind::kReport, name.year,
                         name.revision));
  ASSIGN_OR_RETURN(response, ToProto(stored));
  return absl::OkStatus();
}

absl::Status SealedReportHandler::CompareSealedReports(
    const access::Caller& /*caller*/,
    const v1::CompareSealedReportsRequest& request,
    storage::ReadTransaction& tx,
    v1::CompareSealedReportsResponse& response) const {
  ASSIGN_OR_RETURN(ReportName name,
                   validation::ParseReportName(request.name()));
  ASSIGN_OR_RETURN(Opened after, Open(tx, name));
  --name.revision;
  ASSIGN_OR_RETURN(Opened before, Open(tx, name));
  const Between between = BetweenOf(before, after, name.forbund);
  ASSIGN_OR_RETURN(Events events, EventsBetween(tx, between, codes_));
  if (!SameDefinitions(before.content, after.content)) {
    events.counts[v1::EventCount::KIND_DEFINITION] = 1;
  }
  ASSIGN_OR_RETURN(std::set<EventKind> unlike_the_store,
                   UnlikeTheStore(tx, before, after, name.forbund, codes_));
  std::vector<v1::CellChange> cells =
      CellsThatDiffer(before.content.report(), after.content.report());
  RETURN_IF_ERROR(AddCauses(tx,
                            {before.content.report(), after.content.report(),
                             between, events, std::move(unlike_the_store)},
                            codes_, cells));
  for (v1::CellChange& cell : cells) *response.add_cells() = std::move(cell);
  for (const auto& [kind, count] : events.counts) {
    v1::EventCount& event = *response.add_events();
    event.set_kind(kind);
    event.set_count(count);
  }
  *response.mutable_before() = std::move(before.report);
  *response.mutable_after() = std::move(after.report);
  response.mutable_before()->clear_payload();
  response.mutable_after()->clear_payload();
  return absl::OkStatus();
}

absl::Status SealedReportHandler::RecomputeSealedReport(
    const access::Caller& /*caller*/,
    const v1::RecomputeSealedReportRequest& request,
    storage::ReadTransaction& tx,
    v1::RecomputeSealedReportResponse& response) const {
  ASSIGN_OR_RETURN(const ReportName name,
                   validation::ParseReportName(request.name()));
  ASSIGN_OR_RETURN(const Opened sealed, Open(tx, name));
  const storage::FeedPosition position{sealed.content.feed_position()};
  ASSIGN_OR_RETURN(v1::SealedReportContent again,
                   MakeContent(tx,
                               {name.forbund, name.year, position,
                                TimeOf(sealed.content.as_of())},
                               codes_));
  again.set_revision(name.revision);
  response.set_identical(envelope::PayloadOf(again) == sealed.report.payload());
  ASSIGN_OR_RETURN(const int erasures,
                   ErasuresAfter(tx, name.forbund, position.value));
  response.set_erasures(erasures);
  response.set_definitions_changed(!SameDefinitions(sealed.content, again));
  std::vector<v1::CellChange> cells =
      CellsThatDiffer(sealed.content.report(), again.report());
  response.set_cell_count(static_cast<int>(cells.size()));
  for (v1::CellChange& cell : cells) {
    if (response.cells_size() == kMostCells) break;
    *response.add_cells() = std::move(cell);
  }
  return absl::OkStatus();
}

absl::Status SealedReportHandler::GetSigningKeys(
    const access::Caller& /*caller*/, const v1::GetSigningKeysRequest& request,
    storage::ReadTransaction& tx, v1::GetSigningKeysResponse& response) const {
  ASSIGN_OR_RETURN(const ForbundId forbund,
                   validation::ParseForbundName(request.forbund()));
  ASSIGN_OR_RETURN(const std::string current, tx.SigningPublicKey(forbund));
  ASSIGN_OR_RETURN(*response.add_keys(), KeyMessage(current));
  response.mutable_keys(0)->set_current(true);
  ASSIGN_OR_RETURN(std::vector<SealedReportKey> reports,
                   tx.ListSealedReports(forbund, storage::SealedKind::kReport));
  // The newest key first, and one report of each.
  std::sort(reports.begin(), reports.end(), [](const auto& a, const auto& b) {
    return a.key_version > b.key_version;
  });
  uint32_t seen = 0;
  for (const SealedReportKey& key : reports) {
    if (key.key_version == seen) continue;
    const auto report = tx.GetSealedReport(
        forbund, storage::SealedKind::kReport, key.year, key.revision);
    if (!report.ok()) continue;
    seen = key.key_version;
    if (report->public_key == current) continue;
    ASSIGN_OR_RETURN(*response.add_keys(), KeyMessage(report->public_key));
  }
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
