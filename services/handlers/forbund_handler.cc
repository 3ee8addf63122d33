#include "services/handlers/forbund_handler.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_forbund.h"
#include "services/handlers/page.h"
#include "services/handlers/reading.h"
#include "services/handlers/sight.h"
#include "services/validation/field_mask.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using domain::Forbund;
using domain::Question;
using storage::Versioned;

absl::Status CheckNumberIsFree(const Forbund& forbund,
                               storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<Versioned<Forbund>> all, tx.ListForbund());
  const bool taken =
      std::any_of(all.begin(), all.end(), [&](const Versioned<Forbund>& other) {
        return other.value.organization_number == forbund.organization_number;
      });
  return taken ? errors::OrganizationNumberTaken() : absl::OkStatus();
}

// The förbund that `request` asks for, once every check is passed.
absl::StatusOr<Forbund> NewForbund(const v1::CreateForbundRequest& request,
                                   ForbundId id, storage::ReadTransaction& tx) {
  Reading reading;
  Forbund forbund = ReadForbund(request.forbund(), id, reading);
  RETURN_IF_ERROR(
      InField("forbund", reading.With(domain::CheckForbund(forbund))));
  RETURN_IF_ERROR(CheckNumberIsFree(forbund, tx));
  return forbund;
}

absl::Status CheckTextIsFree(const Question& question, ForbundId forbund,
                             storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<Versioned<Question>> all,
                   tx.ListQuestions(forbund));
  const bool taken = std::any_of(all.begin(), all.end(),
                                 [&](const Versioned<Question>& other) {
                                   return other.value.text == question.text;
                                 });
  return taken ? errors::QuestionTaken() : absl::OkStatus();
}

absl::Status CheckUnchangeable(const Forbund& before, const Forbund& after) {
  Faults faults;
  if (before.organization_number != after.organization_number) {
    faults.Add("organization_number", reasons::kImmutable);
  }
  return faults.ToStatus();
}

// The förbund that `stored` becomes by the fields of `request` in its mask.
absl::StatusOr<Forbund> Updated(const Versioned<Forbund>& stored,
                                const v1::UpdateForbundRequest& request) {
  v1::Forbund message = ToProto(stored);
  validation::ApplyMask(request.update_mask(), request.forbund(), message);
  Reading reading;
  Forbund updated = ReadForbund(message, stored.value.id, reading);
  Faults rules;
  rules.AddFrom("", domain::CheckForbund(updated));
  rules.AddFrom("", CheckUnchangeable(stored.value, updated));
  RETURN_IF_ERROR(InField("forbund", reading.With(rules.ToStatus())));
  return updated;
}

ResultRef Result(const Versioned<Forbund>& stored) {
  return {validation::ForbundName(stored.value.id), stored.version};
}

ResultRef Result(ForbundId forbund, const Versioned<Question>& stored) {
  return {validation::QuestionName(QuestionKey{forbund, stored.value.id}),
          stored.version};
}

}  // namespace

absl::StatusOr<ResultRef> ForbundHandler::CreateForbund(
    const access::Caller& /*caller*/, const v1::CreateForbundRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const Forbund forbund,
                   NewForbund(request, ForbundId::FromBytes(tx.NewId()), tx));
  ASSIGN_OR_RETURN(const Versioned<Forbund> stored, tx.PutForbund(forbund));
  return Result(stored);
}

absl::Status ForbundHandler::CheckNewForbund(
    const access::Caller& /*caller*/, const v1::CreateForbundRequest& request,
    storage::ReadTransaction& tx, v1::Forbund& response) const {
  ASSIGN_OR_RETURN(const Forbund forbund,
                   NewForbund(request, ForbundId::FromBytes(RandomUuid()), tx));
  response = Unnamed(forbund);
  return absl::OkStatus();
}

absl::Status ForbundHandler::GetForbund(const access::Caller& /*caller*/,
                                        const v1::GetForbundRequest& request,
                                        storage::ReadTransaction& tx,
                                        v1::Forbund& response) const {
  ASSIGN_OR_RETURN(const ForbundId id,
                   validation::ParseForbundName(request.name()));
  ASSIGN_OR_RETURN(const Versioned<Forbund> stored, tx.GetForbund(id));
  response = ToProto(stored);
  return absl::OkStatus();
}

absl::Status ForbundHandler::ListForbund(
    const access::Caller& caller, const v1::ListForbundRequest& request,
    storage::ReadTransaction& tx, v1::ListForbundResponse& response) const {
  ASSIGN_OR_RETURN(const std::vector<Versioned<Forbund>> all, tx.ListForbund());
  std::vector<Keyed<const Versioned<Forbund>*>> seen;
  for (const Versioned<Forbund>& forbund : all) {
    if (!Sees(caller, forbund.value.id)) continue;
    seen.push_back({absl::StrCat(forbund.value.display_name, "\n",
                                 forbund.value.id.Text()),
                    &forbund});
  }
  return FillPage(
      request, std::move(seen),
      [&](const Versioned<Forbund>* one) {
        *response.add_forbund() = ToProto(*one);
      },
      response);
}

