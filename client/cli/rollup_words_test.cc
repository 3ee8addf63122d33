#include "client/cli/rollup_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace stegvis::cli {
namespace {

using Source = v1::RollupSource;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Source ASource(const std::string& name, Source::State state) {
  Source source;
  source.set_forbund(name);
  source.set_organization_number("222000-1230");
  source.add_addresses("127.0.0.1:7443");
  source.set_state(state);
  return source;
}

TEST(RollupWords, SayWhichAreSealedAndWhichPreliminary) {
  v1::OutcomeReport report;
  *report.add_sources() = ASource("Norr", Source::STATE_SEALED);
  report.mutable_sources(0)->set_revision(2);
  *report.add_sources() = ASource("Söder", Source::STATE_SEALED);
  report.mutable_sources(1)->set_revision(1);
  *report.add_sources() = ASource("Väst", Source::STATE_PRELIMINARY);

  EXPECT_THAT(SourceNotices(report),
              ElementsAre("Fastställda (2): Norr (revision 2), Söder.",
                          "Preliminära (1): Väst."));
  EXPECT_THAT(SourceWarnings(report), IsEmpty());
}

TEST(RollupWords, SayNothingOfAReportOfOneNode) {
  EXPECT_THAT(SourceNotices(v1::OutcomeReport()), IsEmpty());
}

TEST(RollupWords, SayWhatIsMissingWhereAndWhy) {
  v1::OutcomeReport report;
  *report.add_sources() = ASource("Norr", Source::STATE_MISSING);
  report.mutable_sources(0)->set_gap(Source::GAP_NO_ANSWER);
  Source& unknown = *report.add_sources();
  unknown.set_state(Source::STATE_MISSING);
  unknown.set_gap(Source::GAP_REFUSED);
  unknown.set_detail("gRPC 13");
  unknown.add_addresses("127.0.0.1:7444");

  EXPECT_THAT(
      SourceWarnings(report),
      ElementsAre("SAKNAS: Norr (222000-1230): noden 127.0.0.1:7443 svarade "
                  "inte i tid, eller godkänner inte certifikatet. Se att den "
                  "är igång och att nodlistan stämmer, och kör igen.",
                  "SAKNAS: okänt förbund: noden 127.0.0.1:7444 svarade med "
                  "felet gRPC 13. Kör igen, och rapportera om det kvarstår."));
}

TEST(RollupWords, SayHowMuchOfLastYearsIsMissing) {
  v1::OutcomeReport report;
  *report.add_sources() = ASource("Norr", Source::STATE_SEALED);
  report.set_previous_missing_share(0);
  EXPECT_EQ(SourceNotices(report).back(),
            "Alla förbund i den tidigare rapporten är med.");

  report.set_previous_missing_share(0.125);
  report.add_previous_missing("Väst");
  EXPECT_EQ(SourceNotices(report).back(),
            "Förbund som inte är med hade 12,5 % av de registrerade i den "
            "tidigare rapporten: Väst.");
}

TEST(RollupWords, HaveATextForEveryGap) {
  const auto* gaps = Source::Gap_descriptor();
  std::set<std::string> texts;
  for (int i = 1; i < gaps->value_count(); ++i) {
    Source source = ASource("Norr", Source::STATE_MISSING);
    source.set_gap(static_cast<Source::Gap>(gaps->value(i)->number()));
    const std::string text = GapText(source);
    EXPECT_THAT(text, Not(HasSubstr("Uppgradera programmet för att se varför")))
        << gaps->value(i)->name();
    EXPECT_TRUE(texts.insert(text).second) << gaps->value(i)->name();
  }
}

TEST(RollupWords, NameTheStateForMachines) {
  Source source = ASource("Norr", Source::STATE_MISSING);
  source.set_gap(Source::GAP_DELIVERED_TWICE);
  EXPECT_EQ(SourceStateName(source), "MISSING:DELIVERED_TWICE");
  EXPECT_EQ(SourceStateName(ASource("Norr", Source::STATE_SEALED)), "SEALED");
}

}  // namespace
}  // namespace stegvis::cli
