// What people write: numbers, days, names of things, texts.
#include <google/protobuf/descriptor.h>

#include "client/cli/utf8.h"
#include "services/base/day.h"
#include "services/base/ids.h"
#include "services/base/sensitive.h"
#include "services/domain/forbund.h"
#include "services/domain/person_number.h"
#include "services/validation/paging.h"
#include "services/validation/resource_name.h"
#include "services/validation/utf8.h"
#include "stegvis/v1/forbund.pb.h"
#include "tests/fuzz/target.h"

namespace stegvis::fuzz {
namespace {

using domain::OrganizationNumber;
using domain::PersonNumber;

constexpr RevealKey kKey = RevealKey::For("an input of a fuzzer");

void ReadPersonNumber(absl::string_view input) {
  const Day today = *Day::FromCivil(2026, 11, 20);
  const absl::StatusOr<PersonNumber> number = PersonNumber::Parse(input, today);
  if (!number.ok()) {
    ExpectRefusal(number.status(), input);
    Expect(!PersonNumber::FromStored(input).ok() || input.size() == 12,
           "what is stored is twelve digits");
    return;
  }
  const std::string& digits = number->Digits(kKey);
  Expect(digits.size() == 12, "a number has twelve digits");
  Expect(number->BirthDay() <= today, "nobody is born tomorrow");
  Expect(*PersonNumber::Parse(digits, today) == *number,
         "the digits say the same number");
  const absl::StatusOr<PersonNumber> stored = PersonNumber::FromStored(digits);
  Expect(stored.ok() && *stored == *number, "what is stored comes back");
  Expect(stored->BirthDay() == number->BirthDay() &&
             stored->GetSex() == number->GetSex() &&
             stored->IsSamordningsnummer() == number->IsSamordningsnummer(),
         "what is stored says the same of the person");
}

void ReadOrganizationNumber(absl::string_view input) {
  const absl::StatusOr<OrganizationNumber> number =
      OrganizationNumber::Parse(input);
  if (!number.ok()) return ExpectRefusal(number.status(), input);
  Expect(number->Text().size() == 11, "NNNNNN-NNNN");
  Expect(*OrganizationNumber::Parse(number->Text()) == *number,
         "the text says the same number");
}

void ReadDay(absl::string_view input) {
  const absl::StatusOr<Day> day = Day::Parse(input);
  if (!day.ok()) return ExpectRefusal(day.status(), input);
  Expect(day->Text() == input, "a day has one text");
  Expect(Day::FromNumber(day->Number()) == *day, "a day has one number");
  Expect(SwedishDay(EndOfSwedishDay(*day)) == *day, "a day ends in itself");
  Expect(day->PlusMonths(6) > *day, "months go forward");
}

template <typename Parsed, typename Write>
void ExpectSameName(absl::string_view input,
                    const absl::StatusOr<Parsed>& parsed, const Write& write) {
  if (!parsed.ok()) return ExpectRefusal(parsed.status(), input);
  Expect(write(*parsed) == input, "a thing has one name");
}

void ReadResourceName(absl::string_view input) {
  namespace names = validation;
  ExpectSameName(input, names::ParseForbundName(input), names::ForbundName);
  ExpectSameName(input, names::ParseQuestionName(input), names::QuestionName);
  ExpectSameName(input, names::ParseInsatsName(input), names::InsatsName);
  ExpectSameName(input, names::ParseParticipationName(input),
                 names::ParticipationName);
  ExpectSameName(input, names::ParseCountName(input),
                 [](const names::CountKey& key) {
                   return names::CountName(key.insats, key.kind, key.year);
                 });
  ExpectSameName(input, names::ParseGrantName(input), names::GrantName);
  ExpectSameName(input, names::ParseScopeName(input), names::ScopeName);
  const absl::StatusOr<domain::Scope> scope = names::ScopeOf(input);
  if (!scope.ok()) return ExpectRefusal(scope.status(), input);
  Expect(names::ParseScopeName(names::ScopeName(*scope)).ok(),
         "a scope has a name");
}

void ReadUuid(absl::string_view input) {
  const std::optional<IdBytes> id = ParseUuid(input);
  if (id.has_value()) Expect(UuidText(*id) == input, "an id has one text");
}

void ReadPageToken(absl::string_view input) {
  v1::ListForbundRequest request;
  request.set_page_token(std::string(input));
  const absl::StatusOr<validation::Page> page = validation::PageOf(request);
  if (!page.ok()) ExpectRefusal(page.status(), input);
  if (input.empty()) return;  // No thing has an empty key.
  request.set_page_token(validation::NextPageToken(request, input));
  const absl::StatusOr<validation::Page> next = validation::PageOf(request);
  Expect(next.ok() && next->after == input, "a token says where it was made");
}

void ReadText(absl::string_view input) {
  const bool has_nul = input.find('\0') != absl::string_view::npos;
  Expect(cli::IsCleanUtf8(input) == (validation::IsUtf8(input) && !has_nul),
         "client and server agree on what is UTF-8");
  const std::string shown = cli::Printable(input);
  Expect(cli::IsCleanUtf8(shown), "what is printed is UTF-8");
  for (const char c : shown) {
    Expect(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F,
           "what is printed does not steer the terminal");
  }
  Expect(cli::Printable(shown) == shown, "printed twice is printed the same");
  Expect(cli::DisplayWidth(shown) >= 0, "a text has a width");
  if (!cli::IsCleanUtf8(input)) return;
  const std::string comparable = cli::Comparable(input);
  Expect(cli::Comparable(comparable) == comparable,
         "a comparable text is comparable to itself");
}

}  // namespace

std::vector<Target> DomainTargets() {
  return {{"day", ReadDay},
          {"organization_number", ReadOrganizationNumber},
          {"page_token", ReadPageToken},
          {"person_number", ReadPersonNumber},
          {"resource_name", ReadResourceName},
          {"text", ReadText},
          {"uuid", ReadUuid}};
}

}  // namespace stegvis::fuzz
