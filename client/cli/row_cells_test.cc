#include "client/cli/row_cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "client/cli/reason_text.h"
#include "tests/support/status_matchers.h"

namespace stegvis::cli {
namespace {

using ::stegvis::testing::IsOk;
using ::stegvis::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr ColumnSpec kSpecs[] = {{"a", true}, {"b"}};
constexpr absl::string_view kFree[] = {"fraga:"};

absl::StatusOr<Columns> Make(const std::vector<std::string>& header) {
  return Columns::Create(kSpecs, kFree, header);
}

// The cells of one row with the column `a` alone.
class OneCell {
 public:
  explicit OneCell(absl::string_view text)
      : columns_(*Make({"a"})), cells_(columns_, row_, faults_) {
    row_.fields = {text};
  }
  RowCells& Cells() { return cells_; }
  std::string Reason() const {
    return faults_.empty() ? "" : faults_.front().reason;
  }

 private:
  Columns columns_;
  CsvRow row_;
  RowFaults faults_;
  RowCells cells_;
};

TEST(Columns, StandInAnyOrder) {
  const absl::StatusOr<Columns> columns = Make({"b", "fraga:Hur?", "a"});
  ASSERT_THAT(columns, IsOk());
  CsvRow row;
  row.fields = {"1", "2", " 3 "};

  EXPECT_EQ(columns->Cell(row, 0), "3");
  EXPECT_EQ(columns->Cell(row, 1), "1");
  ASSERT_EQ(columns->Free().size(), 1u);
  EXPECT_EQ(columns->Free()[0].remainder, "Hur?");
  EXPECT_EQ(Columns::Cell(row, columns->Free()[0]), "2");
}

TEST(Columns, NameWhatIsWrongWithAHeader) {
  const auto message = [](const std::vector<std::string>& header) {
    const absl::StatusOr<Columns> columns = Make(header);
    EXPECT_THAT(columns, StatusIs(absl::StatusCode::kFailedPrecondition));
    return std::string(columns.status().message());
  };
  EXPECT_THAT(message({"a", "c"}), HasSubstr("\"c\" är okänd"));
  EXPECT_THAT(message({"a", "a"}), HasSubstr("\"a\" står två gånger"));
  EXPECT_THAT(message({"b"}), HasSubstr("\"a\" saknas"));
  EXPECT_THAT(message({"a", "fraga:x", "fraga:x"}), HasSubstr("två gånger"));
}

TEST(RowCells, ReadYesAndNo) {
  EXPECT_TRUE(OneCell("ja").Cells().YesNo(0));
  EXPECT_TRUE(OneCell("JA").Cells().YesNo(0));
  OneCell no("nej");
  EXPECT_FALSE(no.Cells().YesNo(0));
  EXPECT_EQ(no.Reason(), "");
  OneCell other("kanske");
  EXPECT_FALSE(other.Cells().YesNo(0));
  EXPECT_EQ(other.Reason(), row_reasons::kYesNoInvalid);
}

TEST(RowCells, ReadHoursWithCommaOrPoint) {
  EXPECT_EQ(OneCell("12,5").Cells().Hours(0), 12.5);
  EXPECT_EQ(OneCell("12.5").Cells().Hours(0), 12.5);
  EXPECT_EQ(OneCell("20").Cells().Hours(0), 20);
  EXPECT_EQ(OneCell("").Cells().Hours(0), 0);
}

TEST(RowCells, RefuseWhatIsNoNumberOfHours) {
  for (const char* text : {"x", "-1", "1e3", "nan", "inf", "1,2,3", ",5", "5,",
                           "0x10", "1 000", "9999999999999999999999"}) {
    OneCell cell(text);
    cell.Cells().Hours(0);
    EXPECT_EQ(cell.Reason(), row_reasons::kHoursInvalid) << text;
  }
}

TEST(RowCells, ReadWholeNumbers) {
  EXPECT_EQ(OneCell("0012").Cells().Number(0), 12);
  EXPECT_EQ(OneCell("").Cells().Number(0), std::nullopt);
  OneCell beyond("99999999999999999999");
  EXPECT_EQ(beyond.Cells().Number(0), std::nullopt);
  EXPECT_EQ(beyond.Reason(), row_reasons::kNumberInvalid);
}

TEST(RowCells, ReadMoments) {
  const auto moment = OneCell("2016-01-16T12:00:00.25+01:00").Cells().Moment(0);
  ASSERT_TRUE(moment.has_value());
  EXPECT_EQ(moment->seconds(), 1452942000);
  EXPECT_EQ(moment->nanos(), 250'000'000);

  for (const char* text : {"2016-01-16", "infinite-future", "igår"}) {
    OneCell cell(text);
    EXPECT_EQ(cell.Cells().Moment(0), std::nullopt) << text;
    EXPECT_EQ(cell.Reason(), row_reasons::kMomentInvalid) << text;
  }
}

TEST(RowCells, SplitLists) {
  EXPECT_THAT(OneCell("a| b ||c:50").Cells().List(0),
              ElementsAre("a", "b", "c:50"));
  EXPECT_THAT(OneCell("").Cells().List(0), IsEmpty());
}

}  // namespace
}  // namespace stegvis::cli
