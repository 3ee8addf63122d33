// Handles ParticipationService but for its import. See forbund_handler.h for
// what all handlers promise.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/handlers/result_ref.h"
#include "stegvis/v1/participation.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

class ParticipationHandler {
 public:
  // Both must outlive the handler.
  ParticipationHandler(const domain::CodeBook& codes, const Clock& clock)
      : codes_(codes), clock_(clock) {}

  // Registers, whatever `validate_only` says; errors as in domain's
  // CheckRegistration and DecideRegistration, under `registration`.
  absl::StatusOr<ResultRef> RegisterParticipation(
      const access::Caller& caller,
      const v1::RegisterParticipationRequest& request,
      storage::WriteTransaction& tx) const;

  // Serves RegisterParticipation with `validate_only`: every check, the
  // participation that would come of it, without a name, and nothing written.
  absl::Status CheckRegistration(
      const access::Caller& caller,
      const v1::RegisterParticipationRequest& request,
      storage::ReadTransaction& tx, v1::Participation& response) const;

  absl::Status GetParticipation(const access::Caller& caller,
                                const v1::GetParticipationRequest& request,
                                storage::ReadTransaction& tx,
                                v1::Participation& response) const;

  // By age of the record; what cannot be opened is named.
  absl::Status ListParticipations(
      const access::Caller& caller,
      const v1::ListParticipationsRequest& request,
      storage::ReadTransaction& tx,
      v1::ListParticipationsResponse& response) const;

  // By age of the record rather than by due day, which is personal and so may
  // not stand in a page token.
  absl::Status ListDueFollowUps(const access::Caller& caller,
                                const v1::ListDueFollowUpsRequest& request,
                                storage::ReadTransaction& tx,
                                v1::ListDueFollowUpsResponse& response) const;

  // ABORTED with ETAG_STALE, also in the three below; else as domain's End,
  // under `exit`.
  absl::StatusOr<ResultRef> EndParticipation(
      const access::Caller& caller, const v1::EndParticipationRequest& request,
      storage::WriteTransaction& tx) const;

  // As domain's RecordFollowUp, under `follow_up`.
  absl::StatusOr<ResultRef> RecordFollowUp(
      const access::Caller& caller, const v1::RecordFollowUpRequest& request,
      storage::WriteTransaction& tx) const;

  // As domain's Correct, under `registration`.
  absl::StatusOr<ResultRef> CorrectParticipation(
      const access::Caller& caller,
      const v1::CorrectParticipationRequest& request,
      storage::WriteTransaction& tx) const;

  // NOT_FOUND with FINDING_NOT_FOUND.
  absl::StatusOr<ResultRef> AcknowledgeFinding(
      const access::Caller& caller,
      const v1::AcknowledgeFindingRequest& request,
      storage::WriteTransaction& tx) const;

  absl::Status Answer(const access::Caller& caller, const ResultRef& result,
                      storage::ReadTransaction& tx,
                      v1::Participation& response) const;

 private:
  const domain::CodeBook& codes_;
  const Clock& clock_;
};

}  // namespace stegvis::handlers
