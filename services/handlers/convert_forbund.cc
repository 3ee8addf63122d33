#include "services/handlers/convert_forbund.h"

#include "services/handlers/convert.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

// Stands in for a number that cannot be read; never stored.
domain::OrganizationNumber SomeOrganizationNumber() {
  return *domain::OrganizationNumber::Parse("202100-5489");
}

domain::OrganizationNumber ReadOrganizationNumber(const std::string& text,
                                                  Reading& reading) {
  if (text.empty()) {
    reading.Add("organization_number", reasons::kMissing);
    return SomeOrganizationNumber();
  }
  return reading.OrElse("organization_number",
                        domain::OrganizationNumber::Parse(text),
                        SomeOrganizationNumber());
}

// A first day that cannot be read is before every last day.
Day ReadStart(const std::string& text, Reading& reading) {
  return reading.Required("start_date", text).value_or(Day::FirstOfYear(1800));
}

domain::AnswerType ReadAnswerType(v1::AnswerType type, Reading& reading) {
  switch (type) {
    case v1::ANSWER_TYPE_YES_NO:
      return domain::AnswerType::kYesNo;
    case v1::ANSWER_TYPE_NUMBER:
      return domain::AnswerType::kNumber;
    case v1::ANSWER_TYPE_TEXT:
      return domain::AnswerType::kText;
    case v1::ANSWER_TYPE_CHOICE:
      return domain::AnswerType::kChoice;
    case v1::ANSWER_TYPE_UNSPECIFIED:
      reading.Add("answer_type", reasons::kMissing);
      return domain::AnswerType::kChoice;
    default:  // A value of a later version.
      reading.Add("answer_type", reasons::kOutOfRange);
      return domain::AnswerType::kChoice;
  }
}

v1::AnswerType ToProto(domain::AnswerType type) {
  switch (type) {
    case domain::AnswerType::kYesNo:
      return v1::ANSWER_TYPE_YES_NO;
    case domain::AnswerType::kNumber:
      return v1::ANSWER_TYPE_NUMBER;
    case domain::AnswerType::kText:
      return v1::ANSWER_TYPE_TEXT;
    case domain::AnswerType::kChoice:
      return v1::ANSWER_TYPE_CHOICE;
  }
  return v1::ANSWER_TYPE_UNSPECIFIED;
}

}  // namespace

domain::Forbund ReadForbund(const v1::Forbund& message, ForbundId id,
                            Reading& reading) {
  domain::Forbund forbund{
      .id = id,
      .display_name = message.display_name(),
      .organization_number =
          ReadOrganizationNumber(message.organization_number(), reading),
      .start = ReadStart(message.start_date(), reading),
      .end = reading.Optional("end_date", message.end_date()),
      .description = message.description(),
      .contact = message.contact(),
      .kommuner = {},
      .parties = {},
      .retention_months = message.retention_months() == 0
                              ? domain::kDefaultRetentionMonths
                              : message.retention_months()};
  for (const v1::Kommun& kommun : message.kommuner()) {
    forbund.kommuner.push_back({kommun.code(), kommun.district()});
  }
  for (const v1::Party& party : message.parties()) {
    forbund.parties.push_back({party.title(), party.participates(),
                               party.finances(), party.uses_funds()});
  }
  return forbund;
}

domain::Question ReadQuestion(const v1::Question& message, QuestionId id,
                              Reading& reading) {
  return domain::Question{
      .id = id,
      .text = message.text(),
      .answer_type = ReadAnswerType(message.answer_type(), reading),
      .choices = {message.choices().begin(), message.choices().end()},
      .start = ReadStart(message.start_date(), reading),
      .end = reading.Optional("end_date", message.end_date()),
      .position = message.position(),
      .asked_entry = message.asked_entry(),
      .asked_exit = message.asked_exit()};
}

v1::Forbund Unnamed(const domain::Forbund& forbund) {
  v1::Forbund message;
  message.set_display_name(forbund.display_name);
  message.set_organization_number(forbund.organization_number.Text());
  message.set_start_date(forbund.start.Text());
  message.set_end_date(DayText(forbund.end));
  message.set_description(forbund.description);
  message.set_contact(forbund.contact);
  message.set_retention_months(forbund.retention_months);
  for (const domain::Kommun& kommun : forbund.kommuner) {
    v1::Kommun& added = *message.add_kommuner();
    added.set_code(kommun.code);
    added.set_district(kommun.district);
  }
  for (const domain::Party& party : forbund.parties) {
    v1::Party& added = *message.add_parties();
    added.set_title(party.title);
    added.set_participates(party.participates);
    added.set_finances(party.finances);
    added.set_uses_funds(party.uses_funds);
  }
  return message;
}

v1::Forbund ToProto(const storage::Versioned<domain::Forbund>& stored) {
  v1::Forbund message = Unnamed(stored.value);
  message.set_name(validation::ForbundName(stored.value.id));
  *message.mutable_create_time() = TimestampOf(stored.created_at);
  *message.mutable_update_time() = TimestampOf(stored.recorded_at);
  message.set_etag(EtagOf(stored));
  return message;
}

v1::Question ToProto(ForbundId forbund,
                     const storage::Versioned<domain::Question>& stored) {
  const domain::Question& question = stored.value;
  v1::Question message;
  message.set_name(validation::QuestionName(QuestionKey{forbund, question.id}));
  message.set_text(question.text);
  message.set_answer_type(ToProto(question.answer_type));
  for (const std::string& choice : question.choices) {
    message.add_choices(choice);
  }
  message.set_start_date(question.start.Text());
  message.set_end_date(DayText(question.end));
  message.set_position(question.position);
  message.set_asked_entry(question.asked_entry);
  message.set_asked_exit(question.asked_exit);
  message.set_etag(EtagOf(stored));
  return message;
}

}  // namespace stegvis::handlers
