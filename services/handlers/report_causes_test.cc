// What the later revision of a sealed report says of the one before.
#include "services/handlers/report_causes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/handlers/sealed_report_fixture.h"

namespace stegvis::handlers {
namespace {

using Event = v1::EventCount;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class ReportDifferencesTest : public SealedReportTest {
 protected:
  // Of a report sealed anew after one event of each of five kinds.
  v1::CompareSealedReportsResponse CompareAfterManyEvents() {
    const v1::Participation going = Register(2, "");
    const v1::Participation wrong = Register(3, "");
    const v1::Participation erased = Register(4, "2020-09-01");
    EXPECT_THAT(Seal(), IsOk());
    End(going, "enligt_plan");
    End(wrong, "felregistrering");
    EraseSomebody(erased);
    Register(5, "2020-09-01");
    SetAnonymous(7);
    return Compare(Seal()->report());
  }

  // `KIND_ERASURE -1` for each cause.
  static std::vector<std::string> TextsOf(const v1::CellChange& cell) {
    std::vector<std::string> texts;
    for (const v1::CellCause& cause : cell.causes()) {
      std::string text;
      for (const int kind : cause.kinds()) {
        absl::StrAppend(&text, Event::Kind_Name(kind), " ");
      }
      texts.push_back(
          absl::StrCat(text, cause.by() > 0 ? "+" : "", cause.by()));
    }
    return texts;
  }

  // Of a total of the whole report.
  template <typename Cells>
  static std::vector<std::string> CausesOf(const Cells& cells,
                                           const std::string& measure) {
    for (const v1::CellChange& cell : cells) {
      if (cell.block() == "participants" && cell.dimension().empty() &&
          cell.measure() == measure && cell.column() == "total") {
        return TextsOf(cell);
      }
    }
    return {};
  }

  // The number of cells whose causes do not add up to the change, or say
  // nothing.
  template <typename Cells>
  static int Unexplained(const Cells& cells) {
    return static_cast<int>(
        std::count_if(cells.begin(), cells.end(), [](const auto& cell) {
          int64_t left = cell.after() - cell.before();
          bool says_nothing = false;
          for (const v1::CellCause& cause : cell.causes()) {
            left -= cause.by();
            says_nothing = says_nothing || cause.kinds().empty();
          }
          return left != 0 || says_nothing;
        }));
  }
};

TEST_F(ReportDifferencesTest, NamesTheCellsAndTheKindsOfEvent) {
  const auto compared = CompareAfterManyEvents();

  EXPECT_THAT(EventsOf(compared),
              ElementsAre(Pair(Event::KIND_LATE_REGISTRATION, 1),
                          Pair(Event::KIND_EXIT_RECORDED, 1),
                          Pair(Event::KIND_WRONG_REGISTRATION, 1),
                          Pair(Event::KIND_ERASURE, 1),
                          Pair(Event::KIND_ANONYMOUS_COUNT, 1)));
  EXPECT_EQ(Change(compared.cells(), "started"), "3→2");
  EXPECT_EQ(Change(compared.cells(), "base"), "1→2");
  EXPECT_EQ(Change(compared.cells(), "anonymous"), "0→8");
  EXPECT_EQ(compared.before().revision(), 1);
  EXPECT_EQ(compared.after().revision(), 2);
}

TEST_F(ReportDifferencesTest, SaysOfEachCellThroughWhichKindsOfEvent) {
  const auto compared = CompareAfterManyEvents();

  EXPECT_THAT(
      CausesOf(compared.cells(), "started"),
      UnorderedElementsAre("KIND_LATE_REGISTRATION +1",
                           "KIND_WRONG_REGISTRATION -1", "KIND_ERASURE -1"));
  EXPECT_THAT(CausesOf(compared.cells(), "base"),
              UnorderedElementsAre("KIND_LATE_REGISTRATION +1",
                                   "KIND_EXIT_RECORDED +1", "KIND_ERASURE -1"));
  EXPECT_THAT(
      CausesOf(compared.cells(), "anonymous"),
      UnorderedElementsAre("KIND_ANONYMOUS_COUNT +7", "KIND_ERASURE +1"));
  EXPECT_EQ(Unexplained(compared.cells()), 0);
}

TEST_F(ReportDifferencesTest, NamesAllKindsThatOneParticipationHad) {
  const v1::Participation going = Register(2, "");
  ASSERT_THAT(Seal(), IsOk());
  CorrectKommun(End(going, "enligt_plan"));
  // Erased after the later revision: nobody knows what its events were.
  const v1::Participation later = Register(3, "2020-09-01");
  const v1::SealedReport second = Seal()->report();

  const auto compared = Compare(second);
  EXPECT_THAT(CausesOf(compared.cells(), "base"),
              UnorderedElementsAre("KIND_EXIT_RECORDED KIND_CORRECTION +1",
                                   "KIND_LATE_REGISTRATION +1"));
  EraseSomebody(later);
  const auto erased = Compare(second);
  EXPECT_THAT(CausesOf(erased.cells(), "base"),
              UnorderedElementsAre("KIND_EXIT_RECORDED KIND_CORRECTION +1",
                                   "KIND_ERASURE +1"));
  EXPECT_EQ(Unexplained(compared.cells()), 0);
  EXPECT_EQ(Unexplained(erased.cells()), 0);
}

TEST_F(ReportDifferencesTest, SaysWhatTimeAloneDid) {
  Register(2, "2025-12-01");
  ASSERT_THAT(Seal(2025), IsOk());
  installation_.GetClock().Advance(absl::Hours(24 * 300));

  const auto compared = Compare(Seal(2025)->report());

  EXPECT_GT(compared.cells_size(), 0);
  for (const v1::CellChange& cell : compared.cells()) {
    EXPECT_EQ(cell.block(), "followUp");
    EXPECT_THAT(TextsOf(cell),
                UnorderedElementsAre("KIND_FOLLOW_UP_BECAME_DUE +1"));
  }
}

TEST_F(ReportDifferencesTest, LeavesOutWhatDoesNotCountInTheYear) {
  ASSERT_THAT(Seal(2018), IsOk());
  Register(2, "2020-09-01");
  const auto again = Seal(2018);

  EXPECT_TRUE(again->unchanged());
}

TEST_F(ReportDifferencesTest, OfTheFirstRevisionHasNothingToBeComparedWith) {
  v1::CompareSealedReportsRequest request;
  request.set_name(Seal()->report().name());

  EXPECT_THAT(
      installation_.Read(handler_, &SealedReportHandler::CompareSealedReports,
                         admin_, request),
      HasReason("NOT_FOUND"));
}

}  // namespace
}  // namespace stegvis::handlers
