// The relations within a block: what each measure is of the others.
#include "services/disclosure/report_cells.h"

namespace stegvis::disclosure {
namespace {

// The cells of one sex in a block, or those of both.
class OneSex {
 public:
  OneSex(BlockId block, Sex sex, ReleaseModel& model)
      : block_(block), sex_(sex), model_(model) {}

  CellId At(Measure measure) const {
    return model_.CellAt(block_, SlotOf(measure, sex_));
  }

  // whole = the sum of parts.
  void Equal(Measure whole, std::vector<Measure> parts) {
    model_.AddEqual(Terms(whole, parts));
  }
  // part <= the sum of wholes.
  void AtMost(Measure part, const std::vector<Measure>& wholes) {
    std::vector<Term> terms = {{At(part), -1}};
    for (const Measure whole : wholes) terms.push_back({At(whole), 1});
    model_.AddAtLeastZero(terms);
  }
  // whole >= the sum of parts.
  void AtLeast(Measure whole, const std::vector<Measure>& parts) {
    model_.AddAtLeastZero(Terms(whole, parts));
  }

 private:
  std::vector<Term> Terms(Measure whole,
                          const std::vector<Measure>& parts) const {
    std::vector<Term> terms = {{At(whole), 1}};
    for (const Measure part : parts) terms.push_back({At(part), -1});
    return terms;
  }

  BlockId block_;
  Sex sex_;
  ReleaseModel& model_;
};

void AddOccupation(Measure first, OneSex& of) {
  const Measure either = first + kWorkOrStudy;
  of.Equal(kBase, {either, first + kSeeking, first + kOther});
  of.AtMost(first + kWork, {either});
  of.AtMost(first + kStudy, {either});
  of.AtMost(either, {first + kWork, first + kStudy});
}

void AddBegan(OneSex& of) {
  const Measure before = kOccupationBefore + kWorkOrStudy;
  const Measure after = kOccupationAfter + kWorkOrStudy;
  of.Equal(after, {kBegan, kKept});
  of.Equal(kKept, {kIncreased, kUnchanged});
  of.AtMost(kKept, {before});
  of.AtLeast(kBase, {before, kBegan});
}

void AddFollowUp(Measure first, Measure most, OneSex& of) {
  of.Equal(first + kDue, {first + kAnswered, first + kUnanswered});
  of.Equal(first + kAnswered,
           {first + kAnsweredWorkOrStudy, first + kAnsweredSeeking,
            first + kAnsweredOther});
  of.AtMost(first + kDue, {most});
}

// Of the sources in a group each has at least one, and of the groups those in
// ANY_PUBLIC; who has none of them has one that stands alone.
void AddSupport(const Measures& measures, Measure (Measures::*at)(size_t) const,
                OneSex& of) {
  const auto& keys = measures.SupportKeys();
  std::vector<Measure> groups, alone;
  std::optional<Measure> any;
  for (size_t g = 0; g < keys.size(); ++g) {
    if (measures.StandsAlone(g)) alone.push_back((measures.*at)(g));
    if (!keys[g].is_group) continue;
    std::vector<Measure> sources;
    for (size_t s = 0; s < keys.size(); ++s) {
      if (!keys[s].is_group && keys[s].group == keys[g].key) {
        sources.push_back((measures.*at)(s));
      }
    }
    const Measure group = (measures.*at)(g);
    if (sources.empty()) {
      any = group;
      continue;
    }
    groups.push_back(group);
    for (const Measure source : sources) of.AtMost(source, {group});
    of.AtMost(group, sources);
  }
  if (!any.has_value()) return;
  for (const Measure group : groups) of.AtMost(group, {*any});
  of.AtMost(*any, groups);
  alone.push_back(*any);
  of.Equal(kBase, alone);
}

void AddPersons(const Measures& measures, OneSex of) {
  of.AtMost(kIndividuals, {kBase});
  of.AtMost(kStarted, {kOngoing, kBase});
  AddOccupation(kOccupationBefore, of);
  AddOccupation(kOccupationAfter, of);
  AddBegan(of);
  AddFollowUp(kMonth6, kBase, of);
  AddFollowUp(kMonth12, kMonth6 + kDue, of);
  AddSupport(measures, &Measures::Before, of);
  AddSupport(measures, &Measures::After, of);
}

// Every person has a sex. Where every counted one has, a reader who thinks so
// is right.
void AddSexes(BlockId block, Measure measure, ReleaseModel& model) {
  const auto at = [&](Sex sex) {
    return model.CellAt(block, SlotOf(measure, sex));
  };
  const CellId total = at(Sex::kBoth), women = at(Sex::kWomen),
               men = at(Sex::kMen);
  if (total == kNoCell || women == kNoCell || men == kNoCell) return;
  const std::vector<Term> terms = {{total, 1}, {women, -1}, {men, -1}};
  const bool all_known =
      !Measures::IsUnnamed(measure) ||
      model.At(total).value == model.At(women).value + model.At(men).value;
  all_known ? model.AddEqual(terms) : model.AddAtLeastZero(terms);
}

}  // namespace

RelationRange AddBlockRelations(BlockId block, const Measures& measures,
                                ReleaseModel& model) {
  model.SetBlock(block);
  for (Measure measure = 0; measure < measures.Size(); ++measure) {
    AddSexes(block, measure, model);
  }
  RelationRange persons;
  persons.first = static_cast<RelationId>(model.Relations());
  AddPersons(measures, OneSex(block, Sex::kWomen, model));
  AddPersons(measures, OneSex(block, Sex::kMen, model));
  persons.last = static_cast<RelationId>(model.Relations());
  for (const Sex sex : kSexes) {
    OneSex of(block, sex, model);
    if (of.At(kRegistered) == kNoCell) continue;
    of.Equal(kRegistered, {kStarted, kAnonymous, kVolume});
  }
  return persons;
}

}  // namespace stegvis::disclosure
