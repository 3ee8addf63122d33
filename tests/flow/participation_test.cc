// The life of a participation, from the entry to the report.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/validation/resource_name.h"
#include "tests/flow/server_fixture.h"

namespace stegvis::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

using Stub = v1::ParticipationService::Stub;

class AParticipation : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    forbund_ = MakeForbund();
    insats_ = MakeInsats(forbund_.name(), "Steget");
    Grant("samordnare", v1::ROLE_SAMORDNARE, insats_.name());
  }

  grpc::Status Register(const v1::Registration& registration,
                        v1::Participation& made) {
    v1::RegisterParticipationRequest request;
    request.set_parent(insats_.name());
    *request.mutable_registration() = registration;
    request.set_request_id(NewRequestId());
    return Call(*As("samordnare").participation, &Stub::RegisterParticipation,
                request, made);
  }

  v1::Participation Registered() {
    v1::Participation made;
    const grpc::Status status =
        Register(ARegistration(APersonNumber(1), "2020-02-01"), made);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return made;
  }

  v1::Participation Ended(const v1::Participation& participation) {
    v1::EndParticipationRequest request;
    request.set_name(participation.name());
    request.set_etag(participation.etag());
    request.set_request_id(NewRequestId());
    request.mutable_exit()->set_date("2020-11-30");
    request.mutable_exit()->set_end_reason("enligt_plan");
    v1::Situation& after = *request.mutable_exit()->mutable_situation();
    after.add_supports()->set_source("ingen_offentlig");
    after.set_work_hours(40);
    v1::Participation ended;
    const grpc::Status status = Call(*As("samordnare").participation,
                                     &Stub::EndParticipation, request, ended);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return ended;
  }

  v1::OutcomeReport ReportOf2020() {
    v1::GetOutcomeReportRequest request;
    request.add_forbund(forbund_.name());
    request.set_from("2020-01-01");
    request.set_to("2020-12-31");
    v1::OutcomeReport report;
    const grpc::Status status =
        Call(*As("admin").outcome, &v1::OutcomeService::Stub::GetOutcomeReport,
             request, report);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return report;
  }

  grpc::Status Reveal(const std::string& name, v1::PersonIdentity& identity) {
    v1::RevealPersonRequest request;
    request.set_name(name);
    request.set_purpose(Purpose());
    return Call(*As("dataskydd").person, &v1::PersonService::Stub::RevealPerson,
                request, identity);
  }

  std::string Purpose() {
    v1::ListCodesRequest request;
    request.set_list("PURPOSE");
    v1::ListCodesResponse codes;
    EXPECT_TRUE(Call(*As("admin").code_list,
                     &v1::CodeListService::Stub::ListCodes, request, codes)
                    .ok());
    return codes.codes_size() > 0 ? codes.codes(0).code() : "";
  }

  v1::Forbund forbund_;
  v1::Insats insats_;
};

TEST_F(AParticipation, IsInTheReportAsSoonAsItsExitIsAnswered) {
  Ended(Registered());

  const v1::OutcomeReport report = ReportOf2020();

  EXPECT_EQ(report.participants().started().total(), 1);
  EXPECT_EQ(report.participants().base().total(), 1);
  ASSERT_GT(report.occupation_size(), 0);
  EXPECT_EQ(report.occupation(0).key(), "ARBETE_ELLER_STUDIER");
  EXPECT_EQ(report.occupation(0).before().total(), 0);
  EXPECT_EQ(report.occupation(0).after().total(), 1);
}

TEST_F(AParticipation, IsFollowedUpOnceItHasEnded) {
  v1::RecordFollowUpRequest request;
  v1::Participation participation = Registered();
  request.set_name(participation.name());
  request.set_etag(participation.etag());
  request.set_request_id(NewRequestId());
  request.mutable_follow_up()->set_months(6);
  request.mutable_follow_up()->set_date("2021-05-30");
  v1::Situation& then = *request.mutable_follow_up()->mutable_situation();
  then.add_supports()->set_source("a_kassa");
  then.set_seeking(true);
  const Stubs samordnare = As("samordnare");
  v1::Participation followed;

  EXPECT_EQ(ReasonTold(Call(*samordnare.participation, &Stub::RecordFollowUp,
                            request, followed)),
            "NOT_ENDED");

  participation = Ended(participation);
  request.set_etag(participation.etag());
  request.set_request_id(NewRequestId());
  const grpc::Status status =
      Call(*samordnare.participation, &Stub::RecordFollowUp, request, followed);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(followed.follow_ups_size(), 1);
  EXPECT_EQ(ReportOf2020().follow_up(0).answered().total(), 1);
}

