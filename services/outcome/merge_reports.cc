#include "services/outcome/merge_reports.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/base/status_macros.h"
#include "services/outcome/block_sum.h"
#include "services/outcome/breakdown.h"
#include "services/outcome/formulas.h"
#include "services/outcome/scan.h"

namespace stegvis::outcome {
namespace {

using domain::CodeList;

std::string NameOf(const OutcomeReport& part) {
  return part.forbund.empty() ? "a report of no förbund" : part.forbund.front();
}

absl::Status Refused(const OutcomeReport& part, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(NameOf(part), ": ", why));
}

absl::string_view TextOf(Mismatch mismatch) {
  switch (mismatch) {
    case Mismatch::kPeriod:
      return "another period than the first";
    case Mismatch::kFilters:
      return "other filters than the first";
    case Mismatch::kCodeLists:
      return "code lists of another version than the first";
    case Mismatch::kExcludedReasons:
      return "other end reasons out of the base than the first";
  }
  return "";
}

// Where rows stand among those of their dimension; the text last, for codes
// that are in no list.
using Rank = std::tuple<size_t, size_t, std::string>;
using RowKey = std::pair<Dimension, Rank>;

// A row of the sum.
struct SummedRow {
  std::string value;
  std::string forbund;
  BlockSum sum;
};

using FlowKey = std::pair<size_t, size_t>;

bool IsOfForbund(Dimension dimension) {
  return dimension == Dimension::kInsats || dimension == Dimension::kForbund;
}

// Whose the row is; reports of one förbund do not say it of insatser.
std::string ForbundOf(const OutcomeReport& part, const BreakdownRow& row) {
  if (row.dimension == Dimension::kForbund) return row.value;
  if (row.forbund.empty() && part.forbund.size() == 1) return NameOf(part);
  return row.forbund;
}

// Whether rows of `dimension` can be told of the part. Everybody stands in one
// of each, who has left in one of the last two as well.
bool HasBreakdown(const OutcomeReport& part, Dimension dimension) {
  const bool of_exits =
      dimension == Dimension::kYear || dimension == Dimension::kEndReason;
  const Participants& people = part.whole.participants;
  const int64_t fall_in =
      people.ended.total +
      (of_exits ? 0 : people.started.total + people.ongoing.total);
  const bool alone =
      dimension == Dimension::kForbund && part.forbund.size() == 1;
  return fall_in == 0 || alone ||
         std::any_of(part.breakdowns.begin(), part.breakdowns.end(),
                     [&](const BreakdownRow& row) {
                       return row.dimension == dimension;
                     });
}

// What the sum repeats of its parts.
OutcomeReport HeadingOf(const OutcomeReport& first) {
  return OutcomeReport{.forbund = {},
                       .from = first.from,
                       .to = first.to,
                       .as_of = first.as_of,
                       .excluded_end_reasons = first.excluded_end_reasons,
                       .filters = first.filters,
                       .whole = {},
                       .flows = {},
                       .breakdowns = {},
                       .feed_position = 0,
                       .code_list_version = first.code_list_version,
                       .unreadable_records = {}};
}

// One thread, one merge; of one part at least.
class Merger {
 public:
  Merger(const std::vector<OutcomeReport>& parts,
         const std::vector<Dimension>& breakdowns, const CodeTables& codes)
      : parts_(parts),
        breakdowns_(breakdowns),
        codes_(codes),
        shown_(parts, codes),
        whole_(shown_),
        merged_(HeadingOf(parts.front())) {
    for (const Dimension dimension : breakdowns) {
      asked_[static_cast<size_t>(dimension)] = true;
    }
  }

  absl::StatusOr<OutcomeReport> Run();

 private:
  bool Asked(Dimension dimension) const {
    return asked_[static_cast<size_t>(dimension)];
  }
  absl::Status PlaceForbund();
  void Add(const OutcomeReport& part);
  void AddRow(const OutcomeReport& part, const BreakdownRow& row,
              size_t number);
  void AddForbundRow(const OutcomeReport& part);
  void AddBlock(RowKey key, std::string value, std::string forbund,
                const Block& block);
  void AddFlows(const OutcomeReport& part);
  Rank RankOf(Dimension dimension, const std::string& value) const;
  FlowKey PlaceOf(const FlowRow& row) const;
  OutcomeReport Result();

