#include "services/server/explain.h"

#include <array>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/base/errors.h"
#include "services/server/configuration.h"
#include "storage/seal/share_text.h"

namespace stegvis::server {
namespace {

using Text = std::pair<absl::string_view, absl::string_view>;

constexpr std::array<Text, 29> kTexts = {{
    {"BACKUP_DAMAGED",
     "Säkerhetskopian är skadad eller inte hel. Använd en annan."},
    {"DATABASE_AWAY", "Databasen svarar inte. Försök igen om en stund."},
    {"DATABASE_IN_USE",
     "Databasen används av en annan server. Stoppa den först."},
    {"DATE_INVALID", "Det är inget datum. Skriv ÅÅÅÅ-MM-DD."},
    {"DISK_FULL", "Disken är full. Gör plats och försök igen."},
    {"ERASURES_BROKEN",
     "Listan över raderingar är skadad. Använd en hel kopia av erasures.log."},
    {"ERASURES_OLDER",
     "Listan över raderingar börjar inte med säkerhetskopians egen. Använd "
     "installationens senaste erasures.log."},
    {"FILE_UNREADABLE",
     "Filen kan inte läsas. Kontrollera att den finns och får läsas."},
    {"FILE_UNWRITABLE",
     "Filerna kan inte skrivas. Kontrollera mappen och rättigheterna."},
    {"FOLDER_NOT_EMPTY", "Mappen är inte tom. Välj en ny eller tom mapp."},
    {"KEYS_ROTATING",
     "Nycklarna håller på att bytas. Vänta tills bytet är klart, och gör "
     "andelarna sedan."},
    {"KEY_SHARES_MIXED",
     "Andelarna är inte gjorda tillsammans. Använd sådana som har samma "
     "omgång."},
    {"KEY_SHARES_TOO_FEW",
     "Andelarna är för få. Hur många som behövs står på var och en."},
    {"KEY_SHARES_WRONG",
     "Andelarna ger inte nyckeln: någon av dem är inte äkta. Pröva med andra "
     "andelar."},
    {"KEY_SHARE_TWICE", "Samma andel är med två gånger. Använd olika andelar."},
    {"KEY_SHARE_UNREADABLE",
     "Grupperna bildar ingen andel tillsammans. Jämför dem med papperet: två "
     "kan ha bytt plats."},
    {"KEY_SOURCE_EXISTS",
     "Det finns redan en fil där nyckelkällan ska stå. Flytta undan den "
     "först, eller ange en annan med --key-source."},
    {"KEY_SOURCE_MISSING",
     "Nyckelkällan saknas. Kontrollera key_source i stegvis.toml."},
    {"KEY_SOURCE_UNREADABLE",
     "Nyckelkällan kan inte läsas, är ingen nyckelkälla eller kan läsas av "
     "andra. Kontrollera filen och dess rättigheter (0600)."},
    {"KEY_SOURCE_WRONG",
     "Nyckelkällan hör inte till den här installationen. Använd dess egen."},
    {"MISSING", "En uppgift om förbundet saknas. Ange den."},
    {"NOT_FOUND",
     "Det finns ingen databas. Kontrollera storage.path i stegvis.toml."},
    {"ORGANIZATION_NUMBER_INVALID",
     "Organisationsnumret finns inte. Skriv NNNNNN-NNNN med rätt "
     "kontrollsiffra."},
    {"OUT_OF_RANGE", "En uppgift om förbundet är orimlig. Rätta den."},
    {"RECORD_UNREADABLE",
     "Databasen innehåller poster som inte kan öppnas. Återställ en "
     "säkerhetskopia."},
    {"SCHEMA_CHANGED",
     "Databasens tabeller är ändrade. Återställ en säkerhetskopia."},
    {"SCHEMA_TOO_NEW",
     "Databasen är skriven av en nyare version av Stegvis. Installera den."},
    {"SHUTTING_DOWN", "Servern stängs av. Försök igen om en stund."},
    {"TOO_LONG", "En uppgift om förbundet är för lång. Korta den."},
}};

std::string AboutSetting(const absl::Status& status) {
  const std::vector<Fault> faults = FaultsOf(status);
  const std::string setting =
      faults.empty() ? std::string() : faults.front().field;
  if (setting == "line 0") {
    return "stegvis.toml kan inte läsas. Kontrollera sökvägen.";
  }
  if (absl::StartsWith(setting, "line ")) {
    return absl::StrCat("Rad ", setting.substr(5),
                        " i stegvis.toml är inte giltig TOML. Rätta den.");
  }
  const std::string nearest = NearestSetting(setting);
  if (setting == nearest) {
    return absl::StrCat("Inställningen ", setting,
                        " i stegvis.toml saknas eller kan inte användas. "
                        "Kontrollera den.");
  }
  return absl::StrCat("Okänd inställning i stegvis.toml: ", setting,
                      ". Menades ", nearest, "?");
}

// Of a share; the field ends with `group N`.
std::string AboutGroup(const absl::Status& status) {
  const std::vector<Fault> faults = FaultsOf(status);
  const std::string field =
      faults.empty() ? std::string() : faults.front().field;
  const std::string group = field.substr(field.rfind(' ') + 1);
  if (ReasonOf(status) == "KEY_SHARE_GROUP_WRONG") {
    return absl::StrCat("Grupp ", group,
                        " stämmer inte. Jämför den med papperet.");
  }
  if (group == "1") {
    return "Där finns ingen andel. Kontrollera att det är rätt fil.";
  }
  return absl::StrCat("Andelen slutar före grupp ", group, " av ",
                      seal::kShareGroups, ". Skriv av resten.");
}

}  // namespace

std::string Explain(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  if (reason == "CONFIGURATION_INVALID") return AboutSetting(status);
  if (reason == "KEY_SHARE_GROUP_WRONG" || reason == "KEY_SHARE_INCOMPLETE") {
    return AboutGroup(status);
  }
  for (const auto& [known, text] : kTexts) {
    if (reason == known) return std::string(text);
  }
  return absl::StrCat("Ett fel i programmet (", reason.empty() ? "-" : reason,
                      "). Anmäl det.");
}

}  // namespace stegvis::server
