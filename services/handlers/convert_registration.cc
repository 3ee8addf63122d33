#include "services/handlers/convert_registration.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

// Stands in for a number that cannot be read: nobody's, and born before every
// entry. Never stored.
domain::PersonNumber NobodysNumber() {
  return *domain::PersonNumber::FromStored("191212121212");
}

void CheckLength(absl::string_view path, const std::string& text,
                 Reading& reading) {
  if (text.size() > limits::kMaxTitleBytes) {
    reading.Add(path, reasons::kTooLong);
  }
}

domain::PersonNumber ReadNumber(const v1::PersonIdentity& message, Day today,
                                Reading& reading) {
  if (message.person_number().empty()) {
    reading.Add("person.person_number", reasons::kMissing);
    return NobodysNumber();
  }
  return reading.OrElse(
      "person.person_number",
      domain::PersonNumber::Parse(message.person_number(), today),
      NobodysNumber());
}

std::optional<domain::Consent> ReadConsent(const v1::Registration& message,
                                           Day instead, Reading& reading) {
  if (!message.has_consent() || message.consent().signed_date().empty()) {
    return std::nullopt;
  }
  const v1::Consent& consent = message.consent();
  CheckLength("consent.reference", consent.reference(), reading);
  return domain::Consent{
      reading.Optional("consent.signed_date", consent.signed_date())
          .value_or(instead),
      consent.reference()};
}

domain::HalfHours ReadHours(absl::string_view path, double hours,
                            Reading& reading) {
  return reading.OrElse(path, domain::HalfHours::FromHours(hours),
                        domain::HalfHours());
}

domain::Situation ReadSituation(absl::string_view path,
                                const v1::Situation& message,
                                Reading& reading) {
  domain::Situation situation;
  situation.supports.reserve(static_cast<size_t>(message.supports_size()));
  for (const v1::Support& support : message.supports()) {
    std::optional<int> extent;
    if (support.has_extent_percent()) extent = support.extent_percent();
    situation.supports.push_back({support.source(), extent});
  }
  situation.work = ReadHours(absl::StrCat(path, ".work_hours"),
                             message.work_hours(), reading);
  situation.study = ReadHours(absl::StrCat(path, ".study_hours"),
                              message.study_hours(), reading);
  situation.seeking = message.seeking();
  situation.silence = {.work = !message.has_work_hours(),
                       .study = !message.has_study_hours(),
                       .seeking = !message.has_seeking()};
  return situation;
}

// A question of another förbund is read as one that does not exist.
QuestionId ReadQuestionId(const std::string& path, const std::string& name,
                          ForbundId forbund, Reading& reading) {
  const QuestionKey none{forbund, QuestionId::FromBytes(IdBytes{})};
  const QuestionKey key =
      reading.OrElse(path, validation::ParseQuestionName(name), none);
  return key.forbund == forbund ? key.question : none.question;
}

std::vector<domain::Answer> ReadAnswers(
    absl::string_view path,
    const google::protobuf::RepeatedPtrField<v1::Answer>& messages,
    ForbundId forbund, Reading& reading) {
  std::vector<domain::Answer> answers;
  for (int i = 0; i < messages.size(); ++i) {
    const std::string question = absl::StrCat(path, "[", i, "].question");
    answers.push_back(
        {ReadQuestionId(question, messages[i].question(), forbund, reading),
         messages[i].value()});
  }
  return answers;
}

domain::Entry ReadEntry(const v1::Entry& message, const ReadingContext& context,
                        Day instead, Reading& reading) {
  domain::Entry entry{
      .day = reading.Required("entry.date", message.date()).value_or(instead),
      .situation =
          ReadSituation("entry.situation", message.situation(), reading),
      .education = message.education(),
      .months_on_support = std::nullopt,
      .referring_party = message.referring_party(),
      .answers = ReadAnswers("entry.answers", message.answers(),
                             context.forbund, reading)};
  if (message.has_months_on_support()) {
    entry.months_on_support = message.months_on_support();
  }
  return entry;
}

