#include "services/handlers/participation_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "services/handlers/person_handler.h"
#include "services/handlers/test_installation.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using ::stegvis::testing::AnExitMessage;
using ::stegvis::testing::AnInsatsMessage;
using ::stegvis::testing::ARegistrationMessage;
using ::stegvis::testing::ASituationMessage;
using ::stegvis::testing::CallerWith;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::kKey;
using ::stegvis::testing::On;
using ::stegvis::testing::TestInstallation;
using ::stegvis::testing::ValidNumber;
using ::stegvis::testing::ValidSamordningsnummer;
using ::testing::ElementsAre;

class ParticipationHandlerTest : public ::testing::Test {
 protected:
  v1::RegisterParticipationRequest ARequest(int serial = 238) {
    v1::RegisterParticipationRequest request;
    request.set_parent(installation_.Insats());
    *request.mutable_registration() = ARegistrationMessage();
    request.mutable_registration()->mutable_person()->set_person_number(
        ValidNumber(On("1985-05-05"), serial).Digits(kKey));
    return request;
  }

  absl::StatusOr<v1::Participation> Register(
      const v1::RegisterParticipationRequest& request) {
    return installation_.Write<v1::Participation>(
        handler_, &ParticipationHandler::RegisterParticipation, sam_, request);
  }

  absl::StatusOr<v1::Participation> End(const v1::Participation& current,
                                        const v1::Exit& exit) {
    v1::EndParticipationRequest request;
    request.set_name(current.name());
    request.set_etag(current.etag());
    *request.mutable_exit() = exit;
    return installation_.Write<v1::Participation>(
        handler_, &ParticipationHandler::EndParticipation, sam_, request);
  }

  absl::StatusOr<v1::Participation> FollowUp(const v1::Participation& current,
                                             int months,
                                             const std::string& date) {
    v1::RecordFollowUpRequest request;
    request.set_name(current.name());
    request.set_etag(current.etag());
    request.mutable_follow_up()->set_months(months);
    request.mutable_follow_up()->set_date(date);
    *request.mutable_follow_up()->mutable_situation() =
        ASituationMessage("sjukpenning");
    return installation_.Write<v1::Participation>(
        handler_, &ParticipationHandler::RecordFollowUp, sam_, request);
  }

  absl::StatusOr<v1::Participation> Correct(
      const v1::Participation& current, const v1::Registration& registration,
      const std::string& path, const std::string& reason) {
    v1::CorrectParticipationRequest request;
    request.set_name(current.name());
    request.set_etag(current.etag());
    *request.mutable_registration() = registration;
    request.mutable_update_mask()->add_paths(path);
    request.set_reason(reason);
    return installation_.Write<v1::Participation>(
        handler_, &ParticipationHandler::CorrectParticipation, sam_, request);
  }

  v1::FindPersonResponse Find(const access::Caller& caller,
                              const std::string& number) {
    v1::FindPersonRequest request;
    request.set_parent(installation_.Forbund());
    request.set_person_number(number);
    return *installation_.Read(persons_, &PersonHandler::FindPerson, caller,
                               request);
  }

  absl::StatusOr<v1::PersonIdentity> Reveal(
      const v1::Participation& participation, const std::string& purpose) {
    v1::RevealPersonRequest request;
    request.set_name(participation.name());
    request.set_purpose(purpose);
    return installation_.Read(persons_, &PersonHandler::RevealPerson, sam_,
                              request);
  }

  std::string SomePurpose() {
    return installation_.Codes().Codes(domain::CodeList::kPurpose).front().code;
  }

  std::string SomeCorrectionReason() {
    return installation_.Codes()
        .Codes(domain::CodeList::kCorrectionReason)
        .front()
        .code;
  }

  TestInstallation installation_;
  const ParticipationHandler handler_{installation_.Codes(),
                                      installation_.GetClock()};
  const PersonHandler persons_{installation_.Codes(), installation_.GetClock()};
  const access::Caller sam_ = CallerWith("sam", Role::kSamordnare);
};

