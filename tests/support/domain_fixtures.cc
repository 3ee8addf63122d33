#include "tests/support/domain_fixtures.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace stegvis::testing {
namespace {

// Unwraps what a test claims to be valid.
template <typename T>
T Must(absl::StatusOr<T> value) {
  if (!value.ok()) {
    std::fputs("A fixture is asked for what cannot be.\n", stderr);
    std::abort();
  }
  return *std::move(value);
}

// Nine digits with the check digit that makes them ten.
std::string WithCheckDigit(const std::string& nine) {
  for (int digit = 0; digit < 10; ++digit) {
    std::string ten = absl::StrCat(nine, digit);
    if (domain::CheckDigitHolds(ten)) return ten;
  }
  std::abort();
}

std::string NumberText(Day birth, int day_offset, int serial) {
  const std::string iso = birth.Text();
  const int day = (iso[8] - '0') * 10 + (iso[9] - '0') + day_offset;
  const std::string nine = absl::StrFormat("%s%s%02d%03d", iso.substr(2, 2),
                                           iso.substr(5, 2), day, serial);
  return absl::StrCat(iso.substr(0, 2), WithCheckDigit(nine));
}

constexpr int kSamordningsOffset = 60;

}  // namespace

Day On(absl::string_view iso) { return Must(Day::Parse(iso)); }

std::string ValidNumberText(Day birth, int serial) {
  return NumberText(birth, /*day_offset=*/0, serial);
}

std::string ValidSamordningsnummerText(Day birth, int serial) {
  return NumberText(birth, kSamordningsOffset, serial);
}

domain::PersonNumber ValidNumber(Day birth, int serial) {
  return Must(domain::PersonNumber::FromStored(ValidNumberText(birth, serial)));
}

domain::PersonNumber ValidSamordningsnummer(Day birth, int serial) {
  return Must(domain::PersonNumber::FromStored(
      ValidSamordningsnummerText(birth, serial)));
}

domain::OrganizationNumber ValidOrganizationNumber(int serial) {
  return Must(domain::OrganizationNumber::Parse(
      WithCheckDigit(absl::StrFormat("222000%03d", serial))));
}

domain::Situation SupportedBy(absl::string_view source) {
  domain::Situation situation;
  situation.supports.push_back(
      {.source = std::string(source), .extent_percent = std::nullopt});
  return situation;
}

domain::Situation Working(double hours, absl::string_view source) {
  domain::Situation situation = SupportedBy(source);
  situation.work = Must(domain::HalfHours::FromHours(hours));
  return situation;
}

domain::Exit ExitOn(Day day, absl::string_view end_reason) {
  return {.day = day,
          .end_reason = std::string(end_reason),
          .situation = Working(20),
          .answers = {}};
}

domain::FollowUp FollowUpOn(Day day) {
  return {.day = day, .situation = Working(20)};
}

AForbund& AForbund::WithId(ForbundId id) {
  forbund_.id = id;
  return *this;
}

AForbund& AForbund::Named(absl::string_view display_name) {
  forbund_.display_name = std::string(display_name);
  return *this;
}

AForbund& AForbund::Numbered(domain::OrganizationNumber number) {
  forbund_.organization_number = std::move(number);
  return *this;
}

AForbund& AForbund::From(Day day) {
  forbund_.start = day;
  return *this;
}

AForbund& AForbund::Until(Day day) {
  forbund_.end = day;
  return *this;
}

AnInsats& AnInsats::WithId(InsatsId id) {
  insats_.id = id;
  return *this;
}

AnInsats& AnInsats::Titled(absl::string_view title) {
  insats_.title = std::string(title);
  return *this;
}

AnInsats& AnInsats::From(Day day) {
  insats_.start = day;
  return *this;
}

AnInsats& AnInsats::Until(Day day) {
  insats_.end = day;
  return *this;
}

AnInsats& AnInsats::ByVolume() {
  insats_.method = domain::RegistrationMethod::kVolume;
  return *this;
}

AnInsats& AnInsats::Structural() {
  insats_.orientation = domain::Orientation::kStructural;
  insats_.focus = "dialog";
  return ByVolume();
}