// Adds what `inner` could not read, under `path`.
void Include(absl::string_view path, const Reading& inner, Reading& reading) {
  for (const Fault& fault :
       FaultsOf(AtField(path, inner.With(absl::OkStatus())))) {
    reading.Add(fault.field, fault.reason);
  }
}

void ReadFollowUps(const v1::Registration& message, Day instead,
                   domain::FollowUps& follow_ups, Reading& reading) {
  for (const v1::FollowUp& said : message.follow_ups()) {
    const absl::StatusOr<domain::FollowUpMonths> months =
        domain::FollowUpMonthsFrom(said.months());
    if (!months.ok()) {
      reading.Add("follow_ups", reasons::kOutOfRange);
      continue;
    }
    const std::string path = absl::StrCat("follow_ups[", said.months(), "]");
    std::optional<domain::FollowUp>& place =
        follow_ups[static_cast<size_t>(*months)];
    if (place.has_value()) reading.Add(path, reasons::kDuplicate);
    Reading inner;
    place = ReadFollowUp(said, instead, inner);
    Include(path, inner, reading);
  }
}

// Stands in for an entry day that cannot be read: not after the exit, if that
// is known.
Day SomeEntryDay(const v1::Registration& message, Day today) {
  const absl::StatusOr<Day> exit = Day::Parse(message.exit().date());
  return exit.ok() ? std::min(*exit, today) : today;
}

bool StandsAlone(const absl::Status& refusal) {
  const std::string reason = ReasonOf(refusal);
  return reason == reasons::kProtectedIdentity ||
         reason == reasons::kConsentMissing;
}

}  // namespace

domain::Exit ReadExit(const v1::Exit& message, const ReadingContext& context,
                      Day instead, Reading& reading) {
  domain::Exit exit{
      .day = reading.Required("date", message.date()).value_or(instead),
      .end_reason = message.end_reason(),
      .situation = std::nullopt,
      .answers =
          ReadAnswers("answers", message.answers(), context.forbund, reading)};
  if (message.has_situation()) {
    exit.situation = ReadSituation("situation", message.situation(), reading);
  }
  return exit;
}

domain::FollowUp ReadFollowUp(const v1::FollowUp& message, Day instead,
                              Reading& reading) {
  return domain::FollowUp{
      .day = reading.Required("date", message.date()).value_or(instead),
      .situation = ReadSituation("situation", message.situation(), reading)};
}

domain::Registration ReadRegistration(const v1::Registration& message,
                                      const ReadingContext& context,
                                      Reading& reading) {
  const Day some_entry = SomeEntryDay(message, context.today);
  domain::Registration registration{
      .number = ReadNumber(message.person(), context.today, reading),
      .display_name = Sensitive<std::string>(message.person().display_name()),
      .protected_identity = message.person().protected_identity(),
      .consent = ReadConsent(message, some_entry, reading),
      .kommun = message.kommun(),
      .entry = ReadEntry(message.entry(), context, some_entry, reading),
      .exit = std::nullopt,
      .follow_ups = {}};
  CheckLength("person.display_name", message.person().display_name(), reading);
  if (message.has_exit()) {
    Reading inner;
    registration.exit =
        ReadExit(message.exit(), context, registration.entry.day, inner);
    Include("exit", inner, reading);
  }
  const Day last = registration.exit.has_value() ? registration.exit->day
                                                 : registration.entry.day;
  ReadFollowUps(message, last.PlusDays(1), registration.follow_ups, reading);
  return registration;
}

absl::StatusOr<CheckedRegistration> ReadAndCheck(
    const v1::Registration& message, const domain::Surroundings& around,
    bool migrating) {
  Reading reading;
  CheckedRegistration checked{
      ReadRegistration(message, {around.forbund.id, around.today}, reading)};
  checked.support_unknown =
      domain::FillUnknown(checked.registration, around.codes, migrating);
  const absl::Status rules =
      domain::CheckRegistration(checked.registration, around);
  if (StandsAlone(rules)) return rules;
  RETURN_IF_ERROR(reading.With(rules));
  return checked;
}

}  // namespace stegvis::handlers