TEST_F(ParticipationHandlerTest, RegistersAndShowsNoIdentity) {
  const absl::StatusOr<v1::Participation> registered = Register(ARequest());

  ASSERT_THAT(registered, IsOk());
  EXPECT_EQ(registered->state(), v1::Participation::STATE_ONGOING);
  EXPECT_EQ(registered->entry().date(), "2020-03-02");
  EXPECT_EQ(registered->SerializeAsString().find("Prova"), std::string::npos);
  EXPECT_EQ(registered->SerializeAsString().find("198505"), std::string::npos);
}

TEST_F(ParticipationHandlerTest, RegistersTheSameOnce) {
  const v1::Participation first = *Register(ARequest());

  EXPECT_EQ(Register(ARequest())->SerializeAsString(),
            first.SerializeAsString());
}

TEST_F(ParticipationHandlerTest, RefusesWhatDiffersUnderTheRegistration) {
  EXPECT_THAT(Register(ARequest()), IsOk());
  v1::RegisterParticipationRequest other = ARequest();
  other.mutable_registration()->mutable_entry()->set_education("grundskola");

  EXPECT_THAT(Register(other), HasFault("registration.entry.education",
                                        "DIFFERS_FROM_RECORDED"));
}

TEST_F(ParticipationHandlerTest, ChecksARegistrationAndWritesNothing) {
  const auto checked = installation_.Read(
      handler_, &ParticipationHandler::CheckRegistration, sam_, ARequest());
  v1::RegisterParticipationRequest bad = ARequest();
  bad.mutable_registration()->clear_consent();

  ASSERT_THAT(checked, IsOk());
  EXPECT_EQ(checked->name(), "");
  EXPECT_EQ(checked->entry().date(), "2020-03-02");
  EXPECT_THAT(
      installation_.Read(handler_, &ParticipationHandler::CheckRegistration,
                         sam_, bad),
      HasFault("registration.consent", "CONSENT_MISSING"));
  EXPECT_EQ(Find(sam_, ARequest().registration().person().person_number())
                .participations_size(),
            0);
}

TEST_F(ParticipationHandlerTest, EndsOnceAndNamesFaultsUnderTheExit) {
  const v1::Participation current = *Register(ARequest());
  v1::Exit bad = AnExitMessage("2020-02-01");
  bad.mutable_situation()->set_work_hours(-1);
  EXPECT_THAT(End(current, bad), HasFault("exit.date", "ENDS_BEFORE_START"));
  EXPECT_THAT(End(current, bad),
              HasFault("exit.situation.work_hours", "HOURS_OUT_OF_RANGE"));

  const v1::Participation ended = *End(current, AnExitMessage("2020-09-01"));

  EXPECT_EQ(ended.state(), v1::Participation::STATE_ENDED);
  EXPECT_THAT(End(current, AnExitMessage("2020-09-01")),
              HasReason("ETAG_STALE"));
  EXPECT_THAT(End(ended, AnExitMessage("2020-09-01")),
              HasReason("ALREADY_ENDED"));
}

TEST_F(ParticipationHandlerTest, FollowsUpAfterTheExit) {
  const v1::Participation current = *Register(ARequest());
  EXPECT_THAT(FollowUp(current, 6, "2021-03-01"), HasReason("NOT_ENDED"));
  const v1::Participation ended = *End(current, AnExitMessage("2020-09-01"));

  EXPECT_THAT(FollowUp(ended, 7, "2021-03-01"),
              HasFault("follow_up.months", "OUT_OF_RANGE"));
  EXPECT_THAT(FollowUp(ended, 6, "2020-09-01"),
              HasFault("follow_up.date", "FOLLOW_UP_BEFORE_EXIT"));
  EXPECT_EQ(FollowUp(ended, 6, "2021-03-01")->follow_ups_size(), 1);
}

