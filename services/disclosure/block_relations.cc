// The relations within a block: what each measure is of the others.
#include "services/disclosure/report_cells.h"

namespace stegvis::disclosure {
namespace {

class Relations {
 public:
  Relations(const People& people, ReleaseModel& model)
      : people_(people), model_(model) {}

  CellId At(Measure measure) const { return In(people_.block, measure); }

  // whole = the sum of parts.
  void Equal(Measure whole, const std::vector<Measure>& parts) {
    model_.AddEqual(Terms({whole}, parts));
    // Of the others it follows.
  }
  // part <= the sum of wholes.
  void AtMost(Measure part, const std::vector<Measure>& wholes) {
    Add(wholes, {part});
  }
  // whole >= the sum of parts.
  void AtLeast(Measure whole, const std::vector<Measure>& parts) {
    Add({whole}, parts);
  }
  // What is counted in the block is counted in the whole.
  void AtMostInWhole(Measure measure) {
    model_.AddAtLeastZero({{In(people_.whole, measure), 1}, {At(measure), -1}});
  }

 private:
  CellId In(BlockId block, Measure measure) const {
    return model_.CellAt(block, SlotOf(measure, people_.sex));
  }

  void Add(const std::vector<Measure>& more, const std::vector<Measure>& less) {
    std::vector<Term> terms = Terms(more, less);
    model_.AddAtLeastZero(terms);
    if (people_.whole == kBetweenBlocks) return;
    for (Term& term : terms) term.sign = static_cast<int8_t>(-term.sign);
    for (const Measure it : more) terms.push_back({In(people_.whole, it), 1});
    for (const Measure it : less) terms.push_back({In(people_.whole, it), -1});
    model_.AddAtLeastZero(terms);
  }

  std::vector<Term> Terms(const std::vector<Measure>& more,
                          const std::vector<Measure>& less) const {
    std::vector<Term> terms;
    terms.reserve(more.size() + less.size());
    for (const Measure it : more) terms.push_back({At(it), 1});
    for (const Measure it : less) terms.push_back({At(it), -1});
    return terms;
  }

  People people_;
  ReleaseModel& model_;
};

void AddWork(Measure first, Relations& of) {
  const Measure either = first + kWorkOrStudy;
  of.AtMost(first + kWork, {either});
  of.AtMost(first + kStudy, {either});
  of.AtMost(either, {first + kWork, first + kStudy});
}

void AddOccupation(Measure first, Relations& of) {
  of.Equal(kBase, {first + kWorkOrStudy, first + kSeeking, first + kOther});
  AddWork(first, of);
}

void AddBegan(Relations& of) {
  const Measure before = kOccupationBefore + kWorkOrStudy;
  const Measure after = kOccupationAfter + kWorkOrStudy;
  of.Equal(after, {kBegan, kKept});
  of.Equal(kKept, {kIncreased, kUnchanged});
  of.AtMost(kKept, {before});
  of.AtLeast(kBase, {before, kBegan});
}

void AddFollowUp(Measure first, Relations& of) {
  of.Equal(kBase, {first + kDue, first + kNotDue});
  of.Equal(first + kDue, {first + kAnswered, first + kUnanswered});
  of.Equal(first + kAnswered,
           {first + kAnsweredWorkOrStudy, first + kAnsweredSeeking,
            first + kAnsweredOther});
}

void AddPersons(BlockId block, Sex sex, const Measures& measures,
                ReleaseModel& model) {
  const People people{block, sex};
  Relations of(people, model);
  of.AtMost(kIndividuals, {kBase});
  of.AtMost(kStarted, {kOngoing, kBase});
  AddOccupation(kOccupationBefore, of);
  AddOccupation(kOccupationAfter, of);
  AddBegan(of);
  AddFollowUp(kMonth6, of);
  AddFollowUp(kMonth12, of);
  of.AtMost(kMonth12 + kDue, {kMonth6 + kDue});
  AddSupportRelations(people, When::kBefore, measures, model);
  AddSupportRelations(people, When::kAfter, measures, model);
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

// Who has one of `parts` is in the group, and who is in it has one of them.
void AddGroup(Measure group, const std::vector<Measure>& parts, Relations& of) {
  for (const Measure part : parts) of.AtMost(part, {group});
  of.AtMost(group, parts);
}

}  // namespace

void AddSupportRelations(const People& people, When when,
                         const Measures& measures, ReleaseModel& model) {
  Relations of(people, model);
  const auto at = [&](size_t support) {
    return when == When::kBefore ? measures.Before(support)
                                 : measures.After(support);
  };
  const auto& keys = measures.SupportKeys();
  std::vector<Measure> groups, alone;
  std::optional<Measure> any;
  for (size_t g = 0; g < keys.size(); ++g) {
    if (people.whole != kBetweenBlocks) of.AtMostInWhole(at(g));
    if (measures.StandsAlone(g)) alone.push_back(at(g));
    if (!keys[g].is_group) continue;
    const std::vector<size_t> sources = measures.SourcesIn(g);
    if (sources.empty()) {
      any = at(g);
      continue;
    }
    groups.push_back(at(g));
    std::vector<Measure> of_it;
    of_it.reserve(sources.size());
    for (const size_t source : sources) of_it.push_back(at(source));
    AddGroup(at(g), of_it, of);
  }
  if (!any.has_value()) return;
  AddGroup(*any, groups, of);
  alone.push_back(*any);
  of.Equal(kBase, alone);
}

void AddWorkRelations(const People& people, When when, ReleaseModel& model) {
  Relations of(people, model);
  const Measure first =
      when == When::kBefore ? kOccupationBefore : kOccupationAfter;
  AddWork(first, of);
  of.AtMost(first + kWorkOrStudy, {kBase});
  for (const Measure it : {kWorkOrStudy, kWork, kStudy}) {
    of.AtMostInWhole(first + it);
  }
}

void AddBlockRelations(BlockCells& block, const Measures& measures,
                       ReleaseModel& model) {
  if (block.same) return;
  model.SetBlock(block.id);
  for (Measure measure = 0; measure < measures.Size(); ++measure) {
    AddSexes(block.id, measure, model);
  }
  block.persons.first = static_cast<RelationId>(model.Relations());
  AddPersons(block.id, Sex::kWomen, measures, model);
  AddPersons(block.id, Sex::kMen, measures, model);
  block.persons.last = static_cast<RelationId>(model.Relations());
  for (const Sex sex : kSexes) {
    Relations of({block.id, sex}, model);
    if (of.At(kRegistered) == kNoCell) continue;
    of.Equal(kRegistered, {kStarted, kAnonymous, kVolume});
  }
}

}  // namespace stegvis::disclosure