  const std::vector<OutcomeReport>& parts_;
  const std::vector<Dimension>& breakdowns_;
  const CodeTables& codes_;
  std::array<bool, kDimensions> asked_{};
  const ShownSupport shown_;
  absl::flat_hash_map<std::string, size_t> places_;  // Of förbund, by name.
  BlockSum whole_;
  absl::btree_map<RowKey, SummedRow> rows_;
  absl::btree_map<FlowKey, FlowRow> flows_;
  OutcomeReport merged_;
};

absl::Status Merger::PlaceForbund() {
  for (const OutcomeReport& part : parts_) {
    for (const std::string& name : part.forbund) {
      if (!places_.emplace(name, places_.size()).second) {
        return absl::InvalidArgumentError(
            absl::StrCat(name, ": delivered twice"));
      }
      merged_.forbund.push_back(name);
    }
  }
  return absl::OkStatus();
}

Rank Merger::RankOf(Dimension dimension, const std::string& value) const {
  if (const std::optional<CodeList> list = CodeListOf(dimension)) {
    return Rank(codes_.PlaceOf(*list, value), 0, value);
  }
  if (dimension == Dimension::kFocus) {
    const std::optional<size_t> place = codes_.FocusPlace(value);
    return Rank(place.value_or(codes_.FocusCodes().size()), 0, value);
  }
  if (dimension == Dimension::kSex)
    return Rank(value == "women" ? 0 : 1, 0, "");
  return Rank(value.empty() ? 1 : 0, 0, value);  // Years, kommuner.
}

void Merger::AddBlock(RowKey key, std::string value, std::string forbund,
                      const Block& block) {
  const auto [row, is_new] = rows_.try_emplace(
      std::move(key),
      SummedRow{std::move(value), std::move(forbund), BlockSum(shown_)});
  row->second.sum.Add(block);
}

// `number`: the row's own in the part; insatser keep the order of their part.
void Merger::AddRow(const OutcomeReport& part, const BreakdownRow& row,
                    size_t number) {
  if (!IsOfForbund(row.dimension)) {
    AddBlock({row.dimension, RankOf(row.dimension, row.value)}, row.value, "",
             row.block);
    return;
  }
  const std::string forbund = ForbundOf(part, row);
  const bool named = row.dimension == Dimension::kInsats && places_.size() > 1;
  AddBlock({row.dimension, Rank(places_.at(forbund), number, "")}, row.value,
           named ? forbund : "", row.block);
}

void Merger::AddForbundRow(const OutcomeReport& part) {
  if (!HoldsAnything(part.whole)) return;
  const std::string& name = part.forbund.front();
  AddBlock({Dimension::kForbund, Rank(places_.at(name), 0, "")}, name, "",
           part.whole);
}

FlowKey Merger::PlaceOf(const FlowRow& row) const {
  const size_t sources = codes_.Sources();
  const auto source = [&](const std::string& code) {
    return size_t{codes_.PlaceOf(CodeList::kSupportSource, code)};
  };
  if (row.to == kWorkTarget) return {source(row.from), sources};
  if (row.to == kStudyTarget) return {source(row.from), sources + 1};
  return {source(row.from), source(row.to)};
}

void Merger::AddFlows(const OutcomeReport& part) {
  for (const FlowRow& row : part.flows) {
    FlowRow& sum =
        flows_.try_emplace(PlaceOf(row), FlowRow{row.from, row.to, {}})
            .first->second;
    AddTo(sum.count, row.count);
  }
}

void Merger::Add(const OutcomeReport& part) {
  whole_.Add(part.whole);
  AddFlows(part);
  const bool alone = part.forbund.size() == 1;
  if (alone && Asked(Dimension::kForbund)) AddForbundRow(part);
  for (size_t i = 0; i < part.breakdowns.size(); ++i) {
    const BreakdownRow& row = part.breakdowns[i];
    if (!Asked(row.dimension)) continue;
    if (alone && row.dimension == Dimension::kForbund) continue;
    AddRow(part, row, i);
  }
  for (const std::string& name : part.unreadable_records) {
    if (merged_.unreadable_records.size() == kMaxNamedRecords) break;
    merged_.unreadable_records.push_back(name);
  }
  merged_.as_of = std::max(merged_.as_of, part.as_of);
}

OutcomeReport Merger::Result() {
  const UnnamedRules rules =
      RulesOfWhole(merged_.from, merged_.to, merged_.filters);
  const bool sexes_known =
      AsPeopleSum(whole_.Sum().participants.volume.value_or(PeopleCount()))
          .EverySexKnown();
  merged_.whole = std::move(whole_).Finish(rules);
  for (auto& [place, flow] : flows_) merged_.flows.push_back(std::move(flow));
  for (auto& [key, row] : rows_) {
    merged_.breakdowns.push_back(BreakdownRow{
        key.first, std::move(row.value), std::move(row.forbund),
        std::move(row.sum).Finish(RulesOfRows(key.first, rules, sexes_known))});
  }
  return std::move(merged_);
}

absl::StatusOr<OutcomeReport> Merger::Run() {
  RETURN_IF_ERROR(PlaceForbund());
  for (const OutcomeReport& part : parts_) {
    if (const std::optional<Mismatch> differs =
            MismatchOf(parts_.front(), part)) {
      return Refused(part, TextOf(*differs));
    }
    RETURN_IF_ERROR(CheckPart(part, breakdowns_));
    Add(part);
  }
  return Result();
}

bool SameFilters(const OutcomeReport& a, const OutcomeReport& b) {
  return std::equal(a.filters.begin(), a.filters.end(), b.filters.begin(),
                    b.filters.end(), [](const Filter& x, const Filter& y) {
                      return x.dimension == y.dimension && x.value == y.value;
                    });
}

}  // namespace

