#include "services/handlers/sealed_report_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "services/envelope/envelope.h"
#include "services/envelope/sealed_report.h"
#include "services/handlers/count_handler.h"
#include "services/handlers/erasure_handler.h"
#include "services/handlers/participation_handler.h"
#include "services/handlers/sealed_report_fixture.h"
#include "services/validation/resource_name.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using Event = v1::EventCount;
using ::stegvis::testing::AForbundMessage;
using ::stegvis::testing::AParticipation;
using ::stegvis::testing::CallerWith;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::On;
using ::stegvis::testing::TestId;
using ::stegvis::testing::ValidOrganizationNumber;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

TEST_F(SealedReportTest, HoldsTheWholeYearSignedWithTheForbundsKey) {
  Register(2, "2020-09-01");
  Register(3, "");

  const auto sealed = Seal();

  ASSERT_THAT(sealed, IsOk());
  EXPECT_EQ(sealed->report().name(),
            installation_.Forbund() + "/reports/2020-r1");
  EXPECT_FALSE(sealed->unchanged());
  const v1::SignedEnvelope envelope = envelope::EnvelopeOf(sealed->report());
  EXPECT_THAT(envelope::Verify(Keys().keys(0).pem(), envelope), IsOk());
  EXPECT_EQ(sealed->report().key_id(), Keys().keys(0).key_id());
  const auto content = envelope::ContentOf(envelope);
  ASSERT_THAT(content, IsOk());
  EXPECT_EQ(content->forbund(), installation_.Forbund());
  EXPECT_EQ(content->display_name(), AForbundMessage().display_name());
  EXPECT_EQ(content->organization_number(),
            AForbundMessage().organization_number());
  EXPECT_EQ(content->year(), 2020);
  EXPECT_EQ(content->revision(), 1);
  EXPECT_EQ(content->report().participants().started().total(), 2);
  EXPECT_EQ(content->report().participants().base().total(), 1);
  std::map<std::string, int> rows;
  for (const auto& row : content->report().breakdowns()) {
    ++rows[row.dimension()];
  }
  EXPECT_THAT(rows, SizeIs(12));
}

TEST_F(SealedReportTest, IsNotSealedAgainWhenNothingHasChanged) {
  Register(2, "2020-09-01");
  ASSERT_THAT(Seal(), IsOk());

  const auto again = Seal();

  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->unchanged());
  EXPECT_EQ(again->report().revision(), 1);
  EXPECT_EQ(Preview()->unchanged(), again->report().name());
  Register(4, "2020-09-01");
  EXPECT_EQ(Preview()->unchanged(), "");
  EXPECT_EQ(Preview()->content().revision(), 2);
  EXPECT_EQ(Seal()->report().revision(), 2);
}

TEST_F(SealedReportTest, OfAYearThatHasNotEndedIsRefused) {
  EXPECT_THAT(Seal(2026), HasReason("YEAR_NOT_ENDED"));
  EXPECT_THAT(Seal(2027), HasReason("YEAR_NOT_ENDED"));
  EXPECT_THAT(Seal(2025), IsOk());
}

TEST_F(SealedReportTest, CountsWhatIsStillOpen) {
  // Ended, with both follow-ups due and not made.
  Register(2, "2020-09-01");
  // Went on for less than 24 months when the year ended.
  Register(3, "");

  const v1::OpenPoints points = Seal()->open_points();
  EXPECT_EQ(points.follow_ups_due(), 2);
  EXPECT_EQ(points.without_exit(), 0);

  // Begun in 2020: at the end of 2022 that was long ago.
  EXPECT_EQ(Seal(2022)->open_points().without_exit(), 1);
  EXPECT_EQ(Seal(2022)->open_points().follow_ups_due(), 0);
}

TEST_F(SealedReportTest, ComesOutIdenticalAfterEverythingThatWasRecordedLater) {
  const v1::Participation going = Register(2, "");
  const v1::SealedReport sealed = Seal()->report();
  End(going, "enligt_plan");
  Register(3, "2020-09-01");
  SetAnonymous(3);

  const auto recomputed = Recompute(sealed);

  EXPECT_TRUE(recomputed.identical());
  EXPECT_THAT(recomputed.cells(), IsEmpty());
  EXPECT_EQ(recomputed.erasures(), 0);
}

// Writes that wait are committed together: the facts in memory know nothing yet
// of those before the sealing.
TEST_F(SealedReportTest, HoldsWhatIsCommittedWithItAndNothingAfter) {
  const InsatsKey insats = *validation::ParseInsatsName(installation_.Insats());
  v1::SealReportRequest request;
  request.set_forbund(installation_.Forbund());
  request.set_year(2020);
  absl::Notification begun, released;
  absl::BlockingCounter left(4);
  const auto write = [&](storage::Store::WriteBody body) {
    installation_.GetStore().Write(std::move(body),
                                   [&left](const absl::Status& status) {
                                     EXPECT_THAT(status, IsOk());
                                     left.DecrementCount();
                                   });
  };
  const auto put = [&](uint8_t id) {
    write([insats, id](storage::WriteTransaction& tx) {
      return tx
          .PutParticipation(insats.forbund,
                            AParticipation()
                                .WithId(TestId<ParticipationId>(id))
                                .In(insats.insats)
                                .Build(),
                            std::nullopt)
          .status();
    });
  };
  write([&](storage::WriteTransaction&) {
    begun.Notify();
    released.WaitForNotification();
    return absl::OkStatus();
  });
  begun.WaitForNotification();
  put(1);
  write([&](storage::WriteTransaction& tx) {
    return handler_.SealReport(admin_, request, tx).status();
  });
  put(2);
  released.Notify();
  left.Wait();

  v1::SealedReport sealed;
  sealed.set_name(installation_.Forbund() + "/reports/2020-r1");
  EXPECT_TRUE(Recompute(sealed).identical());
  EXPECT_EQ(Change(Compare(Seal()->report()).cells(), "started"), "1→2");
}

