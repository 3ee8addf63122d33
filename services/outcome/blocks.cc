#include "services/outcome/blocks.h"

#include <array>

namespace stegvis::outcome {
namespace {

using domain::Code;
using domain::CodeList;

constexpr std::array<const char*, kOccupationKeys> kOccupationNames = {
    "ARBETE_ELLER_STUDIER", "ARBETE", "STUDIER", "ARBETSSOKANDE", "OVRIG"};

// In force in the period; what has no code (ANY_PUBLIC) always is.
bool InForce(const CodeTables& codes, CodeList list, const std::string& key,
             Day from, Day to) {
  const Code* code = codes.Book().Find(list, key);
  return code == nullptr || code->InForceWithin(from, to);
}

}  // namespace

BlockMaker::BlockMaker(const CodeTables& codes, const Cells& cells, Day from,
                       Day to)
    : codes_(codes), cells_(cells), layout_(codes) {
  const std::vector<Code>& sources =
      codes.Book().Codes(CodeList::kSupportSource);
  for (size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].InForceWithin(from, to) ||
        Occurs(layout_.SourceBefore(i), layout_.SourceAfter(i))) {
      shown_sources_.push_back(i);
    }
  }
  for (size_t i = 0; i < codes.GroupKeys().size(); ++i) {
    if (InForce(codes, CodeList::kSupportGroup, codes.GroupKeys()[i], from,
                to) ||
        Occurs(layout_.GroupBefore(i), layout_.GroupAfter(i))) {
      shown_groups_.push_back(i);
    }
  }
}

bool BlockMaker::Occurs(Indicator before, Indicator after) const {
  return !cells_.Get(kWhole, before).Empty() ||
         !cells_.Get(kWhole, after).Empty();
}

Block BlockMaker::Make(BlockNumber block, const UnnamedRules& rules) const {
  Block made;
  made.participants = MakeParticipants(block, rules);
  made.occupation = MakeOccupation(block);
  made.began_or_increased = BeganOrIncreased{
      Get(block, kOccupationAfter), Get(block, kBegan), Get(block, kIncreased)};
  made.support = MakeSources(block);
  made.support_groups = MakeGroups(block);
  made.follow_up = {MakeFollowUp(block, 6, kMonth6),
                    MakeFollowUp(block, 12, kMonth12)};
  Derive(rules, made);
  return made;
}

Participants BlockMaker::MakeParticipants(BlockNumber block,
                                          const UnnamedRules& rules) const {
  Participants participants;
  participants.started = Get(block, kStarted);
  participants.ongoing = Get(block, kOngoing);
  participants.ended = Get(block, kEnded);
  participants.base = Get(block, kBase);
  participants.individuals = Get(block, kIndividuals);
  const UnnamedCells& unnamed = cells_.Unnamed(block);
  participants.unreadable = unnamed.unreadable;
  if (!rules.counts) return participants;
  participants.anonymous = AsPeopleCount(unnamed.anonymous);
  participants.volume = AsPeopleCount(unnamed.volume);
  participants.structural_volume = AsPeopleCount(unnamed.structural_volume);
  return participants;
}

std::vector<OccupationRow> BlockMaker::MakeOccupation(BlockNumber block) const {
  std::vector<OccupationRow> rows;
  for (size_t i = 0; i < kOccupationKeys; ++i) {
    OccupationRow row;
    row.key = kOccupationNames[i];
    row.before = Get(block, kOccupationBefore + i);
    row.after = Get(block, kOccupationAfter + i);
    rows.push_back(std::move(row));
  }
  return rows;
}

SupportRow BlockMaker::MakeSupport(BlockNumber block, Indicator before,
                                   Indicator after) const {
  SupportRow row;
  row.before = Get(block, before);
  row.after = Get(block, after);
  return row;
}

std::vector<SupportRow> BlockMaker::MakeSources(BlockNumber block) const {
  const std::vector<Code>& sources =
      codes_.Book().Codes(CodeList::kSupportSource);
  std::vector<SupportRow> rows;
  rows.reserve(shown_sources_.size());
  for (const size_t i : shown_sources_) {
    rows.push_back(
        MakeSupport(block, layout_.SourceBefore(i), layout_.SourceAfter(i)));
    rows.back().key = sources[i].code;
    rows.back().group = sources[i].group;
  }
  return rows;
}

std::vector<SupportRow> BlockMaker::MakeGroups(BlockNumber block) const {
  std::vector<SupportRow> rows;
  rows.reserve(shown_groups_.size());
  for (const size_t i : shown_groups_) {
    rows.push_back(
        MakeSupport(block, layout_.GroupBefore(i), layout_.GroupAfter(i)));
    rows.back().key = codes_.GroupKeys()[i];
  }
  return rows;
}

FollowUpRow BlockMaker::MakeFollowUp(BlockNumber block, int months,
                                     Indicator first) const {
  const auto of_class = [&](OccupationClass occupation) {
    return Get(block, first + kAnsweredClass + static_cast<size_t>(occupation));
  };
  FollowUpRow row;
  row.months = months;
  row.due = Get(block, first + kDue);
  row.answered = Get(block, first + kAnswered);
  row.work_or_study = of_class(OccupationClass::kWorkOrStudy);
  row.seeking = of_class(OccupationClass::kSeeking);
  row.other = of_class(OccupationClass::kOther);
  return row;
}

std::vector<FlowRow> BlockMaker::Flows(const FlowCells& flows) const {
  const std::vector<Code>& sources =
      codes_.Book().Codes(CodeList::kSupportSource);
  const auto target = [&](size_t to) -> std::string {
    if (to == flows.Work()) return kWorkTarget;
    if (to == flows.Study()) return kStudyTarget;
    return sources[to].code;
  };
  std::vector<FlowRow> rows;
  for (size_t from = 0; from < flows.Sources(); ++from) {
    for (size_t to = 0; to < flows.Targets(); ++to) {
      const PeopleSum sum = flows.Get(from, to);
      if (sum.Empty()) continue;
      rows.push_back(
          FlowRow{sources[from].code, target(to), AsPeopleCount(sum)});
    }
  }
  return rows;
}

}  // namespace stegvis::outcome
