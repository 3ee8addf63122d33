// Handles ForbundService: förbund, their questions, and the export.
//
// In all handlers: permission and the request's envelope are checked before
// (services/server); a read fills its response; a write returns what it made,
// and Answer builds the response from that alone, so that the first answer and
// a repeated one are the same code. Thread-safe.
#pragma once

#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/handlers/result_ref.h"
#include "stegvis/v1/forbund.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

class ForbundHandler {
 public:
  ForbundHandler(const domain::CodeBook& /*codes*/, const Clock& /*clock*/) {}

  // Creates, whatever `validate_only` says. INVALID_ARGUMENT naming faults
  // under `forbund`; ALREADY_EXISTS with ORGANIZATION_NUMBER_TAKEN.
  absl::StatusOr<ResultRef> CreateForbund(
      const access::Caller& caller, const v1::CreateForbundRequest& request,
      storage::WriteTransaction& tx) const;

  // Serves CreateForbund with `validate_only`: every check, the förbund that
  // would come of it, without a name, and nothing written.
  absl::Status CheckNewForbund(const access::Caller& caller,
                               const v1::CreateForbundRequest& request,
                               storage::ReadTransaction& tx,
                               v1::Forbund& response) const;

  absl::Status GetForbund(const access::Caller& caller,
                          const v1::GetForbundRequest& request,
                          storage::ReadTransaction& tx,
                          v1::Forbund& response) const;

  // Those in which the caller has any role, by display name.
  absl::Status ListForbund(const access::Caller& caller,
                           const v1::ListForbundRequest& request,
                           storage::ReadTransaction& tx,
                           v1::ListForbundResponse& response) const;

  // ABORTED with ETAG_STALE; INVALID_ARGUMENT naming faults under `forbund`.
  // What changes nothing makes no version.
  absl::StatusOr<ResultRef> UpdateForbund(
      const access::Caller& caller, const v1::UpdateForbundRequest& request,
      storage::WriteTransaction& tx) const;

  // Emits the förbund, its questions, insatser, participations and counts, one
  // at a time, and stops at the first error of `emit`. PERMISSION_DENIED for
  // identities without the role dataskydd. Ends with DATA_LOSS, after
  // everything else, when records cannot be opened.
  using Emit = std::function<absl::Status(v1::ExportForbundResponse)>;
  absl::Status ExportForbund(const access::Caller& caller,
                             const v1::ExportForbundRequest& request,
                             storage::ReadTransaction& tx,
                             const Emit& emit) const;

  // ALREADY_EXISTS with QUESTION_TAKEN; INVALID_ARGUMENT naming faults under
  // `question`.
  absl::StatusOr<ResultRef> CreateQuestion(
      const access::Caller& caller, const v1::CreateQuestionRequest& request,
      storage::WriteTransaction& tx) const;

  absl::Status ListQuestions(const access::Caller& caller,
                             const v1::ListQuestionsRequest& request,
                             storage::ReadTransaction& tx,
                             v1::ListQuestionsResponse& response) const;

  // ABORTED with ETAG_STALE; INVALID_ARGUMENT with ENDS_BEFORE_START.
  absl::StatusOr<ResultRef> EndQuestion(const access::Caller& caller,
                                        const v1::EndQuestionRequest& request,
                                        storage::WriteTransaction& tx) const;

  absl::Status Answer(const access::Caller& caller, const ResultRef& result,
                      storage::ReadTransaction& tx,
                      v1::Forbund& response) const;
  absl::Status Answer(const access::Caller& caller, const ResultRef& result,
                      storage::ReadTransaction& tx,
                      v1::Question& response) const;
};

}  // namespace stegvis::handlers
