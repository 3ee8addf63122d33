#include "client/cli/report_json_stat.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "client/cli/json_stat_cube.h"
#include "client/cli/report_notes.h"
#include "client/cli/report_tables.h"
#include "client/cli/report_walk.h"
#include "client/cli/report_words.h"
#include "client/cli/session.h"

namespace stegvis::cli {
namespace {

using google::protobuf::Struct;

CubeDimension SexDimension() {
  return {"sex",
          "kön",
          {{"total", "totalt"}, {"women", "kvinnor"}, {"men", "män"}}};
}

// A part's counts, or its numbers without sex, of all blocks that belong
// together: what is to become a dataset.
struct PartFigures {
  std::string part;
  bool counts = false;
  std::vector<std::string> keys, measures;  // In order of appearance.
  struct Entry {
    std::string row, key, measure;
    std::vector<Figure> figures;  // Of the sexes, or one.
  };
  std::vector<Entry> entries;
};

void AddOnce(absl::string_view name, std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    names.emplace_back(name);
  }
}

// Gathers the figures of one block after another.
class Gatherer : public FigureSink {
 public:
  // What comes now is of this row of the breakdown.
  void BeginRow(const std::string& id) { row_ = id; }

  void Count(absl::string_view part, absl::string_view key,
             absl::string_view measure, const v1::PeopleCount& count) override {
    Add(part, /*counts=*/true, key, measure,
        {TotalOf(count), WomenOf(count), MenOf(count)});
  }
  void Number(absl::string_view part, absl::string_view key,
              absl::string_view measure, const Figure& figure) override {
    Add(part, /*counts=*/false, key, measure, {figure});
  }

  const std::vector<PartFigures>& Parts() const { return parts_; }

 private:
  void Add(absl::string_view part, bool counts, absl::string_view key,
           absl::string_view measure, std::vector<Figure> figures) {
    PartFigures& of = Find(part, counts);
    AddOnce(key, of.keys);
    AddOnce(measure, of.measures);
    of.entries.push_back(
        {row_, std::string(key), std::string(measure), std::move(figures)});
  }
  PartFigures& Find(absl::string_view part, bool counts) {
    for (PartFigures& of : parts_) {
      if (of.part == part && of.counts == counts) return of;
    }
    parts_.push_back({std::string(part), counts, {}, {}, {}});
    return parts_.back();
  }

