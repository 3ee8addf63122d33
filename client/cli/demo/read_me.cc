#include "client/cli/demo/read_me.h"

#include "absl/strings/str_cat.h"

namespace stegvis::demo {
namespace {

constexpr absl::string_view kText = R"(
Alla personer, förbund och insatser här är påhittade. Siffrorna i sammanfattning
är verkliga: de har publicerats om samordningsförbundens insatser, och
resultatrapporten ska ge just dem tillbaka.

FILER
  forbund.csv        förbunden, med organisationsnummer, period och kommuner
  insatser.csv       insatserna
  participants.csv   deltagande; en rad för varje gång något blev känt
  counts.csv         anonyma registreringar och volymregistreringar
participants.csv och counts.csv läses in med "stegvis import … --migrate". Då
räknas en uppgift som känd från den tid som står i kolumnen registrerad, och
rapporter kan tas fram som de såg ut då ("--as-of").

PUBLICERAT, OCH ÅTERGIVET (vid skala 1; personer och antal växer med skalan)
  2013  Av dem som avslutade en insats arbetade eller studerade 11 % före och
        31 % efter. De som hade försörjningsstöd blev 16 % färre.
  2015  33 500 registrerade i individinriktade insatser enligt uttag den
        16 januari 2016, varav 14 700 med personuppgifter; 34 400 varav 14 900
        enligt uttag den 26 februari 2016. 33 % i arbete eller studier efter,
        vid båda uttagen.
  2020  78 förbund. 24 867 registrerade, varav 17 454 med personuppgifter. 28 %
        i arbete eller studier efter. 1 589 hade aktivitetsersättning och 3 410
        hade sjukpenning före.

VÅR LÄSNING
  * De 1 589 och 3 410 räknas på dem som avslutade en insats under 2020. Källan
    säger inte vilka de räknades på.
  * Registrerade = påbörjade med personuppgifter + anonyma + volym i
    individinriktade insatser. Strukturinriktade insatser räknas inte dit.

VALT AV OSS, DÄR KÄLLORNA TIGER
  * Antalet förbund: 83 år 2013 och 84 år 2015. Åtta av dem upphör 2016–2018
    (står som slutdatum i forbund.csv); sex av dem bildar två nya, som börjar
    2018 och 2019. Ett börjar i juli 2014. Så blir det 78 förbund år 2020, och
    ingen deltar i ett förbund efter dess slut.
  * Fördelningen mellan förbund och insatser, och mellan anonyma och volym.
  * Antalet som avslutade: 9 600 år 2013, 10 930 år 2015 (10 400 av dem kända
    den 16 januari 2016) och 14 260 år 2020.
  * Arbete eller studier före: 12 % år 2015, 10 % år 2020.
  * Kön (56 % kvinnor), ålder, utbildning, remittent, tid med försörjning,
    timmar, omfattning, avslutsorsaker, övriga försörjningar före och efter.
  * Uppföljningar efter 6 och 12 månader finns för en del av dem som slutade
    2020 och 2021. SUS hade inga; de visar vad som går att följa nu.
  * När uppgifter registrerades, utom kring de två uttagen i början av 2016.
  * Inget har återkallat sitt samtycke: då hade bara ett antal stått kvar.
Åren 2012, 2014, 2016, 2019 och 2021 finns bara som början och slut på deltagande
som hör till rapportåren. Deras egna rapporter säger inget.

PERSONNUMMER OCH NAMN
  Numren är välformade och lottade. Ett lottat nummer kan av en slump vara någons;
  använd därför aldrig filerna för något annat än att pröva systemet.
  Organisationsnumren börjar alla på 222999 och är påhittade. Kommunkoderna har
  ett läns två första siffror men hör inte till någon kommun.
)";

}  // namespace

std::string ReadMe(const GenerateOptions& options) {
  return absl::StrCat("STEGVIS DEMODATA\n", "stegvis demo generate --seed ",
                      options.seed, " --scale ", options.scale, " KATALOG\n",
                      kText);
}

}  // namespace stegvis::demo
