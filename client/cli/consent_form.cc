#include "client/cli/consent_form.h"

#include "absl/strings/str_cat.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

constexpr absl::string_view kLine =
    "______________________________________________";

std::string Filled(absl::string_view text) {
  return text.empty() ? std::string(kLine) : Printable(text);
}

constexpr absl::string_view kBody = R"(
Du deltar i en insats som förbundet betalar. Förbundet vill veta om insatserna
hjälper, och frågar därför om det får registrera uppgifter om dig.

Vad som registreras
  * ditt personnummer, och om du vill ditt namn och din kommun
  * vad du lever på och om du arbetar, studerar eller söker arbete, när du
    börjar, när du slutar, och 6 och 12 månader efter det
  * din utbildning, hur länge du har haft stöd, och vem som föreslog insatsen
  * svar på förbundets egna frågor, om det har några

Vad uppgifterna används till
  * att följa upp insatsen och redovisa resultat som statistik, där ingen
    person går att känna igen
  * uppgifterna används inte till beslut om dig och lämnas inte till någon
    myndighet som underlag för beslut

Hur de skyddas
  * de förvaras krypterade, och bara de som arbetar med uppföljningen i din
    insats får se vem de gäller; varje gång någon gör det loggas det
  * de tas bort när tiden för uppföljningen har gått; då blir bara ett antal
    kvar, utan personnummer

Dina rättigheter
  * det är frivilligt: du får delta i insatsen även om du säger nej
  * du kan när som helst ta tillbaka samtycket hos den som gav dig blanketten;
    då görs uppgifterna om dig oläsliga och räknas bara som ett antal
  * du har rätt att få veta vad som står om dig, att få fel rättade och att
    klaga hos Integritetsskyddsmyndigheten (imy.se)

[ ] Ja, jag samtycker till att uppgifterna registreras och används så.

)";

}  // namespace

std::string ConsentForm(absl::string_view forbund, absl::string_view insats) {
  return absl::StrCat(
      "SAMTYCKE TILL UPPFÖLJNING\n\nFörbund:       ", Filled(forbund),
      "\nInsats:        ", Filled(insats), "\n", kBody,
      "Personnummer:  ", kLine, "\n\nNamn:          ", kLine,
      "\n\nOrt och datum: ", kLine, "\n\nUnderskrift:   ", kLine,
      "\n\nDen som har skyddade personuppgifter ska inte fylla i "
      "blanketten.\n");
}

}  // namespace stegvis::cli
