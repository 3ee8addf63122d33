#include "client/cli/demo/person.h"

#include <array>

#include "absl/strings/str_cat.h"

namespace stegvis::demo {
namespace {

struct Weighted {
  absl::string_view code;
  int64_t per_mille;
};

// The last one takes what is left of the thousand.
template <size_t N>
absl::string_view Pick(const std::array<Weighted, N>& table, Chance& chance) {
  int64_t place = chance.Below(1000);
  for (const Weighted& entry : table) {
    if (place < entry.per_mille) return entry.code;
    place -= entry.per_mille;
  }
  return table.back().code;
}

struct Ages {
  int youngest;
  int oldest;
  int64_t per_mille;
};
constexpr std::array<Ages, 7> kAges = {{{17, 19, 60},
                                        {20, 24, 190},
                                        {25, 29, 170},
                                        {30, 39, 230},
                                        {40, 49, 190},
                                        {50, 59, 125},
                                        {60, 64, 35}}};
constexpr int64_t kWomenPerMille = 560;

int MakeAge(Chance& chance) {
  if (chance.PerMille(2)) return chance.PerMille(500) ? 15 : 67;
  int64_t place = chance.Below(1000);
  for (const Ages& ages : kAges) {
    if (place < ages.per_mille) {
      return static_cast<int>(chance.Between(ages.youngest, ages.oldest));
    }
    place -= ages.per_mille;
  }
  return kAges.back().oldest;
}

// The forms in which people write a number.
std::string Written(const std::string& digits, Chance& chance) {
  if (chance.PerMille(800)) return digits;
  const absl::string_view view = digits;
  const size_t from = chance.PerMille(700) ? 0 : 2;
  return absl::StrCat(view.substr(from, 8 - from), "-", view.substr(8));
}

constexpr std::array<absl::string_view, 8> kWomensNames = {
    "Alba", "Bibbi", "Cilla", "Dagny", "Elvy", "Fanny", "Göta", "Hjördis"};
constexpr std::array<absl::string_view, 8> kMensNames = {
    "Alrik", "Bosse", "Claes", "Dante", "Einar", "Folke", "Göte", "Hilding"};
constexpr std::array<absl::string_view, 8> kFamilyNames = {
    "Provsson",   "Påhittsdotter", "Testlund",   "Demoberg",
    "Exempelius", "Låtsasgren",    "Fingersson", "Övningstrand"};

template <size_t N>
absl::string_view Any(const std::array<absl::string_view, N>& names,
                      Chance& chance) {
  return names[static_cast<size_t>(chance.Below(N))];
}

std::string MakeName(bool woman, Chance& chance) {
  if (!chance.PerMille(50)) return "";
  const absl::string_view given =
      Any(woman ? kWomensNames : kMensNames, chance);
  return absl::StrCat(given, " ", Any(kFamilyNames, chance));
}

// One source with or without extent; two share the hundred.
std::string Supports(SupportSet set, Chance& chance) {
  const absl::Span<const absl::string_view> sources = SourcesOf(set);
  const bool has_extent = set < SupportSet::kNone && chance.PerMille(450);
  const int64_t extent = 25 * chance.Between(1, sources.size() == 1 ? 4 : 3);
  std::string text(sources[0]);
  if (has_extent) absl::StrAppend(&text, ":", extent);
  if (sources.size() == 1) return text;
  absl::StrAppend(&text, "|", sources[1]);
  if (has_extent) absl::StrAppend(&text, ":", 100 - extent);
  return text;
}

std::string Hours(int64_t halves) {
  return absl::StrCat(halves / 2, halves % 2 == 1 ? ".5" : "");
}

std::string SomeHours(Chance& chance) {
  if (chance.PerMille(300)) return "40";
  return Hours(chance.PerMille(600) ? 10 * chance.Between(2, 7)
                                    : chance.Between(1, 80));
}

constexpr std::array<Weighted, 6> kEducation = {{{"grundskola", 300},
                                                 {"gymnasium", 410},
                                                 {"ej_grundskola", 80},
                                                 {"eftergymnasial_kort", 60},
                                                 {"eftergymnasial_lang", 70},
                                                 {"", 80}}};
constexpr std::array<Weighted, 7> kReferring = {{{"arbetsformedlingen", 260},
                                                 {"forsakringskassan", 210},
                                                 {"kommun", 300},
                                                 {"region", 130},
                                                 {"egen", 30},
                                                 {"annan", 20},
                                                 {"", 50}}};
constexpr std::array<Weighted, 7> kEndReasons = {{{"enligt_plan", 620},
                                                  {"annan_insats", 90},
                                                  {"sjukdom", 90},
                                                  {"egen_begaran", 70},
                                                  {"flytt", 50},
                                                  {"foraldraledighet", 20},
                                                  {"ovrigt", 60}}};

}  // namespace

Person MakePerson(int year, PersonNumbers& numbers, Chance& chance) {
  const bool woman = chance.PerMille(kWomenPerMille);
  const int age = MakeAge(chance);
  const std::string digits = numbers.Next(
      year - age, woman, /*samordningsnummer=*/chance.PerMille(20));
  return {.number = Written(digits, chance), .name = MakeName(woman, chance)};
}

SituationText MakeSituation(SupportSet set, bool works, Chance& chance) {
  SituationText text{.supports = Supports(set, chance),
                     .work_hours = "",
                     .study_hours = "",
                     .seeking = ""};
  if (!works) {
    const bool seeking = chance.PerMille(340);
    text.seeking = seeking ? "ja" : chance.PerMille(500) ? "nej" : "";
    return text;
  }
  const int64_t kind = chance.Below(1000);
  const bool studies = set == SupportSet::kStudent || kind >= 780;
  if (studies) text.study_hours = SomeHours(chance);
  if (!studies || kind >= 940) text.work_hours = SomeHours(chance);
  if (chance.PerMille(60)) text.seeking = "ja";
  return text;
}

absl::string_view MakeEducation(Chance& chance) {
  return Pick(kEducation, chance);
}

absl::string_view MakeReferringParty(Chance& chance) {
  return Pick(kReferring, chance);
}

std::string MakeMonthsOnSupport(Chance& chance) {
  if (chance.PerMille(90)) return "";
  if (chance.PerMille(40)) return "0";
  return absl::StrCat(chance.PerMille(700) ? chance.Between(1, 36)
                                           : chance.Between(1, 180));
}

absl::string_view MakeEndReason(Chance& chance) {
  return Pick(kEndReasons, chance);
}

}  // namespace stegvis::demo
