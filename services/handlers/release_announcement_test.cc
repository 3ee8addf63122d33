// Announced releases of the nation, beside those that are made here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/handlers/publication_fixture.h"
#include "services/handlers/release_proof.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using ::stegvis::testing::CallerWith;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;

// What another installation has made of the nation's 2020.
v1::AnnounceReleaseRequest AnAnnouncement() {
  v1::AnnounceReleaseRequest request;
  request.set_parent(kNation);
  request.set_year(2020);
  v1::Release& release = *request.mutable_release();
  release.set_counts(100);
  release.set_withheld_small(7);
  v1::OutcomeReport& report = *release.mutable_report();
  report.set_from("2020-01-01");
  report.set_to("2020-12-31");
  report.set_published(true);
  report.mutable_participants()->mutable_base()->set_total(60);
  report.add_support()->mutable_change()->set_total(1);
  report.add_breakdowns()->set_dimension("SEX");
  return request;
}

class AnnouncementTest : public PublicationTest {
 protected:
  absl::StatusOr<v1::Release> Announce(
      const v1::AnnounceReleaseRequest& request) {
    return Announce(CallerWith("nat", Role::kNational), request);
  }
  absl::StatusOr<v1::Release> Announce(
      const access::Caller& caller, const v1::AnnounceReleaseRequest& request) {
    return installation_.Write<v1::Release>(
        handler_, &PublicationHandler::AnnounceRelease, caller, request);
  }
  // What becomes of a release when another is announced in the middle.
  absl::Status PublishWhileAnnounced(const std::string& parent) {
    v1::PublishReleaseRequest request;
    request.set_parent(parent);
    request.set_year(2020);
    bool announced = false;
    const absl::Status made = handler_.PublishRelease(
        admin_, request, [&](const v1::PublishReleaseResponse&) {
          if (announced) return absl::OkStatus();
          announced = true;
          return Announce(AnAnnouncement()).status();
        });
    EXPECT_TRUE(announced);
    return made;
  }
  absl::StatusOr<v1::Release> Check(const v1::AnnounceReleaseRequest& request) {
    return installation_.Read(handler_, &PublicationHandler::CheckAnnouncement,
                              CallerWith("nat", Role::kNational), request);
  }
};

TEST_F(AnnouncementTest, IsTheNationsReleaseHere) {
  const auto announced = Announce(AnAnnouncement());

  ASSERT_THAT(announced, IsOk());
  EXPECT_EQ(announced->name(), "forbund/-/releases/2020-r1");
  EXPECT_EQ(announced->counts(), 100);
  EXPECT_TRUE(announced->has_publish_time());
  const auto published = Publish(CallerWith("nat", Role::kNational), kNation);
  ASSERT_THAT(published, IsOk());
  EXPECT_TRUE(published->stands());
  EXPECT_EQ(published->release().SerializeAsString(),
            announced->SerializeAsString());
  EXPECT_THAT(Publish(), HasReason("RELEASE_OF_OTHER_LEVEL"));
}

TEST_F(AnnouncementTest, TwiceIsOnce) {
  const auto first = Announce(AnAnnouncement());
  const auto again = Announce(AnAnnouncement());

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
}

TEST_F(AnnouncementTest, LeavesAnotherOneOfTheYearAlone) {
  ASSERT_THAT(Announce(AnAnnouncement()), IsOk());
  v1::AnnounceReleaseRequest other = AnAnnouncement();
  other.mutable_release()
      ->mutable_report()
      ->mutable_participants()
      ->mutable_base()
      ->set_total(61);

  EXPECT_THAT(Announce(other), HasReason("RELEASE_DIFFERS"));
  other = AnAnnouncement();
  other.mutable_release()->set_withheld_further(1);
  EXPECT_THAT(Announce(other), HasReason("RELEASE_DIFFERS"));
}

TEST_F(AnnouncementTest, OfWhatWasMadeHereIsThatOne) {
  const auto made = Publish(CallerWith("nat", Role::kNational), kNation);
  ASSERT_THAT(made, IsOk());
  v1::AnnounceReleaseRequest request = AnAnnouncement();
  *request.mutable_release() = made->release();

  const auto announced = Announce(request);

  ASSERT_THAT(announced, IsOk());
  EXPECT_EQ(announced->SerializeAsString(),
            made->release().SerializeAsString());
  EXPECT_THAT(Announce(AnAnnouncement()), HasReason("RELEASE_DIFFERS"));
}

