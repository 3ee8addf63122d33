#include "client/cli/situation_options.h"

#include <gtest/gtest.h>

#include <string>

namespace stegvis::cli {
namespace {

// The hours that `--work TEXT` says; nothing when it is refused.
std::optional<double> Work(const std::string& text) {
  CLI::App app;
  SituationOptions options;
  AddSituation(app, options);
  try {
    app.parse("--work=" + text);
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  return options.work;
}

TEST(SituationOptions, TakeHoursWithCommaOrPoint) {
  EXPECT_EQ(Work("20"), 20);
  EXPECT_EQ(Work("12,5"), 12.5);
  EXPECT_EQ(Work("12.5"), 12.5);
  EXPECT_EQ(Work("0,5"), 0.5);
}

TEST(SituationOptions, RefuseHoursThatAreNoNumber) {
  for (const char* text : {"heltid", "12,5,5", "12.5,5", "12,5x", ","}) {
    EXPECT_EQ(Work(text), std::nullopt) << text;
  }
}

TEST(SituationOptions, LeaveWhatIsNotSaidAsItIs) {
  v1::Situation situation;
  situation.set_work_hours(10);
  situation.add_supports()->set_source("sjukpenning");
  SituationOptions options;
  EXPECT_FALSE(SaysAnything(options));
  options.study = 12.5;
  EXPECT_TRUE(SaysAnything(options));

  ASSERT_TRUE(Apply(options, situation).ok());

  EXPECT_EQ(situation.work_hours(), 10);
  EXPECT_EQ(situation.study_hours(), 12.5);
  EXPECT_EQ(situation.supports_size(), 1);
}

}  // namespace
}  // namespace stegvis::cli
