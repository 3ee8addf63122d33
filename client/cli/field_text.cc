#include "client/cli/field_text.h"

#include <utility>

namespace stegvis::cli {
namespace {

using Entry = std::pair<absl::string_view, absl::string_view>;

// The longest matching end of a path is what counts.
constexpr Entry kWords[] = {
    {"person.person_number", "personnummer"},
    {"person_number", "personnummer"},
    {"person.display_name", "namn"},
    {"person.protected_identity", "skyddade personuppgifter"},
    {"consent", "samtycke"},
    {"consent.signed_date", "samtycke"},
    {"consent.reference", "samtyckets plats"},
    {"kommun", "kommun"},
    {"entry", "inregistrering"},
    {"entry.date", "datum in"},
    {"entry.situation", "försörjning in"},
    {"entry.situation.supports", "försörjning in"},
    {"entry.situation.supports.source", "försörjning in"},
    {"entry.situation.supports.extent_percent", "omfattning in"},
    {"entry.situation.work_hours", "arbetstimmar in"},
    {"entry.situation.study_hours", "studietimmar in"},
    {"entry.situation.seeking", "arbetssökande in"},
    {"entry.education", "utbildning"},
    {"entry.months_on_support", "månader i försörjning"},
    {"entry.referring_party", "remittent"},
    {"exit", "utregistrering"},
    {"exit.date", "datum ut"},
    {"exit.end_reason", "avslutsanledning"},
    {"exit.situation", "försörjning ut"},
    {"exit.situation.supports", "försörjning ut"},
    {"exit.situation.supports.source", "försörjning ut"},
    {"exit.situation.supports.extent_percent", "omfattning ut"},
    {"exit.situation.work_hours", "arbetstimmar ut"},
    {"exit.situation.study_hours", "studietimmar ut"},
    {"exit.situation.seeking", "arbetssökande ut"},
    {"follow_ups", "uppföljning"},
    {"follow_ups.date", "uppföljningens datum"},
    {"follow_ups.situation", "uppföljningens försörjning"},
    {"follow_up", "uppföljning"},
    {"follow_up.months", "uppföljningens månader"},
    {"follow_up.date", "uppföljningens datum"},
    {"situation", "försörjning"},
    {"situation.supports", "försörjning"},
    {"situation.supports.source", "försörjning"},
    {"situation.supports.extent_percent", "omfattning"},
    {"situation.work_hours", "arbetstimmar"},
    {"situation.study_hours", "studietimmar"},
    {"answers", "svar på frågorna"},
    {"answers.question", "fråga"},
    {"answers.value", "svar på en fråga"},
    {"forbund", "förbund"},
    {"forbund.display_name", "förbundets namn"},
    {"organization_number", "organisationsnummer"},
    {"start_date", "startdatum"},
    {"end_date", "slutdatum"},
    {"description", "beskrivning"},
    {"contact", "kontakt"},
    {"retention_months", "gallringsfristen"},
    {"kommuner", "kommuner"},
    {"kommuner.code", "kommunkod"},
    {"kommuner.district", "stadsdel"},
    {"parties", "parter"},
    {"parties.title", "parter"},
    {"title", "namn"},
    {"orientation", "inriktning"},
    {"focus", "fokus"},
    {"target_groups", "målgrupp"},
    {"registration_method", "metod"},
    {"esf_financed", "esf"},
    {"planned_years", "planerade deltagare"},
    {"planned_years.year", "planerat år"},
    {"planned_years.participants", "planerade deltagare"},
    {"question.text", "frågans text"},
    {"answer_type", "svarsform"},
    {"choices", "svarsval"},
    {"position", "plats i ordningen"},
    {"asked_entry", "när frågan ställs"},
    {"count.kind", "typ"},
    {"count.year", "år"},
    {"count.total", "antal"},
    {"count.women", "kvinnor"},
    {"count.men", "män"},
    {"grant.user", "användare"},
    {"grant.role", "roll"},
    {"grant.scope", "förbund eller insats"},
    {"purpose", "ändamål"},
    {"reason", "orsak"},
    {"kind", "slag"},
    {"list", "lista"},
    {"acknowledgement", "förklaring"},
    {"from", "från"},
    {"to", "till"},
    {"as_of", "känt vid (--as-of)"},
    {"filters", "villkor (--where)"},
    {"filters.dimension", "villkor (--where)"},
    {"filters.value", "villkor (--where)"},
    {"breakdowns", "uppdelning (--by)"},
    {"excluded_end_reasons", "undantagna anledningar (--exclude-reason)"},
    {"registered_time", "registrerad"},
    {"name", "namn på resursen"},
    {"parent", "förbund eller insats"},
    {"etag", "version"},
};

bool IsEndOf(absl::string_view path, absl::string_view end) {
  if (path.size() < end.size()) return false;
  const size_t start = path.size() - end.size();
  return path.substr(start) == end && (start == 0 || path[start - 1] == '.');
}

}  // namespace

std::string WithoutIndexes(absl::string_view path) {
  std::string plain;
  bool inside = false;
  for (const char c : path) {
    if (c == '[') inside = true;
    if (!inside) plain += c;
    if (c == ']') inside = false;
  }
  return plain;
}

std::string FieldText(absl::string_view path) {
  const std::string plain = WithoutIndexes(path);
  Entry best;
  for (const Entry& entry : kWords) {
    if (entry.first.size() > best.first.size() && IsEndOf(plain, entry.first)) {
      best = entry;
    }
  }
  return best.first.empty() ? std::string(path) : std::string(best.second);
}

}  // namespace stegvis::cli