TEST_F(ParticipationHandlerTest, CorrectsANumberAndTheHistoryFollows) {
  const v1::Participation current = *Register(ARequest());
  v1::Registration corrected;
  const std::string old_number =
      ARequest().registration().person().person_number();
  const std::string new_number =
      ValidSamordningsnummer(On("1985-05-05"), 240).Digits(kKey);
  corrected.mutable_person()->set_person_number(new_number);

  const auto result =
      Correct(current, corrected, "person", SomeCorrectionReason());

  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(Find(sam_, old_number).participations_size(), 0);
  ASSERT_EQ(Find(sam_, new_number).participations_size(), 1);
  EXPECT_EQ(Find(sam_, new_number).participations(0).name(), current.name());
}

TEST_F(ParticipationHandlerTest, CorrectsANumberAndKeepsTheName) {
  const v1::Participation current = *Register(ARequest());
  v1::Registration corrected;
  const std::string number =
      ValidSamordningsnummer(On("1985-05-05"), 240).Digits(kKey);
  corrected.mutable_person()->set_person_number(number);

  const auto result = Correct(current, corrected, "person.person_number",
                              SomeCorrectionReason());

  ASSERT_THAT(result, IsOk());
  const auto revealed = Reveal(*result, SomePurpose());
  ASSERT_THAT(revealed, IsOk());
  EXPECT_EQ(revealed->person_number(), number);
  EXPECT_EQ(revealed->display_name(), "Prova Provsson");
}

TEST_F(ParticipationHandlerTest, CorrectsOnlyWhatTheMaskNames) {
  const v1::Participation current =
      *End(*Register(ARequest()), AnExitMessage("2020-09-01"));
  v1::Registration corrected;
  corrected.set_kommun("0180");

  const auto moved =
      Correct(current, corrected, "kommun", SomeCorrectionReason());
  ASSERT_THAT(moved, IsOk());
  EXPECT_EQ(moved->kommun(), "0180");
  EXPECT_TRUE(moved->has_exit());

  const auto opened =
      Correct(*moved, corrected, "exit", SomeCorrectionReason());
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->state(), v1::Participation::STATE_ONGOING);
}

TEST_F(ParticipationHandlerTest, NamesFaultsOfACorrection) {
  const v1::Participation current = *Register(ARequest());
  v1::Registration corrected;
  corrected.mutable_entry()->set_date("2030-01-01");

  EXPECT_THAT(Correct(current, corrected, "entry", "infall"),
              HasFault("reason", "CODE_UNKNOWN"));
  const auto refused =
      Correct(current, corrected, "entry", SomeCorrectionReason());
  EXPECT_THAT(refused, HasFault("registration.entry.date", "DATE_IN_FUTURE"));
  EXPECT_THAT(refused,
              HasFault("registration.entry.situation.supports", "MISSING"));
}

TEST_F(ParticipationHandlerTest, RefusesACorrectionThatMakesPeriodsOverlap) {
  EXPECT_THAT(Register(ARequest(238)), IsOk());
  const v1::Participation other = *Register(ARequest(240));
  v1::Registration corrected;
  *corrected.mutable_person() = ARequest(238).registration().person();

  EXPECT_THAT(Correct(other, corrected, "person", SomeCorrectionReason()),
              HasReason("OVERLAPS"));
}

TEST_F(ParticipationHandlerTest, AcknowledgesAFindingThatIsThere) {
  v1::RegisterParticipationRequest request = ARequest();
  request.mutable_registration()->mutable_consent()->set_signed_date(
      "2018-01-01");
  const v1::Participation current = *Register(request);
  v1::AcknowledgeFindingRequest acknowledge;
  acknowledge.set_name(current.name());
  acknowledge.set_etag(current.etag());
  acknowledge.set_kind("EXIT_LATE");
  acknowledge.set_acknowledgement("Stämmer");
  const auto send = [&] {
    return installation_.Write<v1::Participation>(
        handler_, &ParticipationHandler::AcknowledgeFinding, sam_, acknowledge);
  };
  EXPECT_THAT(send(), HasReason("FINDING_NOT_FOUND"));

  acknowledge.set_kind("CONSENT_OLD");
  const absl::StatusOr<v1::Participation> acknowledged = send();

  ASSERT_THAT(acknowledged, IsOk());
  ASSERT_EQ(acknowledged->findings_size(), 1);
  EXPECT_EQ(acknowledged->findings(0).acknowledgement(), "Stämmer");
}

