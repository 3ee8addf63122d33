#include "client/cli/csv_writer.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "client/cli/csv_reader.h"
#include "tests/support/status_matchers.h"

namespace stegvis::cli {
namespace {

TEST(CsvWriter, QuotesOnlyWhatNeedsIt) {
  std::ostringstream out;

  WriteCsvRow({"plain", "", "a;b", "say \"hi\"", "two\nlines"}, out);

  EXPECT_EQ(out.str(), "plain;;\"a;b\";\"say \"\"hi\"\"\";\"two\nlines\"\n");
}

TEST(CsvWriter, WritesWhatTheReaderReadsBack) {
  const std::vector<std::string> fields = {"Åsa; \"x\"", "\r\n", ",", "'", " "};
  std::ostringstream out;
  WriteCsvRow({"a", "b", "c", "d", "e"}, out);
  WriteCsvRow(fields, out);

  std::istringstream in(out.str());
  CsvReader reader(in);
  ASSERT_THAT(reader.ReadHeader({"a", "b"}), testing::IsOk());
  CsvRow row;
  ASSERT_TRUE(reader.Next(row));

  EXPECT_EQ(std::vector<std::string>(row.fields.begin(), row.fields.end()),
            fields);
}

}  // namespace
}  // namespace stegvis::cli
