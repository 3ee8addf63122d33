#include "services/disclosure/measures.h"

#include <array>

#include "absl/strings/str_cat.h"

namespace stegvis::disclosure {
namespace {

using outcome::Block;
using outcome::PeopleCount;

constexpr std::array<const char*, kFirstOfSupport> kNames = {
    "participants.started",
    "participants.ongoing",
    "participants.base",
    "participants.individuals",
    "participants.anonymous",
    "participants.volume",
    "participants.structuralVolume",
    "participants.registered",
    "beganOrIncreased.began",
    "beganOrIncreased.increased",
    "beganOrIncreased.workOrStudyAfter − began",
    "beganOrIncreased.workOrStudyAfter − began − increased",
    "occupation.ARBETE_ELLER_STUDIER.before",
    "occupation.ARBETE.before",
    "occupation.STUDIER.before",
    "occupation.ARBETSSOKANDE.before",
    "occupation.OVRIG.before",
    "occupation.ARBETE_ELLER_STUDIER.after",
    "occupation.ARBETE.after",
    "occupation.STUDIER.after",
    "occupation.ARBETSSOKANDE.after",
    "occupation.OVRIG.after",
    "followUp.6.due",
    "followUp.6.answered",
    "followUp.6.workOrStudy",
    "followUp.6.seeking",
    "followUp.6.other",
    "followUp.6.due − answered",
    "participants.base − followUp.6.due",
    "followUp.12.due",
    "followUp.12.answered",
    "followUp.12.workOrStudy",
    "followUp.12.seeking",
    "followUp.12.other",
    "followUp.12.due − answered",
    "participants.base − followUp.12.due"};

std::optional<int64_t> Minus(std::optional<int64_t> a,
                             std::optional<int64_t> b) {
  if (!a.has_value() || !b.has_value()) return std::nullopt;
  return *a - *b;
}

PeopleCount operator-(const PeopleCount& a, const PeopleCount& b) {
  return PeopleCount{a.total - b.total, Minus(a.women, b.women),
                     Minus(a.men, b.men)};
}

using Counts = std::vector<std::optional<PeopleCount>>;

void ReadParticipants(const outcome::Participants& from, Counts& counts) {
  counts[kStarted] = from.started;
  counts[kOngoing] = from.ongoing;
  counts[kBase] = from.base;
  counts[kIndividuals] = from.individuals;
  counts[kAnonymous] = from.anonymous;
  counts[kVolume] = from.volume;
  counts[kStructuralVolume] = from.structural_volume;
  counts[kRegistered] = from.registered;
}

void ReadOccupation(const Block& block, Counts& counts) {
  for (size_t i = 0; i < block.occupation.size() && i < kOccupations; ++i) {
    counts[kOccupationBefore + i] = block.occupation[i].before;
    counts[kOccupationAfter + i] = block.occupation[i].after;
  }
  const outcome::BeganOrIncreased& who = block.began_or_increased;
  counts[kBegan] = who.began;
  counts[kIncreased] = who.increased;
  counts[kKept] = who.work_or_study_after - who.began;
  counts[kUnchanged] = *counts[kKept] - who.increased;
}

void ReadFollowUp(const outcome::FollowUpRow& row, const PeopleCount& base,
                  Counts& counts) {
  const Measure first = row.months == 6 ? kMonth6 : kMonth12;
  counts[first + kDue] = row.due;
  counts[first + kAnswered] = row.answered;
  counts[first + kAnsweredWorkOrStudy] = row.work_or_study;
  counts[first + kAnsweredSeeking] = row.seeking;
  counts[first + kAnsweredOther] = row.other;
  counts[first + kUnanswered] = row.due - row.answered;
  counts[first + kNotDue] = base - row.due;
}

}  // namespace

Measures::Measures(const std::vector<const outcome::OutcomeReport*>& reports) {
  for (const outcome::OutcomeReport* report : reports) {
    Add(report->whole.support, /*is_group=*/false);
    Add(report->whole.support_groups, /*is_group=*/true);
  }
}

void Measures::Add(const std::vector<outcome::SupportRow>& rows,
                   bool is_group) {
  for (const outcome::SupportRow& row : rows) {
    if (Find(row.key, is_group).has_value()) continue;
    support_.push_back({row.key, row.group, is_group});
  }
}

std::optional<size_t> Measures::Find(const std::string& key,
                                     bool is_group) const {
  for (size_t i = 0; i < support_.size(); ++i) {
    if (support_[i].is_group == is_group && support_[i].key == key) return i;
  }
  return std::nullopt;
}

std::vector<size_t> Measures::SourcesIn(size_t group) const {
  std::vector<size_t> sources;
  for (size_t s = 0; s < support_.size(); ++s) {
    if (!support_[s].is_group && support_[s].group == support_[group].key) {
      sources.push_back(s);
    }
  }
  return sources;
}

bool Measures::StandsAlone(size_t support) const {
  return !support_[support].is_group &&
         !Find(support_[support].group, /*is_group=*/true).has_value();
}

std::string Measures::Name(Measure measure) const {
  if (measure < kFirstOfSupport) return kNames[measure];
  const Support& support = support_[(measure - kFirstOfSupport) / 2];
  return absl::StrCat(
      support.is_group ? "supportGroups." : "support.", support.key,
      (measure - kFirstOfSupport) % 2 == 0 ? ".before" : ".after");
}

Counts Measures::CountsOf(const Block& block) const {
  Counts counts(Size());
  for (Measure i = 0; i < Size(); ++i) {
    if (!IsUnnamed(i)) counts[i] = PeopleCount();
  }
  ReadParticipants(block.participants, counts);
  ReadOccupation(block, counts);
  for (const outcome::FollowUpRow& row : block.follow_up) {
    ReadFollowUp(row, block.participants.base, counts);
  }
  for (const bool is_group : {false, true}) {
    for (const outcome::SupportRow& row :
         is_group ? block.support_groups : block.support) {
      const size_t support = *Find(row.key, is_group);
      counts[Before(support)] = row.before;
      counts[After(support)] = row.after;
    }
  }
  return counts;
}

}  // namespace stegvis::disclosure
