// Samordningsförbund and their own extra questions.
//
// Pure values and rules: no clock, no database, no proto. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/day.h"
#include "services/base/ids.h"

namespace stegvis::domain {

// An organisation number, as `NNNNNN-NNNN`.
class OrganizationNumber {
 public:
  // Ten digits with or without the dash. INVALID_ARGUMENT with
  // ORGANIZATION_NUMBER_INVALID unless the third digit is 2 or more (else it
  // would be a person's) and the check digit holds.
  static absl::StatusOr<OrganizationNumber> Parse(absl::string_view text);

  const std::string& Text() const { return text_; }
  friend bool operator==(const OrganizationNumber&,
                         const OrganizationNumber&) = default;

 private:
  explicit OrganizationNumber(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

// Whether ten digits end with the right check digit (Luhn, modulus 10).
bool CheckDigitHolds(absl::string_view ten_digits);

// INVALID_ARGUMENT with OUT_OF_RANGE unless `code` is four digits, the first
// two a län.
absl::Status CheckKommunCode(absl::string_view code);

struct Kommun {
  std::string code;
  std::string district;

  friend bool operator==(const Kommun&, const Kommun&) = default;
};

struct Party {
  std::string title;
  bool participates = false;
  bool finances = false;
  bool uses_funds = false;

  friend bool operator==(const Party&, const Party&) = default;
};

// How long a participation is kept unless the förbund says otherwise, and at
// least and at most.
inline constexpr int kDefaultRetentionMonths = 60;
inline constexpr int kLeastRetentionMonths = 12;
inline constexpr int kMostRetentionMonths = 240;

struct Forbund {
  ForbundId id;
  std::string display_name;
  OrganizationNumber organization_number;
  Day start;
  std::optional<Day> end;
  std::string description;
  std::string contact;
  std::vector<Kommun> kommuner;
  std::vector<Party> parties;
  // How long a participation is kept (gallringsfrist).
  int retention_months = kDefaultRetentionMonths;

  friend bool operator==(const Forbund&, const Forbund&) = default;
};

// INVALID_ARGUMENT naming every fault by the field paths of proto Forbund.
absl::Status CheckForbund(const Forbund& forbund);

enum class AnswerType : uint8_t { kYesNo, kNumber, kText, kChoice };

struct Question {
  QuestionId id;
  std::string text;
  AnswerType answer_type = AnswerType::kYesNo;
  std::vector<std::string> choices;
  Day start;
  std::optional<Day> end;
  int position = 0;
  bool asked_entry = false;
  bool asked_exit = false;

  friend bool operator==(const Question&, const Question&) = default;
};

// INVALID_ARGUMENT naming every fault by the field paths of proto Question.
absl::Status CheckQuestion(const Question& question);

struct Answer {
  QuestionId question;
  std::string value;

  friend bool operator==(const Answer&, const Answer&) = default;
};

enum class AskedAt : uint8_t { kEntry, kExit };

// INVALID_ARGUMENT naming each bad answer as `answers[i].question` or
// `answers[i].value`: QUESTION_UNKNOWN, QUESTION_NOT_ASKED (then, or on `day`),
// DUPLICATE, ANSWER_INVALID.
absl::Status CheckAnswers(const std::vector<Answer>& answers,
                          const std::vector<Question>& questions, AskedAt at,
                          Day day);

}  // namespace stegvis::domain
