#include "client/cli/report_json_stat.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "client/cli/json_stat_cube.h"
#include "client/cli/report_examples.h"

namespace stegvis::cli {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

Struct Read(const std::string& json) {
  Struct read;
  const auto status = google::protobuf::util::JsonStringToMessage(json, &read);
  EXPECT_TRUE(status.ok()) << status.ToString();
  return read;
}

const Value& In(const Struct& object, const std::string& name) {
  return object.fields().at(name);
}

// The dataset with this label; an empty one when there is none.
Struct DatasetNamed(const Struct& collection, const std::string& label) {
  for (const Value& item : In(In(collection, "link").struct_value(), "item")
                               .list_value()
                               .values()) {
    if (In(item.struct_value(), "label").string_value() == label) {
      return item.struct_value();
    }
  }
  ADD_FAILURE() << "no dataset is called " << label;
  return Struct();
}

TEST(JsonStatCube, HasItsLastDimensionMoveFirst) {
  JsonStatCube cube("K",
                    {{"a", "A", {{"1", "ett"}, {"2", "två"}}},
                     {"b", "B", {{"x", "X"}, {"y", "Y"}, {"z", "Z"}}}},
                    "b");
  cube.Set({"2", "y"}, {Figure::State::kKnown, 0.25});
  cube.Set({"1", "z"}, {Figure::State::kWithheld});
  cube.Set({"3", "x"}, {Figure::State::kKnown, 1});  // There is no such place.

  const Struct dataset = cube.Dataset();

  const auto& values = In(dataset, "value").list_value().values();
  ASSERT_EQ(values.size(), 6);
  EXPECT_EQ(values[4].number_value(), 0.25);
  EXPECT_EQ(values[2].kind_case(), Value::kNullValue);
  EXPECT_EQ(values[0].kind_case(), Value::kNullValue);
  const Struct& status = In(dataset, "status").struct_value();
  EXPECT_EQ(status.fields_size(), 1);
  EXPECT_EQ(In(status, "2").string_value(), "..");
}

TEST(ReportJsonStat, KeepsNumbersInFull) {
  v1::OutcomeReport report = GoldenReport();
  report.mutable_occupation(0)->set_share_before(1.0 / 3);

  const Struct shares = DatasetNamed(
      Read(ReportJsonStat(report, ExampleLabels())), "Sysselsättning, andelar");

  EXPECT_EQ(In(shares, "value").list_value().values(0).number_value(), 1.0 / 3);
}

TEST(ReportJsonStat, TakesPairsThatAreLeftOutForNobodyButNotInARelease) {
  const Struct flows = DatasetNamed(
      Read(ReportJsonStat(GoldenReport(), ExampleLabels())), "Förflyttningar");
  const auto last_of = [](const Struct& dataset) {
    return In(dataset, "value").list_value().values_size() - 1;
  };
  // Nobody goes from the last source to studies.
  EXPECT_EQ(In(flows, "value").list_value().values(last_of(flows)).kind_case(),
            Value::kNumberValue);

  const Struct released = DatasetNamed(
      Read(ReportJsonStat(GoldenRelease(), ExampleLabels())), "Förflyttningar");
  EXPECT_EQ(
      In(released, "value").list_value().values(last_of(released)).kind_case(),
      Value::kNullValue);
  EXPECT_EQ(In(In(released, "status").struct_value(),
               std::to_string(last_of(released)))
                .string_value(),
            "..");
}

TEST(ReportJsonStat, GivesEveryRowAnIdOfItsOwn) {
  v1::OutcomeReport report = ReportOfInsats("_UNKNOWN");
  *report.add_breakdowns() = report.breakdowns(report.breakdowns_size() - 1);
  report.mutable_breakdowns(report.breakdowns_size() - 1)->clear_value();

  const Struct rows =
      DatasetNamed(Read(ReportJsonStat(report, ExampleLabels())),
                   "Deltagare, uppdelat på insats");

  const Struct& insats =
      In(In(rows, "dimension").struct_value(), "INSATS").struct_value();
  EXPECT_EQ(In(In(insats, "category").struct_value(), "label")
                .struct_value()
                .fields_size(),
            2);
}

TEST(ReportJsonStat, HoldsTheBaseAloneOfASmallReport) {
  v1::OutcomeReport report;
  report.set_published(true);
  report.mutable_participants()->mutable_base()->set_total(19);

  const Struct collection = Read(ReportJsonStat(report, ExampleLabels()));

  EXPECT_EQ(In(In(collection, "link").struct_value(), "item")
                .list_value()
                .values_size(),
            2);
  const Struct people = DatasetNamed(collection, "Deltagare");
  EXPECT_EQ(In(In(people, "status").struct_value(), "0").string_value(), "..");
}

}  // namespace
}  // namespace stegvis::cli
