#include "client/cli/import_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace stegvis::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ImportLedgerTest : public ::testing::Test {
 protected:
  static v1::ImportProgress Answer(int64_t rows,
                                   const std::vector<int64_t>& refused) {
    v1::ImportProgress progress;
    progress.set_rows(rows);
    progress.set_recorded(rows - static_cast<int64_t>(refused.size()));
    for (const int64_t line : refused) {
      v1::RefusedRow& row = *progress.add_refused_rows();
      row.set_line(line);
      row.add_faults()->set_reason("MISSING");
    }
    return progress;
  }

  std::vector<int64_t> listed_;
  ImportLedger ledger_{
      [](const std::string& path, const RowTrace&) { return path; },
      [this](int64_t line, const RowFaults&) { listed_.push_back(line); },
      /*keep_rows=*/true};
};

TEST_F(ImportLedgerTest, ListsRefusedRowsInTheOrderOfTheFile) {
  ledger_.Sent(2, {});
  ledger_.RefusedHere(3, {{"raden", "ROW_EMPTY"}});
  ledger_.Sent(4, {});
  ledger_.RefusedHere(5, {{"raden", "ROW_EMPTY"}});
  EXPECT_THAT(listed_, IsEmpty());

  ledger_.Answered(Answer(1, {2}));
  EXPECT_THAT(listed_, ElementsAre(2, 3));

  ledger_.Answered(Answer(1, {4}));
  EXPECT_THAT(listed_, ElementsAre(2, 3, 4, 5));
  EXPECT_EQ(ledger_.Finish(), std::nullopt);
}

TEST_F(ImportLedgerTest, CountsEveryRowOnce) {
  ledger_.RefusedHere(2, {{"raden", "ROW_EMPTY"}});
  for (int64_t line = 3; line <= 6; ++line) ledger_.Sent(line, {});
  ledger_.Answered(Answer(4, {5}));
  ledger_.Finish();

  const ImportSummary& summary = ledger_.Summary();
  EXPECT_EQ(summary.totals.rows(), 5);
  EXPECT_EQ(summary.totals.recorded(), 3);
  EXPECT_EQ(summary.refused, 2);
  EXPECT_EQ(summary.totals.refused_rows_size(), 2);
}

TEST_F(ImportLedgerTest, SaysWhereAnswersEnded) {
  ledger_.Sent(2, {});
  ledger_.Sent(3, {});
  ledger_.RefusedHere(4, {{"raden", "ROW_EMPTY"}});
  ledger_.Answered(Answer(1, {}));

  EXPECT_EQ(ledger_.Finish(), 3);
  EXPECT_THAT(listed_, ElementsAre(4));
}

TEST_F(ImportLedgerTest, CountsFindingsByKind) {
  v1::ImportProgress progress = Answer(2, {});
  progress.add_findings()->add_kinds("EXIT_LATE");
  progress.add_findings()->add_kinds("EXIT_LATE");
  ledger_.Sent(2, {});
  ledger_.Sent(3, {});
  ledger_.Answered(progress);
  ledger_.Finish();

  EXPECT_EQ(ledger_.Summary().findings.at("EXIT_LATE"), 2);
}

}  // namespace
}  // namespace stegvis::cli
