#include "services/handlers/publication_handler.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/disclosure/protect.h"
#include "services/envelope/envelope.h"
#include "services/envelope/sealed_report.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_outcome.h"
#include "services/handlers/kept_witnesses.h"
#include "services/handlers/known_now.h"
#include "services/handlers/page.h"
#include "services/handlers/release_proof.h"
#include "services/handlers/report_from_proto.h"
#include "services/handlers/sealed_content.h"
#include "services/handlers/sight.h"
#include "services/handlers/stored_releases.h"
#include "services/outcome/code_tables.h"
#include "services/outcome/merge_reports.h"
#include "services/outcome/report_text.h"
#include "services/validation/resource_name.h"
#include "storage/seal/signer.h"

namespace stegvis::handlers {
namespace {

using storage::SealedReportKey;
using validation::ReleaseName;

// How many changes of a base an answer names.
constexpr int kMostNamed = 100;

// Tells the caller of the work on a release that is being made. Keeps what came
// of it, as the work knows no status.
class News {
 public:
  explicit News(const PublicationHandler::Emit& emit) : emit_(emit) {}

  disclosure::Tell Teller() {
    return [this](disclosure::Progress progress) {
      v1::PublishReleaseResponse news;
      news.set_proved(progress.proved);
      news.set_counts(progress.counts);
      told_ = emit_(std::move(news));
      return told_.ok();
    };
  }
  const absl::Status& Told() const { return told_; }

  // The error, once the caller knows which counts it is about.
  absl::Status TellUnsafe(v1::UnsafeCounts unsafe) {
    v1::PublishReleaseResponse news;
    *news.mutable_unsafe() = std::move(unsafe);
    absl::Status told = emit_(std::move(news));
    return told.ok() ? errors::ReleaseUnsafe() : told;
  }

