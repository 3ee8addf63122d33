#include "services/handlers/test_installation.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/handlers/forbund_handler.h"
#include "services/handlers/insats_handler.h"
#include "services/validation/resource_name.h"
#include "storage/seal/key_source.h"
#include "storage/store/open.h"
#include "tests/support/domain_fixtures.h"

namespace stegvis::testing {
namespace {

absl::Time Noon() {
  return absl::FromCivil(absl::CivilSecond(2026, 11, 20, 11, 0, 0),
                         absl::UTCTimeZone());
}

std::filesystem::path NewFolder() {
  std::string name =
      (std::filesystem::temp_directory_path() / "stegvis-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  return name;
}

void Set(absl::string_view value, std::string* field) {
  *field = std::string(value);
}

}  // namespace

access::Caller CallerWith(absl::string_view user, domain::Role role,
                          absl::string_view scope) {
  access::Caller caller;
  caller.user = std::string(user);
  caller.grants.push_back(
      domain::Grant{caller.user, role, *validation::ParseScopeName(scope)});
  return caller;
}

v1::Forbund AForbundMessage() {
  v1::Forbund forbund;
  forbund.set_display_name("Samordningsförbundet Prov");
  forbund.set_organization_number(ValidOrganizationNumber(1).Text());
  forbund.set_start_date("2005-01-01");
  return forbund;
}

v1::Insats AnInsatsMessage(absl::string_view title) {
  v1::Insats insats;
  Set(title, insats.mutable_title());
  insats.set_start_date("2010-01-01");
  insats.set_orientation(v1::ORIENTATION_INDIVIDUAL);
  insats.set_focus("rehab_arbete_utbildning");
  insats.add_target_groups("langtidssjukskrivna");
  insats.set_registration_method(v1::REGISTRATION_METHOD_PERSONAL);
  return insats;
}

v1::Situation ASituationMessage(absl::string_view source) {
  v1::Situation situation;
  Set(source, situation.add_supports()->mutable_source());
  return situation;
}

v1::Registration ARegistrationMessage() {
  v1::Registration registration;
  v1::PersonIdentity& person = *registration.mutable_person();
  person.set_person_number(ValidNumber(On("1985-05-05"), 238).Digits(kKey));
  person.set_display_name("Prova Provsson");
  registration.mutable_consent()->set_signed_date("2020-03-01");
  v1::Entry& entry = *registration.mutable_entry();
  entry.set_date("2020-03-02");
  entry.set_education("gymnasium");
  *entry.mutable_situation() = ASituationMessage("sjukpenning");
  return registration;
}

v1::Exit AnExitMessage(absl::string_view date) {
  v1::Exit exit;
  Set(date, exit.mutable_date());
  exit.set_end_reason("enligt_plan");
  *exit.mutable_situation() = ASituationMessage("ingen_offentlig");
  exit.mutable_situation()->set_work_hours(20);
  return exit;
}

std::vector<std::string> Refusals(const v1::ImportProgress& progress) {
  std::vector<std::string> refusals;
  for (const v1::RefusedRow& row : progress.refused_rows()) {
    for (const v1::FieldReason& fault : row.faults()) {
      refusals.push_back(
          absl::StrCat(row.line(), " ", fault.field(), " ", fault.reason()));
    }
  }
  return refusals;
}

TestInstallation::TestInstallation() : clock_(Noon()), folder_(NewFolder()) {
  const std::string key_source = (folder_ / "key-source").string();
  const std::string data = (folder_ / "data").string();
  std::filesystem::create_directory(data);
  EXPECT_TRUE(seal::KeySource::Create(key_source).ok());
  store_ = *storage::OpenStore(
      {.data_directory = data, .key_source = key_source, .create = true},
      clock_);
  forbund_ = AddForbund(AForbundMessage());
  insats_ = AddInsats(forbund_, AnInsatsMessage("Provinsatsen"));
}

TestInstallation::~TestInstallation() {
  store_->Stop();
  store_.reset();
  std::filesystem::remove_all(folder_);
}

std::string TestInstallation::AddForbund(const v1::Forbund& forbund) {
  v1::CreateForbundRequest request;
  *request.mutable_forbund() = forbund;
  return Write<v1::Forbund>(handlers::ForbundHandler(Codes(), clock_),
                            &handlers::ForbundHandler::CreateForbund,
                            CallerWith("op", domain::Role::kOperator), request)
      ->name();
}

std::string TestInstallation::AddInsats(const std::string& forbund,
                                        const v1::Insats& insats) {
  v1::CreateInsatsRequest request;
  request.set_parent(forbund);
  *request.mutable_insats() = insats;
  return Write<v1::Insats>(handlers::InsatsHandler(Codes(), clock_),
                           &handlers::InsatsHandler::CreateInsats,
                           CallerWith("adm", domain::Role::kForbundAdmin),
                           request)
      ->name();
}

}  // namespace stegvis::testing
