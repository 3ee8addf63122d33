#include "client/cli/demo/landscape.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "client/cli/demo/numbers.h"

namespace stegvis::demo {
namespace {

constexpr auto kPersonal = ActivityKind::kPersonal;
constexpr auto kVolume = ActivityKind::kVolume;
constexpr auto kStructural = ActivityKind::kStructural;

constexpr std::array<Activity, 22> kActivities = {{
    {"Vägen till arbete", "Team med egen metod; kontakt varje vecka", kPersonal,
     "rehab_arbete_utbildning",
     "langtidsarbetslosa|langvarigt_forsorjningsstod", false},
    {"Ung kraft", "För unga med aktivitetsersättning", kPersonal,
     "forberedande", "unga_aktivitetsersattning", false},
    {"Åter i arbete", "Stegvis återgång efter lång sjukskrivning", kPersonal,
     "rehab_arbete_utbildning", "langtidssjukskrivna", true},
    {"Kartläggningsteamet", "Gemensam kartläggning; plan efter åtta veckor",
     kPersonal, "kartlaggning_individ", "langvarigt_forsorjningsstod|ovriga",
     false},
    {"Steget vidare", "Stöd i studier och praktik", kPersonal,
     "rehab_arbete_utbildning", "unga_psykisk_ohalsa", false},
    {"Grön rehabilitering", "Trädgård, skog och samtal", kPersonal,
     "forberedande", "psykisk_ohalsa_30|langtidssjukskrivna", false},
    {"Ny start", "Språk, hälsa och arbete", kPersonal, "forberedande",
     "nyanlanda", true},
    {"Samlat stöd", "En väg in till alla parter", kPersonal, "annan_individ",
     "nollplacerade|langtidsarbetslosa", false},
    {"Språnget", "Handledd anställning", kPersonal, "rehab_arbete_utbildning",
     "unga_funktionsnedsattning", true},
    {"Hälsoskolan", "Grupp på tio veckor", kPersonal, "forebyggande",
     "psykisk_ohalsa_30", false},
    {"Egen kraft", "Motivation och vardag", kPersonal, "forberedande",
     "langvarigt_forsorjningsstod|nollplacerade", false},
    {"Bron", "Mellan vård och arbetsliv", kPersonal, "rehab_arbete_utbildning",
     "psykisk_ohalsa_30|unga_psykisk_ohalsa", false},
    {"Öppen mottagning", "Rådgivning utan anmälan", kVolume, "forebyggande",
     "ovriga", false},
    {"Rehabvägledning på vårdcentralen", "Vid vårdcentralerna i området",
     kVolume, "forebyggande", "langtidssjukskrivna|psykisk_ohalsa_30", false},
    {"Jobbkafé", "Träffpunkt en gång i veckan", kVolume, "forberedande",
     "langtidsarbetslosa|unga_psykisk_ohalsa", false},
    {"Vägledning i grupp", "Tre träffar", kVolume, "kartlaggning_individ",
     "nyanlanda|langvarigt_forsorjningsstod", true},
    {"Föreläsningar om hälsa", "Öppna för alla", kVolume, "annan_individ",
     "ovriga", false},
    {"Utbildning för handläggare", "Parternas personal", kStructural,
     "utbildning", "ovriga", false},
    {"Dialogdagar", "Parternas chefer och handläggare", kStructural, "dialog",
     "ovriga", false},
    {"Behovskartläggning", "Vilka grupper som behöver stöd", kStructural,
     "kartlaggning", "unga_psykisk_ohalsa|langtidssjukskrivna", false},
    {"Metodutveckling", "Lärande mellan insatser; \"öppna dörrar\"",
     kStructural, "annan_struktur", "ovriga", true},
    {"Processtöd", "Samordning mellan parterna", kStructural, "dialog",
     "nollplacerade", false},
}};

constexpr std::array<absl::string_view, 11> kNameStarts = {
    "Björk", "Ask",  "Gran", "Lönn", "Hassel", "Ene",
    "Vide",  "Tall", "Rönn", "Slån", "Hägg"};
constexpr std::array<absl::string_view, 8> kNameEnds = {
    "dalen",  "åsen",  "vattnet", "slätten",
    "skogen", "viken", "sundet",  "bäcken"};

// Real län; the last two digits are taken from where no kommun has its code.
constexpr std::array<absl::string_view, 19> kLan = {
    "01", "03", "04", "05", "06", "07", "08", "09", "10", "13",
    "17", "18", "19", "20", "21", "22", "23", "24", "25"};

// How the förbund come and go.
constexpr int kLasting = 75;
constexpr int kLate = 1;
constexpr std::array<int, 8> kEndYears = {2016, 2016, 2017, 2017,
                                          2017, 2017, 2018, 2018};
constexpr std::array<int, 2> kMergedYears = {2018, 2019};

std::string Title(size_t index) {
  return absl::StrCat("Samordningsförbundet ",
                      kNameStarts[index % kNameStarts.size()],
                      kNameEnds[index / kNameStarts.size()]);
}

Day FirstDay(int year) { return Day::FirstOfYear(year); }

std::vector<Period> Periods(Chance& chance) {
  std::vector<Period> periods;
  periods.reserve(kLasting + kLate + kEndYears.size());
  const auto early_start = [&] {
    return FirstDay(static_cast<int>(chance.Between(2005, 2011)));
  };
  for (int i = 0; i < kLasting; ++i) periods.push_back({early_start(), {}});
  for (int i = 0; i < kLate; ++i) {
    periods.push_back({*Day::FromCivil(2014, 7, 1), {}});
  }
  for (const int year : kEndYears) {
    periods.push_back({early_start(), Day::LastOfYear(year)});
  }
  for (const int year : kMergedYears) periods.push_back({FirstDay(year), {}});
  return periods;
}

// Where a förbund that ended in 2017 or 2018 went, or where one came from.
std::string Description(size_t index, const Period& period) {
  const size_t first_merged = kLasting + kLate + kEndYears.size();
  if (index >= first_merged) return "Bildat genom sammanslagning";
  if (!period.end.has_value()) return "";
  const int year = period.end->Year();
  if (year == kEndYears.front()) return "Upphörde; verksamheten avslutades";
  const size_t heir = first_merged + (year == 2017 ? 0 : 1);
  return absl::StrCat("Uppgick ", year + 1, " i ", Title(heir));
}

std::string Contact(absl::string_view title) {
  const std::string place =
      absl::StrReplaceAll(title.substr(title.find(' ') + 1),
                          {{"Å", "a"}, {"å", "a"}, {"ä", "a"}, {"ö", "o"}});
  return absl::StrCat("kansli@", absl::AsciiStrToLower(place), ".example");
}

std::vector<const Activity*> ActivitiesOf(ActivityKind kind) {
  std::vector<const Activity*> chosen;
  for (const Activity& activity : kActivities) {
    if (activity.kind == kind) chosen.push_back(&activity);
  }
  return chosen;
}

// The period of an insats that comes and goes within its förbund.
Period Passing(const Period& forbund, Chance& chance) {
  Period period = forbund;
  if (chance.PerMille(400)) return period;
  const int start = static_cast<int>(chance.Between(2012, 2019));
  const Day first = FirstDay(start);
  const Day last = Day::LastOfYear(start + static_cast<int>(chance.Below(4)));
  if (forbund.Holds(first)) period.start = first;
  if (forbund.Holds(last) && period.start < last) period.end = last;
  return period;
}

// Adds `count` insatser of a kind, each activity once, the first `lasting` of
// them as lasting as the förbund.
void AddInsatser(ActivityKind kind, size_t count, size_t lasting,
                 Forbund& forbund, Chance& chance) {
  const std::vector<const Activity*> choice = ActivitiesOf(kind);
  const auto offset =
      static_cast<size_t>(chance.Below(static_cast<int64_t>(choice.size())));
  for (size_t i = 0; i < std::min(count, choice.size()); ++i) {
    forbund.insatser.push_back(
        {choice[(offset + i) % choice.size()],
         i < lasting ? forbund.period : Passing(forbund.period, chance)});
  }
}

Forbund MakeForbund(size_t index, const Period& period, Chance& chance) {
  Forbund forbund{
      .title = Title(index),
      .organization_number = OrganizationNumber(static_cast<int>(index) + 1),
      .period = period,
      .description = Description(index, period),
      .contact = Contact(Title(index)),
      .kommuner = {},
      .size = chance.Between(1, 8),
      .insatser = {}};
  const auto kommuner = static_cast<size_t>(chance.Between(1, 2));
  for (size_t i = 0; i < kommuner; ++i) {
    forbund.kommuner.push_back(absl::StrCat(
        kLan[index % kLan.size()], 70 + 2 * (index / kLan.size()) + i));
  }
  const auto some = [&](int64_t low, int64_t high) {
    return static_cast<size_t>(chance.Between(low, high));
  };
  AddInsatser(kPersonal, some(5, 7), kPermanentInsatser, forbund, chance);
  AddInsatser(kVolume, some(2, 3), 1, forbund, chance);
  AddInsatser(kStructural, some(2, 3), 1, forbund, chance);
  return forbund;
}

}  // namespace

std::vector<Forbund> MakeLandscape(Chance& chance) {
  std::vector<Forbund> landscape;
  for (const Period& period : Periods(chance)) {
    landscape.push_back(MakeForbund(landscape.size(), period, chance));
  }
  return landscape;
}

}  // namespace stegvis::demo
