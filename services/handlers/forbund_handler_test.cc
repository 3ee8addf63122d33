#include "services/handlers/forbund_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/handlers/participation_handler.h"
#include "services/handlers/test_installation.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using ::stegvis::testing::AForbundMessage;
using ::stegvis::testing::ARegistrationMessage;
using ::stegvis::testing::CallerWith;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::StatusIs;
using ::stegvis::testing::TestInstallation;
using ::stegvis::testing::ValidOrganizationNumber;
using ::testing::ElementsAre;

class ForbundHandlerTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::Forbund> Create(const v1::Forbund& forbund) {
    v1::CreateForbundRequest request;
    *request.mutable_forbund() = forbund;
    return installation_.Write<v1::Forbund>(
        handler_, &ForbundHandler::CreateForbund, admin_, request);
  }

  absl::StatusOr<v1::Forbund> CheckNew(const v1::Forbund& forbund) {
    v1::CreateForbundRequest request;
    *request.mutable_forbund() = forbund;
    request.set_validate_only(true);
    return installation_.Read(handler_, &ForbundHandler::CheckNewForbund,
                              admin_, request);
  }

  v1::Forbund Get() {
    v1::GetForbundRequest request;
    request.set_name(installation_.Forbund());
    return *installation_.Read(handler_, &ForbundHandler::GetForbund, admin_,
                               request);
  }

  absl::StatusOr<v1::Forbund> Update(const v1::Forbund& forbund,
                                     const std::string& path) {
    v1::UpdateForbundRequest request;
    *request.mutable_forbund() = forbund;
    request.mutable_update_mask()->add_paths(path);
    return installation_.Write<v1::Forbund>(
        handler_, &ForbundHandler::UpdateForbund, admin_, request);
  }

  absl::StatusOr<v1::Question> Ask(const std::string& text, int position) {
    v1::CreateQuestionRequest request;
    request.set_parent(installation_.Forbund());
    v1::Question& question = *request.mutable_question();
    question.set_text(text);
    question.set_answer_type(v1::ANSWER_TYPE_YES_NO);
    question.set_start_date("2010-01-01");
    question.set_position(position);
    question.set_asked_entry(true);
    return installation_.Write<v1::Question>(
        handler_, &ForbundHandler::CreateQuestion, admin_, request);
  }

  std::vector<v1::ExportForbundResponse> Export(const access::Caller& caller,
                                                bool identities) {
    v1::ExportForbundRequest request;
    request.set_name(installation_.Forbund());
    request.set_identities(identities);
    std::vector<v1::ExportForbundResponse> emitted;
    exported_ = installation_.GetStore().Read(
        storage::AsOf::Now(), [&](storage::ReadTransaction& tx) {
          return handler_.ExportForbund(caller, request, tx,
                                        [&](v1::ExportForbundResponse one) {
                                          emitted.push_back(std::move(one));
                                          return absl::OkStatus();
                                        });
        });
    return emitted;
  }

  void Register() {
    v1::RegisterParticipationRequest request;
    request.set_parent(installation_.Insats());
    *request.mutable_registration() = ARegistrationMessage();
    request.mutable_registration()->mutable_consent()->set_reference("pärm 1");
    const ParticipationHandler participations(installation_.Codes(),
                                              installation_.GetClock());
    EXPECT_THAT(
        installation_.Write<v1::Participation>(
            participations, &ParticipationHandler::RegisterParticipation,
            CallerWith("sam", Role::kSamordnare), request),
        IsOk());
  }

  TestInstallation installation_;
  const ForbundHandler handler_{installation_.Codes(),
                                installation_.GetClock()};
  const access::Caller admin_ = CallerWith("adm", Role::kForbundAdmin);
  absl::Status exported_;
};

TEST_F(ForbundHandlerTest, NamesEveryFaultOfANewForbund) {
  v1::Forbund forbund;
  forbund.set_organization_number("202100-5480");
  forbund.set_start_date("2005-02-30");
  forbund.add_kommuner()->set_code("0000");

  const absl::StatusOr<v1::Forbund> created = Create(forbund);

  EXPECT_THAT(created, HasFault("forbund.display_name", "MISSING"));
  EXPECT_THAT(created, HasFault("forbund.organization_number",
                                "ORGANIZATION_NUMBER_INVALID"));
  EXPECT_THAT(created, HasFault("forbund.start_date", "DATE_INVALID"));
  EXPECT_THAT(created, HasFault("forbund.kommuner[0].code", "OUT_OF_RANGE"));
}

TEST_F(ForbundHandlerTest, RefusesAnOrganizationNumberThatIsTaken) {
  EXPECT_THAT(Create(AForbundMessage()),
              HasReason("ORGANIZATION_NUMBER_TAKEN"));
}

TEST_F(ForbundHandlerTest, ChecksANewForbundAndCreatesNone) {
  v1::Forbund forbund = AForbundMessage();
  forbund.set_organization_number(ValidOrganizationNumber(2).Text());

  const absl::StatusOr<v1::Forbund> checked = CheckNew(forbund);

  ASSERT_THAT(checked, IsOk());
  EXPECT_EQ(checked->organization_number(), forbund.organization_number());
  EXPECT_EQ(checked->name(), "");
  EXPECT_EQ(checked->etag(), "");
  const auto listed = installation_.Read(handler_, &ForbundHandler::ListForbund,
                                         admin_, v1::ListForbundRequest());
  EXPECT_EQ(listed->forbund_size(), 1);

  forbund.set_end_date("1999-01-01");
  EXPECT_THAT(CheckNew(forbund),
              HasFault("forbund.end_date", "ENDS_BEFORE_START"));
  EXPECT_THAT(CheckNew(AForbundMessage()),
              HasReason("ORGANIZATION_NUMBER_TAKEN"));
}

