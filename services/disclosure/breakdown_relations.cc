// The relations between the rows of a breakdown and the whole.
#include <algorithm>
#include <utility>

#include "services/disclosure/report_cells.h"

namespace stegvis::disclosure {
namespace {

using outcome::Dimension;

// How the rows of a dimension stand to the whole.
enum class Sum : uint8_t {
  kWhole,    // They sum to it.
  kOverlap,  // One may be in several: each is at most the whole, and the sum at
             // least.
  kNothing,
};

Sum SumOf(Dimension dimension, Measure measure) {
  if (measure == kIndividuals && dimension != Dimension::kSex &&
      dimension != Dimension::kForbund) {
    return Sum::kOverlap;
  }
  if (dimension == Dimension::kTargetGroup) {
    return measure == kStructuralVolume ? Sum::kNothing : Sum::kOverlap;
  }
  return Sum::kWhole;
}

class OneDimension {
 public:
  OneDimension(const ReportCells& cells, Dimension dimension,
               ReleaseModel& model)
      : dimension_(dimension), whole_(cells.whole.id), model_(model) {
    rows_ = RowsBy(dimension, cells);
    const bool by_exit =
        dimension == Dimension::kYear || dimension == Dimension::kEndReason;
    if (by_exit && !rows_.empty() && cells.without_exit.id != kBetweenBlocks) {
      rows_.push_back(cells.without_exit.id);
    }
  }

  const std::vector<BlockId>& Rows() const { return rows_; }

  void Add(Measure measure) {
    // Rows have a measure all or none.
    if (model_.CellAt(rows_.front(), SlotOf(measure, Sex::kBoth)) == kNoCell) {
      return;
    }
    AddOne(measure, Sex::kWomen);
    AddOne(measure, Sex::kMen);
    if (measure == kIndividuals) AddRepeats();
    // Else the total follows from the sexes.
    if (Measures::IsUnnamed(measure)) AddOne(measure, Sex::kBoth);
  }

 private:
  // Who is in a row more than once is so in the whole.
  void AddRepeats() {
    if (SumOf(dimension_, kIndividuals) != Sum::kOverlap) return;
    for (const Sex sex : {Sex::kWomen, Sex::kMen}) {
      const auto at = [&](BlockId block, Measure measure) {
        return model_.CellAt(block, SlotOf(measure, sex));
      };
      for (const BlockId row : rows_) {
        if (at(row, kBase) == kNoCell || at(row, kBase) == at(whole_, kBase)) {
          continue;
        }
        model_.AddAtLeastZero({{at(whole_, kBase), 1},
                               {at(whole_, kIndividuals), -1},
                               {at(row, kBase), -1},
                               {at(row, kIndividuals), 1}});
      }
    }
  }

  void AddOne(Measure measure, Sex sex) {
    const Slot slot = SlotOf(measure, sex);
    const CellId whole = model_.CellAt(whole_, slot);
    if (whole == kNoCell) return;
    std::vector<Term> terms = {{whole, -1}};
    for (const BlockId row : rows_) {
      const CellId cell = model_.CellAt(row, slot);
      // The row is the whole again.
      if (cell == whole) return;
      if (cell != kNoCell) terms.push_back({cell, 1});
    }
    AddSum(SumOf(dimension_, measure), std::move(terms));
  }

  void AddSum(Sum sum, std::vector<Term> terms) {
    switch (sum) {
      case Sum::kWhole:
        return model_.AddEqual(terms);
      case Sum::kOverlap:
        model_.AddAtLeastZero(terms);
        for (size_t i = 1; i < terms.size(); ++i) {
          model_.AddAtLeastZero({{terms[0].cell, 1}, {terms[i].cell, -1}});
        }
        return;
      case Sum::kNothing:
        return;
    }
  }

  Dimension dimension_;
  BlockId whole_;
  ReleaseModel& model_;
  std::vector<BlockId> rows_;
};

void Append(RelationId relation, int sign, const ReleaseModel& model,
            std::vector<Term>& terms) {
  for (const Term& term : model.TermsOf(relation)) {
    terms.push_back({term.cell, static_cast<int8_t>(sign * term.sign)});
  }
}

bool IsOfIndividuals(RelationId relation, const ReleaseModel& model) {
  const auto terms = model.TermsOf(relation);
  return std::any_of(terms.begin(), terms.end(), [&](const Term& term) {
    return model.At(term.cell).slot / 3 == kIndividuals;
  });
}

}  // namespace

void AddRelationsOfOthers(const RelationRange& whole,
                          const std::vector<RelationRange>& rows,
                          ReleaseModel& model) {
  for (RelationId i = 0; whole.first + i < whole.last; ++i) {
    if (model.RelationAt(whole.first + i).equal) continue;
    std::vector<Term> of_whole, of_rows;
    Append(whole.first + i, 1, model, of_whole);
    for (const RelationRange& row : rows) {
      std::vector<Term> others = of_whole;
      Append(row.first + i, -1, model, others);
      model.AddAtLeastZero(others);
      Append(row.first + i, 1, model, of_rows);
    }
    // Who is there twice may be so in different rows.
    if (IsOfIndividuals(whole.first + i, model)) continue;
    Append(whole.first + i, -1, model, of_rows);
    model.AddAtLeastZero(of_rows);
  }
}

void AddBreakdownRelations(const ReportCells& cells, const Measures& measures,
                           ReleaseModel& model) {
  for (int i = 0; i < outcome::kDimensions; ++i) {
    if (static_cast<Dimension>(i) == Dimension::kSex) continue;
    if (IsSame(static_cast<Dimension>(i), cells)) continue;
    OneDimension dimension(cells, static_cast<Dimension>(i), model);
    if (dimension.Rows().empty()) continue;
    model.SetGroup(model.AddGroup(cells.whole.id, dimension.Rows()));
    for (Measure measure = 0; measure < measures.Size(); ++measure) {
      dimension.Add(measure);
    }
  }
}

}  // namespace stegvis::disclosure
