// The questions of a förbund and the answers to them; declared in forbund.h.
#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/domain/forbund.h"
#include "services/domain/text_checks.h"

namespace stegvis::domain {
namespace {

constexpr int kMaxPosition = 1000;
constexpr size_t kMaxNumberDigits = 18;  // So that it fits 64 bits.

void CheckChoices(const Question& question, Faults& faults) {
  const std::vector<std::string>& choices = question.choices;
  if (question.answer_type != AnswerType::kChoice) {
    if (!choices.empty()) faults.Add("choices", reasons::kNotAllowed);
    return;
  }
  if (choices.empty()) faults.Add("choices", reasons::kMissing);
  if (choices.size() > limits::kMaxChoices) {
    faults.Add("choices", reasons::kTooMany);
  }
  absl::flat_hash_set<absl::string_view> seen;
  for (size_t i = 0; i < choices.size(); ++i) {
    const std::string path = absl::StrCat("choices[", i, "]");
    CheckTitle(choices[i], path, faults);
    if (!seen.insert(choices[i]).second) faults.Add(path, reasons::kDuplicate);
  }
}

bool IsWholeNumber(absl::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  return !text.empty() && text.size() <= kMaxNumberDigits && AllDigits(text);
}

bool HasTheForm(absl::string_view value, const Question& question) {
  switch (question.answer_type) {
    case AnswerType::kYesNo:
      return value == "ja" || value == "nej";
    case AnswerType::kNumber:
      return IsWholeNumber(value);
    case AnswerType::kText:
      return !value.empty() && value.size() <= limits::kMaxAnswerBytes;
    case AnswerType::kChoice:
      return std::find(question.choices.begin(), question.choices.end(),
                       value) != question.choices.end();
  }
  return false;
}

bool IsAsked(const Question& question, AskedAt at, Day day) {
  const bool asked_then =
      at == AskedAt::kEntry ? question.asked_entry : question.asked_exit;
  const bool in_force = question.start <= day &&
                        (!question.end.has_value() || day <= *question.end);
  return asked_then && in_force;
}

const Question* FindQuestion(const std::vector<Question>& questions,
                             QuestionId id) {
  const auto found =
      std::find_if(questions.begin(), questions.end(),
                   [&](const Question& question) { return question.id == id; });
  return found == questions.end() ? nullptr : &*found;
}

}  // namespace

absl::Status CheckQuestion(const Question& question) {
  Faults faults;
  CheckTitle(question.text, "text", faults);
  CheckChoices(question, faults);
  if (question.end.has_value() && *question.end < question.start) {
    faults.Add("end_date", reasons::kEndsBeforeStart);
  }
  if (question.position < 0 || question.position > kMaxPosition) {
    faults.Add("position", reasons::kOutOfRange);
  }
  if (!question.asked_entry && !question.asked_exit) {
    faults.Add("asked_entry", reasons::kMissing);
  }
  return faults.ToStatus();
}

absl::Status CheckAnswers(const std::vector<Answer>& answers,
                          const std::vector<Question>& questions, AskedAt at,
                          Day day) {
  Faults faults;
  if (answers.size() > limits::kMaxAnswers) {
    faults.Add("answers", reasons::kTooMany);
  }
  absl::flat_hash_set<QuestionId> answered;
  for (size_t i = 0; i < answers.size(); ++i) {
    const std::string path = absl::StrCat("answers[", i, "]");
    const std::string question_path = absl::StrCat(path, ".question");
    const Question* question = FindQuestion(questions, answers[i].question);
    if (!answered.insert(answers[i].question).second) {
      faults.Add(question_path, reasons::kDuplicate);
    }
    if (question == nullptr) {
      faults.Add(question_path, reasons::kQuestionUnknown);
      continue;
    }
    if (!IsAsked(*question, at, day)) {
      faults.Add(question_path, reasons::kQuestionNotAsked);
    }
    if (!HasTheForm(answers[i].value, *question)) {
      faults.Add(absl::StrCat(path, ".value"), reasons::kAnswerInvalid);
    }
  }
  return faults.ToStatus();
}

}  // namespace stegvis::domain
