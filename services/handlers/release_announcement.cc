// The releases of the nation that several nodes make together: each keeps what
// was let out, so that it lets out nothing beside it.
#include <optional>
#include <string>
#include <utility>

#include "services/base/day.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/envelope/envelope.h"
#include "services/envelope/sealed_report.h"
#include "services/handlers/public_part.h"
#include "services/handlers/publication_handler.h"
#include "services/handlers/release_proof.h"
#include "services/handlers/releases_beside.h"
#include "services/handlers/stored_releases.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using storage::SealedReportKey;
using validation::ReleaseName;
using validation::ReleaseNameText;

// A year has one release that was announced.
constexpr int kRevision = 1;

v1::Release ToKeep(const v1::AnnounceReleaseRequest& request) {
  v1::Release release = PublicPartOf(request.release());
  release.set_year(request.year());
  release.set_revision(kRevision);
  release.set_name(ReleaseNameText({std::nullopt, request.year(), kRevision}));
  return release;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> PublicationHandler::NameOfAnnounced(
    const access::Caller& caller, const v1::AnnounceReleaseRequest& request,
    storage::ReadTransaction& tx) const {
  if (!MayPublish(caller, std::nullopt)) return errors::NotPermitted();
  RETURN_IF_ERROR(CheckPublicPart(request.release(), request.year()));
  if (SwedishDay(clock_.Now()) <= Day::LastOfYear(request.year())) {
    return errors::YearNotEnded();
  }
  RETURN_IF_ERROR(CheckNoForbundIsOut(request.year(), tx));
  ASSIGN_OR_RETURN(const std::optional<SealedReportKey> newest,
                   NewestOf(storage::SealedKind::kRelease, storage::kNation,
                            request.year(), tx));
  if (!newest.has_value()) return std::nullopt;
  ASSIGN_OR_RETURN(const v1::ReleaseProof out, ReadProof(tx, *newest));
  if (!SayTheSame(out.release(), request.release())) {
    return errors::ReleaseDiffers();
  }
  return out.release().name();
}

absl::StatusOr<ResultRef> PublicationHandler::AnnounceRelease(
    const access::Caller& caller, const v1::AnnounceReleaseRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(std::optional<std::string> standing,
                   NameOfAnnounced(caller, request, tx));
  if (standing.has_value()) return ResultRef{*std::move(standing)};
  v1::ReleaseProof kept;
  kept.set_format_version(kProofFormat);
  *kept.mutable_release() = ToKeep(request);
  const std::string payload = envelope::Deterministic(kept);
  RETURN_IF_ERROR(
      tx.PutSealedReport(
            {storage::kNation, request.year(), kRevision, payload,
             envelope::PreAuthenticationEncoding(kReleaseProofType, payload),
             storage::SealedKind::kRelease})
          .status());
  return ResultRef{kept.release().name()};
}

absl::Status PublicationHandler::Answer(const access::Caller& /*caller*/,
                                        const ResultRef& result,
                                        storage::ReadTransaction& tx,
                                        v1::Release& response) const {
  ASSIGN_OR_RETURN(const ReleaseName name,
                   validation::ParseReleaseName(result.resource));
  ASSIGN_OR_RETURN(
      v1::ReleaseProof kept,
      ReadProof(tx, {ScopeOf(name.forbund), name.year, name.revision,
                     absl::Time(), 0, storage::SealedKind::kRelease}));
  response = std::move(*kept.mutable_release());
  return absl::OkStatus();
}

absl::Status PublicationHandler::CheckAnnouncement(
    const access::Caller& caller, const v1::AnnounceReleaseRequest& request,
    storage::ReadTransaction& tx, v1::Release& response) const {
  ASSIGN_OR_RETURN(const std::optional<std::string> standing,
                   NameOfAnnounced(caller, request, tx));
  if (standing.has_value()) return Answer(caller, {*standing}, tx, response);
  response = ToKeep(request);
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
