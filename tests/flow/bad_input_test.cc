// What cannot be right, sent by a client over TLS: each fault is named by its
// field and its reason, and nothing of the request is there afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "services/base/limits.h"
#include "tests/flow/server_fixture.h"

namespace stegvis::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

constexpr char kEntryDay[] = "2020-02-01";

v1::Situation AfterWork() {
  v1::Situation after;
  after.add_supports()->set_source("ingen_offentlig");
  after.set_work_hours(40);
  return after;
}

// A change to a registration that is in order, and the fault it then has.
struct Fault {
  std::string name;
  std::function<void(v1::Registration&)> spoil;
  std::string told;
};

const std::vector<Fault>& Faults() {
  static const auto& faults = *new std::vector<Fault>{
      {"a number with a letter",
       [](auto& r) { r.mutable_person()->set_person_number("19900101A234"); },
       "registration.person.person_number PERSON_NUMBER_MALFORMED"},
      {"a number of 31 April",
       [](auto& r) { r.mutable_person()->set_person_number("199004312389"); },
       "registration.person.person_number PERSON_NUMBER_IMPOSSIBLE"},
      {"no consent", [](auto& r) { r.clear_consent(); },
       "registration.consent CONSENT_MISSING"},
      {"a protected identity",
       [](auto& r) { r.mutable_person()->set_protected_identity(true); },
       "registration.person.protected_identity PROTECTED_IDENTITY"},
      {"an exit before the entry",
       [](auto& r) {
         r.mutable_exit()->set_date("2020-01-31");
         r.mutable_exit()->set_end_reason("enligt_plan");
         *r.mutable_exit()->mutable_situation() = AfterWork();
       },
       "registration.exit.date ENDS_BEFORE_START"},
      {"an entry in the future",
       [](auto& r) { r.mutable_entry()->set_date("2199-01-01"); },
       "registration.entry.date DATE_IN_FUTURE"},
      {"a consent in the future",
       [](auto& r) { r.mutable_consent()->set_signed_date("2199-01-01"); },
       "registration.consent.signed_date DATE_IN_FUTURE"},
      {"an exit in the future",
       [](auto& r) {
         r.mutable_exit()->set_date("2199-01-01");
         r.mutable_exit()->set_end_reason("enligt_plan");
         *r.mutable_exit()->mutable_situation() = AfterWork();
       },
       "registration.exit.date DATE_IN_FUTURE"},
      {"an unknown code",
       [](auto& r) { r.mutable_entry()->set_education("folkskola"); },
       "registration.entry.education CODE_UNKNOWN"},
      {"sources that exclude each other",
       [](auto& r) {
         r.mutable_entry()->mutable_situation()->add_supports()->set_source(
             "ingen_offentlig");
       },
       "registration.entry.situation.supports SOURCES_EXCLUDE"},
      {"hours out of range",
       [](auto& r) {
         r.mutable_entry()->mutable_situation()->set_work_hours(80.5);
       },
       "registration.entry.situation.work_hours HOURS_OUT_OF_RANGE"},
  };
  return faults;
}

class BadInput : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    forbund_ = MakeForbund();
    insats_ = MakeInsats(forbund_.name(), "Steget");
    Grant("samordnare", v1::ROLE_SAMORDNARE, insats_.name());
  }

  grpc::Status Register(const v1::Registration& registration) {
    v1::RegisterParticipationRequest request;
    request.set_parent(insats_.name());
    *request.mutable_registration() = registration;
    request.set_request_id(NewRequestId());
    v1::Participation made;
    return Call(*As("samordnare").participation,
                &v1::ParticipationService::Stub::RegisterParticipation, request,
                made);
  }

  // One stream of one message of rows.
  grpc::Status Import(const v1::ImportParticipationsRequest& rows,
                      std::vector<v1::ImportProgress>& answers) {
    const Stubs stubs = As("import");
    grpc::ClientContext context;
    const auto stream = stubs.participation->ImportParticipations(&context);
    v1::ImportParticipationsRequest first;
    first.mutable_options();
    stream->Write(first);
    stream->Write(rows);
    stream->WritesDone();
    v1::ImportProgress progress;
    while (stream->Read(&progress)) answers.push_back(progress);
    return stream->Finish();
  }

  v1::ParticipationRow ARow(int line, int person) const {
    v1::ParticipationRow row;
    row.set_line(line);
    row.set_insats(insats_.name());
    *row.mutable_registration() =
        ARegistration(APersonNumber(person), kEntryDay);
    return row;
  }

  std::vector<std::string> Listed() {
    v1::ListParticipationsRequest request;
    request.set_parent(insats_.name());
    v1::ListParticipationsResponse response;
    EXPECT_TRUE(Call(*As("samordnare").participation,
                     &v1::ParticipationService::Stub::ListParticipations,
                     request, response)
                    .ok());
    std::vector<std::string> names;
    for (const auto& one : response.participations()) {
      names.push_back(one.name());
    }
    return names;
  }

  v1::Forbund forbund_;
  v1::Insats insats_;
};

