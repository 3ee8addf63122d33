// The rows of a report's breakdowns: which facts and counts fall in which.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/outcome/cells.h"
#include "services/outcome/code_tables.h"
#include "services/outcome/outcome_report.h"
#include "services/outcome/selection.h"

namespace stegvis::outcome {

// The list whose codes are the values of `dimension`, in the order of rows;
// none where the values are no codes of one list.
std::optional<domain::CodeList> CodeListOf(Dimension dimension);

// Where a fact stands.
struct FactPlace {
  const Fact& fact;
  int32_t exit_day;
  size_t forbund;  // Its number in the selection.
};

// A row and its block of cells.
struct RowPlace {
  Dimension dimension;
  std::string value;
  std::string forbund;
  BlockNumber block;
};

// Gives each value that something falls in a block of its own, and no other
// value. One thread.
class Breakdown {
 public:
  // `codes`, `selection` and `cells` must outlive it.
  Breakdown(const std::vector<Dimension>& dimensions, const CodeTables& codes,
            const Selection& selection, Cells& cells);

  // Replaces `blocks` by the blocks that a fact falls in, the whole first.
  void BlocksOf(const FactPlace& place, std::vector<BlockNumber>& blocks);

  // The same for what has only an insats: by insats, focus, target group and
  // förbund. `insats` is its number in the förbund.
  void BlocksOfInsats(size_t forbund, uint32_t insats,
                      std::vector<BlockNumber>& blocks);

  // Appends the block of a sex if there is a breakdown by it.
  void AppendSex(bool man, std::vector<BlockNumber>& blocks);

  // Adds what `other`, of the same report, has in each of its blocks, the whole
  // included.
  void Absorb(const Breakdown& other);

  // Every row that something fell in: by dimension, in the order of the code
  // list; women before men; years and kommuner ascending; insatser in the order
  // of their förbund, then by title; förbund as requested. Unknown comes last.
  std::vector<RowPlace> Rows() const;

 private:
  bool Asked(Dimension dimension) const {
    return asked_[static_cast<size_t>(dimension)];
  }
  size_t ValuesOf(Dimension dimension) const;
  // The value of a fact in a dimension where it has one at most.
  size_t ValueOf(Dimension dimension, const FactPlace& place) const;
  BlockNumber BlockAt(Dimension dimension, size_t value);
  void AppendInsats(Dimension dimension, size_t forbund, uint32_t insats,
                    std::vector<BlockNumber>& blocks);

  std::vector<size_t> OrderOf(Dimension dimension) const;
  std::string TextOf(Dimension dimension, size_t value) const;
  const SelectedForbund& ForbundOf(size_t insats) const;

  const CodeTables& codes_;
  const Selection& selection_;
  Cells& cells_;
  std::vector<Dimension> dimensions_;
  std::array<bool, kDimensions> asked_{};
  std::array<size_t, kDimensions> first_{};
  // The block of each value of each dimension; kWhole where it has none yet.
  std::vector<BlockNumber> blocks_;
};

}  // namespace stegvis::outcome
