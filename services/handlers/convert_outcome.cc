#include "services/handlers/convert_outcome.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/handlers/convert.h"

namespace stegvis::handlers {
namespace {

v1::PeopleCount ToProto(const outcome::PeopleCount& count) {
  v1::PeopleCount message;
  message.set_total(static_cast<int32_t>(count.total));
  if (count.women.has_value()) {
    message.set_women(static_cast<int32_t>(*count.women));
  }
  if (count.men.has_value()) message.set_men(static_cast<int32_t>(*count.men));
  return message;
}

// Sets one number of a message, or names it among the withheld.
template <typename Set>
void SetCell(const std::optional<disclosure::PublishableCell>& cell,
             const char* name, v1::PeopleCount& message, const Set& set) {
  if (!cell.has_value()) return;
  if (cell->Number().has_value()) {
    set(static_cast<int32_t>(*cell->Number()));
  } else {
    message.add_withheld(name);
  }
}

v1::PeopleCount ToProto(const disclosure::PublishableCount& count) {
  v1::PeopleCount message;
  SetCell(count.total, "total", message,
          [&](int32_t number) { message.set_total(number); });
  SetCell(count.women, "women", message,
          [&](int32_t number) { message.set_women(number); });
  SetCell(count.men, "men", message,
          [&](int32_t number) { message.set_men(number); });
  return message;
}

// A release may lack a count; the message does then too.
bool IsThere(const outcome::PeopleCount& /*count*/) { return true; }
bool IsThere(const disclosure::PublishableCount& count) {
  return !count.Empty();
}

template <typename Count, typename Message>
void Set(const Count& count, v1::PeopleCount* (Message::*field)(),
         Message& message) {
  if (IsThere(count)) *(message.*field)() = ToProto(count);
}
template <typename Count, typename Message>
void Set(const std::optional<Count>& count,
         v1::PeopleCount* (Message::*field)(), Message& message) {
  if (count.has_value()) Set(*count, field, message);
}
template <typename Message>
void Set(const std::optional<double>& number, void (Message::*field)(double),
         Message& message) {
  if (number.has_value()) (message.*field)(*number);
}

template <typename Count>
v1::Participants ToProto(const outcome::ParticipantsOf<Count>& from) {
  using Message = v1::Participants;
  Message message;
  Set(from.started, &Message::mutable_started, message);
  Set(from.ongoing, &Message::mutable_ongoing, message);
  Set(from.ended, &Message::mutable_ended, message);
  Set(from.base, &Message::mutable_base, message);
  Set(from.individuals, &Message::mutable_individuals, message);
  Set(from.anonymous, &Message::mutable_anonymous, message);
  Set(from.volume, &Message::mutable_volume, message);
  Set(from.structural_volume, &Message::mutable_structural_volume, message);
  Set(from.registered, &Message::mutable_registered, message);
  message.set_unreadable(static_cast<int32_t>(from.unreadable));
  Set(from.coverage, &Message::set_coverage, message);
  return message;
}

template <typename Count>
v1::OccupationRow ToProto(const outcome::OccupationRowOf<Count>& row) {
  using Message = v1::OccupationRow;
  Message message;
  message.set_key(row.key);
  Set(row.before, &Message::mutable_before, message);
  Set(row.after, &Message::mutable_after, message);
  Set(row.share_before, &Message::set_share_before, message);
  Set(row.share_after, &Message::set_share_after, message);
  Set(row.share_after_low, &Message::set_share_after_low, message);
  Set(row.share_after_high, &Message::set_share_after_high, message);
  Set(row.share_after_if_others_failed,
      &Message::set_share_after_if_others_failed, message);
  Set(row.share_after_if_others_succeeded,
      &Message::set_share_after_if_others_succeeded, message);
  return message;
}

template <typename Count>
v1::BeganOrIncreased ToProto(const outcome::BeganOrIncreasedOf<Count>& row) {
  using Message = v1::BeganOrIncreased;
  Message message;
  Set(row.work_or_study_after, &Message::mutable_work_or_study_after, message);
  Set(row.began, &Message::mutable_began, message);
  Set(row.increased, &Message::mutable_increased, message);
  return message;
}

template <typename Count>
v1::SupportRow ToProto(const outcome::SupportRowOf<Count>& row) {
  using Message = v1::SupportRow;
  Message message;
  message.set_key(row.key);
  message.set_group(row.group);
  Set(row.before, &Message::mutable_before, message);
  Set(row.after, &Message::mutable_after, message);
  Set(row.change, &Message::mutable_change, message);
  Set(row.change_percent, &Message::set_change_percent, message);
  Set(row.change_percentage_points, &Message::set_change_percentage_points,
      message);
  return message;
}

template <typename Count>
v1::Flow ToProto(const outcome::FlowRowOf<Count>& row) {
  v1::Flow message;
  message.set_from(row.from);
  message.set_to(row.to);
  Set(row.count, &v1::Flow::mutable_count, message);
  return message;
}

template <typename Count>
v1::FollowUpRow ToProto(const outcome::FollowUpRowOf<Count>& row) {
  using Message = v1::FollowUpRow;
  Message message;
  message.set_months(row.months);
  Set(row.due, &Message::mutable_due, message);
  Set(row.answered, &Message::mutable_answered, message);
  Set(row.work_or_study, &Message::mutable_work_or_study, message);
  Set(row.seeking, &Message::mutable_seeking, message);
  Set(row.other, &Message::mutable_other, message);
  return message;
}

v1::Filter ToProto(const outcome::Filter& filter) {
  v1::Filter message;
  message.set_dimension(outcome::DimensionName(filter.dimension));
  message.set_value(filter.value);
  return message;
}

template <typename Count>
v1::BreakdownRow ToProto(const outcome::BreakdownRowOf<Count>& row);

template <typename Value, typename Message>
void AddAll(const std::vector<Value>& values,
            google::protobuf::RepeatedPtrField<Message>& messages) {
  messages.Reserve(static_cast<int>(values.size()));
  for (const Value& value : values) *messages.Add() = ToProto(value);
}

void AddAll(const std::vector<std::string>& values,
            google::protobuf::RepeatedPtrField<std::string>& messages) {
  for (const std::string& value : values) *messages.Add() = value;
}

// `Message` is the report or a row of a breakdown: both hold a block.
template <typename Count, typename Message>
void FillBlock(const outcome::BlockOf<Count>& block, Message& message) {
  *message.mutable_participants() = ToProto(block.participants);
  AddAll(block.occupation, *message.mutable_occupation());
  // A release may have the base alone.
  if (!block.occupation.empty()) {
    *message.mutable_began_or_increased() = ToProto(block.began_or_increased);
  }
  AddAll(block.support, *message.mutable_support());
  AddAll(block.support_groups, *message.mutable_support_groups());
  AddAll(block.follow_up, *message.mutable_follow_up());
}

template <typename Count>
v1::BreakdownRow ToProto(const outcome::BreakdownRowOf<Count>& row) {
  v1::BreakdownRow message;
  message.set_dimension(outcome::DimensionName(row.dimension));
  message.set_value(row.value);
  message.set_forbund(row.forbund);
  FillBlock(row.block, message);
  return message;
}

template <typename Count>
v1::OutcomeReport MessageOf(const outcome::ReportOf<Count>& report) {
  v1::OutcomeReport message;
  AddAll(report.forbund, *message.mutable_forbund());
  message.set_from(report.from.Text());
  message.set_to(report.to.Text());
  *message.mutable_as_of() = TimestampOf(report.as_of);
  AddAll(report.excluded_end_reasons, *message.mutable_excluded_end_reasons());
  AddAll(report.filters, *message.mutable_filters());
  FillBlock(report.whole, message);
  AddAll(report.flows, *message.mutable_flows());
  AddAll(report.breakdowns, *message.mutable_breakdowns());
  message.set_feed_position(report.feed_position);
  message.set_code_list_version(report.code_list_version);
  AddAll(report.unreadable_records, *message.mutable_unreadable_records());
  return message;
}

}  // namespace

v1::OutcomeReport ToProto(const outcome::OutcomeReport& report) {
  return MessageOf(report);
}

v1::OutcomeReport ToProto(const disclosure::PublishableReport& report) {
  v1::OutcomeReport message = MessageOf(report);
  message.set_published(true);
  return message;
}

}  // namespace stegvis::handlers