TEST_F(BadInput, OfARegistrationIsNamedByFieldAndReason) {
  for (const Fault& fault : Faults()) {
    v1::Registration registration = ARegistration(APersonNumber(1), kEntryDay);
    fault.spoil(registration);

    const grpc::Status refused = Register(registration);

    EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT)
        << fault.name;
    EXPECT_THAT(FaultsTold(refused), ElementsAre(fault.told)) << fault.name;
  }
  EXPECT_THAT(Listed(), ::testing::IsEmpty());
}

TEST_F(BadInput, OfAnImportIsNamedByLineFieldAndReason) {
  v1::ImportParticipationsRequest message;
  *message.mutable_rows()->add_rows() = ARow(2, 1);
  std::vector<std::string> expected;
  int line = 2;
  for (const Fault& fault : Faults()) {
    ++line;
    v1::ParticipationRow row = ARow(line, line);
    fault.spoil(*row.mutable_registration());
    *message.mutable_rows()->add_rows() = row;
    expected.push_back(std::to_string(line) + " " + fault.told);
  }
  std::vector<v1::ImportProgress> answers;

  const grpc::Status status = Import(message, answers);

  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].recorded(), 1);
  std::vector<std::string> told;
  for (const v1::RefusedRow& refused : answers[0].refused_rows()) {
    for (const v1::FieldReason& reason : refused.faults()) {
      told.push_back(std::to_string(refused.line()) + " " + reason.field() +
                     " " + reason.reason());
    }
  }
  EXPECT_EQ(told, expected);
  EXPECT_EQ(Listed().size(), 1U);
}

TEST_F(BadInput, ATwofoldOngoingParticipationIsRefused) {
  ASSERT_TRUE(Register(ARegistration(APersonNumber(1), kEntryDay)).ok());

  const grpc::Status refused =
      Register(ARegistration(APersonNumber(1), "2021-01-01"));

  EXPECT_EQ(refused.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonTold(refused), "OVERLAPS");
  EXPECT_EQ(Listed().size(), 1U);
}

TEST_F(BadInput, AStructuralInsatsCannotRegisterPeople) {
  v1::CreateInsatsRequest request;
  request.set_parent(forbund_.name());
  request.set_request_id(NewRequestId());
  *request.mutable_insats() = insats_;
  request.mutable_insats()->clear_name();
  request.mutable_insats()->set_title("Dialogen");
  request.mutable_insats()->set_orientation(v1::ORIENTATION_STRUCTURAL);
  request.mutable_insats()->set_focus("dialog");
  v1::Insats made;

  const grpc::Status refused =
      Call(*As("admin").insats, &v1::InsatsService::Stub::CreateInsats, request,
           made);

  EXPECT_THAT(FaultsTold(refused),
              Contains("insats.registration_method STRUCTURAL_NEEDS_VOLUME"));
}

TEST_F(BadInput, WhatWasFixedAtTheCreationCannotBeChanged) {
  v1::UpdateInsatsRequest request;
  *request.mutable_insats() = insats_;
  request.mutable_insats()->set_registration_method(
      v1::REGISTRATION_METHOD_VOLUME);
  request.mutable_update_mask()->add_paths("registration_method");
  request.set_request_id(NewRequestId());
  v1::Insats changed;

  const grpc::Status refused =
      Call(*As("admin").insats, &v1::InsatsService::Stub::UpdateInsats, request,
           changed);

  EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FaultsTold(refused),
              ElementsAre("insats.registration_method IMMUTABLE"));
}

TEST_F(BadInput, AMessageThatIsTooLargeEndsItsCallAndNothingElse) {
  v1::ImportParticipationsRequest message;
  *message.mutable_rows()->add_rows() = ARow(2, 1);
  message.mutable_rows()
      ->mutable_rows(0)
      ->mutable_registration()
      ->mutable_consent()
      ->set_reference(std::string(limits::kMaxMessageBytes, 'x'));
  std::vector<v1::ImportProgress> answers;

  EXPECT_EQ(Import(message, answers).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(answers, ::testing::IsEmpty());

  EXPECT_TRUE(Register(ARegistration(APersonNumber(1), kEntryDay)).ok());
  EXPECT_EQ(Listed().size(), 1U);
}

}  // namespace
}  // namespace stegvis::testing