TEST_F(ParticipationHandlerTest, AnswersARepeatedWriteAsTheFirstTime) {
  const v1::Participation first = *Register(ARequest());
  EXPECT_THAT(End(first, AnExitMessage("2020-09-01")), IsOk());

  const auto again = installation_.Answer<v1::Participation>(
      handler_, sam_, ResultRef{first.name(), 1});

  EXPECT_EQ(again->SerializeAsString(), first.SerializeAsString());
}

TEST_F(ParticipationHandlerTest, ListsPageByPageEachOnce) {
  for (int serial = 1; serial <= 5; ++serial) {
    EXPECT_THAT(Register(ARequest(serial)), IsOk());
  }
  v1::ListParticipationsRequest request;
  request.set_parent(installation_.Insats());
  request.set_page_size(2);
  std::set<std::string> names;
  int pages = 0;
  do {
    const auto page = installation_.Read(
        handler_, &ParticipationHandler::ListParticipations, sam_, request);
    ASSERT_THAT(page, IsOk());
    for (const auto& one : page->participations()) names.insert(one.name());
    request.set_page_token(page->next_page_token());
    ++pages;
  } while (!request.page_token().empty());

  EXPECT_EQ(names.size(), 5);
  EXPECT_EQ(pages, 3);
}

TEST_F(ParticipationHandlerTest, ListsFollowUpsThatAreDueAndNotRecorded) {
  const v1::Participation both =
      *End(*Register(ARequest(2)), AnExitMessage("2020-09-01"));
  const v1::Participation one =
      *End(*Register(ARequest(4)), AnExitMessage("2020-09-01"));
  EXPECT_THAT(FollowUp(one, 6, "2021-03-01"), IsOk());
  EXPECT_THAT(End(*Register(ARequest(6)), AnExitMessage("2026-05-21")), IsOk());
  EXPECT_THAT(Register(ARequest(8)), IsOk());
  v1::ListDueFollowUpsRequest request;
  request.set_parent(installation_.Insats());
  request.set_page_size(1);
  std::vector<std::string> due;
  do {
    const auto page = installation_.Read(
        handler_, &ParticipationHandler::ListDueFollowUps, sam_, request);
    ASSERT_THAT(page, IsOk());
    for (const auto& follow_up : page->due_follow_ups()) {
      due.push_back(follow_up.name() + " " + follow_up.due_date());
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());

  EXPECT_THAT(
      due, ElementsAre(both.name() + " 2021-03-01", both.name() + " 2021-09-01",
                       one.name() + " 2021-09-01"));
}

TEST_F(ParticipationHandlerTest, FindsAPersonOnlyWhereTheCallerMayLook) {
  const std::string other = installation_.AddInsats(
      installation_.Forbund(), AnInsatsMessage("En annan"));
  const std::string number = ARequest().registration().person().person_number();
  EXPECT_THAT(Register(ARequest()), IsOk());
  v1::RegisterParticipationRequest elsewhere = ARequest();
  elsewhere.set_parent(other);
  EXPECT_THAT(Register(elsewhere), IsOk());

  EXPECT_EQ(
      Find(CallerWith("dpo", Role::kDataskydd), number).participations_size(),
      2);
  EXPECT_EQ(Find(CallerWith("sam", Role::kSamordnare, other), number)
                .participations_size(),
            1);
  EXPECT_EQ(Find(CallerWith("adm", Role::kForbundAdmin), number)
                .participations_size(),
            0);
}

TEST_F(ParticipationHandlerTest, RevealsAPersonForAKnownPurpose) {
  const v1::Participation participation = *Register(ARequest());
  EXPECT_THAT(Reveal(participation, "nyfikenhet"),
              HasFault("purpose", "CODE_UNKNOWN"));

  const auto revealed = Reveal(participation, SomePurpose());

  ASSERT_THAT(revealed, IsOk());
  EXPECT_EQ(revealed->person_number(),
            ARequest().registration().person().person_number());
  EXPECT_EQ(revealed->display_name(), "Prova Provsson");
}

}  // namespace
}  // namespace stegvis::handlers
