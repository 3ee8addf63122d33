#include "services/validation/request_checks.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/status_matchers.h"

namespace stegvis::validation {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::IsOk;

constexpr char kForbund[] = "forbund/01890a5d-ac96-774b-bcce-b302099a8057";
constexpr char kInsats[] =
    "forbund/01890a5d-ac96-774b-bcce-b302099a8057/insatser/"
    "01890a5d-ac96-774b-bcce-b302099a8058";
constexpr char kParticipation[] =
    "forbund/01890a5d-ac96-774b-bcce-b302099a8057/insatser/"
    "01890a5d-ac96-774b-bcce-b302099a8058/participations/"
    "01890a5d-ac96-774b-bcce-b302099a8059";
constexpr char kRequestId[] = "f81d4fae-7dec-41d0-a765-00a0c91e6bf6";

v1::UpdateForbundRequest AnUpdate() {
  v1::UpdateForbundRequest request;
  request.mutable_forbund()->set_name(kForbund);
  request.mutable_forbund()->set_etag("x");
  request.mutable_update_mask()->add_paths("contact");
  request.set_request_id(kRequestId);
  return request;
}

TEST(CheckRequest, AllowsAGoodOne) { EXPECT_THAT(Check(AnUpdate()), IsOk()); }

TEST(CheckRequest, NamesEveryFaultAtOnce) {
  v1::UpdateForbundRequest request;
  request.mutable_forbund()->set_contact("\xFF");
  request.mutable_update_mask()->add_paths("*");

  const absl::Status checked = Check(request);

  EXPECT_THAT(checked, HasFault("forbund.contact", "NOT_UTF8"));
  EXPECT_THAT(checked, HasFault("forbund.name", "MISSING"));
  EXPECT_THAT(checked, HasFault("forbund.etag", "MISSING"));
  EXPECT_THAT(checked, HasFault("update_mask", "UNKNOWN_FIELD"));
  EXPECT_THAT(checked, HasFault("request_id", "REQUEST_ID_INVALID"));
}

TEST(CheckRequest, WantsARequestIdThatIsAUuid) {
  v1::UpdateForbundRequest request = AnUpdate();
  for (const char* id : {"", "1", "F81D4FAE-7DEC-41D0-A765-00A0C91E6BF6",
                         "f81d4fae7dec41d0a76500a0c91e6bf6"}) {
    request.set_request_id(id);
    EXPECT_THAT(Check(request), HasFault("request_id", "REQUEST_ID_INVALID"))
        << id;
  }
}

TEST(CheckRequest, RefusesANegativePageSize) {
  v1::ListGrantsRequest request;
  request.set_page_size(-1);

  EXPECT_THAT(Check(request), HasFault("page_size", "OUT_OF_RANGE"));
}

TEST(CheckRequest, RefusesANameOfAnotherKind) {
  v1::ListCountsRequest request;
  request.set_parent(kForbund);

  EXPECT_THAT(Check(request), HasFault("parent", "NAME_INVALID"));
}

TEST(CheckRequest, WantsTheMessageThatIsToBeRecorded) {
  v1::RegisterParticipationRequest registering;
  registering.set_parent(kInsats);
  registering.set_request_id(kRequestId);
  v1::EndParticipationRequest ending;
  ending.set_name(kParticipation);
  ending.set_etag("x");
  ending.set_request_id(kRequestId);

  EXPECT_THAT(Check(registering), HasFault("registration", "MISSING"));
  EXPECT_THAT(Check(ending), HasFault("exit", "MISSING"));
}

TEST(CheckRequest, WantsWhatACorrectionNames) {
  v1::CorrectParticipationRequest request;
  request.set_name(kParticipation);
  request.set_etag("x");
  request.set_request_id(kRequestId);
  request.mutable_registration()->set_kommun("0180");
  for (const char* path : {"person", "entry", "exit", "follow_ups"}) {
    request.mutable_update_mask()->add_paths(path);
  }

  const absl::Status checked = Check(request);

  EXPECT_THAT(checked, HasFault("reason", "MISSING"));
  EXPECT_THAT(checked, HasFault("registration.person", "MISSING"));
  EXPECT_THAT(checked, HasFault("registration.entry", "MISSING"));
  EXPECT_EQ(FaultsOf(checked).size(), 3);
}

TEST(CheckRequest, LetsACorrectionNameTheNumberAlone) {
  v1::CorrectParticipationRequest request;
  request.set_name(kParticipation);
  request.set_etag("x");
  request.set_request_id(kRequestId);
  request.set_reason("skrivfel");
  request.mutable_registration()->set_kommun("0180");
  request.mutable_update_mask()->add_paths("person.person_number");
  EXPECT_THAT(Check(request), HasFault("registration.person", "MISSING"));

  request.mutable_registration()->mutable_person()->set_person_number("x");
  EXPECT_THAT(Check(request), IsOk());

  request.mutable_update_mask()->add_paths("person.display_name");
  EXPECT_THAT(Check(request), HasFault("update_mask", "UNKNOWN_FIELD"));
}

TEST(CheckRequest, LimitsTheLengthOfAnAcknowledgement) {
  v1::AcknowledgeFindingRequest request;
  request.set_name(kParticipation);
  request.set_etag("x");
  request.set_request_id(kRequestId);
  request.set_kind("CONSENT_OLD");
  request.set_acknowledgement(std::string(500, 'a'));
  EXPECT_THAT(Check(request), IsOk());

  request.set_acknowledgement(std::string(501, 'a'));
  EXPECT_THAT(Check(request), HasFault("acknowledgement", "TOO_LONG"));
}

TEST(CheckRequest, WantsAReportsPeriodInOrder) {
  v1::GetOutcomeReportRequest request;
  request.add_forbund(kForbund);
  request.add_forbund("forbund/-");
  request.set_from("2020-12-31");
  request.set_to("2020-01-01");
  EXPECT_THAT(Check(request), HasFault("forbund[1]", "NAME_INVALID"));
  EXPECT_THAT(Check(request), HasFault("to", "ENDS_BEFORE_START"));

  request.set_from("2020-13-31");
  request.clear_to();
  EXPECT_THAT(Check(request), HasFault("from", "DATE_INVALID"));
  EXPECT_THAT(Check(request), HasFault("to", "MISSING"));
}

TEST(CheckRequest, WantsAGrantsScope) {
  v1::GrantRoleRequest request;
  request.set_request_id(kRequestId);
  EXPECT_THAT(Check(request), HasFault("grant", "MISSING"));

  request.mutable_grant()->set_scope(kParticipation);
  EXPECT_THAT(Check(request), HasFault("grant.scope", "NAME_INVALID"));

  request.mutable_grant()->set_scope("forbund/-");
  EXPECT_THAT(Check(request), IsOk());
}

TEST(CheckRequest, KeepsNoValueInTheError) {
  v1::FindPersonRequest request;
  request.set_parent("forbund/191212121212");
  request.set_person_number("191212121212");

  EXPECT_EQ(Check(request).ToString().find("1912"), std::string::npos);
}

}  // namespace
}  // namespace stegvis::validation
