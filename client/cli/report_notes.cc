#include "client/cli/report_notes.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/number_format.h"
#include "client/cli/report_words.h"
#include "client/cli/rollup_words.h"
#include "client/cli/swedish_time.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

constexpr int kForbundNamed = 3;

std::string ForbundText(const v1::OutcomeReport& report) {
  if (report.forbund_size() > kForbundNamed) {
    return absl::StrCat(FormatNumber(report.forbund_size()), " förbund");
  }
  return Printable(absl::StrJoin(report.forbund(), ", "));
}

std::string Excluded(const v1::OutcomeReport& report,
                     const CodeLabels& labels) {
  std::vector<std::string> reasons;
  for (const std::string& code : report.excluded_end_reasons()) {
    reasons.push_back(labels.Label("END_REASON", code));
  }
  return reasons.empty() ? "ingen" : Printable(absl::StrJoin(reasons, ", "));
}

bool AnyBaseAlone(const v1::OutcomeReport& report) {
  for (const v1::BreakdownRow& row : report.breakdowns()) {
    if (IsBaseAlone(row)) return true;
  }
  return IsBaseAlone(report);
}

std::vector<std::string> Warnings(const v1::OutcomeReport& report) {
  std::vector<std::string> warnings = SourceWarnings(report);
  const int unreadable = report.participants().unreadable();
  if (unreadable == 0) return warnings;
  warnings.push_back(absl::StrCat(
      FormatNumber(unreadable), unreadable == 1 ? " POST GÅR" : " POSTER GÅR",
      " INTE ATT ÖPPNA OCH SAKNAS I RAPPORTEN. Larma driften."));
  warnings.insert(warnings.end(), report.unreadable_records().begin(),
                  report.unreadable_records().end());
  return warnings;
}

std::vector<std::string> Notices(const v1::OutcomeReport& report) {
  std::vector<std::string> notices = SourceNotices(report);
  if (report.published()) {
    notices.push_back(absl::StrCat(
        "Gjord för publicering. Två punkter (..): ", kWithheldMeaning, "."));
  }
  if (IsBaseAlone(report)) {
    notices.push_back(
        "Underlaget är för litet för att visa mer än hur många det är.");
  }
  return notices;
}

// Only where something is withheld, or could have been.
void AddProtection(const v1::OutcomeReport& report,
                   std::vector<Definition>& words) {
  const bool alone = AnyBaseAlone(report);
  if (!report.published() && !alone) return;
  words.push_back({"Två punkter (..)", kWithheldMeaning});
  if (report.published()) {
    words.push_back({"Små grupper",
                     "är underlaget under 20 visas bara underlaget. "
                     "Förflyttningar visas från 5"});
  } else {
    words.push_back(
        {"Små grupper", "är underlaget för litet visas bara underlaget"});
  }
}

std::vector<Definition> Definitions(const v1::OutcomeReport& report,
                                    const CodeLabels& labels, int least_base) {
  std::vector<Definition> words = {
      {"Underlag (n)",
       absl::StrCat("deltaganden avslutade under perioden, utom "
                    "avslutsanledning: ",
                    Excluded(report, labels))},
      {"Täckning", "påbörjade med personuppgifter av alla registrerade"},
      {"Före och efter",
       "situationen vid start och vid avslut för samma personer"},
      {"Andel",
       "av underlaget. Intervallet är Wilsons, 95 procent, för andelen efter"},
      {"Grova gränser",
       "andelen efter om ingen, eller om alla, av de anonyma och i "
       "volyminsatser räknades dit"},
      {"Procent",
       "ändringen av antalet före. Procentenheter (p.e.): ändringen av "
       "underlaget"},
      {"Försörjning", "den som har flera källor räknas i var och en"},
      {"Börjat", "varken arbete eller studier före. Ökat: fler timmar än före"},
      {"Förflyttning",
       "den som har flera källor före eller efter räknas en gång för varje "
       "par"},
      {"För få för att säga",
       absl::StrCat("andelen är av färre än ", least_base)},
      {"Streck (–)", "okänt eller går inte att räkna"}};
  AddProtection(report, words);
  return words;
}

}  // namespace

ReportPages MakeNotes(const v1::OutcomeReport& report, const CodeLabels& labels,
                      int least_base) {
  ReportPages pages;
  pages.title = absl::StrCat("Resultat för ", ForbundText(report));
  pages.period =
      absl::StrCat("Period ", report.from(), " – ", report.to(),
                   ", så som det var känt ", SwedishTime(report.as_of()));
  for (const v1::Filter& filter : report.filters()) {
    pages.filters.push_back(
        absl::StrCat("Urval: ", DimensionText(filter.dimension()), " = ",
                     Printable(DimensionValueText(filter.dimension(),
                                                  filter.value(), labels))));
  }
  pages.notices = Notices(report);
  pages.warnings = Warnings(report);
  pages.definitions = Definitions(report, labels, least_base);
  pages.versions =
      absl::StrCat("Kodlistor version ", report.code_list_version(),
                   ", ändringsläge ", report.feed_position(), ".");
  return pages;
}

}  // namespace stegvis::cli