// As of the moment alone it would not be the same: the row was known before.
TEST_F(SealedReportTest, ComesOutIdenticalAfterAMigrationIntoItsPast) {
  Register(2, "2020-09-01");
  const v1::SealedReport sealed = Seal()->report();
  const InsatsKey insats = *validation::ParseInsatsName(installation_.Insats());
  ASSERT_THAT(installation_.GetStore().WriteAndWait(
                  [&](storage::WriteTransaction& tx) -> absl::Status {
                    ASSIGN_OR_RETURN(auto forbund,
                                     tx.GetForbund(insats.forbund));
                    forbund.value.display_name = "Ett nytt namn";
                    EXPECT_THAT(tx.PutForbund(forbund.value), IsOk());
                    return tx
                        .PutParticipation(insats.forbund,
                                          AParticipation()
                                              .In(insats.insats)
                                              .Exiting(On("2020-09-01"))
                                              .Migrated()
                                              .Build(),
                                          absl::FromUnixSeconds(1'610'000'000))
                        .status();
                  }),
              IsOk());
  PassTime();

  EXPECT_TRUE(Recompute(sealed).identical());
  const auto compared = Compare(Seal()->report());
  EXPECT_EQ(Change(compared.cells(), "base"), "1→2");
  EXPECT_THAT(EventsOf(compared),
              ElementsAre(Pair(Event::KIND_LATE_REGISTRATION, 1),
                          Pair(Event::KIND_FORBUND, 1)));
}

TEST_F(SealedReportTest, SaysThatItDiffersSinceSomebodyWasErased) {
  const v1::Participation erased = Register(2, "2020-09-01");
  Register(3, "2020-09-01");
  const v1::SealedReport sealed = Seal()->report();
  ASSERT_TRUE(Recompute(sealed).identical());

  EraseSomebody(erased);

  const auto recomputed = Recompute(sealed);
  EXPECT_FALSE(recomputed.identical());
  EXPECT_EQ(recomputed.erasures(), 1);
  EXPECT_FALSE(recomputed.definitions_changed());
  EXPECT_EQ(Change(recomputed.cells(), "base"), "2→1");
  EXPECT_EQ(recomputed.cell_count(), recomputed.cells_size());
}

TEST_F(SealedReportTest, IsListedToThoseWhoMayReadReportsThere) {
  ASSERT_THAT(Seal(), IsOk());
  ASSERT_THAT(Seal(2019), IsOk());
  v1::Forbund other = AForbundMessage();
  other.set_organization_number(ValidOrganizationNumber(2).Text());
  other.set_display_name("Ett annat");
  const std::string elsewhere = installation_.AddForbund(other);
  const auto names = [&](const access::Caller& caller,
                         const std::string& parent, int year) {
    v1::ListSealedReportsRequest request;
    request.set_parent(parent);
    request.set_year(year);
    std::string found;
    const v1::ListSealedReportsResponse listed = *installation_.Read(
        handler_, &SealedReportHandler::ListSealedReports, caller, request);
    for (const v1::SealedReport& report : listed.reports()) {
      absl::StrAppend(&found, report.year(), "-r", report.revision(), " ");
      EXPECT_THAT(report.payload(), IsEmpty());
    }
    return found;
  };

  EXPECT_EQ(names(admin_, "forbund/-", 0), "2019-r1 2020-r1 ");
  EXPECT_EQ(names(admin_, installation_.Forbund(), 2020), "2020-r1 ");
  EXPECT_EQ(names(CallerWith("nat", Role::kNational), "forbund/-", 0),
            "2019-r1 2020-r1 ");
  EXPECT_EQ(names(CallerWith("ana", Role::kAnalyst, elsewhere), "forbund/-", 0),
            "");
}

TEST_F(SealedReportTest, IsGivenPageByPage) {
  ASSERT_THAT(Seal(), IsOk());
  ASSERT_THAT(Seal(2019), IsOk());
  v1::ListSealedReportsRequest request;
  request.set_parent(installation_.Forbund());
  request.set_page_size(1);
  const auto read = [&] {
    return *installation_.Read(
        handler_, &SealedReportHandler::ListSealedReports, admin_, request);
  };

  const v1::ListSealedReportsResponse first = read();
  request.set_page_token(first.next_page_token());
  const v1::ListSealedReportsResponse second = read();

  EXPECT_EQ(first.reports(0).year(), 2019);
  EXPECT_EQ(second.reports(0).year(), 2020);
  EXPECT_EQ(second.next_page_token(), "");
}

}  // namespace
}  // namespace stegvis::handlers
