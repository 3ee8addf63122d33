#include "services/handlers/publication_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "services/base/day.h"
#include "services/handlers/participation_handler.h"
#include "services/handlers/release_proof.h"
#include "services/handlers/test_installation.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using ::stegvis::testing::AForbundMessage;
using ::stegvis::testing::AnExitMessage;
using ::stegvis::testing::AnInsatsMessage;
using ::stegvis::testing::ARegistrationMessage;
using ::stegvis::testing::ASituationMessage;
using ::stegvis::testing::CallerWith;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::On;
using ::stegvis::testing::TestInstallation;
using ::stegvis::testing::ValidNumber;
using ::stegvis::testing::ValidOrganizationNumber;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr RevealKey kKey = RevealKey::For("an invented person");
constexpr char kNation[] = "forbund/-";

class PublicationTest : public ::testing::Test {
 protected:
  PublicationTest() {
    for (int serial = 1; serial <= 60; ++serial) Register(serial);
  }
  ~PublicationTest() override { facts_->Stop(); }

  // Somebody who left in 2020: not all alike, and some rare.
  void Register(int serial, const std::string& parent = "") {
    constexpr const char* kSources[] = {"forsorjningsstod", "sjukpenning",
                                        "aktivitetsstod",   "forsorjningsstod",
                                        "sjukpenning",      "ingen_offentlig"};
    v1::RegisterParticipationRequest request;
    request.set_parent(parent.empty() ? installation_.Insats() : parent);
    v1::Registration& registration = *request.mutable_registration();
    registration = ARegistrationMessage();
    const Day born = Day::FirstOfYear(1960 + serial % 4 * 10).PlusDays(serial);
    registration.mutable_person()->set_person_number(
        ValidNumber(born, serial).Digits(kKey));
    *registration.mutable_entry()->mutable_situation() =
        ASituationMessage(kSources[serial % 6]);
    *registration.mutable_exit() = AnExitMessage("2020-09-01");
    *registration.mutable_exit()->mutable_situation() =
        ASituationMessage(kSources[serial % 13 % 6]);
    if (serial % 20 == 0) {
      *registration.mutable_entry()->mutable_situation() =
          ASituationMessage("studiestod");
    }
    ASSERT_THAT(
        installation_.Write<v1::Participation>(
            ParticipationHandler(installation_.Codes(),
                                 installation_.GetClock()),
            &ParticipationHandler::RegisterParticipation, samordnare_, request),
        IsOk());
  }

  // The last message of the answer.
  absl::StatusOr<v1::PublishReleaseResponse> Publish(
      const access::Caller& caller, const std::string& parent,
      int year = 2020) {
    v1::PublishReleaseRequest request;
    request.set_parent(parent);
    request.set_year(year);
    v1::PublishReleaseResponse last;
    const absl::Status status = handler_.PublishRelease(
        caller, request, [&](v1::PublishReleaseResponse response) {
          last = std::move(response);
          return absl::OkStatus();
        });
    if (!status.ok()) return status;
    return last;
  }
  absl::StatusOr<v1::PublishReleaseResponse> Publish() {
    return Publish(admin_, installation_.Forbund());
  }

  v1::ReleaseProof ProofOf(const std::string& name) {
    v1::GetReleaseProofRequest request;
    request.set_name(name);
    const auto response = installation_.Read(
        handler_, &PublicationHandler::GetReleaseProof, admin_, request);
    v1::ReleaseProof proof;
    EXPECT_TRUE(response.ok() && proof.ParseFromString(response->payload()));
    return proof;
  }

  TestInstallation installation_;
  std::unique_ptr<outcome::FactFeed> facts_ =
      *outcome::FactFeed::Start(installation_.GetStore());
  const PublicationHandler handler_{installation_.GetStore(),
                                    installation_.GetClock(), *facts_};
  const access::Caller admin_ = CallerWith("admin", Role::kForbundAdmin);
  const access::Caller samordnare_ = CallerWith("sam", Role::kSamordnare);
};

