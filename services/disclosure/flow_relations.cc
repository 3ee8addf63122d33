// The flows: their cells, and the relations between them and the support and
// occupation of the whole. Those who had a source before are people with a
// situation after, those who have one after had a situation before, and so are
// and had all the others.
#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "services/disclosure/programme.h"
#include "services/disclosure/report_cells.h"

namespace stegvis::disclosure {
namespace {

using Known = absl::flat_hash_map<std::pair<std::string, std::string>, int64_t>;

Known KnownOf(const outcome::OutcomeReport& report) {
  Known known;
  for (const outcome::FlowRow& row : report.flows) {
    known[{row.from, row.to}] = row.count.total;
  }
  return known;
}

// One end of a flow.
struct End {
  Measure measure;
  std::string key;  // In a report; empty where it stands in none.
};

std::vector<End> EndsBefore(const Measures& measures) {
  std::vector<End> ends;
  for (size_t i = 0; i < measures.SupportKeys().size(); ++i) {
    const Measures::Support& support = measures.SupportKeys()[i];
    ends.push_back(
        {measures.Before(i), support.is_group ? std::string() : support.key});
  }
  return ends;
}

std::vector<End> EndsAfter(const Measures& measures) {
  std::vector<End> ends;
  for (size_t i = 0; i < measures.SupportKeys().size(); ++i) {
    const Measures::Support& support = measures.SupportKeys()[i];
    ends.push_back(
        {measures.After(i), support.is_group ? std::string() : support.key});
  }
  ends.push_back({kOccupationAfter + kWork, outcome::kWorkTarget});
  ends.push_back({kOccupationAfter + kStudy, outcome::kStudyTarget});
  ends.push_back({kOccupationAfter + kWorkOrStudy, ""});
  return ends;
}

Cell FlowOf(const FlowCell& flow, int64_t value, bool base_alone) {
  if (!flow.in_report) return Cell{.made_up = true};
  if (base_alone) return Cell{.value = value};
  if (value >= kLeastFlow) {
    return Cell{.value = value, .least = kLeastFlow, .shown = Shown::kPrinted};
  }
  return Cell{.value = value, .most = kLeastFlow - 1};
}

class Flows {
 public:
  Flows(const ReportCells& cells, const Measures& measures, ReleaseModel& model)
      : cells_(cells), measures_(measures), model_(model) {}

  // Those who were at `end` before (or after).
  void AddSide(Measure end, When when) {
    const BlockId block = model_.AddBlock(3 * measures_.Size());
    Share(block, kBase, model_.CellAt(cells_.whole.id, Total(end)));
    for (const FlowCell& flow : cells_.flows) {
      if ((when == When::kBefore ? flow.from : flow.to) != end) continue;
      Share(block, when == When::kBefore ? flow.to : flow.from, flow.total);
    }
    const People people{block, Sex::kBoth, cells_.whole.id};
    if (when == When::kBefore) {
      AddSupportRelations(people, When::kAfter, measures_, model_);
      AddWorkRelations(people, When::kAfter, model_);
    } else {
      AddSupportRelations(people, When::kBefore, measures_, model_);
    }
  }

 private:
  static Slot Total(Measure measure) { return SlotOf(measure, Sex::kBoth); }

  void Share(BlockId block, Measure measure, CellId cell) {
    model_.Share(block, Total(measure), cell);
  }

  const ReportCells& cells_;
  const Measures& measures_;
  ReleaseModel& model_;
};

}  // namespace

void AddFlowCells(const Measures& measures, const ReportCells* like,
                  ReportCells& cells, ReleaseModel& model) {
  const Known known = KnownOf(*cells.report);
  if (cells.whole.same && known == KnownOf(*like->report)) {
    cells.flow_block = like->flow_block;
    cells.flows = like->flows;
    cells.same_flows = true;
    return;
  }
  const std::vector<End> before = EndsBefore(measures);
  const std::vector<End> after = EndsAfter(measures);
  cells.flow_block = model.FlowBlock();
  if (cells.report->whole.participants.base.total == 0) return;
  Slot slot = model.AddFlowSlots(before.size() * after.size());
  for (const End& from : before) {
    for (const End& to : after) {
      FlowCell flow{from.measure, to.measure};
      flow.in_report = !from.key.empty() && !to.key.empty();
      const auto found = known.find({from.key, to.key});
      Cell cell = FlowOf(flow, found == known.end() ? 0 : found->second,
                         cells.whole.base_alone);
      cell.block = cells.flow_block;
      cell.slot = slot++;
      flow.total = model.AddCell(cell);
      cells.flows.push_back(flow);
    }
  }
}

void AddFlowRelations(const ReportCells& cells, const Measures& measures,
                      ReleaseModel& model) {
  if (cells.flows.empty() || cells.same_flows) return;
  model.SetBlock(cells.flow_block);
  Flows flows(cells, measures, model);
  for (const End& end : EndsBefore(measures)) {
    flows.AddSide(end.measure, When::kBefore);
  }
  for (const End& end : EndsAfter(measures)) {
    flows.AddSide(end.measure, When::kAfter);
  }
}

}  // namespace stegvis::disclosure
