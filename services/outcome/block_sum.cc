#include "services/outcome/block_sum.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/outcome/cells.h"

namespace stegvis::outcome {
namespace {

void AddTo(std::optional<PeopleCount>& sum,
           const std::optional<PeopleCount>& part) {
  if (!part.has_value()) return;
  if (!sum.has_value()) sum.emplace();
  outcome::AddTo(*sum, *part);
}

void Add(const Participants& part, Participants& sum) {
  outcome::AddTo(sum.started, part.started);
  outcome::AddTo(sum.ongoing, part.ongoing);
  outcome::AddTo(sum.ended, part.ended);
  outcome::AddTo(sum.base, part.base);
  outcome::AddTo(sum.individuals, part.individuals);
  AddTo(sum.anonymous, part.anonymous);
  AddTo(sum.volume, part.volume);
  AddTo(sum.structural_volume, part.structural_volume);
  sum.unreadable += part.unreadable;
}

// The row of `rows` with that key; a new one at the end when there is none.
template <typename Row, typename Key>
Row& RowOf(std::vector<Row>& rows, Key Row::*key, const Key& value) {
  for (Row& row : rows) {
    if (row.*key == value) return row;
  }
  rows.emplace_back().*key = value;
  return rows.back();
}

template <typename Row>
void AddBeforeAfter(const std::vector<Row>& part, std::vector<Row>& sum) {
  for (const Row& row : part) {
    Row& to = RowOf(sum, &Row::key, row.key);
    AddTo(to.before, row.before);
    AddTo(to.after, row.after);
  }
}

void Add(const FollowUpRow& part, FollowUpRow& sum) {
  AddTo(sum.due, part.due);
  AddTo(sum.answered, part.answered);
  AddTo(sum.work_or_study, part.work_or_study);
  AddTo(sum.seeking, part.seeking);
  AddTo(sum.other, part.other);
}

template <typename PlaceOf>
void AddShown(const std::vector<SupportRow>& rows, const PlaceOf& place_of,
              std::vector<SupportRow>& shown) {
  for (const SupportRow& row : rows) {
    RowOf(shown, &SupportRow::key, row.key).group = row.group;
  }
  std::stable_sort(shown.begin(), shown.end(),
                   [&](const SupportRow& a, const SupportRow& b) {
                     return std::make_pair(place_of(a.key), a.key) <
                            std::make_pair(place_of(b.key), b.key);
                   });
}

}  // namespace

void AddTo(PeopleCount& sum, const PeopleCount& part) {
  sum = AsPeopleCount(AsPeopleSum(sum) + AsPeopleSum(part));
}

ShownSupport::ShownSupport(const std::vector<OutcomeReport>& parts,
                           const CodeTables& codes) {
  const auto place_of_source = [&](const std::string& code) {
    return codes.PlaceOf(domain::CodeList::kSupportSource, code);
  };
  const auto place_of_group = [&](const std::string& group) {
    const std::vector<std::string>& keys = codes.GroupKeys();
    return std::find(keys.begin(), keys.end(), group) - keys.begin();
  };
  for (const OutcomeReport& part : parts) {
    AddShown(part.whole.support, place_of_source, sources_);
    AddShown(part.whole.support_groups, place_of_group, groups_);
  }
}

BlockSum::BlockSum(const ShownSupport& shown) {
  sum_.support = shown.Sources();
  sum_.support_groups = shown.Groups();
}

void BlockSum::Add(const Block& part) {
  outcome::Add(part.participants, sum_.participants);
  AddBeforeAfter(part.occupation, sum_.occupation);
  AddTo(sum_.began_or_increased.work_or_study_after,
        part.began_or_increased.work_or_study_after);
  AddTo(sum_.began_or_increased.began, part.began_or_increased.began);
  AddTo(sum_.began_or_increased.increased, part.began_or_increased.increased);
  AddBeforeAfter(part.support, sum_.support);
  AddBeforeAfter(part.support_groups, sum_.support_groups);
  for (const FollowUpRow& row : part.follow_up) {
    outcome::Add(row, RowOf(sum_.follow_up, &FollowUpRow::months, row.months));
  }
}

Block BlockSum::Finish(const UnnamedRules& rules) && {
  Derive(rules, sum_);
  return std::move(sum_);
}

}  // namespace stegvis::outcome
