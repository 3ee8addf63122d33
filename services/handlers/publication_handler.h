// Handles PublicationService. See forbund_handler.h for what all handlers
// promise.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/disclosure/release.h"
#include "services/handlers/releases_beside.h"
#include "services/handlers/result_ref.h"
#include "services/outcome/fact_feed.h"
#include "stegvis/v1/publication.pb.h"
#include "storage/store/store.h"

namespace stegvis::handlers {

class PublicationHandler {
 public:
  using Emit = std::function<absl::Status(v1::PublishReleaseResponse)>;

  // All must outlive the handler.
  PublicationHandler(storage::Store& store, const Clock& clock,
                     const outcome::FactFeed& facts)
      : store_(store), clock_(clock), facts_(facts) {}

  // One at a time: ABORTED with RELEASE_UNDER_WAY. Nobody else waits for it, as
  // the store is asked only before and after. PERMISSION_DENIED for who may see
  // the true counts but not let them out; FAILED_PRECONDITION with
  // YEAR_NOT_ENDED, UNREADABLE_RECORDS, RELEASE_UNSAFE or
  // RELEASE_OF_OTHER_LEVEL.
  absl::Status PublishRelease(const access::Caller& caller,
                              const v1::PublishReleaseRequest& request,
                              const Emit& emit) const;

  // Stores the public part of a release that was made elsewhere, as the
  // nation's next one; where the year has it already, that one is the answer.
  // FAILED_PRECONDITION with YEAR_NOT_ENDED, RELEASE_OF_OTHER_LEVEL or
  // RELEASE_DIFFERS; INVALID_ARGUMENT with RELEASE_INVALID.
  absl::StatusOr<ResultRef> AnnounceRelease(
      const access::Caller& caller, const v1::AnnounceReleaseRequest& request,
      storage::WriteTransaction& tx) const;
  absl::Status Answer(const access::Caller& caller, const ResultRef& result,
                      storage::ReadTransaction& tx,
                      v1::Release& response) const;
  // Serves AnnounceRelease with `validate_only`: the same errors, and the
  // release as it would be, without time.
  absl::Status CheckAnnouncement(const access::Caller& caller,
                                 const v1::AnnounceReleaseRequest& request,
                                 storage::ReadTransaction& tx,
                                 v1::Release& response) const;

  absl::Status ListReleases(const access::Caller& caller,
                            const v1::ListReleasesRequest& request,
                            storage::ReadTransaction& tx,
                            v1::ListReleasesResponse& response) const;

  absl::Status GetRelease(const access::Caller& caller,
                          const v1::GetReleaseRequest& request,
                          storage::ReadTransaction& tx,
                          v1::Release& response) const;

  absl::Status GetReleaseProof(const access::Caller& caller,
                               const v1::GetReleaseProofRequest& request,
                               storage::ReadTransaction& tx,
                               v1::GetReleaseProofResponse& response) const;

 private:
  // What a release is of: a förbund, or the nation.
  struct Subject {
    std::optional<ForbundId> forbund;
    int year = 0;

    disclosure::Level Level() const {
      return forbund.has_value() ? disclosure::Level::kForbund
                                 : disclosure::Level::kNation;
    }
  };
  // What it is made of, those before it, the oldest first, and those that it
  // must be safe beside.
  struct Basis {
    outcome::OutcomeReport truth;
    std::vector<v1::ReleaseProof> earlier;
    Beside beside;
  };
  // A release that is safe, and what was found when it was put beside others.
  struct Made {
    v1::ReleaseProof proof;
    disclosure::WitnessesByRelease found;
  };

  absl::Status Publish(const Subject& subject, const Emit& emit) const;
  static absl::StatusOr<std::optional<v1::PublishReleaseResponse>> StandingOf(
      const Basis& basis);
  // The name of the release that stands already; nothing where `request` may
  // be stored.
  absl::StatusOr<std::optional<std::string>> NameOfAnnounced(
      const access::Caller& caller, const v1::AnnounceReleaseRequest& request,
      storage::ReadTransaction& tx) const;
  absl::StatusOr<Basis> ReadBasis(const Subject& subject,
                                  storage::ReadTransaction& tx) const;
  absl::StatusOr<outcome::OutcomeReport> TruthOf(
      const Subject& subject, const Beside& beside,
      storage::ReadTransaction& tx) const;
  // The sum of all förbund, those that are out as they are.
  absl::StatusOr<outcome::OutcomeReport> TruthOfNation(
      int year, const Beside& beside, storage::ReadTransaction& tx) const;
  // The newest sealed report of a förbund's year; else what is known now.
  // `nation`: as it was known for the nation's release.
  absl::StatusOr<outcome::OutcomeReport> TruthOfForbund(
      ForbundId forbund, int year, const std::optional<NationOut>& nation,
      storage::ReadTransaction& tx) const;
  absl::StatusOr<Made> MakeSafe(const Subject& subject, const Basis& basis,
                                const Emit& emit) const;
  // ABORTED with RELEASE_UNDER_WAY, FAILED_PRECONDITION with
  // RELEASE_OF_OTHER_LEVEL.
  static absl::Status CheckStill(const Subject& subject, const Basis& basis,
                                 storage::ReadTransaction& tx);
  absl::StatusOr<v1::Release> Store(const Subject& subject, const Basis& basis,
                                    Made made) const;

  storage::Store& store_;
  const Clock& clock_;
  const outcome::FactFeed& facts_;
  // One release is made at a time; absl has no holder that only tries.
  mutable std::mutex publishing_;
};

}  // namespace stegvis::handlers
