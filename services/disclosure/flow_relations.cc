// The relations between the flows and the support and occupation of the whole.
#include "services/disclosure/report_cells.h"

namespace stegvis::disclosure {
namespace {

// Those who go to one target, or come from one source.
struct Side {
  std::string key;
  CellId people;
  bool alone = false;  // Whoever has this source has no other.
};

class Flows {
 public:
  Flows(const ReportCells& cells, const Measures& measures, ReleaseModel& model)
      : cells_(cells), model_(model) {
    for (size_t i = 0; i < measures.SupportKeys().size(); ++i) {
      const Measures::Support& support = measures.SupportKeys()[i];
      if (support.is_group) continue;
      const bool alone = measures.StandsAlone(i);
      before_.push_back({support.key, TotalOf(measures.Before(i)), alone});
      after_.push_back({support.key, TotalOf(measures.After(i)), alone});
    }
    sources_ = after_.size();
    after_.push_back({"WORK", TotalOf(kOccupationAfter + kWork)});
    after_.push_back({"STUDY", TotalOf(kOccupationAfter + kStudy)});
  }

  void AddAll() {
    for (size_t from = 0; from < before_.size(); ++from) {
      for (size_t to = 0; to < after_.size(); ++to) AddPair(from, to);
      AddSum(before_[from].people, sources_,
             [&](size_t to) { return At(from, to); });
      AddAlone(before_[from].people, after_, sources_,
               [&](size_t to) { return At(from, to); });
    }
    for (size_t to = 0; to < after_.size(); ++to) {
      AddSum(after_[to].people, before_.size(),
             [&](size_t from) { return At(from, to); });
      AddAlone(after_[to].people, before_, before_.size(),
               [&](size_t from) { return At(from, to); });
    }
  }

 private:
  CellId TotalOf(Measure measure) const {
    return model_.CellAt(cells_.whole.id, SlotOf(measure, Sex::kBoth));
  }
  CellId At(size_t from, size_t to) const {
    return cells_.flows[from * after_.size() + to].total;
  }

  // No more than have either; no fewer than must have both.
  void AddPair(size_t from, size_t to) {
    const CellId both = At(from, to);
    model_.AddAtLeastZero({{before_[from].people, 1}, {both, -1}});
    model_.AddAtLeastZero({{after_[to].people, 1}, {both, -1}});
    model_.AddAtLeastZero({{both, 1},
                           {TotalOf(kBase), 1},
                           {before_[from].people, -1},
                           {after_[to].people, -1}});
  }

  // Everybody has a source before, and one after.
  template <typename At>
  void AddSum(CellId people, size_t count, const At& at) {
    std::vector<Term> terms = {{people, -1}};
    for (size_t i = 0; i < count; ++i) terms.push_back({at(i), 1});
    model_.AddAtLeastZero(terms);
  }

  // Who has one that stands alone is in that pair only.
  template <typename At>
  void AddAlone(CellId people, const std::vector<Side>& others, size_t count,
                const At& at) {
    std::vector<Term> terms = {{people, 1}};
    for (size_t i = 0; i < count; ++i) {
      if (others[i].alone) terms.push_back({at(i), -1});
    }
    model_.AddAtLeastZero(terms);
  }

  const ReportCells& cells_;
  ReleaseModel& model_;
  std::vector<Side> before_, after_;
  size_t sources_ = 0;
};

}  // namespace

void AddFlowRelations(const ReportCells& cells, const Measures& measures,
                      ReleaseModel& model) {
  model.SetBlock(cells.flow_block);
  Flows(cells, measures, model).AddAll();
}

}  // namespace stegvis::disclosure
