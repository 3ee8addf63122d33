// How a release that is out shows its counts.
#pragma once

#include <map>
#include <optional>

#include "services/disclosure/around.h"
#include "services/disclosure/keyed_table.h"
#include "services/disclosure/measures.h"
#include "services/disclosure/release_model.h"

namespace stegvis::disclosure {

// A cell as a release shows it.
struct Face {
  Shown shown = Shown::kHidden;
  int64_t least = 0;
  int64_t most = kNoMost;
};

// The faces of a release's cells. Cannot be moved.
class Faces {
 public:
  // Measures are asked for by their numbers in `all`, which has those of the
  // release and outlives this.
  Faces(const EarlierRelease& release, const Measures& all);

  // Whether the release has every cell that it is said to withhold.
  bool MarksFit() const { return marks_fit_; }

  // Nothing where the release has no such count.
  std::optional<Face> OfRow(const RowKey& key, Slot slot) const;
  std::optional<Face> OfFlow(const FlowKey& key) const;

  // Shows the cells of the release's report, which are in `model` with the
  // numbers of `all`, as the release does.
  enum class Marks : uint8_t { kStay, kMayGrow };
  void ShowIn(const ReportCells& cells, Marks marks, ReleaseModel& model) const;

 private:
  std::optional<Face> Of(CellId cell) const;

  const Measures& all_;
  const Measures measures_;
  KeyedTable table_;
  std::map<Measure, Measure> own_;  // The release's numbers by those of all.
  bool marks_fit_ = true;
};

}  // namespace stegvis::disclosure
