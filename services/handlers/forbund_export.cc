// ForbundHandler's export; declared in forbund_handler.h.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert_count.h"
#include "services/handlers/convert_forbund.h"
#include "services/handlers/convert_insats.h"
#include "services/handlers/convert_participation.h"
#include "services/handlers/forbund_handler.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using storage::Versioned;
using Emit = ForbundHandler::Emit;

// One export. One thread.
class Export {
 public:
  Export(ForbundId forbund, bool identities, storage::ReadTransaction& tx,
         const Emit& emit)
      : forbund_(forbund), identities_(identities), tx_(tx), emit_(emit) {}

  absl::Status Run() {
    RETURN_IF_ERROR(EmitForbund());
    ASSIGN_OR_RETURN(const std::vector<Versioned<domain::Insats>> insatser,
                     tx_.ListInsatser(forbund_));
    RETURN_IF_ERROR(EmitInsatser(insatser));
    for (const Versioned<domain::Insats>& insats : insatser) {
      RETURN_IF_ERROR(EmitParticipations({forbund_, insats.value.id}));
    }
    for (const Versioned<domain::Insats>& insats : insatser) {
      RETURN_IF_ERROR(EmitCounts({forbund_, insats.value.id}));
    }
    return unreadable_ ? errors::RecordUnreadable() : absl::OkStatus();
  }

 private:
  absl::Status EmitForbund();
  absl::Status EmitInsatser(
      const std::vector<Versioned<domain::Insats>>& insatser);
  absl::Status EmitParticipations(const InsatsKey& insats);
  absl::Status EmitParticipation(const storage::ListedParticipation& listed);
  absl::Status EmitCounts(const InsatsKey& insats);

  const ForbundId forbund_;
  const bool identities_;
  storage::ReadTransaction& tx_;
  const Emit& emit_;
  int64_t line_ = 0;
  bool unreadable_ = false;
};

absl::Status Export::EmitForbund() {
  ASSIGN_OR_RETURN(const Versioned<domain::Forbund> forbund,
                   tx_.GetForbund(forbund_));
  v1::ExportForbundResponse first;
  *first.mutable_forbund() = ToProto(forbund);
  RETURN_IF_ERROR(emit_(std::move(first)));
  ASSIGN_OR_RETURN(const std::vector<Versioned<domain::Question>> questions,
                   tx_.ListQuestions(forbund_));
  for (const Versioned<domain::Question>& question : questions) {
    v1::ExportForbundResponse next;
    *next.mutable_question() = ToProto(forbund_, question);
    RETURN_IF_ERROR(emit_(std::move(next)));
  }
  return absl::OkStatus();
}

absl::Status Export::EmitInsatser(
    const std::vector<Versioned<domain::Insats>>& insatser) {
  for (const Versioned<domain::Insats>& insats : insatser) {
    v1::ExportForbundResponse next;
    *next.mutable_insats() = ToProto(forbund_, insats);
    RETURN_IF_ERROR(emit_(std::move(next)));
  }
  return absl::OkStatus();
}

absl::Status Export::EmitParticipations(const InsatsKey& insats) {
  std::optional<ParticipationId> after;
  while (true) {
    ASSIGN_OR_RETURN(
        const std::vector<storage::ListedParticipation> listed,
        tx_.ListParticipations(insats, after, limits::kMaxPageSize));
    if (listed.empty()) return absl::OkStatus();
    for (const storage::ListedParticipation& one : listed) {
      RETURN_IF_ERROR(EmitParticipation(one));
    }
    after = listed.back().key.participation;
  }
}

absl::Status Export::EmitParticipation(
    const storage::ListedParticipation& listed) {
  if (!listed.participation.ok()) {
    unreadable_ = true;
    return absl::OkStatus();
  }
  v1::ExportForbundResponse next;
  *next.mutable_participation() =
      ToRow(forbund_, *listed.participation, identities_);
  next.mutable_participation()->set_line(++line_);
  return emit_(std::move(next));
}

absl::Status Export::EmitCounts(const InsatsKey& insats) {
  ASSIGN_OR_RETURN(const std::vector<Versioned<domain::Count>> counts,
                   tx_.ListCounts(insats));
  for (const Versioned<domain::Count>& count : counts) {
    v1::ExportForbundResponse next;
    *next.mutable_count() = ToProto(forbund_, count);
    RETURN_IF_ERROR(emit_(std::move(next)));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ForbundHandler::ExportForbund(
    const access::Caller& caller, const v1::ExportForbundRequest& request,
    storage::ReadTransaction& tx, const Emit& emit) const {
  ASSIGN_OR_RETURN(const ForbundId forbund,
                   validation::ParseForbundName(request.name()));
  const domain::Scope scope{forbund, std::nullopt};
  if (request.identities() && !caller.Has(domain::Role::kDataskydd, scope)) {
    return errors::NotPermitted();
  }
  return Export(forbund, request.identities(), tx, emit).Run();
}

}  // namespace stegvis::handlers
