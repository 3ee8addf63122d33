#include "client/cli/rollup_words.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "client/cli/number_format.h"
#include "client/cli/reason_text.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

using Source = v1::RollupSource;

std::string Nodes(const Source& source) {
  return absl::StrCat(source.addresses_size() > 1 ? "noderna " : "noden ",
                      Printable(absl::StrJoin(source.addresses(), ", ")));
}

std::string WhoText(const Source& source) {
  if (source.forbund().empty() && source.organization_number().empty()) {
    return "okänt förbund";
  }
  if (source.forbund().empty()) return source.organization_number();
  if (source.organization_number().empty()) return Printable(source.forbund());
  return absl::StrCat(Printable(source.forbund()), " (",
                      source.organization_number(), ")");
}

std::string RefusalText(const std::string& detail) {
  if (HasReasonText(detail)) {
    return absl::StrCat("nekar: ", ReasonText(detail));
  }
  return absl::StrCat("svarade med felet ", Printable(detail),
                      ". Kör igen, och rapportera om det kvarstår.");
}

std::string KeyFile(const Source& source) {
  return absl::StrCat("keys/", source.organization_number(), ".pem");
}

std::vector<std::string> NamesOf(const v1::OutcomeReport& report,
                                 Source::State state) {
  std::vector<std::string> names;
  for (const Source& source : report.sources()) {
    if (source.state() != state) continue;
    names.push_back(Printable(source.forbund()));
    if (source.revision() > 1) {
      absl::StrAppend(&names.back(), " (revision ", source.revision(), ")");
    }
  }
  return names;
}

std::string ListText(absl::string_view title,
                     const std::vector<std::string>& names) {
  return absl::StrCat(
      title, " (", FormatNumber(static_cast<int64_t>(names.size())),
      "): ", names.empty() ? "inga" : absl::StrJoin(names, ", "), ".");
}

std::string PreviousText(const v1::OutcomeReport& report) {
  if (report.previous_missing().empty()) {
    return "Alla förbund i den tidigare rapporten är med.";
  }
  return absl::StrCat("Förbund som inte är med hade ",
                      FormatPercent(report.previous_missing_share()),
                      " av de registrerade i den tidigare rapporten: ",
                      Printable(absl::StrJoin(report.previous_missing(), ", ")),
                      ".");
}

}  // namespace

std::string GapText(const Source& source) {
  const std::string nodes = Nodes(source);
  switch (source.gap()) {
    case Source::GAP_NO_ANSWER:
      return absl::StrCat(
          nodes,
          " svarade inte i tid, eller godkänner inte certifikatet. Se "
          "att den är igång och att nodlistan stämmer, och kör igen.");
    case Source::GAP_REFUSED:
      return absl::StrCat(nodes, " ", RefusalText(source.detail()));
    case Source::GAP_NOT_SERVED:
      return absl::StrCat(nodes, " har inte förbundet. Rätta nodlistan.");
    case Source::GAP_DELIVERED_TWICE:
      return absl::StrCat("levererad två gånger, av ", nodes,
                          ", och inte lika. Låt en av dem ha förbundet.");
    case Source::GAP_KEY_MISSING:
      return absl::StrCat("nyckeln ", KeyFile(source),
                          " saknas bredvid nodlistan, så signaturen från ",
                          nodes,
                          " kan inte prövas. Lägg dit förbundets nyckel.");
    case Source::GAP_SIGNATURE_WRONG:
      return absl::StrCat("den fastställda rapporten från ", nodes,
                          " är inte signerad med nyckeln ", KeyFile(source),
                          ". Fråga förbundet vilken nyckel som gäller.");
    case Source::GAP_CONTENT_WRONG:
      return absl::StrCat("rapporten från ", nodes,
                          " är inte den som efterfrågades. Kontakta den som "
                          "driver noden.");
    case Source::GAP_OTHER_DEFINITIONS:
      return absl::StrCat("rapporten från ", nodes,
                          " följer definitionernas version ",
                          Printable(source.detail()),
                          ", en annan än detta program. Uppgradera det äldre.");
    case Source::GAP_OTHER_CODE_LISTS:
      return absl::StrCat("rapporten från ", nodes,
                          " följer kodlistornas version ",
                          Printable(source.detail()),
                          ", en annan än de flesta. Uppgradera noden.");
    case Source::GAP_OTHER_EXCLUDED_REASONS:
      return absl::StrCat(
          "rapporten från ", nodes,
          " räknar bort andra avslutsanledningar än de flesta (",
          Printable(source.detail()), "). Uppgradera noden.");
    case Source::GAP_NAME_TAKEN:
      return "ett annat förbund heter likadant. Låt det ena byta namn.";
    default:
      return absl::StrCat(nodes,
                          " gav ingen rapport. Uppgradera programmet "
                          "för att se varför.");
  }
}

std::vector<std::string> SourceNotices(const v1::OutcomeReport& report) {
  if (report.sources().empty()) return {};
  std::vector<std::string> notices = {
      ListText("Fastställda", NamesOf(report, Source::STATE_SEALED)),
      ListText("Preliminära", NamesOf(report, Source::STATE_PRELIMINARY))};
  if (report.has_previous_missing_share()) {
    notices.push_back(PreviousText(report));
  }
  return notices;
}

std::vector<std::string> SourceWarnings(const v1::OutcomeReport& report) {
  std::vector<std::string> warnings;
  for (const Source& source : report.sources()) {
    if (source.state() != Source::STATE_MISSING) continue;
    warnings.push_back(
        absl::StrCat("SAKNAS: ", WhoText(source), ": ", GapText(source)));
  }
  return warnings;
}

std::string SourceStateName(const Source& source) {
  const std::string state(
      absl::StripPrefix(Source::State_Name(source.state()), "STATE_"));
  if (source.state() != Source::STATE_MISSING) return state;
  return absl::StrCat(
      state, ":", absl::StripPrefix(Source::Gap_Name(source.gap()), "GAP_"));
}

}  // namespace stegvis::cli
