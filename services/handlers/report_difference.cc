#include "services/handlers/report_difference.h"

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace stegvis::handlers {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// after − before: what it is worked out of is told already.
constexpr char kWorkedOut[] = "change";

// The count of a cell; its name is the rest of a CellChange.
struct Cell {
  v1::CellChange name;
  int64_t count = 0;
};

// Gathers the counts of a report, by the names of its messages' fields. One
// thread.
class Cells {
 public:
  explicit Cells(const v1::OutcomeReport& report) {
    AddBlock(report, "", "");
    for (const v1::BreakdownRow& row : report.breakdowns()) {
      AddBlock(row, row.dimension(), row.value());
    }
  }

  const std::vector<Cell>& All() const { return cells_; }
  std::optional<int64_t> Find(const v1::CellChange& name) const {
    const auto found = places_.find(CellKey(name));
    if (found == places_.end()) return std::nullopt;
    return cells_[found->second].count;
  }

 private:
  // The whole report, or a row of a breakdown: each message in it is a part.
  void AddBlock(const Message& block, const std::string& dimension,
                const std::string& value) {
    const auto& fields = *block.GetReflection();
    v1::CellChange name;
    name.set_dimension(dimension);
    name.set_value(value);
    for (int i = 0; i < block.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = block.GetDescriptor()->field(i);
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
      if (field->message_type() == v1::BreakdownRow::descriptor()) continue;
      name.set_block(field->json_name());
      if (!field->is_repeated()) {
        AddPart(fields.GetMessage(block, field), name);
        continue;
      }
      for (int j = 0; j < fields.FieldSize(block, field); ++j) {
        AddPart(fields.GetRepeatedMessage(block, field, j), name);
      }
    }
  }

  void AddPart(const Message& part, v1::CellChange name) {
    name.set_key(RowKey(part));
    const auto& fields = *part.GetReflection();
    for (int i = 0; i < part.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = part.GetDescriptor()->field(i);
      const bool is_count =
          field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
          field->message_type() == v1::PeopleCount::descriptor();
      if (!is_count || field->name() == kWorkedOut) continue;
      name.set_measure(field->json_name());
      AddCount(
          static_cast<const v1::PeopleCount&>(fields.GetMessage(part, field)),
          name);
    }
  }

  // What a row of a part is called; empty in a part without rows.
  static std::string RowKey(const Message& part) {
    if (const auto* flow = dynamic_cast<const v1::Flow*>(&part)) {
      return absl::StrCat(flow->from(), ">", flow->to());
    }
    if (const auto* row = dynamic_cast<const v1::FollowUpRow*>(&part)) {
      return absl::StrCat(row->months());
    }
    if (const auto* row = dynamic_cast<const v1::OccupationRow*>(&part)) {
      return row->key();
    }
    if (const auto* row = dynamic_cast<const v1::SupportRow*>(&part)) {
      return row->key();
    }
    return "";
  }

  void AddCount(const v1::PeopleCount& count, const v1::CellChange& name) {
    if (count.has_total()) AddCell(count.total(), "total", name);
    if (count.has_women()) AddCell(count.women(), "women", name);
    if (count.has_men()) AddCell(count.men(), "men", name);
  }

  void AddCell(int64_t count, const std::string& column, v1::CellChange name) {
    name.set_column(column);
    places_.emplace(CellKey(name), cells_.size());
    cells_.push_back({std::move(name), count});
  }

  std::vector<Cell> cells_;
  absl::flat_hash_map<std::string, size_t> places_;
};

}  // namespace

std::string CellKey(const v1::CellChange& cell) {
  return absl::StrJoin({cell.block(), cell.dimension(), cell.value(),
                        cell.key(), cell.measure(), cell.column()},
                       "\n");
}

std::vector<v1::CellChange> CellsThatDiffer(const v1::OutcomeReport& before,
                                            const v1::OutcomeReport& after) {
  const Cells old_cells(before);
  const Cells new_cells(after);
  std::vector<v1::CellChange> changes;
  for (const Cell& cell : old_cells.All()) {
    const std::optional<int64_t> now = new_cells.Find(cell.name);
    if (now.value_or(0) == cell.count) continue;
    v1::CellChange& change = changes.emplace_back(cell.name);
    change.set_before(cell.count);
    if (now.has_value()) change.set_after(*now);
  }
  for (const Cell& cell : new_cells.All()) {
    if (cell.count == 0 || old_cells.Find(cell.name).has_value()) continue;
    v1::CellChange& change = changes.emplace_back(cell.name);
    change.set_after(cell.count);
  }
  return changes;
}

}  // namespace stegvis::handlers