std::optional<Mismatch> MismatchOf(const OutcomeReport& a,
                                   const OutcomeReport& b) {
  if (a.from != b.from || a.to != b.to) return Mismatch::kPeriod;
  if (!SameFilters(a, b)) return Mismatch::kFilters;
  if (a.code_list_version != b.code_list_version) return Mismatch::kCodeLists;
  if (a.excluded_end_reasons != b.excluded_end_reasons) {
    return Mismatch::kExcludedReasons;
  }
  return std::nullopt;
}

absl::Status CheckPart(const OutcomeReport& part,
                       const std::vector<Dimension>& breakdowns) {
  for (const Dimension dimension : breakdowns) {
    if (!HasBreakdown(part, dimension)) {
      return Refused(
          part, absl::StrCat("no breakdown by ", DimensionName(dimension)));
    }
  }
  for (const BreakdownRow& row : part.breakdowns) {
    if (IsOfForbund(row.dimension) &&
        std::find(part.forbund.begin(), part.forbund.end(),
                  ForbundOf(part, row)) == part.forbund.end()) {
      return Refused(part, "a row of a förbund that it does not list");
    }
  }
  return absl::OkStatus();
}

bool HoldsAnything(const Block& block) {
  const Participants& people = block.participants;
  const auto holds = [](const std::optional<PeopleCount>& count) {
    return count.has_value() && count->total > 0;
  };
  return people.started.total > 0 || people.ongoing.total > 0 ||
         people.ended.total > 0 || people.unreadable > 0 ||
         holds(people.anonymous) || holds(people.volume) ||
         holds(people.structural_volume);
}

absl::StatusOr<OutcomeReport> MergeReports(
    const std::vector<OutcomeReport>& parts,
    const std::vector<Dimension>& breakdowns, const CodeTables& codes) {
  if (parts.empty()) return absl::InvalidArgumentError("no reports to add");
  return Merger(parts, breakdowns, codes).Run();
}

}  // namespace stegvis::outcome