TEST_F(PublicationTest, WithholdsSmallCountsAndNamesThem) {
  const auto published = Publish();

  ASSERT_THAT(published, IsOk());
  const v1::OutcomeReport& report = published->release().report();
  EXPECT_TRUE(report.published());
  EXPECT_FALSE(published->stands());
  EXPECT_EQ(report.participants().base().total(), 60);
  for (const v1::SupportRow& row : report.support()) {
    if (row.key() != "studiestod") continue;
    EXPECT_FALSE(row.before().has_total());
    EXPECT_THAT(row.before().withheld(), Not(IsEmpty()));
    EXPECT_FALSE(row.has_change_percent());
  }
  EXPECT_GT(published->release().withheld_small(), 0);
}

TEST_F(PublicationTest, KeepsAProofThatAddsUp) {
  const v1::ReleaseProof proof = ProofOf(Publish()->release().name());

  const auto found = CheckProof(proof);

  ASSERT_THAT(found, IsOk());
  EXPECT_TRUE(found->truth_adds_up);
  EXPECT_TRUE(found->release_is_of_truth);
  EXPECT_EQ(found->unproved, 0);
  EXPECT_GT(found->counts, 0);
}

TEST_F(PublicationTest, ProofsThatWereTamperedWithDoNotHold) {
  const v1::ReleaseProof proof = ProofOf(Publish()->release().name());

  v1::ReleaseProof fewer = proof;
  fewer.clear_proofs();
  EXPECT_EQ(CheckProof(fewer)->unproved, CheckProof(proof)->counts);
  v1::ReleaseProof printed = proof;
  printed.mutable_release()
      ->mutable_report()
      ->mutable_participants()
      ->mutable_base()
      ->set_total(61);
  EXPECT_FALSE(CheckProof(printed)->release_is_of_truth);
  v1::ReleaseProof nearer = proof;
  for (v1::ReleaseWitness& witness : *nearer.mutable_witnesses()) {
    for (v1::WitnessCell& cell : *witness.mutable_cells()) {
      cell.set_by(cell.by() > 0 ? 1 : -1);
    }
  }
  EXPECT_FALSE(CheckProof(nearer)->Holds());
  v1::ReleaseProof elsewhere = proof;
  elsewhere.add_further(1'000'000);
  EXPECT_THAT(CheckProof(elsewhere), HasReason("ENVELOPE_INVALID"));
  v1::ReleaseProof newer = proof;
  newer.set_format_version(kProofFormat + 1);
  EXPECT_THAT(CheckProof(newer), HasReason("FORMAT_TOO_NEW"));
}

TEST_F(PublicationTest, GivesTheSameReleaseWhileNothingChanges) {
  const auto first = Publish();
  const auto again = Publish();

  EXPECT_TRUE(again->stands());
  EXPECT_THAT(again->changes(), IsEmpty());
  EXPECT_EQ(again->release().SerializeAsString(),
            first->release().SerializeAsString());
}

TEST_F(PublicationTest, LetsTheEarlierOneStandAfterAFewChanges) {
  const std::string first = Publish()->release().name();
  Register(61);

  const auto again = Publish();

  EXPECT_TRUE(again->stands());
  EXPECT_EQ(again->release().name(), first);
  ASSERT_THAT(again->changes(), Not(IsEmpty()));
  EXPECT_EQ(again->changes(0).before(), 60);
  EXPECT_EQ(again->changes(0).after(), 61);
}

TEST_F(PublicationTest, ReplacesItWhenEachBaseChangedByTen) {
  ASSERT_THAT(Publish(), IsOk());
  for (int serial = 61; serial <= 180; ++serial) Register(serial);

  const auto again = Publish();

  ASSERT_THAT(again, IsOk());
  EXPECT_FALSE(again->stands());
  EXPECT_EQ(again->release().revision(), 2);
  EXPECT_EQ(again->release().report().participants().base().total(), 180);
}

