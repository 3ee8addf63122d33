#include "services/handlers/outcome_handler.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "services/handlers/admin_handler.h"
#include "services/handlers/participation_handler.h"
#include "services/handlers/test_installation.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using ::stegvis::testing::AForbundMessage;
using ::stegvis::testing::AnExitMessage;
using ::stegvis::testing::ARegistrationMessage;
using ::stegvis::testing::CallerWith;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::kKey;
using ::stegvis::testing::On;
using ::stegvis::testing::TestInstallation;
using ::stegvis::testing::ValidNumber;
using ::stegvis::testing::ValidOrganizationNumber;

class OutcomeHandlerTest : public ::testing::Test {
 protected:
  ~OutcomeHandlerTest() override { facts_->Stop(); }

  // One who worked after, half a year ago.
  void Register(int serial) {
    v1::RegisterParticipationRequest request;
    request.set_parent(installation_.Insats());
    *request.mutable_registration() = ARegistrationMessage();
    request.mutable_registration()->mutable_person()->set_person_number(
        ValidNumber(On("1985-05-05"), serial).Digits(kKey));
    *request.mutable_registration()->mutable_exit() =
        AnExitMessage("2020-09-01");
    EXPECT_THAT(
        installation_.Write<v1::Participation>(
            participations_, &ParticipationHandler::RegisterParticipation,
            CallerWith("sam", Role::kSamordnare), request),
        IsOk());
    installation_.GetClock().Advance(absl::Minutes(1));
  }

  static v1::GetOutcomeReportRequest Year2020() {
    v1::GetOutcomeReportRequest request;
    request.set_from("2020-01-01");
    request.set_to("2020-12-31");
    return request;
  }

  absl::StatusOr<v1::OutcomeReport> Report(
      const access::Caller& caller,
      const v1::GetOutcomeReportRequest& request) {
    return installation_.Read(handler_, &OutcomeHandler::GetOutcomeReport,
                              caller, request);
  }

  TestInstallation installation_;
  std::unique_ptr<outcome::FactFeed> facts_ =
      *outcome::FactFeed::Start(installation_.GetStore());
  const OutcomeHandler handler_{installation_.Codes(), installation_.GetClock(),
                                *facts_};
  const ParticipationHandler participations_{installation_.Codes(),
                                             installation_.GetClock()};
  const access::Caller analyst_ =
      CallerWith("ana", Role::kAnalyst, installation_.Forbund());
};

TEST_F(OutcomeHandlerTest, ShowsWhatWasJustWrittenWithZerosPresent) {
  Register(2);
  Register(3);

  const auto report = Report(analyst_, Year2020());

  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->participants().base().total(), 2);
  EXPECT_EQ(report->participants().base().women(), 1);
  EXPECT_TRUE(report->participants().anonymous().has_total());
  EXPECT_EQ(report->participants().anonymous().total(), 0);
  EXPECT_EQ(report->occupation(0).key(), "ARBETE_ELLER_STUDIER");
  EXPECT_EQ(report->occupation(0).share_after(), 1);
  EXPECT_FALSE(report->published());
}

TEST_F(OutcomeHandlerTest, HoldsWhatIsKnownAlsoWhenTheClockWentBack) {
  Register(2);
  installation_.GetClock().Advance(-absl::Hours(5));
  Register(4);

  const auto report = Report(analyst_, Year2020());

  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->participants().base().total(), 2);
}

TEST_F(OutcomeHandlerTest, HoldsOnlyForbundThatTheCallerMayReadReportsOf) {
  v1::Forbund other = AForbundMessage();
  other.set_organization_number(ValidOrganizationNumber(2).Text());
  other.set_display_name("Ett annat");
  const std::string name = installation_.AddForbund(other);
  v1::GetOutcomeReportRequest request = Year2020();
  EXPECT_EQ(Report(analyst_, request)->forbund_size(), 1);
  EXPECT_EQ(Report(CallerWith("nat", Role::kNational), request)->forbund_size(),
            2);

  request.add_forbund(name);

  EXPECT_THAT(Report(analyst_, request), HasReason("NOT_PERMITTED"));
  EXPECT_EQ(Report(CallerWith("nat", Role::kNational), request)->forbund(0),
            "Ett annat");
}

// A feed that nothing may wait for.
class NotWaitedFor final : public outcome::FactFeed {
  absl::StatusOr<outcome::OutcomeReport> Report(
      const outcome::ReportRequest& /*request*/) const override {
    return errors::Bug("asked for a report");
  }
  absl::Status WaitFor(storage::FeedPosition /*position*/,
                       absl::Time /*deadline*/) const override {
    return errors::Bug("waited");
  }
  outcome::FactStatistics Statistics() const override { return {}; }
  void Stop() override {}
};