TEST_F(AnnouncementTest, IsRefusedBesideTheReleaseOfAForbund) {
  ASSERT_THAT(Publish(), IsOk());

  EXPECT_THAT(Check(AnAnnouncement()), HasReason("RELEASE_OF_OTHER_LEVEL"));
  EXPECT_THAT(Announce(AnAnnouncement()), HasReason("RELEASE_OF_OTHER_LEVEL"));
}

TEST_F(AnnouncementTest, KeepsBackAForbundsReleaseThatIsBeingMade) {
  EXPECT_THAT(PublishWhileAnnounced(installation_.Forbund()),
              HasReason("RELEASE_OF_OTHER_LEVEL"));
}

TEST_F(AnnouncementTest, KeepsBackTheNationsReleaseThatIsBeingMade) {
  EXPECT_THAT(PublishWhileAnnounced(kNation), HasReason("RELEASE_UNDER_WAY"));
  EXPECT_THAT(Announce(AnAnnouncement()), IsOk());
}

TEST_F(AnnouncementTest, IsOfAReportThatIsMadeForPublication) {
  const auto with = [](const auto& change) {
    v1::AnnounceReleaseRequest request = AnAnnouncement();
    change(*request.mutable_release()->mutable_report());
    return request;
  };
  using Report = v1::OutcomeReport;
  const std::vector<v1::AnnounceReleaseRequest> wrong = {
      with([](Report& report) { report.set_published(false); }),
      with([](Report& report) { report.set_from("2019-01-01"); }),
      with([](Report& report) { report.set_to("2020-06-30"); }),
      with([](Report& report) { report.add_filters(); }),
      with([](Report& report) { report.add_sources(); }),
      with([](Report& report) {
        report.add_breakdowns()->set_dimension("INSATS");
      }),
      with([](Report& report) {
        report.mutable_participants()->mutable_ended()->set_women(4);
      }),
      with([](Report& report) {
        report.mutable_breakdowns(0)->add_support()->mutable_after()->set_total(
            1);
      }),
  };
  for (size_t i = 0; i < wrong.size(); ++i) {
    EXPECT_THAT(Announce(wrong[i]),
                HasFault("release.report", "RELEASE_INVALID"))
        << i;
  }
}

TEST_F(AnnouncementTest, IsForWhoMayPublishTheNation) {
  for (const access::Caller& caller :
       {CallerWith("ana", Role::kAnalyst),
        CallerWith("adm", Role::kForbundAdmin, installation_.Forbund())}) {
    EXPECT_THAT(Announce(caller, AnAnnouncement()), HasReason("NOT_PERMITTED"));
  }
  EXPECT_THAT(Announce(admin_, AnAnnouncement()), IsOk());
}

TEST_F(AnnouncementTest, IsOfAYearThatHasEnded) {
  v1::AnnounceReleaseRequest request = AnAnnouncement();
  request.set_year(2026);
  request.mutable_release()->mutable_report()->set_from("2026-01-01");
  request.mutable_release()->mutable_report()->set_to("2026-12-31");

  EXPECT_THAT(Announce(request), HasReason("YEAR_NOT_ENDED"));
}

TEST_F(AnnouncementTest, ThatIsOnlyCheckedStoresNothing) {
  const auto checked = Check(AnAnnouncement());

  ASSERT_THAT(checked, IsOk());
  EXPECT_EQ(checked->name(), "forbund/-/releases/2020-r1");
  EXPECT_FALSE(checked->has_publish_time());
  EXPECT_THAT(Publish(), IsOk());
}

TEST_F(AnnouncementTest, HasItsProofElsewhere) {
  v1::GetReleaseProofRequest request;
  request.set_name(Announce(AnAnnouncement())->name());

  EXPECT_THAT(installation_.Read(handler_, &PublicationHandler::GetReleaseProof,
                                 admin_, request),
              HasReason("PROOF_ELSEWHERE"));
}

}  // namespace
}  // namespace stegvis::handlers
