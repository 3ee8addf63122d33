// Builders of domain values for tests: valid from the start, so that a test
// names only what it is about. Every person is invented.
//
// What does not exist (a text that is no date, a serial of five digits) ends
// the test program: it is a fault of the test.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/base/day.h"
#include "services/base/ids.h"
#include "services/domain/code_list.h"
#include "services/domain/forbund.h"
#include "services/domain/insats.h"
#include "services/domain/participation.h"
#include "services/domain/person_number.h"
#include "services/domain/situation.h"

namespace stegvis::testing {

// The shipped code lists, read from storage/code_lists.
const domain::CodeBook& TestCodeBook();

// `2026-03-02` as a day.
Day On(absl::string_view iso);

// The same id for the same number, other ids for others.
template <typename IdType>
IdType TestId(uint8_t number) {
  IdBytes bytes{};
  bytes[6] = 0x70;  // The form of a UUIDv7.
  bytes[8] = 0x80;
  bytes[15] = number;
  return IdType::FromBytes(bytes);
}

// The twelve digits of an invented number that is valid: `serial` is 1 to 999,
// odd for men. A samordningsnummer has 60 added to its day.
std::string ValidNumberText(Day birth, int serial);
std::string ValidSamordningsnummerText(Day birth, int serial);
domain::PersonNumber ValidNumber(Day birth, int serial);
domain::PersonNumber ValidSamordningsnummer(Day birth, int serial);

// A valid organisation number whose serial is `serial`, 0 to 999.
domain::OrganizationNumber ValidOrganizationNumber(int serial);

// A situation with one source and nothing else, to be changed at will.
domain::Situation SupportedBy(absl::string_view source);
// The same beside hours of work a week.
domain::Situation Working(double hours,
                          absl::string_view source = "ingen_offentlig");

domain::Exit ExitOn(Day day, absl::string_view end_reason = "enligt_plan");
domain::FollowUp FollowUpOn(Day day);

// A förbund from 2005-01-01, with one kommun (0180) and two parties.
class AForbund {
 public:
  AForbund& WithId(ForbundId id);
  AForbund& Named(absl::string_view display_name);
  AForbund& Numbered(domain::OrganizationNumber number);
  AForbund& From(Day day);
  AForbund& Until(Day day);
  domain::Forbund Build() const { return forbund_; }

 private:
  domain::Forbund forbund_ = {.id = TestId<ForbundId>(1),
                              .display_name = "Samordningsförbundet Prov",
                              .organization_number = ValidOrganizationNumber(1),
                              .start = On("2005-01-01"),
                              .end = std::nullopt,
                              .description = "Ett förbund för prov",
                              .contact = "prov@example.org",
                              .kommuner = {{.code = "0180", .district = ""}},
                              .parties = {{.title = "Stockholms stad",
                                           .participates = true,
                                           .finances = true,
                                           .uses_funds = true},
                                          {.title = "Region Stockholm",
                                           .participates = true,
                                           .finances = true,
                                           .uses_funds = false}}};
};

// An individual insats with method PERSONAL from 2010-01-01.
class AnInsats {
 public:
  AnInsats& WithId(InsatsId id);
  AnInsats& Titled(absl::string_view title);
  AnInsats& From(Day day);
  AnInsats& Until(Day day);
  AnInsats& ByVolume();
  AnInsats& Structural();  // And so by volume.
  AnInsats& Focused(absl::string_view focus);
  AnInsats& For(std::vector<std::string> target_groups);
  domain::Insats Build() const { return insats_; }

 private:
  domain::Insats insats_ = {.id = TestId<InsatsId>(1),
                            .title = "Provinsatsen",
                            .description = "En insats för prov",
                            .start = On("2010-01-01"),
                            .end = std::nullopt,
                            .orientation = domain::Orientation::kIndividual,
                            .focus = "rehab_arbete_utbildning",
                            .target_groups = {"langtidssjukskrivna"},
                            .method = domain::RegistrationMethod::kPersonal,
                            .esf_financed = false,
                            .parties = {"Stockholms stad"},
                            .planned_years = {}};
};

// A woman born 1985-05-05, entering on 2020-03-02 with sjukpenning, consent of
// the day before; ongoing. Empty are name, kommun, reference, months, referring
// party and answers; education is gymnasium.
class ARegistration {
 public:
  ARegistration& Of(domain::PersonNumber number);
  ARegistration& Called(absl::string_view display_name);
  ARegistration& Protected();
  ARegistration& Consenting(Day signed_day);
  ARegistration& ConsentKeptAt(absl::string_view reference);
  ARegistration& WithoutConsent();
  ARegistration& LivingIn(absl::string_view kommun);
  ARegistration& Entering(Day day);
  ARegistration& Before(domain::Situation situation);
  ARegistration& Educated(absl::string_view education);
  ARegistration& MonthsOnSupport(int months);
  ARegistration& ReferredBy(absl::string_view party);
  ARegistration& AnsweringAtEntry(std::vector<domain::Answer> answers);
  // With the reason enligt_plan, after it working 20 hours.
  ARegistration& Exiting(Day day);
  ARegistration& Exiting(domain::Exit exit);
  ARegistration& FollowedUp(domain::FollowUpMonths months,
                            domain::FollowUp follow_up);
  domain::Registration Build() const { return registration_; }

 private:
  domain::Registration registration_ = {
      .number = ValidNumber(On("1985-05-05"), 238),
      .display_name = {},
      .protected_identity = false,
      .consent =
          domain::Consent{.signed_day = On("2020-03-01"), .reference = ""},
      .kommun = "",
      .entry = {.day = On("2020-03-02"),
                .situation = SupportedBy("sjukpenning"),
                .education = "gymnasium",
                .months_on_support = std::nullopt,
                .referring_party = "",
                .answers = {}},
      .exit = std::nullopt,
      .follow_ups = {}};
};

// What is stored of ARegistration(), by the user `sam`.
class AParticipation {
 public:
  AParticipation& WithId(ParticipationId id);
  AParticipation& In(InsatsId insats);
  AParticipation& By(absl::string_view user);
  AParticipation& Migrated();
  AParticipation& Acknowledging(domain::FindingKind kind);
  // Everything else is that of `registration`.
  AParticipation& As(const ARegistration& registration);
  // Short for what is asked for most.
  AParticipation& Entering(Day day);
  AParticipation& Exiting(Day day);
  AParticipation& Exiting(domain::Exit exit);
  domain::Participation Build() const;

 private:
  ParticipationId id_ = TestId<ParticipationId>(1);
  InsatsId insats_ = TestId<InsatsId>(1);
  std::string user_ = "sam";
  bool migrated_ = false;
  std::vector<domain::Acknowledgement> acknowledgements_;
  ARegistration registration_;
};

// What the rules need to know around, in one place that lives as long as the
// test: today is 2026-11-20.
struct Around {
  domain::Forbund forbund = AForbund().Build();
  domain::Insats insats = AnInsats().Build();
  std::vector<domain::Question> questions;
  Day today = On("2026-11-20");

  domain::Surroundings Get() const {
    return domain::Surroundings{forbund, insats, questions, TestCodeBook(),
                                today};
  }
};

}  // namespace stegvis::testing