TEST_F(PublicationTest, ProvesALaterReleaseTogetherWithTheEarlier) {
  const v1::ReleaseProof first = ProofOf(Publish()->release().name());
  for (int serial = 61; serial <= 180; ++serial) Register(serial);
  const v1::ReleaseProof proof = ProofOf(Publish()->release().name());

  ASSERT_EQ(proof.earlier_size(), 1);
  EXPECT_EQ(proof.earlier(0).truth().SerializeAsString(),
            first.truth().SerializeAsString());
  EXPECT_TRUE(CheckProof(proof)->Holds());
  // Its witnesses are of the table of both.
  v1::ReleaseProof alone = proof;
  alone.clear_earlier();
  EXPECT_THAT(CheckProof(alone), HasReason("ENVELOPE_INVALID"));
  // A witness that fits the later one alone proves nothing.
  v1::ReleaseProof printed = proof;
  printed.mutable_earlier(0)->clear_further();
  EXPECT_FALSE(CheckProof(printed)->Holds());
  v1::ReleaseProof elsewhere = proof;
  elsewhere.mutable_earlier(0)->add_further(1'000'000);
  EXPECT_THAT(CheckProof(elsewhere), HasReason("ENVELOPE_INVALID"));
}

TEST_F(PublicationTest, OfTheNationIsTheSumOfItsForbund) {
  v1::Forbund other = AForbundMessage();
  other.set_organization_number(ValidOrganizationNumber(2).Text());
  other.set_display_name("Ett annat");
  const std::string insats = installation_.AddInsats(
      installation_.AddForbund(other), AnInsatsMessage("En annan"));
  for (int serial = 201; serial <= 260; ++serial) Register(serial, insats);

  const auto published = Publish(CallerWith("nat", Role::kNational), kNation);

  ASSERT_THAT(published, IsOk());
  const v1::OutcomeReport& report = published->release().report();
  EXPECT_THAT(report.forbund(), SizeIs(2));
  EXPECT_EQ(report.participants().base().total(), 120);
  for (const v1::BreakdownRow& row : report.breakdowns()) {
    EXPECT_NE(row.dimension(), "INSATS");
    EXPECT_NE(row.dimension(), "KOMMUN");
  }
  EXPECT_TRUE(CheckProof(ProofOf(published->release().name()))->Holds());
}

TEST_F(PublicationTest, LetsOutOneLevelOfAYearAlone) {
  ASSERT_THAT(Publish(), IsOk());

  EXPECT_THAT(Publish(admin_, kNation), HasReason("RELEASE_OF_OTHER_LEVEL"));
}

TEST_F(PublicationTest, IsForWhoMayLetItOut) {
  const std::string forbund = installation_.Forbund();
  EXPECT_THAT(Publish(CallerWith("ana", Role::kAnalyst), forbund),
              HasReason("NOT_PERMITTED"));
  EXPECT_THAT(Publish(CallerWith("nat", Role::kNational), forbund),
              HasReason("NOT_PERMITTED"));
  EXPECT_THAT(Publish(CallerWith("adm", Role::kForbundAdmin, forbund), kNation),
              HasReason("NOT_PERMITTED"));
}

TEST_F(PublicationTest, IsOfAYearThatHasEnded) {
  EXPECT_THAT(Publish(admin_, installation_.Forbund(), 2026),
              HasReason("YEAR_NOT_ENDED"));
}

TEST_F(PublicationTest, IsListedToWhoSeesTheForbund) {
  const std::string name = Publish()->release().name();
  v1::ListReleasesRequest request;
  request.set_parent(kNation);
  const auto names = [&](const access::Caller& caller) {
    std::vector<std::string> found;
    const v1::ListReleasesResponse listed = *installation_.Read(
        handler_, &PublicationHandler::ListReleases, caller, request);
    for (const v1::Release& release : listed.releases()) {
      found.push_back(release.name());
    }
    return found;
  };

  EXPECT_THAT(names(admin_), ElementsAre(name));
  request.set_year(2019);
  EXPECT_THAT(names(admin_), IsEmpty());
}

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

TEST_F(PublicationTest, GivesTheProofToWhoMayLetItOut) {
  v1::GetReleaseProofRequest request;
  request.set_name(Publish()->release().name());

  EXPECT_THAT(installation_.Read(handler_, &PublicationHandler::GetReleaseProof,
                                 CallerWith("nat", Role::kNational), request),
              HasReason("NOT_PERMITTED"));
}

}  // namespace
}  // namespace stegvis::handlers
