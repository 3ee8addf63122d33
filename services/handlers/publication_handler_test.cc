#include "services/handlers/publication_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/handlers/publication_fixture.h"
#include "services/handlers/release_proof.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using ::stegvis::testing::CallerWith;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Key;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

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
  v1::ReleaseProof unfounded = proof;
  unfounded.clear_made_up();
  EXPECT_FALSE(CheckProof(unfounded)->truth_adds_up);
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
  AddOther(60);

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

// The nation is its only förbund again.
TEST_F(PublicationTest, OfTheNationWithholdsForTheForbundThatAreOut) {
  const auto forbund = Publish();
  ASSERT_THAT(forbund, IsOk());

  const auto nation = Publish(admin_, kNation);

  ASSERT_THAT(nation, IsOk());
  EXPECT_TRUE(CheckProof(ProofOf(nation->release().name()))->Holds());
  // Its whole is theirs, and shows no more.
  const auto& of_nation = nation->release().report().support();
  const auto& of_forbund = forbund->release().report().support();
  ASSERT_EQ(of_nation.size(), of_forbund.size());
  for (int i = 0; i < of_forbund.size(); ++i) {
    SCOPED_TRACE(of_forbund[i].key());
    ASSERT_EQ(of_nation[i].key(), of_forbund[i].key());
    EXPECT_THAT(of_nation[i].before().withheld(),
                IsSupersetOf(of_forbund[i].before().withheld()));
    EXPECT_THAT(of_nation[i].after().withheld(),
                IsSupersetOf(of_forbund[i].after().withheld()));
  }
}

TEST_F(PublicationTest, OfAForbundIsSafeBesideTheNationButNotOfTheLastOne) {
  const std::string other = AddOther();
  ASSERT_THAT(Publish(admin_, kNation), IsOk());

  const auto published = Publish();
  const auto last = Publish(admin_, other);

  ASSERT_THAT(published, IsOk());
  EXPECT_TRUE(CheckProof(ProofOf(published->release().name()))->Holds());
  EXPECT_THAT(last, HasReason("RELEASE_UNSAFE"));
  EXPECT_EQ(last_.unsafe().forbund(), "Ett annat");
  EXPECT_EQ(last_.unsafe().counts(), last_.unsafe().names_size());
  EXPECT_THAT(last_.unsafe().names(), Not(IsEmpty()));
}

// Which of theirs is for their staff.
TEST_F(PublicationTest, OfTheNationSaysOfWhomItWouldTell) {
  const std::string other = AddOther(150);
  ASSERT_THAT(Publish(admin_, other), IsOk());
  const auto published = Publish();
  ASSERT_THAT(published, IsOk());

  const auto nation = Publish(admin_, kNation);

  EXPECT_THAT(nation, HasReason("RELEASE_UNSAFE"));
  EXPECT_EQ(last_.unsafe().forbund(), published->release().report().forbund(0));
  EXPECT_GT(last_.unsafe().counts(), 0);
  EXPECT_THAT(last_.unsafe().names(), IsEmpty());
}

TEST_F(PublicationTest, BesideOthersKeepsWhatWasFound) {
  AddOther();
  ASSERT_THAT(Publish(admin_, kNation), IsOk());
  EXPECT_THAT(KeptOf(storage::kNation), IsEmpty());

  const auto published = Publish();

  ASSERT_THAT(published, IsOk());
  const disclosure::WitnessesByRelease kept =
      KeptOf(*validation::ParseForbundName(installation_.Forbund()));
  const std::string& name = published->release().report().forbund(0);
  EXPECT_THAT(kept, UnorderedElementsAre(Key(""), Key(name)));
  EXPECT_THAT(kept.at(name).witnesses, Not(IsEmpty()));
}

TEST_F(PublicationTest, OfAForbundIsAsItWasKnownForTheNations) {
  AddOther();
  ASSERT_THAT(Publish(admin_, kNation), IsOk());
  installation_.GetClock().Advance(absl::Hours(1));
  Register(61);

  const auto published = Publish();

  ASSERT_THAT(published, IsOk());
  EXPECT_EQ(published->release().report().participants().base().total(), 60);
}

TEST_F(PublicationTest, OfTheNationHasForbundAsTheyAreOut) {
  const std::string other = AddOther();
  for (int serial = 61; serial <= 660; ++serial) Register(serial);
  ASSERT_THAT(Publish(admin_, other), IsOk());
  for (int serial = 801; serial <= 830; ++serial) Register(serial, other_);

  const auto nation = Publish(admin_, kNation);

  ASSERT_THAT(nation, IsOk());
  EXPECT_EQ(nation->release().report().participants().base().total(), 1260);
  EXPECT_TRUE(CheckProof(ProofOf(nation->release().name()))->Holds());
}

TEST_F(PublicationTest, ReplacesNothingThatTheOtherLevelCounts) {
  AddOther();
  ASSERT_THAT(Publish(admin_, kNation), IsOk());
  ASSERT_THAT(Publish(), IsOk());
  for (int serial = 61; serial <= 180; ++serial) Register(serial);

  EXPECT_THAT(Publish(), HasReason("RELEASE_OF_OTHER_LEVEL"));
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

TEST_F(PublicationTest, GivesTheProofToWhoMayLetItOut) {
  v1::GetReleaseProofRequest request;
  request.set_name(Publish()->release().name());

  EXPECT_THAT(installation_.Read(handler_, &PublicationHandler::GetReleaseProof,
                                 CallerWith("nat", Role::kNational), request),
              HasReason("NOT_PERMITTED"));
}

}  // namespace
}  // namespace stegvis::handlers
