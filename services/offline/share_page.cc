#include "services/offline/share_page.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "storage/seal/share_text.h"

namespace stegvis::offline {
namespace {

// Each line needs a word, or else it is read as digits.
constexpr absl::string_view kAbove =
    R"(STEGVIS: ANDEL %d AV %d AV NYCKELKÄLLAN

Nyckelkällan gör att uppgifterna i Stegvis kan läsas. Går den förlorad kan
ingen läsa dem mer, inte heller i en säkerhetskopia. Därför finns den också i
%d andelar på papper. Vilka %d som helst av dem ger den tillbaka; färre säger
ingenting om den.

  Andel:                 nummer %d av %d, %d behövs
  Gjord:                 %s
  Nyckelkällans version: %d
  Omgång:                %s (andelar hör ihop när omgången är samma)

Gör så här med andelen
  - Lägg den i ett kassaskåp eller på en annan låst plats. Ingen behöver den
    till vardags.
  - Håll andelarna isär, helst hos olika personer: den som har %d av dem har
    nyckeln.
  - Fotografera den inte och skicka den inte. Ligger den som fil, radera filen
    när den är utskriven.
  - Är den borta, eller kan någon annan ha sett den: säg genast till den som
    sköter Stegvis.

När den behövs
  Den som sköter Stegvis kör "stegvis keys recover" och skriver av siffrorna
  nedan. Mellanslag, bindestreck och radbrytningar spelar ingen roll, och en
  siffra som blir fel pekas ut. Att andelarna fungerar prövas med
  "stegvis keys drill", gärna en gång om året. När nyckeln har bytts behövs
  nya andelar; de här hör då bara till äldre säkerhetskopior.

Andelens siffror

)";

std::string SetName(const seal::ShareSet& set) {
  return absl::BytesToHexString(absl::string_view(
      reinterpret_cast<const char*>(set.id.data()), set.id.size()));
}

}  // namespace

seal::SecretText SharePage(const seal::KeyShare& share, Day made) {
  const seal::ShareSet& set = share.set;
  seal::SecretText page;
  page.Append(absl::StrFormat(kAbove, share.number, set.of, set.of, set.need,
                              share.number, set.of, set.need, made.Text(),
                              set.key_version, SetName(set), set.need));
  page.Append(seal::ShareText(share).View());
  return page;
}

}  // namespace stegvis::offline