TEST_F(ForbundHandlerTest, ListsByDisplayNameWhatTheCallerHasARoleIn) {
  for (int serial = 2; serial <= 4; ++serial) {
    v1::Forbund forbund = AForbundMessage();
    forbund.set_organization_number(ValidOrganizationNumber(serial).Text());
    forbund.set_display_name(serial == 2 ? "A" : serial == 3 ? "C" : "B");
    EXPECT_THAT(Create(forbund), IsOk());
  }
  v1::ListForbundRequest request;
  request.set_page_size(2);

  const auto first = installation_.Read(handler_, &ForbundHandler::ListForbund,
                                        admin_, request);
  request.set_page_token(first->next_page_token());
  const auto second = installation_.Read(handler_, &ForbundHandler::ListForbund,
                                         admin_, request);

  ASSERT_EQ(first->forbund_size(), 2);
  EXPECT_EQ(first->forbund(0).display_name(), "A");
  EXPECT_EQ(first->forbund(1).display_name(), "B");
  ASSERT_EQ(second->forbund_size(), 2);
  EXPECT_EQ(second->forbund(0).display_name(), "C");
  EXPECT_TRUE(second->next_page_token().empty());

  const auto assigned = installation_.Read(
      handler_, &ForbundHandler::ListForbund,
      CallerWith("sam", Role::kSamordnare, installation_.Insats()),
      v1::ListForbundRequest());
  ASSERT_EQ(assigned->forbund_size(), 1);
  EXPECT_EQ(assigned->forbund(0).name(), installation_.Forbund());
}

TEST_F(ForbundHandlerTest, UpdatesWhatTheMaskNamesAndNothingElse) {
  v1::Forbund forbund = Get();
  forbund.set_contact("ny@example.org");
  forbund.set_description("ändrad");

  const absl::StatusOr<v1::Forbund> updated = Update(forbund, "contact");

  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->contact(), "ny@example.org");
  EXPECT_EQ(updated->description(), "");
  EXPECT_NE(updated->etag(), forbund.etag());
}

TEST_F(ForbundHandlerTest, RefusesAnUpdateOfWhatHasChangedSince) {
  v1::Forbund forbund = Get();
  forbund.set_contact("första@example.org");
  EXPECT_THAT(Update(forbund, "contact"), IsOk());
  forbund.set_contact("andra@example.org");

  EXPECT_THAT(Update(forbund, "contact"), StatusIs(absl::StatusCode::kAborted));
}

TEST_F(ForbundHandlerTest, MakesNoVersionOfAnUpdateThatChangesNothing) {
  const v1::Forbund forbund = Get();

  EXPECT_EQ(Update(forbund, "display_name")->etag(), forbund.etag());
  EXPECT_EQ(Update(forbund, "organization_number")->etag(), forbund.etag());
  EXPECT_EQ(Update(forbund, "etag")->etag(), forbund.etag());
}

TEST_F(ForbundHandlerTest, KeepsTheOrganizationNumber) {
  v1::Forbund forbund = Get();
  forbund.set_organization_number(ValidOrganizationNumber(7).Text());

  EXPECT_THAT(Update(forbund, "organization_number"),
              HasFault("forbund.organization_number", "IMMUTABLE"));
}

TEST_F(ForbundHandlerTest, AsksQuestionsInTheirOrderEachTextOnce) {
  EXPECT_THAT(Ask("Sist?", 9), IsOk());
  EXPECT_THAT(Ask("Först?", 1), IsOk());
  EXPECT_THAT(Ask("Sist?", 3), HasReason("QUESTION_TAKEN"));
  v1::ListQuestionsRequest request;
  request.set_parent(installation_.Forbund());

  const auto listed = installation_.Read(
      handler_, &ForbundHandler::ListQuestions, admin_, request);

  ASSERT_EQ(listed->questions_size(), 2);
  EXPECT_EQ(listed->questions(0).text(), "Först?");
}

TEST_F(ForbundHandlerTest, EndsAQuestionNotBeforeItsStart) {
  const v1::Question question = *Ask("Länge?", 1);
  v1::EndQuestionRequest request;
  request.set_name(question.name());
  request.set_etag(question.etag());
  request.set_end_date("2009-12-31");
  const auto end = [&] {
    return installation_.Write<v1::Question>(
        handler_, &ForbundHandler::EndQuestion, admin_, request);
  };
  EXPECT_THAT(end(), HasFault("end_date", "ENDS_BEFORE_START"));

  request.set_end_date("2011-01-01");

  EXPECT_EQ(end()->end_date(), "2011-01-01");
  EXPECT_THAT(end(), HasReason("ETAG_STALE"));
}

TEST_F(ForbundHandlerTest, ExportsWithoutIdentitiesUnlessAskedByDataskydd) {
  Register();

  const auto open = Export(admin_, /*identities=*/false);
  ASSERT_THAT(exported_, IsOk());
  ASSERT_EQ(open.size(), 3);
  EXPECT_TRUE(open[0].has_forbund());
  EXPECT_TRUE(open[1].has_insats());
  const v1::Registration& said = open[2].participation().registration();
  EXPECT_FALSE(said.has_person());
  EXPECT_EQ(said.consent().signed_date(), "2020-03-01");
  EXPECT_EQ(said.consent().reference(), "");

  Export(admin_, /*identities=*/true);
  EXPECT_THAT(exported_, HasReason("NOT_PERMITTED"));

  const auto whole =
      Export(CallerWith("dpo", Role::kDataskydd), /*identities=*/true);
  ASSERT_THAT(exported_, IsOk());
  EXPECT_EQ(whole[2].participation().registration().person().display_name(),
            "Prova Provsson");
}

}  // namespace
}  // namespace stegvis::handlers