 private:
  const PublicationHandler::Emit& emit_;
  absl::Status told_;
};

// What a first release of `truth` must withhold beside those that are out.
absl::StatusOr<disclosure::Together> PutBeside(
    disclosure::Level level, const outcome::OutcomeReport& truth,
    const disclosure::ReleasesOut& out, News& news) {
  disclosure::Together together =
      disclosure::PutBeside(level, truth, out, news.Teller());
  RETURN_IF_ERROR(news.Told());
  if (!together.fits) return errors::ReleaseOfOtherLevel();
  if (together.unsafe.empty()) return together;
  v1::UnsafeCounts unsafe =
      UnsafeIn(together.unsafe_in, std::move(together.unsafe));
  if (together.unsafe_in != disclosure::ReleaseName(level, truth)) {
    unsafe.clear_names();
  }
  return news.TellUnsafe(std::move(unsafe));
}

}  // namespace

absl::Status PublicationHandler::PublishRelease(
    const access::Caller& caller, const v1::PublishReleaseRequest& request,
    const Emit& emit) const {
  ASSIGN_OR_RETURN(const domain::Scope scope,
                   validation::ParseScopeName(request.parent()));
  const Subject subject{scope.forbund, request.year()};
  if (!MayPublish(caller, subject.forbund)) return errors::NotPermitted();
  const std::unique_lock alone(publishing_, std::try_to_lock);
  if (!alone.owns_lock()) return errors::ReleaseUnderWay();
  return Publish(subject, emit);
}

// The earlier release, where it is not replaced.
absl::StatusOr<std::optional<v1::PublishReleaseResponse>>
PublicationHandler::StandingOf(const Basis& basis) {
  if (basis.earlier.empty()) return std::nullopt;
  const v1::ReleaseProof& newest = basis.earlier.back();
  ASSIGN_OR_RETURN(const outcome::OutcomeReport before,
                   FromProto(newest.truth()));
  const std::vector<disclosure::BaseDifference> changes =
      disclosure::SmallChanges(before, basis.truth);
  if (changes.empty() && !disclosure::SameCounts(before, basis.truth)) {
    return std::nullopt;
  }
  v1::PublishReleaseResponse response;
  *response.mutable_release() = newest.release();
  response.set_stands(true);
  for (const disclosure::BaseDifference& change : changes) {
    if (response.changes_size() == kMostNamed) break;
    v1::BaseChange& message = *response.add_changes();
    message.set_dimension(change.dimension);
    message.set_value(change.value);
    message.set_before(change.before);
    message.set_after(change.after);
  }
  return response;
}

absl::Status PublicationHandler::Publish(const Subject& subject,
                                         const Emit& emit) const {
  std::optional<Basis> basis;
  RETURN_IF_ERROR(
      store_.Read(storage::AsOf::Now(), [&](storage::ReadTransaction& tx) {
        ASSIGN_OR_RETURN(basis, ReadBasis(subject, tx));
        return absl::OkStatus();
      }));
  if (!basis->earlier.empty() && IsAnnounced(basis->earlier.back())) {
    v1::PublishReleaseResponse response;
    *response.mutable_release() =
        std::move(*basis->earlier.back().mutable_release());
    response.set_stands(true);
    return emit(std::move(response));
  }
  ASSIGN_OR_RETURN(std::optional<v1::PublishReleaseResponse> standing,
                   StandingOf(*basis));
  if (standing.has_value()) return emit(*std::move(standing));
  ASSIGN_OR_RETURN(Made made, MakeSafe(subject, *basis, emit));
  v1::PublishReleaseResponse response;
  ASSIGN_OR_RETURN(*response.mutable_release(),
                   Store(subject, *basis, std::move(made)));
  return emit(std::move(response));
}

absl::StatusOr<PublicationHandler::Basis> PublicationHandler::ReadBasis(
    const Subject& subject, storage::ReadTransaction& tx) const {
  if (SwedishDay(clock_.Now()) <= Day::LastOfYear(subject.year)) {
    return errors::YearNotEnded();
  }
  ASSIGN_OR_RETURN(const std::vector<SealedReportKey> keys,
                   KeysOf(storage::SealedKind::kRelease,
                          ScopeOf(subject.forbund), subject.year, tx));
  std::vector<v1::ReleaseProof> earlier;
  for (const SealedReportKey& key : keys) {
    ASSIGN_OR_RETURN(v1::ReleaseProof proof, ReadProof(tx, key));
    earlier.push_back(std::move(proof));
  }
  ASSIGN_OR_RETURN(Beside beside,
                   ReadBeside(subject.forbund, subject.year, tx));
  // Another one is made of what is known now, whatever the nation's was.
  const Beside nothing;
  ASSIGN_OR_RETURN(outcome::OutcomeReport truth,
                   TruthOf(subject, earlier.empty() ? beside : nothing, tx));
  return Basis{disclosure::StandardReport(subject.Level(), std::move(truth)),
               std::move(earlier), std::move(beside)};
}

absl::StatusOr<outcome::OutcomeReport> PublicationHandler::TruthOf(
    const Subject& subject, const Beside& beside,
    storage::ReadTransaction& tx) const {
  if (!subject.forbund.has_value()) {
    return TruthOfNation(subject.year, beside, tx);
  }
  RETURN_IF_ERROR(tx.GetForbund(*subject.forbund).status());
  return TruthOfForbund(*subject.forbund, subject.year, beside.nation, tx);
}

absl::StatusOr<outcome::OutcomeReport> PublicationHandler::TruthOfNation(
    int year, const Beside& beside, storage::ReadTransaction& tx) const {
  ASSIGN_OR_RETURN(const auto all, tx.ListForbund());
  std::vector<outcome::OutcomeReport> parts;
  for (const auto& forbund : all) {
    const auto out = beside.forbund.find(forbund.value.id);
    if (out != beside.forbund.end()) {
      parts.push_back(out->second.back().truth);
      continue;
    }
    ASSIGN_OR_RETURN(
        outcome::OutcomeReport part,
        TruthOfForbund(forbund.value.id, year, /*nation=*/std::nullopt, tx));
    // Who has nothing in the year is not in the nation's report.
    if (outcome::HoldsAnything(part.whole)) parts.push_back(std::move(part));
  }
  if (parts.empty()) return errors::NotFound();
  // In the order that a rollup of several nodes has too.
  std::stable_sort(
      parts.begin(), parts.end(),
      [](const auto& a, const auto& b) { return a.forbund < b.forbund; });
  ASSIGN_OR_RETURN(const outcome::CodeTables codes,
                   outcome::CodeTables::Create(store_.Codes()));
  return outcome::MergeReports(
      parts, disclosure::StandardBreakdowns(disclosure::Level::kNation), codes);
}

absl::StatusOr<outcome::OutcomeReport> PublicationHandler::TruthOfForbund(
    ForbundId forbund, int year, const std::optional<NationOut>& nation,
    storage::ReadTransaction& tx) const {
  ASSIGN_OR_RETURN(std::vector<SealedReportKey> sealed,
                   KeysOf(storage::SealedKind::kReport, forbund, year, tx));
  if (nation.has_value()) {
    std::erase_if(sealed, [&](const SealedReportKey& key) {
      return key.recorded_at > nation->published_at;
    });
  }
  if (!sealed.empty()) {
    ASSIGN_OR_RETURN(const storage::SealedReport stored,
                     tx.GetSealedReport(forbund, storage::SealedKind::kReport,
                                        year, sealed.back().revision));
    ASSIGN_OR_RETURN(const v1::SealedReportContent content,
                     envelope::ContentOfPayload(stored.payload));
    return FromProto(content.report());
  }
  ASSIGN_OR_RETURN(const storage::FeedPosition position, tx.Tail());
  ASSIGN_OR_RETURN(const absl::Time now, KnownNow(facts_, position, clock_));
  outcome::ReportRequest request = outcome::YearOf(
      {forbund}, year, nation.has_value() ? nation->release.truth.as_of : now);
  request.breakdowns =
      disclosure::StandardBreakdowns(disclosure::Level::kForbund);
  ASSIGN_OR_RETURN(outcome::OutcomeReport report, facts_.Report(request));
  RETURN_IF_ERROR(CheckReadable(ToProto(report)));
  return report;
}

// What it must withhold beside others comes first: with more besides it is as
// safe beside them, and its proof is of its own table alone.
absl::StatusOr<PublicationHandler::Made> PublicationHandler::MakeSafe(
    const Subject& subject, const Basis& basis, const Emit& emit) const {
  std::vector<disclosure::EarlierRelease> earlier;
  for (const v1::ReleaseProof& proof : basis.earlier) {
    ASSIGN_OR_RETURN(disclosure::EarlierRelease release, EarlierOf(proof));
    earlier.push_back(std::move(release));
  }
  News news(emit);
  disclosure::Together together;
  if (basis.beside.HasAny()) {
    // One that changed is not put beside others again.
    if (!earlier.empty()) return errors::ReleaseOfOtherLevel();
    ASSIGN_OR_RETURN(together, PutBeside(subject.Level(), basis.truth,
                                         basis.beside.Out(), news));
  }
  disclosure::ReleaseTable table(basis.truth, std::move(earlier));
  if (!table.Model().Contradictions().empty()) {
    return errors::Bug("release_contradicts_itself");
  }
  for (const disclosure::CellId cell : together.further) {
    table.Model().Withhold(cell);
  }
  const disclosure::Protection protection = disclosure::MakeSafe(
      subject.Level(), table,
      {.tell = news.Teller(), .kept = std::move(together.own)});
  RETURN_IF_ERROR(news.Told());
  std::vector<std::string> open =
      table.NamesOf(disclosure::Disprove(table.Model(), protection));
  if (!open.empty()) {
    return news.TellUnsafe(
        UnsafeIn(disclosure::ReleaseName(subject.Level(), basis.truth),
                 std::move(open)));
  }
  return Made{MakeProof(table, protection), std::move(together.found)};
}

// Whether nothing was announced while the release was made.
absl::Status PublicationHandler::CheckStill(const Subject& subject,
                                            const Basis& basis,
                                            storage::ReadTransaction& tx) {
  if (subject.forbund.has_value()) {
    ASSIGN_OR_RETURN(const std::vector<SealedReportKey> nation,
                     KeysOf(storage::SealedKind::kRelease, storage::kNation,
                            subject.year, tx));
    if (nation.empty() == basis.beside.nation.has_value()) {
      return errors::ReleaseOfOtherLevel();
    }
  }
  ASSIGN_OR_RETURN(const std::vector<SealedReportKey> keys,
                   KeysOf(storage::SealedKind::kRelease,
                          ScopeOf(subject.forbund), subject.year, tx));
  return keys.size() == basis.earlier.size() ? absl::OkStatus()
                                             : errors::ReleaseUnderWay();
}

absl::StatusOr<v1::Release> PublicationHandler::Store(const Subject& subject,
                                                      const Basis& basis,
                                                      Made made) const {
  v1::Release& release = *made.proof.mutable_release();
  release.set_year(subject.year);
  release.set_revision(static_cast<int>(basis.earlier.size()) + 1);
  release.set_name(validation::ReleaseNameText(
      {subject.forbund, subject.year, release.revision()}));
  const auto to_seal = [&](storage::SealedKind kind, std::string payload,
                           absl::string_view type) {
    std::string text = envelope::PreAuthenticationEncoding(type, payload);
    return storage::ReportToSeal{ScopeOf(subject.forbund), subject.year,
                                 release.revision(),       std::move(payload),
                                 std::move(text),          kind};
  };
  const storage::ReportToSeal proof =
      to_seal(storage::SealedKind::kRelease,
              envelope::Deterministic(made.proof), kReleaseProofType);
  const storage::ReportToSeal beside = to_seal(
      storage::SealedKind::kBeside,
      envelope::Deterministic(ToProto(made.found)), kWitnessesBesideType);
  absl::Time recorded_at;
  RETURN_IF_ERROR(store_.WriteAndWait([&](storage::WriteTransaction& tx) {
    absl::Status still = CheckStill(subject, basis, tx);
    if (!still.ok()) return still;
    ASSIGN_OR_RETURN(const storage::SealedReport stored,
                     tx.PutSealedReport(proof));
    if (basis.beside.HasAny()) {
      absl::Status kept = tx.PutSealedReport(beside).status();
      if (!kept.ok()) return kept;
    }
    recorded_at = stored.key.recorded_at;
    return absl::OkStatus();
  }));
  *release.mutable_publish_time() = TimestampOf(recorded_at);
  return std::move(release);
}

absl::Status PublicationHandler::ListReleases(
    const access::Caller& caller, const v1::ListReleasesRequest& request,
    storage::ReadTransaction& tx, v1::ListReleasesResponse& response) const {
  ASSIGN_OR_RETURN(const domain::Scope scope,
                   validation::ParseScopeName(request.parent()));
  ASSIGN_OR_RETURN(const auto all, tx.ListForbund());
  std::vector<ForbundId> scopes;
  if (!scope.forbund.has_value()) scopes.push_back(storage::kNation);
  for (const auto& forbund : all) {
    const ForbundId id = forbund.value.id;
    if (scope.forbund.value_or(id) != id || !Sees(caller, id)) continue;
    scopes.push_back(id);
  }
  std::vector<Keyed<SealedReportKey>> found;
  for (const ForbundId id : scopes) {
    ASSIGN_OR_RETURN(const std::vector<SealedReportKey> releases,
                     tx.ListSealedReports(id, storage::SealedKind::kRelease));
    for (const SealedReportKey& key : releases) {
      if (request.year() != 0 && key.year != request.year()) continue;
      found.push_back(
          {absl::StrFormat("%s %04d %09d", id.Text(), key.year, key.revision),
           key});
    }
  }
  return FillPage(
      request, std::move(found),
      [&](const SealedReportKey& key) {
        v1::Release& release = *response.add_releases();
        release.set_name(validation::ReleaseNameText(NameOf(key)));
        release.set_year(key.year);
        release.set_revision(key.revision);
        *release.mutable_publish_time() = TimestampOf(key.recorded_at);
      },
      response);
}

absl::Status PublicationHandler::GetRelease(
    const access::Caller& /*caller*/, const v1::GetReleaseRequest& request,
    storage::ReadTransaction& tx, v1::Release& response) const {
  ASSIGN_OR_RETURN(const ReleaseName name,
                   validation::ParseReleaseName(request.name()));
  ASSIGN_OR_RETURN(
      v1::ReleaseProof proof,
      ReadProof(tx, {ScopeOf(name.forbund), name.year, name.revision,
                     absl::Time(), 0, storage::SealedKind::kRelease}));
  response = std::move(*proof.mutable_release());
  return absl::OkStatus();
}

absl::Status PublicationHandler::GetReleaseProof(
    const access::Caller& caller, const v1::GetReleaseProofRequest& request,
    storage::ReadTransaction& tx, v1::GetReleaseProofResponse& response) const {
  ASSIGN_OR_RETURN(const ReleaseName name,
                   validation::ParseReleaseName(request.name()));
  if (!MayPublish(caller, name.forbund)) return errors::NotPermitted();
  ASSIGN_OR_RETURN(
      const storage::SealedReport stored,
      tx.GetSealedReport(ScopeOf(name.forbund), storage::SealedKind::kRelease,
                         name.year, name.revision));
  v1::ReleaseProof proof;
  if (!proof.ParseFromString(stored.payload)) {
    return errors::Bug("release_payload");
  }
  if (IsAnnounced(proof)) return errors::ProofElsewhere();
  response.set_payload(stored.payload);
  response.set_signature(stored.signature);
  response.set_pem(seal::PublicKeyPem(stored.public_key));
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
