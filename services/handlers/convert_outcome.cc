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

v1::Participants ToProto(const outcome::Participants& participants) {
  v1::Participants message;
  *message.mutable_started() = ToProto(participants.started);
  *message.mutable_ongoing() = ToProto(participants.ongoing);
  *message.mutable_ended() = ToProto(participants.ended);
  *message.mutable_base() = ToProto(participants.base);
  *message.mutable_individuals() = ToProto(participants.individuals);
  if (participants.anonymous.has_value()) {
    *message.mutable_anonymous() = ToProto(*participants.anonymous);
  }
  if (participants.volume.has_value()) {
    *message.mutable_volume() = ToProto(*participants.volume);
  }
  if (participants.structural_volume.has_value()) {
    *message.mutable_structural_volume() =
        ToProto(*participants.structural_volume);
  }
  if (participants.registered.has_value()) {
    *message.mutable_registered() = ToProto(*participants.registered);
  }
  message.set_unreadable(static_cast<int32_t>(participants.unreadable));
  if (participants.coverage.has_value()) {
    message.set_coverage(*participants.coverage);
  }
  return message;
}

v1::OccupationRow ToProto(const outcome::OccupationRow& row) {
  v1::OccupationRow message;
  message.set_key(row.key);
  *message.mutable_before() = ToProto(row.before);
  *message.mutable_after() = ToProto(row.after);
  if (row.share_before.has_value()) message.set_share_before(*row.share_before);
  if (row.share_after.has_value()) message.set_share_after(*row.share_after);
  if (row.share_after_low.has_value()) {
    message.set_share_after_low(*row.share_after_low);
  }
  if (row.share_after_high.has_value()) {
    message.set_share_after_high(*row.share_after_high);
  }
  if (row.share_after_if_others_failed.has_value()) {
    message.set_share_after_if_others_failed(*row.share_after_if_others_failed);
  }
  if (row.share_after_if_others_succeeded.has_value()) {
    message.set_share_after_if_others_succeeded(
        *row.share_after_if_others_succeeded);
  }
  return message;
}

v1::BeganOrIncreased ToProto(const outcome::BeganOrIncreased& row) {
  v1::BeganOrIncreased message;
  *message.mutable_work_or_study_after() = ToProto(row.work_or_study_after);
  *message.mutable_began() = ToProto(row.began);
  *message.mutable_increased() = ToProto(row.increased);
  return message;
}

v1::SupportRow ToProto(const outcome::SupportRow& row) {
  v1::SupportRow message;
  message.set_key(row.key);
  message.set_group(row.group);
  *message.mutable_before() = ToProto(row.before);
  *message.mutable_after() = ToProto(row.after);
  *message.mutable_change() = ToProto(row.change);
  if (row.change_percent.has_value()) {
    message.set_change_percent(*row.change_percent);
  }
  if (row.change_percentage_points.has_value()) {
    message.set_change_percentage_points(*row.change_percentage_points);
  }
  return message;
}

v1::Flow ToProto(const outcome::FlowRow& row) {
  v1::Flow message;
  message.set_from(row.from);
  message.set_to(row.to);
  *message.mutable_count() = ToProto(row.count);
  return message;
}

v1::FollowUpRow ToProto(const outcome::FollowUpRow& row) {
  v1::FollowUpRow message;
  message.set_months(row.months);
  *message.mutable_due() = ToProto(row.due);
  *message.mutable_answered() = ToProto(row.answered);
  *message.mutable_work_or_study() = ToProto(row.work_or_study);
  *message.mutable_seeking() = ToProto(row.seeking);
  *message.mutable_other() = ToProto(row.other);
  return message;
}

v1::Filter ToProto(const outcome::Filter& filter) {
  v1::Filter message;
  message.set_dimension(outcome::DimensionName(filter.dimension));
  message.set_value(filter.value);
  return message;
}

v1::BreakdownRow ToProto(const outcome::BreakdownRow& row);

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
template <typename Message>
void FillBlock(const outcome::Block& block, Message& message) {
  *message.mutable_participants() = ToProto(block.participants);
  AddAll(block.occupation, *message.mutable_occupation());
  *message.mutable_began_or_increased() = ToProto(block.began_or_increased);
  AddAll(block.support, *message.mutable_support());
  AddAll(block.support_groups, *message.mutable_support_groups());
  AddAll(block.follow_up, *message.mutable_follow_up());
}

v1::BreakdownRow ToProto(const outcome::BreakdownRow& row) {
  v1::BreakdownRow message;
  message.set_dimension(outcome::DimensionName(row.dimension));
  message.set_value(row.value);
  message.set_forbund(row.forbund);
  FillBlock(row.block, message);
  return message;
}

}  // namespace

v1::OutcomeReport ToProto(const outcome::OutcomeReport& report) {
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

}  // namespace stegvis::handlers
