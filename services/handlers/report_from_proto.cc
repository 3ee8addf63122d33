#include "services/handlers/report_from_proto.h"

#include <optional>
#include <utility>

#include "absl/time/time.h"
#include "services/base/status_macros.h"
#include "services/outcome/formulas.h"

namespace stegvis::handlers {
namespace {

using outcome::PeopleCount;

PeopleCount Read(const v1::PeopleCount& message) {
  PeopleCount count{message.total(), std::nullopt, std::nullopt};
  if (message.has_women()) count.women = message.women();
  if (message.has_men()) count.men = message.men();
  return count;
}

std::optional<PeopleCount> ReadIf(bool present,
                                  const v1::PeopleCount& message) {
  if (!present) return std::nullopt;
  return Read(message);
}

outcome::Participants Read(const v1::Participants& message) {
  outcome::Participants read;
  read.started = Read(message.started());
  read.ongoing = Read(message.ongoing());
  read.ended = Read(message.ended());
  read.base = Read(message.base());
  read.individuals = Read(message.individuals());
  read.anonymous = ReadIf(message.has_anonymous(), message.anonymous());
  read.volume = ReadIf(message.has_volume(), message.volume());
  read.structural_volume =
      ReadIf(message.has_structural_volume(), message.structural_volume());
  read.registered = ReadIf(message.has_registered(), message.registered());
  read.unreadable = message.unreadable();
  return read;
}

template <typename Rows>
std::vector<outcome::SupportRow> ReadSupport(const Rows& rows) {
  std::vector<outcome::SupportRow> read;
  for (const v1::SupportRow& row : rows) {
    outcome::SupportRow& one = read.emplace_back();
    one.key = row.key();
    one.group = row.group();
    one.before = Read(row.before());
    one.after = Read(row.after());
    one.change = Read(row.change());
  }
  return read;
}

// Of the whole report or a row: their fields have the same names.
template <typename Message>
outcome::Block ReadBlock(const Message& message) {
  outcome::Block block;
  block.participants = Read(message.participants());
  for (const v1::OccupationRow& row : message.occupation()) {
    outcome::OccupationRow& one = block.occupation.emplace_back();
    one.key = row.key();
    one.before = Read(row.before());
    one.after = Read(row.after());
  }
  const v1::BeganOrIncreased& who = message.began_or_increased();
  block.began_or_increased = {Read(who.work_or_study_after()),
                              Read(who.began()), Read(who.increased())};
  block.support = ReadSupport(message.support());
  block.support_groups = ReadSupport(message.support_groups());
  for (const v1::FollowUpRow& row : message.follow_up()) {
    block.follow_up.push_back({row.months(), Read(row.due()),
                               Read(row.answered()), Read(row.work_or_study()),
                               Read(row.seeking()), Read(row.other())});
  }
  // Shares and the like follow from the counts; nobody's word is taken.
  outcome::Derive({message.participants().has_registered(),
                   message.participants().has_coverage()},
                  block);
  return block;
}

absl::StatusOr<outcome::Dimension> ReadDimension(const std::string& name) {
  const std::optional<outcome::Dimension> dimension =
      outcome::DimensionNamed(name);
  if (dimension.has_value()) return *dimension;
  return absl::InvalidArgumentError("a dimension that is not known");
}

}  // namespace

absl::StatusOr<outcome::OutcomeReport> FromProto(
    const v1::OutcomeReport& message) {
  ASSIGN_OR_RETURN(const Day from, Day::Parse(message.from()));
  ASSIGN_OR_RETURN(const Day to, Day::Parse(message.to()));
  outcome::OutcomeReport report{
      .forbund = {message.forbund().begin(), message.forbund().end()},
      .from = from,
      .to = to,
      .as_of = absl::FromUnixSeconds(message.as_of().seconds()) +
               absl::Nanoseconds(message.as_of().nanos()),
      .excluded_end_reasons = {message.excluded_end_reasons().begin(),
                               message.excluded_end_reasons().end()},
      .filters = {},
      .whole = ReadBlock(message),
      .flows = {},
      .breakdowns = {},
      .feed_position = message.feed_position(),
      .code_list_version = message.code_list_version(),
      .unreadable_records = {message.unreadable_records().begin(),
                             message.unreadable_records().end()}};
  for (const v1::Filter& filter : message.filters()) {
    ASSIGN_OR_RETURN(const outcome::Dimension dimension,
                     ReadDimension(filter.dimension()));
    report.filters.push_back({dimension, filter.value()});
  }
  for (const v1::Flow& flow : message.flows()) {
    report.flows.push_back({flow.from(), flow.to(), Read(flow.count())});
  }
  for (const v1::BreakdownRow& row : message.breakdowns()) {
    ASSIGN_OR_RETURN(const outcome::Dimension dimension,
                     ReadDimension(row.dimension()));
    report.breakdowns.push_back(
        {dimension, row.value(), row.forbund(), ReadBlock(row)});
  }
  return report;
}

}  // namespace stegvis::handlers
