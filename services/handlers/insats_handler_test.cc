#include "services/handlers/insats_handler.h"

#include <gtest/gtest.h>

#include <string>

#include "services/handlers/participation_handler.h"
#include "services/handlers/test_installation.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using ::stegvis::testing::AnExitMessage;
using ::stegvis::testing::AnInsatsMessage;
using ::stegvis::testing::ARegistrationMessage;
using ::stegvis::testing::CallerWith;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::TestInstallation;

class InsatsHandlerTest : public ::testing::Test {
 protected:
  v1::Insats Get() {
    v1::GetInsatsRequest request;
    request.set_name(installation_.Insats());
    return *installation_.Read(handler_, &InsatsHandler::GetInsats, admin_,
                               request);
  }

  absl::StatusOr<v1::Insats> Create(const v1::Insats& insats) {
    v1::CreateInsatsRequest request;
    request.set_parent(installation_.Forbund());
    *request.mutable_insats() = insats;
    return installation_.Write<v1::Insats>(
        handler_, &InsatsHandler::CreateInsats, admin_, request);
  }

  absl::StatusOr<v1::Insats> Update(const v1::Insats& insats,
                                    const std::string& path) {
    v1::UpdateInsatsRequest request;
    *request.mutable_insats() = insats;
    request.mutable_update_mask()->add_paths(path);
    return installation_.Write<v1::Insats>(
        handler_, &InsatsHandler::UpdateInsats, admin_, request);
  }

  absl::StatusOr<v1::Insats> End(const std::string& date) {
    v1::EndInsatsRequest request;
    request.set_name(installation_.Insats());
    request.set_etag(Get().etag());
    request.set_end_date(date);
    return installation_.Write<v1::Insats>(handler_, &InsatsHandler::EndInsats,
                                           admin_, request);
  }

  void Register(const v1::Registration& registration) {
    v1::RegisterParticipationRequest request;
    request.set_parent(installation_.Insats());
    *request.mutable_registration() = registration;
    const ParticipationHandler participations(installation_.Codes(),
                                              installation_.GetClock());
    EXPECT_THAT(
        installation_.Write<v1::Participation>(
            participations, &ParticipationHandler::RegisterParticipation,
            CallerWith("sam", Role::kSamordnare), request),
        IsOk());
  }

  TestInstallation installation_;
  const InsatsHandler handler_{installation_.Codes(), installation_.GetClock()};
  const access::Caller admin_ = CallerWith("adm", Role::kForbundAdmin);
};

TEST_F(InsatsHandlerTest, NamesEveryFaultOfANewInsats) {
  v1::Insats insats;
  insats.set_start_date("2010-13-01");
  insats.set_end_date("2009-01-01");

  const absl::StatusOr<v1::Insats> created = Create(insats);

  EXPECT_THAT(created, HasFault("insats.title", "MISSING"));
  EXPECT_THAT(created, HasFault("insats.start_date", "DATE_INVALID"));
  EXPECT_THAT(created, HasFault("insats.orientation", "MISSING"));
  EXPECT_THAT(created, HasFault("insats.registration_method", "MISSING"));
  EXPECT_THAT(created, HasFault("insats.target_groups", "MISSING"));
}

TEST_F(InsatsHandlerTest, RefusesATitleThatIsTaken) {
  EXPECT_THAT(Create(AnInsatsMessage("Provinsatsen")),
              HasReason("TITLE_TAKEN"));
  v1::Insats other = *Create(AnInsatsMessage("En annan"));
  other.set_title("Provinsatsen");
  EXPECT_THAT(Update(other, "title"), HasReason("TITLE_TAKEN"));
}

TEST_F(InsatsHandlerTest, KeepsWhatCannotBeChanged) {
  v1::Insats insats = Get();
  EXPECT_THAT(Update(insats, "esf_financed"), IsOk());

  insats.set_registration_method(v1::REGISTRATION_METHOD_VOLUME);
  EXPECT_THAT(Update(insats, "registration_method"),
              HasFault("insats.registration_method", "IMMUTABLE"));
}

TEST_F(InsatsHandlerTest, DoesNotEndWhileSomeoneIsThere) {
  Register(ARegistrationMessage());

  EXPECT_THAT(End("2020-12-31"), HasReason("STILL_ONGOING"));
}

TEST_F(InsatsHandlerTest, EndsOnTheLastDayThatSomeoneWasThere) {
  v1::Registration registration = ARegistrationMessage();
  *registration.mutable_exit() = AnExitMessage("2020-09-01");
  Register(registration);

  EXPECT_THAT(End("2020-08-31"), HasReason("STILL_ONGOING"));
  EXPECT_THAT(End("2009-12-31"), HasFault("end_date", "ENDS_BEFORE_START"));
  EXPECT_EQ(End("2020-09-01")->end_date(), "2020-09-01");
}

TEST_F(InsatsHandlerTest, EndsWhenWhoIsThereWasRegisteredWrongly) {
  v1::Registration registration = ARegistrationMessage();
  *registration.mutable_exit() = AnExitMessage("2020-09-01");
  registration.mutable_exit()->set_end_reason("felregistrering");
  Register(registration);

  EXPECT_THAT(End("2019-12-31"), IsOk());
}

TEST_F(InsatsHandlerTest, DoesNotStartAfterSomeoneEntered) {
  Register(ARegistrationMessage());
  v1::Insats insats = Get();
  insats.set_start_date("2020-03-03");

  EXPECT_THAT(Update(insats, "start_date"),
              HasFault("insats.start_date", "OUTSIDE_INSATS"));
}

TEST_F(InsatsHandlerTest, ListsWhatARoleOfTheCallerCovers) {
  EXPECT_THAT(Create(AnInsatsMessage("En annan")), IsOk());
  v1::ListInsatserRequest request;
  request.set_parent(installation_.Forbund());

  const auto all = installation_.Read(handler_, &InsatsHandler::ListInsatser,
                                      admin_, request);
  const auto assigned = installation_.Read(
      handler_, &InsatsHandler::ListInsatser,
      CallerWith("sam", Role::kSamordnare, installation_.Insats()), request);

  EXPECT_EQ(all->insatser_size(), 2);
  ASSERT_EQ(assigned->insatser_size(), 1);
  EXPECT_EQ(assigned->insatser(0).name(), installation_.Insats());
}

TEST_F(InsatsHandlerTest, AnswersARepeatedWriteAsTheFirstTime) {
  v1::Insats insats = Get();
  insats.set_description("ändrad");
  EXPECT_THAT(Update(insats, "description"), IsOk());

  const auto first = installation_.Answer<v1::Insats>(
      handler_, admin_, ResultRef{installation_.Insats(), 1});

  EXPECT_EQ(first->description(), "");
  EXPECT_EQ(first->etag(), insats.etag());
}

TEST_F(InsatsHandlerTest, ProposesAMethodAndSaysWhy) {
  v1::ProposeMethodRequest request;
  request.set_own_team(true);
  request.set_steered(true);

  const auto proposed = installation_.Read(
      handler_, &InsatsHandler::ProposeMethod, admin_, request);

  EXPECT_EQ(proposed->registration_method(), v1::REGISTRATION_METHOD_PERSONAL);
  EXPECT_EQ(proposed->reason(), v1::PROPOSAL_REASON_TEAM_WITH_OWN_METHOD);
}

}  // namespace
}  // namespace stegvis::handlers