  std::string row_;
  std::vector<PartFigures> parts_;
};

std::string KeyText(const std::string& part, const std::string& key,
                    const CodeLabels& labels) {
  if (part == "occupation") return OccupationText(key);
  if (part == "support") return labels.Label("SUPPORT_SOURCE", key);
  if (part == "supportGroups") return SupportGroupText(key, labels);
  return absl::StrCat(key, " månader");
}

// Whether the part has rows of its own; `beganOrIncreased` has none.
bool HasKeys(const PartFigures& of) {
  return of.keys.size() > 1 || !of.keys.front().empty();
}

std::vector<CubeDimension> DimensionsOf(const PartFigures& of,
                                        const CodeLabels& labels) {
  std::vector<CubeDimension> dimensions;
  if (HasKeys(of)) {
    CubeDimension keys = {of.part, PartText(of.part), {}};
    for (const std::string& key : of.keys) {
      keys.categories.emplace_back(key, KeyText(of.part, key, labels));
    }
    dimensions.push_back(std::move(keys));
  }
  CubeDimension measures = {"measure", "mått", {}};
  for (const std::string& measure : of.measures) {
    measures.categories.emplace_back(measure, MeasureText(measure));
  }
  dimensions.push_back(std::move(measures));
  if (of.counts) dimensions.push_back(SexDimension());
  return dimensions;
}

std::string TitleOf(const PartFigures& of,
                    const std::vector<CubeDimension>& outer) {
  return absl::StrCat(PartText(of.part), of.counts ? "" : ", andelar",
                      outer.empty() ? "" : ", uppdelat på ",
                      outer.empty() ? std::string() : outer.front().label);
}

// `outer`: the dimension of the breakdown, or nothing.
JsonStatCube CubeOf(const PartFigures& of,
                    const std::vector<CubeDimension>& outer,
                    const CodeLabels& labels) {
  std::vector<CubeDimension> dimensions = outer;
  for (CubeDimension& dimension : DimensionsOf(of, labels)) {
    dimensions.push_back(std::move(dimension));
  }
  JsonStatCube cube(TitleOf(of, outer), dimensions, "measure");
  const CubeDimension sexes = SexDimension();
  for (const PartFigures::Entry& entry : of.entries) {
    std::vector<std::string> at;
    if (!outer.empty()) at.push_back(entry.row);
    if (HasKeys(of)) at.push_back(entry.key);
    at.push_back(entry.measure);
    if (of.counts) at.emplace_back();
    for (size_t i = 0; i < entry.figures.size(); ++i) {
      if (of.counts) at.back() = sexes.categories[i].first;
      cube.Set(at, entry.figures[i]);
    }
  }
  return cube;
}

// A category's id; each row has one of its own.
std::string RowId(const v1::BreakdownRow& row, std::set<std::string>& taken) {
  std::string id = row.value().empty() ? "_UNKNOWN" : row.value();
  if (!row.forbund().empty()) id = absl::StrCat(row.forbund(), ": ", id);
  while (!taken.insert(id).second) id += "'";
  return id;
}

void AddParts(const Gatherer& gathered, const std::vector<CubeDimension>& outer,
              const CodeLabels& labels, google::protobuf::ListValue& items) {
  for (const PartFigures& part : gathered.Parts()) {
    *items.add_values()->mutable_struct_value() =
        CubeOf(part, outer, labels).Dataset();
  }
}

// The datasets of the breakdown whose rows begin at `first`; where the next
// begins.
int AddBreakdown(const v1::OutcomeReport& report, int first,
                 const CodeLabels& labels, google::protobuf::ListValue& items) {
  const std::string& name = report.breakdowns(first).dimension();
  CubeDimension rows = {name, DimensionText(name), {}};
  std::set<std::string> taken;
  Gatherer gathered;
  int i = first;
  for (;
       i < report.breakdowns_size() && report.breakdowns(i).dimension() == name;
       ++i) {
    const v1::BreakdownRow& row = report.breakdowns(i);
    const std::string id = RowId(row, taken);
    rows.categories.emplace_back(id, BreakdownRowTitle(row, labels));
    gathered.BeginRow(id);
    WalkBlock(row, gathered);
  }
  AddParts(gathered, {rows}, labels, items);
  return i;
}

// A pair that the report leaves out is 0, in a release fewer than it tells.
void AddFlows(const v1::OutcomeReport& report, const CodeLabels& labels,
              google::protobuf::ListValue& items) {
  CubeDimension from = {"from", "från", {}}, to = {"to", "till", {}};
  for (const v1::SupportRow& row : report.support()) {
    const std::string label = labels.Label("SUPPORT_SOURCE", row.key());
    from.categories.emplace_back(row.key(), label);
    to.categories.emplace_back(row.key(), label);
  }
  for (const char* target : {"WORK", "STUDY"}) {
    to.categories.emplace_back(target, FlowTargetText(target, labels));
  }
  const Figure left_out = {
      report.published() ? Figure::State::kWithheld : Figure::State::kKnown, 0};
  JsonStatCube cube(PartText("flows"), {from, to, SexDimension()}, "");
  cube.Fill(left_out);
  for (const v1::Flow& flow : report.flows()) {
    const auto set = [&](const char* sex, const Figure& figure) {
      cube.Set({flow.from(), flow.to(), sex}, figure);
    };
    set("total", TotalOf(flow.count()));
    const bool by_sex = flow.count().has_women() || flow.count().has_men();
    set("women", by_sex ? WomenOf(flow.count()) : left_out);
    set("men", by_sex ? MenOf(flow.count()) : left_out);
  }
  *items.add_values()->mutable_struct_value() = cube.Dataset();
}

}  // namespace

std::string ReportJsonStat(const v1::OutcomeReport& given,
                           const CodeLabels& labels) {
  const v1::OutcomeReport report = WithWithheldNamed(given);
  const ReportPages notes = MakeNotes(given, labels, kLeastBase);
  Struct collection;
  auto& fields = *collection.mutable_fields();
  fields["version"].set_string_value("2.0");
  fields["class"].set_string_value("collection");
  fields["label"].set_string_value(
      absl::StrCat(notes.title, ". ", notes.period));
  fields["updated"].set_string_value(absl::FormatTime(
      "%Y-%m-%dT%H:%M:%SZ", absl::FromUnixSeconds(report.as_of().seconds()),
      absl::UTCTimeZone()));
  google::protobuf::ListValue& texts = *fields["note"].mutable_list_value();
  for (const std::string& notice : notes.notices) {
    texts.add_values()->set_string_value(notice);
  }
  for (const std::string& warning : notes.warnings) {
    texts.add_values()->set_string_value(warning);
  }
  for (const Definition& definition : notes.definitions) {
    texts.add_values()->set_string_value(
        absl::StrCat(definition.word, ": ", definition.meaning, "."));
  }
  Struct& link = *fields["link"].mutable_struct_value();
  google::protobuf::ListValue& items =
      *(*link.mutable_fields())["item"].mutable_list_value();
  Gatherer whole;
  WalkBlock(report, whole);
  AddParts(whole, {}, labels, items);
  if (!IsBaseAlone(given)) AddFlows(report, labels, items);
  for (int i = 0; i < report.breakdowns_size();) {
    i = AddBreakdown(report, i, labels, items);
  }
  return JsonText(collection);
}

}  // namespace stegvis::cli