AnInsats& AnInsats::Focused(absl::string_view focus) {
  insats_.focus = std::string(focus);
  return *this;
}

AnInsats& AnInsats::For(std::vector<std::string> target_groups) {
  insats_.target_groups = std::move(target_groups);
  return *this;
}

ARegistration& ARegistration::Of(domain::PersonNumber number) {
  registration_.number = std::move(number);
  return *this;
}

ARegistration& ARegistration::Called(absl::string_view display_name) {
  registration_.display_name =
      Sensitive<std::string>(std::string(display_name));
  return *this;
}

ARegistration& ARegistration::Protected() {
  registration_.protected_identity = true;
  return *this;
}

ARegistration& ARegistration::Consenting(Day signed_day) {
  registration_.consent =
      domain::Consent{.signed_day = signed_day, .reference = ""};
  return *this;
}

ARegistration& ARegistration::ConsentKeptAt(absl::string_view reference) {
  registration_.consent->reference = std::string(reference);
  return *this;
}

ARegistration& ARegistration::WithoutConsent() {
  registration_.consent.reset();
  return *this;
}

ARegistration& ARegistration::LivingIn(absl::string_view kommun) {
  registration_.kommun = std::string(kommun);
  return *this;
}

ARegistration& ARegistration::Entering(Day day) {
  registration_.entry.day = day;
  return *this;
}

ARegistration& ARegistration::Before(domain::Situation situation) {
  registration_.entry.situation = std::move(situation);
  return *this;
}

ARegistration& ARegistration::Educated(absl::string_view education) {
  registration_.entry.education = std::string(education);
  return *this;
}

ARegistration& ARegistration::MonthsOnSupport(int months) {
  registration_.entry.months_on_support = months;
  return *this;
}

ARegistration& ARegistration::ReferredBy(absl::string_view party) {
  registration_.entry.referring_party = std::string(party);
  return *this;
}

ARegistration& ARegistration::AnsweringAtEntry(
    std::vector<domain::Answer> answers) {
  registration_.entry.answers = std::move(answers);
  return *this;
}

ARegistration& ARegistration::Exiting(Day day) { return Exiting(ExitOn(day)); }

ARegistration& ARegistration::Exiting(domain::Exit exit) {
  registration_.exit = std::move(exit);
  return *this;
}

ARegistration& ARegistration::FollowedUp(domain::FollowUpMonths months,
                                         domain::FollowUp follow_up) {
  registration_.follow_ups[static_cast<size_t>(months)] = std::move(follow_up);
  return *this;
}

AParticipation& AParticipation::WithId(ParticipationId id) {
  id_ = id;
  return *this;
}

AParticipation& AParticipation::In(InsatsId insats) {
  insats_ = insats;
  return *this;
}

AParticipation& AParticipation::By(absl::string_view user) {
  user_ = std::string(user);
  return *this;
}

AParticipation& AParticipation::Migrated() {
  migrated_ = true;
  return *this;
}

AParticipation& AParticipation::Acknowledging(domain::FindingKind kind) {
  acknowledgements_.push_back(
      {.kind = kind, .text = "Stämmer enligt underlaget", .user = user_});
  return *this;
}

AParticipation& AParticipation::As(const ARegistration& registration) {
  registration_ = registration;
  return *this;
}

AParticipation& AParticipation::Entering(Day day) {
  registration_.Entering(day);
  return *this;
}

AParticipation& AParticipation::Exiting(Day day) {
  registration_.Exiting(day);
  return *this;
}

AParticipation& AParticipation::Exiting(domain::Exit exit) {
  registration_.Exiting(std::move(exit));
  return *this;
}

domain::Participation AParticipation::Build() const {
  domain::Registration said = registration_.Build();
  return domain::Participation{.id = id_,
                               .insats = insats_,
                               .number = said.number,
                               .display_name = said.display_name,
                               .consent = said.consent.value(),
                               .kommun = said.kommun,
                               .entry = said.entry,
                               .exit = said.exit,
                               .follow_ups = said.follow_ups,
                               .acknowledgements = acknowledgements_,
                               .registered_by = user_,
                               .changed_by = user_,
                               .correction_reason = "",
                               .migrated = migrated_};
}

}  // namespace stegvis::testing
