#include "client/cli/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/reason_text.h"
#include "tests/support/status_matchers.h"

namespace stegvis::cli {
namespace {

using ::stegvis::testing::IsOk;
using ::stegvis::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::string_view kKnown[] = {"a", "b", "c"};

// A row as text: `line: field|field` or `line! FAULT`.
std::vector<std::string> Rows(const std::string& text) {
  std::istringstream in(text);
  CsvReader reader(in);
  EXPECT_THAT(reader.ReadHeader(kKnown), IsOk());
  std::vector<std::string> rows;
  CsvRow row;
  while (reader.Next(row)) {
    if (!row.fault.empty()) {
      rows.push_back(absl::StrCat(row.line, "! ", row.fault));
      continue;
    }
    std::string fields;
    for (const absl::string_view field : row.fields) {
      absl::StrAppend(&fields, fields.empty() ? "" : "|", field);
    }
    rows.push_back(absl::StrCat(row.line, ": ", fields));
  }
  return rows;
}

absl::Status Header(const std::string& text) {
  std::istringstream in(text);
  return CsvReader(in).ReadHeader(kKnown);
}

std::vector<std::string> Columns(const std::string& text) {
  std::istringstream in(text);
  CsvReader reader(in);
  EXPECT_THAT(reader.ReadHeader(kKnown), IsOk());
  return reader.Columns();
}

TEST(CsvReader, RecognisesTheDelimiterFromTheHeader) {
  EXPECT_THAT(Columns("a;b;c\n"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Columns("a,b,c\n"), ElementsAre("a", "b", "c"));
}

TEST(CsvReader, IsNotMisledByCommasInATitle) {
  EXPECT_THAT(Columns("a;b;fraga:barn, djur, hus\n"),
              ElementsAre("a", "b", "fraga:barn, djur, hus"));
}

TEST(CsvReader, AcceptsAByteOrderMark) {
  EXPECT_THAT(Columns("\xEF\xBB\xBF"
                      "a;b\n"),
              ElementsAre("a", "b"));
}

TEST(CsvReader, AcceptsEveryKindOfLineBreak) {
  EXPECT_THAT(Rows("a;b\n1;2\n3;4"), ElementsAre("2: 1|2", "3: 3|4"));
  EXPECT_THAT(Rows("a;b\r\n1;2\r\n3;4\r\n"), ElementsAre("2: 1|2", "3: 3|4"));
  EXPECT_THAT(Rows("a;b\r1;2\r3;4\r"), ElementsAre("2: 1|2", "3: 3|4"));
}

TEST(CsvReader, UnfoldsQuotes) {
  EXPECT_THAT(Rows("a;b\n\"x;y\";\"say \"\"hi\"\"\"\n"),
              ElementsAre("2: x;y|say \"hi\""));
}

TEST(CsvReader, NamesTheLineWhereARowBegins) {
  EXPECT_THAT(Rows("a;b\n\"one\ntwo\r\nthree\";x\n\n3;4\n"),
              ElementsAre("2: one\ntwo\r\nthree|x", "6: 3|4"));
}

TEST(CsvReader, SkipsEmptyLinesAndKeepsCounting) {
  EXPECT_THAT(Rows("a;b\n\n\n1;2\n"), ElementsAre("4: 1|2"));
}

TEST(CsvReader, RefusesARowWithAnotherNumberOfFields) {
  EXPECT_THAT(
      Rows("a;b\n1\n1;2;3\n1;2\n"),
      ElementsAre("2! ROW_FIELD_COUNT", "3! ROW_FIELD_COUNT", "4: 1|2"));
}

TEST(CsvReader, RefusesARowOfEmptyFields) {
  EXPECT_THAT(Rows("a;b\n;\n1;2\n"), ElementsAre("2! ROW_EMPTY", "3: 1|2"));
}

TEST(CsvReader, GoesOnAfterAMisplacedQuote) {
  EXPECT_THAT(Rows("a;b\n1;x\"y\n\"1\"x;2\n1;2\n"),
              ElementsAre("2! ROW_QUOTE_MISPLACED", "3! ROW_QUOTE_MISPLACED",
                          "4: 1|2"));
}

TEST(CsvReader, RefusesAQuoteThatIsNeverClosed) {
  EXPECT_THAT(Rows("a;b\n1;2\n1;\"x\n3;4\n"),
              ElementsAre("2: 1|2", "3! ROW_QUOTE_UNCLOSED"));
}

TEST(CsvReader, RefusesALineThatIsNotUtf8AlongWithNul) {
  EXPECT_THAT(Rows(std::string("a;b\n\xE5;2\n1;\0\n1;2\n", 16)),
              ElementsAre("2! NOT_UTF8", "3! NOT_UTF8", "4: 1|2"));
}

TEST(CsvReader, DoesNotJoinHalfLettersOfNeighbouringFields) {
  EXPECT_THAT(Rows("a;b\n\xC3;\xA5\n"), ElementsAre("2! NOT_UTF8"));
}

TEST(CsvReader, RefusesARowThatIsTooLongAndGoesOn) {
  const std::string line(5 * kMaxCsvRowBytes, 'x');
  EXPECT_THAT(Rows(absl::StrCat("a;b\n1;", line, "\n1;2\n")),
              ElementsAre("2! ROW_TOO_LONG", "3: 1|2"));
}

TEST(CsvReader, KnowsTheEndOfALongRowInsideQuotes) {
  const std::string line(3 * kMaxCsvRowBytes, 'x');
  EXPECT_THAT(
      Rows(absl::StrCat("a;b\n1;\"", line, "\n;\"\"", line, "\"\n1;2\n")),
      ElementsAre("2! ROW_TOO_LONG", "4: 1|2"));
}

TEST(CsvReader, RefusesTooManyColumnsAndGoesOn) {
  std::string line;
  for (int i = 0; i < 10'000; ++i) line += "x;";
  EXPECT_THAT(Rows(absl::StrCat("a;b\n", line, "\n1;2\n")),
              ElementsAre("2! ROW_TOO_MANY_COLUMNS", "3: 1|2"));
}

TEST(CsvReader, RefusesAFileWithoutAUsableHeader) {
  const auto refused = StatusIs(absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Header(""), refused);
  EXPECT_THAT(Header("a;\xE5\n"), refused);
  EXPECT_THAT(Header("a;\"b\n1;2\n"), refused);
  EXPECT_THAT(Header(std::string(2 * kMaxCsvRowBytes, 'a')), refused);
}

TEST(CsvReader, HasNoRowsAfterAHeaderAlone) {
  EXPECT_THAT(Rows("a;b"), IsEmpty());
  EXPECT_THAT(Rows("a;b\n"), IsEmpty());
}

// Every row is delivered once, with its fields, whatever lies between.
TEST(CsvReader, ReadsRowsAcrossTheBorderOfItsBuffer) {
  std::string text = "a;b\n";
  const int rows = 100'000;
  for (int i = 0; i < rows; ++i) {
    absl::StrAppend(&text, i, ";\"värde\n", i, "\"\r\n");
  }
  std::istringstream in(text);
  CsvReader reader(in);
  ASSERT_THAT(reader.ReadHeader(kKnown), IsOk());

  CsvRow row;
  int read = 0;
  while (reader.Next(row)) {
    ASSERT_EQ(row.fault, "");
    ASSERT_EQ(row.line, 2 + 2 * read);
    ASSERT_THAT(row.fields,
                ElementsAre(absl::StrCat(read), absl::StrCat("värde\n", read)));
    ++read;
  }
  EXPECT_EQ(read, rows);
}

}  // namespace
}  // namespace stegvis::cli