TEST_F(AParticipation, CheckedOnlyIsNotThere) {
  v1::RegisterParticipationRequest request;
  request.set_parent(insats_.name());
  *request.mutable_registration() =
      ARegistration(APersonNumber(1), "2020-02-01");
  request.set_validate_only(true);
  request.set_request_id(NewRequestId());
  v1::Participation would_be;

  const grpc::Status status =
      Call(*As("samordnare").participation, &Stub::RegisterParticipation,
           request, would_be);

  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(ReportOf2020().participants().started().total(), 0);
}

TEST_F(AParticipation, WithoutConsentIsRefused) {
  v1::Registration registration = ARegistration(APersonNumber(1), "2020-02-01");
  registration.clear_consent();
  v1::Participation made;

  EXPECT_EQ(ReasonTold(Register(registration, made)), "CONSENT_MISSING");
}

TEST_F(AParticipation, IsRevealedOnlyWithAnEntryInTheAuditLog) {
  const v1::Participation participation = Registered();
  v1::PersonIdentity identity;
  ASSERT_TRUE(Reveal(participation.name(), identity).ok());
  EXPECT_EQ(identity.person_number(), APersonNumber(1));
  const std::string purpose = Purpose();

  // The entry is durable before the answer leaves.
  Crash();

  const auto forbund = validation::ParseForbundName(forbund_.name());
  EXPECT_THAT(AuditLog(*forbund),
              Contains(AllOf(
                  Field(&storage::AuditEntry::user, "dataskydd"),
                  Field(&storage::AuditEntry::method, "RevealPerson"),
                  Field(&storage::AuditEntry::resource, participation.name()),
                  Field(&storage::AuditEntry::reason, purpose),
                  Field(&storage::AuditEntry::refused, false))));
}

TEST_F(AParticipation, IsFoundByNumberAndTheNumberIsNotLogged) {
  const v1::Participation participation = Registered();
  v1::FindPersonRequest request;
  request.set_parent(forbund_.name());
  request.set_person_number(APersonNumber(1));
  v1::FindPersonResponse found;

  ASSERT_TRUE(Call(*As("samordnare").person,
                   &v1::PersonService::Stub::FindPerson, request, found)
                  .ok());

  ASSERT_EQ(found.participations_size(), 1);
  EXPECT_EQ(found.participations(0).name(), participation.name());
  EXPECT_EQ(Stop(), 0);
  EXPECT_THAT(Said(), Not(HasSubstr(APersonNumber(1).substr(2))));
  const auto forbund = validation::ParseForbundName(forbund_.name());
  EXPECT_THAT(
      AuditLog(*forbund),
      Contains(AllOf(Field(&storage::AuditEntry::method, "FindPerson"),
                     Field(&storage::AuditEntry::resource, forbund_.name()))));
}

TEST_F(AParticipation, LeavesAnEntryForEveryWriteAndEveryRefusal) {
  const v1::Participation participation = Registered();
  Ended(participation);
  v1::EndParticipationRequest again;
  again.set_name(participation.name());
  again.set_etag(participation.etag());
  again.set_request_id(NewRequestId());
  again.mutable_exit()->set_date("2020-12-01");
  again.mutable_exit()->set_end_reason("enligt_plan");
  v1::Participation none;
  EXPECT_EQ(ReasonTold(Call(*As("samordnare").participation,
                            &Stub::EndParticipation, again, none)),
            "ETAG_STALE");
  ASSERT_EQ(Stop(), 0);

  std::vector<std::string> told;
  for (const storage::AuditEntry& entry :
       AuditLog(*validation::ParseForbundName(forbund_.name()))) {
    told.push_back(entry.method + (entry.refused ? " " + entry.reason : ""));
  }
  EXPECT_THAT(told, ElementsAre("CreateForbund", "CreateInsats", "GrantRole",
                                "RegisterParticipation", "EndParticipation",
                                "EndParticipation ETAG_STALE"));
}

TEST_F(AParticipation, IsExportedAsItCanBeImported) {
  Ended(Registered());
  v1::ExportForbundRequest request;
  request.set_name(forbund_.name());
  grpc::ClientContext context;
  const Stubs admin = As("admin");
  const auto stream = admin.forbund->ExportForbund(&context, request);
  int participations = 0;
  v1::ExportForbundResponse part;
  while (stream->Read(&part)) {
    if (!part.has_participation()) continue;
    ++participations;
    EXPECT_TRUE(
        part.participation().registration().person().person_number().empty());
  }

  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(participations, 1);
}

}  // namespace
}  // namespace stegvis::testing
