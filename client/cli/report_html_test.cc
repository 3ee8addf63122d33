#include "client/cli/report_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/cli/report_examples.h"

namespace stegvis::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReportHtml, IsOneSwedishPageThatLoadsAndRunsNothing) {
  const std::string html = ReportHtml(GoldenReport(), ExampleLabels());
  EXPECT_THAT(html, HasSubstr("<html lang=\"sv\">"));
  EXPECT_THAT(html, HasSubstr("content=\"default-src 'none'; "));
  for (const char* part : {"<script", "http:", "https:", "src=", "@import"}) {
    EXPECT_THAT(html, Not(HasSubstr(part)));
  }
}

TEST(ReportHtml, HasATableBesideEachPicture) {
  const std::string html = ReportHtml(GoldenReport(), ExampleLabels());
  for (const char* key : {"occupation", "support", "support-groups", "flows",
                          "breakdown-AGE_GROUP", "breakdown-INSATS"}) {
    EXPECT_THAT(html, HasSubstr(std::string("id=\"bild-") + key + "-t\""));
    EXPECT_THAT(html, HasSubstr(std::string("id=\"tabell-") + key + "\""));
  }
}

TEST(ReportHtml, TakesNamesForTexts) {
  const std::string html =
      ReportHtml(ReportOfInsats("</script><b>&\""), ExampleLabels());
  EXPECT_THAT(html, HasSubstr("&lt;/script&gt;&lt;b&gt;&amp;&quot;"));
  EXPECT_THAT(html, Not(HasSubstr("<b>")));
}

TEST(ReportHtml, ShowsWhatIsWithheldAndSaysWhatItMeans) {
  const std::string html = ReportHtml(GoldenRelease(), ExampleLabels());
  EXPECT_THAT(html, HasSubstr("Gjord för publicering. Två punkter (..): "
                              "skyddad uppgift."));
  // 60+ years: the base alone.
  EXPECT_THAT(html,
              HasSubstr("60+ år</th><td>..</td><td>–</td><td>7</td><td>..</td>"
                        "<td>..</td><td>..</td><td>..</td>"));
}

TEST(ReportHtml, SaysNoShareOfTooFew) {
  EXPECT_THAT(ReportHtml(GoldenReport(), ExampleLabels(), 1250),
              Not(HasSubstr("<dd>för få för att säga</dd>")));
  EXPECT_THAT(ReportHtml(GoldenReport(), ExampleLabels(), 1251),
              HasSubstr("<dd>för få för att säga</dd>"));
}

TEST(ReportHtml, DrawsYearsOnlyWhenThereAreSeveral) {
  v1::OutcomeReport report = GoldenReport();
  report.clear_breakdowns();
  v1::BreakdownRow row = GoldenReport().breakdowns(0);
  row.set_dimension("YEAR");
  row.set_value("2013");
  *report.add_breakdowns() = row;
  EXPECT_THAT(ReportHtml(report, ExampleLabels()),
              Not(HasSubstr("bild-breakdown-YEAR")));

  row.set_value("2015");
  *report.add_breakdowns() = row;

  // And keeps a place for the year between.
  EXPECT_THAT(ReportHtml(report, ExampleLabels()), HasSubstr(">2014</text>"));
}

TEST(ReportHtml, StandsWithoutAnyFigure) {
  const std::string html = ReportHtml(v1::OutcomeReport(), ExampleLabels());
  EXPECT_THAT(html, HasSubstr("täckning okänd"));
  EXPECT_THAT(html, Not(HasSubstr("nan")));
}

}  // namespace
}  // namespace stegvis::cli
