#include "services/outcome/fact.h"

#include <algorithm>
#include <cstring>

namespace stegvis::outcome {
namespace {

using domain::CodeList;
using domain::FollowUp;
using domain::Participation;
using domain::Situation;

// Odd factors and shifts by half or more: each step can be undone, so the
// whole is one to one.
uint64_t Mix(uint64_t x) {
  x ^= x >> 33;
  x *= 0xFF51AFD7ED558CCDULL;
  x ^= x >> 33;
  x *= 0xC4CEB9FE1A85EC53ULL;
  return x ^ (x >> 33);
}

uint64_t EightBytes(const IdBytes& bytes, size_t from) {
  uint64_t value = 0;
  std::memcpy(&value, &bytes[from], sizeof(value));
  return value;
}

uint64_t AsNumber(const std::string& digits) {
  uint64_t number = 0;
  for (const char digit : digits) {
    number = number * 10 + static_cast<uint64_t>(digit - '0');
  }
  return number;
}

uint16_t KommunNumber(const std::string& code) {
  if (code.size() != 4) return kUnknownKommun;
  const uint64_t number = AsNumber(code);
  return number < kUnknownKommun ? static_cast<uint16_t>(number)
                                 : kUnknownKommun;
}

uint8_t EducationPlace(const std::string& code, const CodeTables& codes) {
  const uint8_t place = codes.PlaceOf(CodeList::kEducation, code);
  return place == kNoCode ? codes.UnknownPlace(CodeList::kEducation) : place;
}

uint8_t MonthsPlace(std::optional<int> months, const CodeTables& codes) {
  if (!months.has_value())
    return codes.UnknownPlace(CodeList::kMonthsOnSupport);
  return static_cast<uint8_t>(
      codes.Book().ClassOf(CodeList::kMonthsOnSupport, *months));
}

uint8_t Answer(const std::optional<FollowUp>& follow_up) {
  if (!follow_up.has_value()) return 0;
  return static_cast<uint8_t>(ClassOf(follow_up->situation)) + 1;
}

void SetEntry(const domain::Entry& entry, const CodeTables& codes, Fact& fact) {
  fact.education = EducationPlace(entry.education, codes);
  fact.referring_party =
      codes.PlaceOf(CodeList::kReferringParty, entry.referring_party);
  fact.months_on_support = MonthsPlace(entry.months_on_support, codes);
  fact.sources_before = codes.SourcesOf(entry.situation);
  fact.work_before = static_cast<uint8_t>(entry.situation.work.Halves());
  fact.study_before = static_cast<uint8_t>(entry.situation.study.Halves());
  fact.seeking_before = entry.situation.seeking;
}

void SetExit(const domain::Exit& exit, const CodeTables& codes, Fact& fact) {
  fact.end_reason = codes.PlaceOf(CodeList::kEndReason, exit.end_reason);
  fact.sources_after = codes.UnknownSource();
  if (!exit.situation.has_value()) return;
  const Situation& after = *exit.situation;
  fact.sources_after = codes.SourcesOf(after);
  fact.work_after = static_cast<uint8_t>(after.work.Halves());
  fact.study_after = static_cast<uint8_t>(after.study.Halves());
  fact.seeking_after = after.seeking;
}

}  // namespace

OccupationClass ClassOf(const Situation& situation) {
  if (situation.WorksOrStudies()) return OccupationClass::kWorkOrStudy;
  return situation.seeking ? OccupationClass::kSeeking
                           : OccupationClass::kOther;
}

PersonMask::PersonMask() {
  const IdBytes key = RandomUuid();
  first_ = EightBytes(key, 0);
  second_ = EightBytes(key, 8);
}

uint64_t PersonMask::Apply(const domain::PersonNumber& number) const {
  const uint64_t plain = AsNumber(number.Digits(
      RevealKey::For("masked at once; distinct persons are counted")));
  return Mix(Mix(plain ^ first_) ^ second_);
}

uint64_t ParticipationHash(const ParticipationId& id) {
  return Mix(Mix(EightBytes(id.Bytes(), 0)) ^ EightBytes(id.Bytes(), 8));
}

Fact FactOf(const Participation& participation, const CodeTables& codes,
            const PersonMask& mask) {
  Fact fact;
  fact.person = mask.Apply(participation.number);
  fact.participation = ParticipationHash(participation.id);
  fact.man = participation.number.GetSex() == domain::Sex::kMan;
  fact.kommun = KommunNumber(participation.kommun);
  const int age = participation.number.AgeOn(participation.entry.day);
  fact.age_group = static_cast<uint8_t>(
      codes.Book().ClassOf(CodeList::kAgeGroup, std::max(0, age)));
  SetEntry(participation.entry, codes, fact);
  if (participation.exit.has_value()) SetExit(*participation.exit, codes, fact);
  fact.month_6 = Answer(participation.follow_ups[0]) & 3;
  fact.month_12 = Answer(participation.follow_ups[1]) & 3;
  return fact;
}

}  // namespace stegvis::outcome