absl::StatusOr<ResultRef> ForbundHandler::UpdateForbund(
    const access::Caller& /*caller*/, const v1::UpdateForbundRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const ForbundId id,
                   validation::ParseForbundName(request.forbund().name()));
  ASSIGN_OR_RETURN(const Versioned<Forbund> stored, tx.GetForbund(id));
  RETURN_IF_ERROR(MatchEtag(stored, request.forbund().etag()));
  ASSIGN_OR_RETURN(const Forbund updated, Updated(stored, request));
  if (updated == stored.value) return Result(stored);
  ASSIGN_OR_RETURN(const Versioned<Forbund> put, tx.PutForbund(updated));
  return Result(put);
}

absl::StatusOr<ResultRef> ForbundHandler::CreateQuestion(
    const access::Caller& /*caller*/, const v1::CreateQuestionRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const ForbundId forbund,
                   validation::ParseForbundName(request.parent()));
  RETURN_IF_ERROR(tx.GetForbund(forbund).status());
  Reading reading;
  const Question question = ReadQuestion(
      request.question(), QuestionId::FromBytes(tx.NewId()), reading);
  RETURN_IF_ERROR(
      InField("question", reading.With(domain::CheckQuestion(question))));
  RETURN_IF_ERROR(CheckTextIsFree(question, forbund, tx));
  ASSIGN_OR_RETURN(const Versioned<Question> stored,
                   tx.PutQuestion(forbund, question));
  return Result(forbund, stored);
}

absl::Status ForbundHandler::ListQuestions(
    const access::Caller& /*caller*/, const v1::ListQuestionsRequest& request,
    storage::ReadTransaction& tx, v1::ListQuestionsResponse& response) const {
  ASSIGN_OR_RETURN(const ForbundId forbund,
                   validation::ParseForbundName(request.parent()));
  RETURN_IF_ERROR(tx.GetForbund(forbund).status());
  ASSIGN_OR_RETURN(const std::vector<Versioned<Question>> all,
                   tx.ListQuestions(forbund));
  std::vector<Keyed<const Versioned<Question>*>> keyed;
  keyed.reserve(all.size());
  for (const Versioned<Question>& question : all) {
    keyed.push_back({absl::StrFormat("%04d%s", question.value.position,
                                     question.value.id.Text()),
                     &question});
  }
  return FillPage(
      request, std::move(keyed),
      [&](const Versioned<Question>* one) {
        *response.add_questions() = ToProto(forbund, *one);
      },
      response);
}

absl::StatusOr<ResultRef> ForbundHandler::EndQuestion(
    const access::Caller& /*caller*/, const v1::EndQuestionRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const QuestionKey key,
                   validation::ParseQuestionName(request.name()));
  ASSIGN_OR_RETURN(Versioned<Question> stored, tx.GetQuestion(key));
  RETURN_IF_ERROR(MatchEtag(stored, request.etag()));
  ASSIGN_OR_RETURN(const Day end, Day::Parse(request.end_date()));
  if (stored.value.end == end) return Result(key.forbund, stored);
  stored.value.end = end;
  RETURN_IF_ERROR(domain::CheckQuestion(stored.value));
  ASSIGN_OR_RETURN(const Versioned<Question> put,
                   tx.PutQuestion(key.forbund, stored.value));
  return Result(key.forbund, put);
}

absl::Status ForbundHandler::Answer(const access::Caller& /*caller*/,
                                    const ResultRef& result,
                                    storage::ReadTransaction& tx,
                                    v1::Forbund& response) const {
  ASSIGN_OR_RETURN(const ForbundId id,
                   validation::ParseForbundName(result.resource));
  ASSIGN_OR_RETURN(const Versioned<Forbund> stored,
                   tx.GetForbundVersion(id, result.version));
  response = ToProto(stored);
  return absl::OkStatus();
}

absl::Status ForbundHandler::Answer(const access::Caller& /*caller*/,
                                    const ResultRef& result,
                                    storage::ReadTransaction& tx,
                                    v1::Question& response) const {
  ASSIGN_OR_RETURN(const QuestionKey key,
                   validation::ParseQuestionName(result.resource));
  ASSIGN_OR_RETURN(const Versioned<Question> stored,
                   tx.GetQuestionVersion(key, result.version));
  response = ToProto(key.forbund, stored);
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
