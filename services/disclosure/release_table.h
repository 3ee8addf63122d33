// A true report as a table: its cells, and all that a reader knows of them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/disclosure/around.h"
#include "services/disclosure/beside.h"
#include "services/disclosure/faces.h"
#include "services/disclosure/measures.h"
#include "services/disclosure/release_model.h"
#include "services/disclosure/report_cells.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

// What is kept of a release that was let out.
struct LetOut {
  // The cells of its own table that it withholds beyond the first rule.
  std::vector<CellId> further;
  // The values of the cells that no report holds, in order: a proof names
  // them. Without it some that fit are found.
  std::optional<std::vector<int64_t>> made_up = {};
  // It is not out yet: more may be withheld.
  bool may_grow = false;
};

// The cells of a report and all relations between them, shown as by the first
// rule; and what a reader has in earlier releases of the same year and level.
// Cannot be moved, as its parts point at each other.
class ReleaseTable {
 public:
  // `truth` has whole calendar years and is broken down as its level's standard
  // says. What is in `earlier`, the oldest first, stays as it is; so do the
  // rows that are the same in the last of them.
  // `let_out`: the marks of its own release, if it was let out before; they
  // stay. `around`: what its release must be safe together with.
  explicit ReleaseTable(outcome::OutcomeReport truth,
                        std::vector<EarlierRelease> earlier = {},
                        const LetOut* let_out = nullptr,
                        const Around* around = nullptr);
  ReleaseTable(const ReleaseTable&) = delete;

  const outcome::OutcomeReport& Truth() const { return truth_; }
  const std::vector<EarlierRelease>& Earlier() const { return earlier_; }
  const disclosure::Measures& Measures() const { return measures_; }
  const ReportCells& Cells() const { return cells_; }
  // So many cells, the first ones, are of the report itself.
  CellId OwnCells() const { return own_cells_; }
  ReleaseModel& Model() { return model_; }
  const ReleaseModel& Model() const { return model_; }
  // The values of the cells of releases that no report holds.
  std::vector<int64_t> MadeUp() const;
  // Cells that are not of the report are `of others`.
  std::string NameOf(CellId cell) const {
    return disclosure::NameOf(cell, cells_, measures_, model_);
  }
  std::vector<std::string> NamesOf(const std::vector<CellId>& cells) const;
  // Whether each release has every cell that it is said to withhold.
  bool MarksFit() const { return marks_fit_; }
  // Whether those of the nation who are in no förbund's release are people:
  // else the reports do not know the same.
  bool FitsAround() const { return beside_.fits; }
  // Printed counts that a release around it may withhold, and their names.
  const std::map<CellId, std::string>& OfNew() const { return beside_.of_new; }
  // Of all cells.
  const disclosure::Origins& Origins() const { return beside_.origins; }
  // So many cells, the first ones, are of this release and of earlier ones.
  CellId CellsOfReleases() const { return cells_of_releases_; }

 private:
  void AddEarlier();
  void TakeOwnMarks(const LetOut& let_out);
  void TakeMarks(const EarlierRelease& release, const ReportCells& cells);
  void Put(const Around& around);
  void MakeUp(const std::vector<int64_t>& values);

  const outcome::OutcomeReport truth_;
  const std::vector<EarlierRelease> earlier_;
  const disclosure::Measures measures_;
  ReleaseModel model_;
  ReportCells cells_;
  CellId own_cells_ = 0;
  CellId cells_of_releases_ = 0;
  bool marks_fit_ = true;
  AddedBeside beside_ = {.fits = true};
};

}  // namespace stegvis::disclosure