TEST_F(OutcomeHandlerTest, DoesNotWaitForAPositionThatIsNotThere) {
  const NotWaitedFor feed;
  const OutcomeHandler handler(installation_.Codes(), installation_.GetClock(),
                               feed);
  v1::GetOutcomeReportRequest request = Year2020();
  request.set_minimum_feed_position(1'000'000);

  EXPECT_THAT(installation_.Read(handler, &OutcomeHandler::GetOutcomeReport,
                                 analyst_, request),
              HasReason("FACTS_BEHIND"));
}

TEST_F(OutcomeHandlerTest, NamesEveryFaultOfTheRequest) {
  v1::GetOutcomeReportRequest request = Year2020();
  request.set_as_of("2026-11-21");
  request.add_filters()->set_dimension("SHOE_SIZE");
  request.add_breakdowns("SEX");
  request.add_breakdowns("SEX");
  request.add_breakdowns("SHOE_SIZE");

  const auto report = Report(analyst_, request);

  EXPECT_THAT(report, HasFault("as_of", "DATE_IN_FUTURE"));
  EXPECT_THAT(report, HasFault("filters[0].dimension", "FILTER_UNKNOWN"));
  EXPECT_THAT(report, HasFault("breakdowns[1]", "BREAKDOWN_UNKNOWN"));
  EXPECT_THAT(report, HasFault("breakdowns[2]", "BREAKDOWN_UNKNOWN"));
}

TEST_F(OutcomeHandlerTest, ReadsAsOfAsADayOrAMoment) {
  Register(2);
  access::Caller may_see_persons = analyst_;
  may_see_persons.grants.push_back(
      CallerWith("ana", Role::kDataskydd).grants[0]);
  v1::GetOutcomeReportRequest request = Year2020();
  const auto base = [&](const std::string& as_of) {
    request.set_as_of(as_of);
    const auto report = Report(may_see_persons, request);
    return report.ok() ? report->participants().base().total() : -1;
  };

  EXPECT_EQ(base("2026-11-20"), 1);
  EXPECT_EQ(base("2026-11-19"), 0);
  EXPECT_EQ(base("2026-11-20T10:59:59Z"), 0);
  EXPECT_EQ(base("2026-11-20T12:00:30+01:00"), 1);
  EXPECT_EQ(base("igår"), -1);
  EXPECT_EQ(base("infinite-past"), -1);
}

TEST_F(OutcomeHandlerTest, TellsOfWholeDaysAloneToWhoSeesNoPerson) {
  v1::GetOutcomeReportRequest request = Year2020();
  request.set_as_of("2026-11-20T10:59:59Z");
  EXPECT_THAT(Report(analyst_, request), HasFault("as_of", "WHOLE_DAYS_ONLY"));

  request.set_as_of("2026-11-19");
  EXPECT_THAT(Report(analyst_, request), IsOk());
}

TEST_F(OutcomeHandlerTest, ShowsTheBaseAloneOfASmallSelection) {
  for (int serial = 2; serial < 6; ++serial) Register(serial);
  v1::GetOutcomeReportRequest request = Year2020();
  v1::Filter& filter = *request.add_filters();
  filter.set_dimension("AGE_GROUP");
  filter.set_value("30-39");
  const access::Caller may_see_persons = [&] {
    access::Caller caller = analyst_;
    caller.grants.push_back(CallerWith("ana", Role::kDataskydd).grants[0]);
    return caller;
  }();

  const auto few = Report(analyst_, request);
  EXPECT_EQ(few->participants().base().total(), 4);
  EXPECT_FALSE(few->participants().has_started());
  EXPECT_EQ(few->occupation_size(), 0);
  EXPECT_GT(Report(may_see_persons, request)->occupation_size(), 0);

  Register(6);
  EXPECT_GT(Report(analyst_, request)->occupation_size(), 0);
}

TEST_F(OutcomeHandlerTest, StatusTellsWhereFactsAndStoreAre) {
  Register(2);
  EXPECT_THAT(Report(analyst_, Year2020()), IsOk());
  const AdminHandler admin(installation_.GetStore(), *facts_,
                           installation_.GetClock().Now(), "1.2.3");

  const auto status = installation_.Read(admin, &AdminHandler::GetStatus,
                                         CallerWith("op", Role::kOperator),
                                         v1::GetStatusRequest());

  ASSERT_THAT(status, IsOk());
  EXPECT_EQ(status->version(), "1.2.3");
  EXPECT_EQ(status->forbund(), 1);
  EXPECT_EQ(status->facts(), 1);
  EXPECT_EQ(status->fact_position(), status->feed_position());
}

}  // namespace
}  // namespace stegvis::handlers
