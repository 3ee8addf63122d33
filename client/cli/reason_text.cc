#include "client/cli/reason_text.h"

#include "absl/strings/str_cat.h"

namespace stegvis::cli {
namespace {

struct Text {
  absl::string_view reason;
  absl::string_view what;
  absl::string_view mend;
};

constexpr Text kServerTexts[] = {
    {"MISSING", "Uppgiften saknas.", "Fyll i den."},
    {"TOO_LONG", "Texten är för lång.", "Korta den."},
    {"TOO_MANY", "Det är för många värden.", "Ta bort några."},
    {"OUT_OF_RANGE", "Värdet ligger utanför det tillåtna.",
     "Kontrollera det och skriv om det."},
    {"NOT_UTF8", "Texten är inte UTF-8 eller innehåller ett NUL-tecken.",
     "Spara filen som UTF-8 (i Excel: CSV UTF-8)."},
    {"NOT_ALLOWED", "Uppgiften får inte anges här.", "Ta bort den."},
    {"DUPLICATE", "Samma sak står två gånger.", "Ta bort den ena."},
    {"IMMUTABLE", "Uppgiften kan inte ändras när den väl är skapad.",
     "Skapa en ny i stället."},
    {"UNKNOWN_FIELD", "Uppgiften finns inte eller kan inte ändras.",
     "Se kommandots --help."},
    {"DATE_INVALID", "Det är inget datum.",
     "Skriv det som ÅÅÅÅ-MM-DD, till exempel 2026-01-31."},
    {"DATE_IN_FUTURE", "Dagen ligger i framtiden.",
     "Rätta datumet, eller vänta tills dagen har varit."},
    {"ENDS_BEFORE_START", "Slutet ligger före början.",
     "Rätta det ena av datumen."},
    {"CODE_UNKNOWN", "Koden finns inte.",
     "Se vilka som finns med: stegvis codes list."},
    {"CODE_NOT_IN_FORCE", "Koden gäller inte den dagen.",
     "Se vilka som gäller med: stegvis codes list."},
    {"SOURCES_EXCLUDE", "Försörjningarna utesluter varandra.",
     "Ingen_offentlig och uppgift_saknas ska stå ensamma."},
    {"EXTENT_OUT_OF_RANGE", "Omfattningen är inte 1–100 procent.",
     "Rätta den, eller utelämna den."},
    {"HOURS_OUT_OF_RANGE", "Timmarna är inte 0–80 i steg om en halv.",
     "Ange timmar i veckan, till exempel 20 eller 12,5."},
    {"STRUCTURAL_NEEDS_VOLUME",
     "En strukturinriktad insats kan bara registreras som volym.",
     "Välj metoden volym."},
    {"PERSON_NUMBER_MALFORMED", "Numret är inte skrivet som ett personnummer.",
     "Skriv ÅÅÅÅMMDDNNNN eller ÅÅMMDD-NNNN, utan mellanslag och bokstäver."},
    {"PERSON_NUMBER_IMPOSSIBLE", "Det finns inget sådant personnummer.",
     "Kontrollera datum och kontrollsiffra."},
    {"ORGANIZATION_NUMBER_INVALID",
     "Det finns inget sådant "
     "organisationsnummer.",
     "Skriv NNNNNN-NNNN och kontrollera siffrorna."},
    {"CONSENT_MISSING", "Samtycke saknas.",
     "Registrera deltagaren som anonymt antal i stället: stegvis count set."},
    {"PROTECTED_IDENTITY",
     "Den som har skyddade personuppgifter registreras aldrig.",
     "Registrera deltagaren som anonymt antal i stället: stegvis count set. Är "
     "personen redan registrerad: stegvis participant erase --reason "
     "skyddade_uppgifter."},
    {"OUTSIDE_INSATS", "Dagen ligger utanför insatsens tid.",
     "Rätta datumet, eller insatsens start och slut."},
    {"OUTSIDE_FORBUND", "Dagen ligger utanför förbundets tid.",
     "Rätta datumet, eller förbundets start och slut."},
    {"QUESTION_UNKNOWN", "Förbundet har ingen sådan fråga.",
     "Se frågorna med: stegvis question list."},
    {"QUESTION_NOT_ASKED", "Frågan ställs inte vid det tillfället.",
     "Ta bort svaret, eller se frågorna med: stegvis question list."},
    {"ANSWER_INVALID", "Svaret har inte frågans form.",
     "Se vad frågan tar emot med: stegvis question list."},
    {"FOLLOW_UP_BEFORE_EXIT", "En uppföljning kommer efter avslutet.",
     "Rätta uppföljningens datum."},
    {"BORN_AFTER_ENTRY", "Personen var inte född när deltagandet började.",
     "Kontrollera personnummer och datum."},
    {"SUM_DIFFERS", "Antalet är inte kvinnor plus män.",
     "Rätta siffrorna, eller utelämna antalet."},
    {"DIFFERS_FROM_RECORDED", "Något annat är redan registrerat.",
     "Rätta det registrerade i stället, till exempel med: stegvis participant "
     "correct eller stegvis insats update."},
    {"NAME_INVALID", "Det är inget namn på en resurs.",
     "Kopiera namnet som det står i en lista."},
    {"PAGE_TOKEN_MISMATCH", "Listan hör till en annan fråga.",
     "Börja om från början."},
    {"REQUEST_ID_INVALID", "Anropet saknar ett giltigt id.",
     "Kör kommandot igen med den senaste versionen av stegvis."},
    {"FILTER_UNKNOWN", "Det finns inget sådant villkor.",
     "Se stegvis report --help."},
    {"BREAKDOWN_UNKNOWN", "Det finns ingen sådan uppdelning.",
     "Se stegvis report --help."},
    {"REGISTERED_TIME_MISSING", "Tidpunkten då raden registrerades saknas.",
     "Fyll i den, till exempel 2016-01-16T12:00:00Z."},
    {"REGISTERED_TIME_NOT_ALLOWED",
     "Tidpunkten registrerad hör bara till en överföring.",
     "Ta bort kolumnen, eller kör med --migrate."},
    {"CERTIFICATE_MISSING", "Servern känner inte igen certifikatet.",
     "Kontrollera cert och key i profilen."},
    {"NOT_PERMITTED", "Det här får du inte göra, eller så finns det inte.",
     "Be förbundets administratör om rätt roll."},
    {"NOT_FOUND", "Det finns inte.", "Kontrollera namnet i en lista."},
    {"FINDING_NOT_FOUND", "Deltagandet har ingen sådan anmärkning.",
     "Se anmärkningarna med: stegvis participant show."},
    {"ORGANIZATION_NUMBER_TAKEN",
     "Ett förbund med det organisationsnumret finns redan.",
     "Använd det som finns, se: stegvis forbund list."},
    {"TITLE_TAKEN", "En insats med det namnet finns redan i förbundet.",
     "Välj ett annat namn, eller använd den som finns."},
    {"QUESTION_TAKEN", "Frågan finns redan.",
     "Använd den som finns, eller formulera den annorlunda."},
    {"ALREADY_ENDED", "Deltagandet är redan avslutat.",
     "Rätta avslutet i stället: stegvis participant correct."},
    {"NOT_ENDED", "Deltagandet är inte avslutat.",
     "Avsluta det först: stegvis participant exit."},
    {"STILL_ONGOING", "Det finns deltaganden som pågår efter den dagen.",
     "Avsluta dem först, eller välj en senare dag."},
    {"DECEASED", "Deltagandet avslutades med dödsfall och följs inte upp.",
     "Inget mer behöver göras."},
    {"ALREADY_FOLLOWED_UP", "Uppföljningen är redan registrerad.",
     "Rätta den i stället: stegvis participant correct."},
    {"OVERLAPS", "Personen deltar redan i insatsen under den tiden.",
     "Avsluta det tidigare deltagandet, eller rätta datumen."},
    {"METHOD_IS_VOLUME", "Insatsen registreras som volym.",
     "Registrera ett antal av typen volym."},
    {"METHOD_IS_PERSONAL", "Insatsen registreras per person.",
     "Registrera deltagare, eller ett antal av typen anonym."},
    {"REGISTERED_WRONGLY", "Deltagandet är avslutat som felregistrering.",
     "Registrera ett nytt deltagande om det behövs."},
    {"CONSENT_WITHDRAWN", "Samtycket är återtaget.",
     "Registrera personen igen bara med ett nyare samtycke."},
    {"ROLES_EXCLUDE_EACH_OTHER",
     "En användare kan inte både administrera förbundet och vara samordnare.",
     "Ta bort den andra rollen först: stegvis user revoke."},
    {"REQUEST_ID_REUSED", "Anropets id hör till ett annat anrop.",
     "Kör kommandot igen."},
    {"KNOWN_LATER", "En senare version är redan känd.",
     "Hoppa över raden, eller rätta det som är registrerat."},
    {"NOT_YOURS", "Någon annan har registrerat deltagandet.",
     "Be den som registrerade, eller en samordnare, att ändra."},
    {"ERASURES_BROKEN", "Listan över raderingar (erasures.log) är skadad.",
     "Lägg tillbaka en kopia av den."},
    {"RETENTION_NOT_PASSED", "Gallringsfristen har inte gått ut.",
     "Ange en annan orsak, eller vänta."},
    {"SCHEMA_TOO_NEW", "Databasen är skriven av ett nyare Stegvis.",
     "Uppgradera servern."},
    {"SCHEMA_CHANGED", "Databasens tabeller är inte Stegvis egna.",
     "Återställ från en säkerhetskopia."},
    {"DATABASE_IN_USE", "En annan server använder databasen.",
     "Stoppa den andra först."},
    {"KEY_SOURCE_MISSING", "Nyckelkällan saknas.",
     "Lägg tillbaka filen som inställningarna pekar på."},
    {"KEY_SOURCE_UNREADABLE",
     "Nyckelkällan kan inte läsas, eller så kan andra läsa den.",
     "Sätt rättigheterna så att bara servern kan läsa den."},
    {"KEY_SOURCE_WRONG", "Nyckelkällan passar inte den här installationen.",
     "Använd den nyckelkälla som installationen skapades med."},
    {"CONFIGURATION_INVALID", "En inställning är okänd eller ogiltig.",
     "Rätta stegvis.toml."},
    {"ETAG_STALE", "Någon har ändrat detta under tiden.",
     "Läs om det och försök igen."},
    {"TOO_MANY_ROWS", "Det är för många rader i ett meddelande.",
     "Kör med den senaste versionen av stegvis."},
    {"DISK_FULL", "Serverns disk är full, så det gick inte att spara.",
     "Be driften frigöra plats och kör sedan igen: inget blir registrerat två "
     "gånger."},
    {"DATABASE_AWAY", "Databasen svarar inte.",
     "Vänta en stund och kör igen: inget blir registrerat två gånger."},
    {"FACTS_BEHIND", "Rapporterna har inte hunnit ikapp än.",
     "Vänta en stund och kör igen."},
    {"SHUTTING_DOWN", "Servern håller på att stoppas.",
     "Vänta tills den är igång och kör igen: inget blir registrerat två "
     "gånger."},
    {"DEADLINE_EXCEEDED", "Servern hann inte svara.",
     "Vänta en stund och kör igen: inget blir registrerat två gånger."},
    {"CANCELLED", "Anropet avbröts.",
     "Kör kommandot igen: inget blir registrerat två gånger."},
    {"RECORD_UNREADABLE", "Posten går inte att öppna: förseglingen är bruten.",
     "Larma driften, och försök inte igen."},
    {"BUG", "Det är ett fel i programmet.",
     "Rapportera det till den som driver servern."},
    {"FOLDER_NOT_EMPTY", "Mappen är inte tom.", "Välj en ny mapp."},
    {"FILE_UNWRITABLE", "En fil gick inte att skriva.",
     "Kontrollera rättigheterna och disken."},
    {"KEY_SHARE_GROUP_WRONG", "En grupp i andelen stämmer inte.",
     "Jämför den med papperet."},
    {"KEY_SHARE_INCOMPLETE", "Andelen slutar för tidigt.",
     "Skriv av grupperna som fattas."},
    {"KEY_SHARE_UNREADABLE", "Grupperna bildar ingen andel tillsammans.",
     "Jämför dem med papperet: två kan ha bytt plats."},
    {"KEY_SHARES_TOO_FEW", "Andelarna är för få.",
     "Hur många som behövs står på var och en."},
    {"KEY_SHARES_MIXED", "Andelarna är inte gjorda tillsammans.",
     "Använd sådana som har samma omgång."},
    {"KEY_SHARE_TWICE", "Samma andel är med två gånger.",
     "Använd olika andelar."},
    {"KEY_SHARES_WRONG", "Andelarna ger inte nyckeln: någon är inte äkta.",
     "Pröva med andra andelar."},
    {"KEY_SOURCE_EXISTS", "Det ligger redan en fil där nyckelkällan ska stå.",
     "Flytta undan den först, eller ange en annan med --key-source."},
    {"KEYS_ROTATING", "Nycklarna håller på att bytas.",
     "Vänta tills bytet är klart; se stegvis keys status."},
    {"ERASURES_OLDER",
     "Listan över raderingar börjar inte med säkerhetskopians egen.",
     "Använd installationens senaste erasures.log."},
    {"BACKUP_DAMAGED", "Säkerhetskopian är skadad eller inte hel.",
     "Använd en annan."},
    {"FILE_UNREADABLE", "En fil går inte att läsa.",
     "Kontrollera att den finns och får läsas."},
    {"YEAR_NOT_ENDED", "Året är inte slut.",
     "Fastställ eller publicera rapporten när året har gått ut."},
    {"RELEASE_UNSAFE",
     "Små antal skulle gå att räkna ut, ensamma eller tillsammans med det som "
     "redan är publicerat för året, så inget publiceras.",
     "Det som redan är publicerat står kvar. Hör av dig till den som förvaltar "
     "Stegvis: det finns för få personer att gömma de små antalen bland."},
    {"RELEASE_OF_OTHER_LEVEL",
     "Årets siffror är redan publicerade på en annan nivå (landet eller ett "
     "förbund).",
     "De nya siffrorna går inte att pröva tillsammans med dem, så det som är "
     "ute står kvar."},
    {"RELEASE_DIFFERS",
     "En annan publicering för hela landet är redan ute för året.",
     "Den står kvar: se den med stegvis report releases."},
    {"RELEASE_INVALID",
     "Rapporten är inte gjord för publicering av hela landets år.",
     "Gör den med stegvis rollup --publish."},
    {"PROOF_ELSEWHERE",
     "Publiceringen gjordes med stegvis rollup, av flera noder, så beviset "
     "finns inte här.",
     "Fråga den som gjorde den efter filen från --proof."},
    {"WHOLE_DAYS_ONLY",
     "Den som inte får se personer ser vad som var känt hela dagar.",
     "Skriv en dag (ÅÅÅÅ-MM-DD) utan klockslag."},
    {"RELEASE_UNDER_WAY", "En annan publicering pågår.",
     "Försök igen när den är klar."},
    {"UNREADABLE_RECORDS",
     "Poster går inte att öppna, så inget kan fastställas eller publiceras.",
     "Larma driften, som återställer dem ur en säkerhetskopia."},
    {"ENVELOPE_INVALID",
     "Filen är varken en fastställd rapport eller ett bevis, eller inte hel.",
     "Hämta den igen från förbundet."},
    {"PUBLIC_KEY_INVALID", "Filen är ingen öppen nyckel.",
     "Hämta nyckeln med stegvis report key."},
    {"KEY_DIFFERS", "Filen är undertecknad med en annan nyckel.",
     "Kontrollera att nyckeln är förbundets egen."},
    {"SIGNATURE_INVALID",
     "Underskriften stämmer inte: filen är ändrad, eller inte förbundets.",
     "Lita inte på den; hämta den igen från förbundet."},
    {"FORMAT_TOO_NEW", "Filen är skriven av ett nyare stegvis.",
     "Uppgradera stegvis."},
};

constexpr Text kRowTexts[] = {
    {row_reasons::kRowTooLong, "Raden är längre än 1 MiB och lästes inte.",
     "Dela den, eller leta efter ett citattecken som inte avslutas."},
    {row_reasons::kTooManyColumns, "Raden har fler än 1000 fält.",
     "Kontrollera avgränsare och citattecken."},
    {row_reasons::kFieldCount,
     "Raden har inte lika många fält som rubrikraden.",
     "Kontrollera avgränsare och citattecken."},
    {row_reasons::kRowEmpty, "Raden är tom.", "Ta bort den."},
    {row_reasons::kQuoteMisplaced, "Ett citattecken står mitt i ett fält.",
     "Sätt citattecken runt hela fältet och dubblera dem inuti."},
    {row_reasons::kQuoteUnclosed,
     "Ett citattecken avslutas aldrig, och resten av filen hör till raden.",
     "Avsluta det, eller dubblera det."},
    {row_reasons::kYesNoInvalid, "Värdet är varken ja eller nej.",
     "Skriv ja eller nej."},
    {row_reasons::kHoursInvalid, "Värdet är inget antal timmar.",
     "Skriv timmar i veckan som 20 eller 12,5."},
    {row_reasons::kNumberInvalid, "Värdet är inget heltal.",
     "Skriv bara siffror, eller lämna fältet tomt."},
    {row_reasons::kExtentInvalid, "Omfattningen är inget heltal.",
     "Skriv kod:omfattning, till exempel sjukpenning:50."},
    {row_reasons::kMomentInvalid, "Värdet är ingen tidpunkt.",
     "Skriv den som 2016-01-16T12:00:00Z."},
    {row_reasons::kWithoutDate, "Fältet har ett värde, men datumet saknas.",
     "Fyll i datumet, eller töm fältet."},
    {row_reasons::kForbundUnknown,
     "Förbundet finns inte, eller så får du inte "
     "se det.",
     "Se förbunden med: stegvis forbund list."},
    {row_reasons::kForbundAmbiguous, "Flera förbund har det namnet.",
     "Ange organisationsnumret i stället."},
    {row_reasons::kInsatsUnknown,
     "Insatsen finns inte i förbundet, eller så får du inte se den.",
     "Se insatserna med: stegvis insats list."},
    {row_reasons::kOrientationInvalid, "Det finns ingen sådan inriktning.",
     "Skriv individ eller struktur."},
    {row_reasons::kMethodInvalid, "Det finns ingen sådan metod.",
     "Skriv person eller volym."},
    {row_reasons::kCountKindInvalid, "Det finns ingen sådan typ.",
     "Skriv anonym eller volym."},
};

// Where a reason means something of its own: the last step of a path of the
// server, or a column.
struct TextAt {
  absl::string_view step, column;
  Text text;
};

constexpr Text kNothingToFollow = {
    "NOT_ALLOWED", "En uppföljning kräver ett avslut som inte är ett dödsfall.",
    "Fyll i avslutet, eller ta bort uppföljningen."};

constexpr TextAt kTextsAt[] = {
    {"end_reason",
     "avslutsanledning",
     {"NOT_ALLOWED", "Ett återtaget samtycke är inget avslut.",
      "Det registreras med stegvis participant withdraw-consent."}},
    {"follow_ups", "uppf6_datum", kNothingToFollow},
    {"follow_ups", "uppf12_datum", kNothingToFollow},
    {"year",
     "ar",
     {"DATE_IN_FUTURE", "Året ligger i framtiden.",
      "Rätta året, eller vänta tills det har börjat."}},
};

const Text* FindAt(absl::string_view reason, absl::string_view field) {
  const absl::string_view step = field.substr(field.rfind('.') + 1);
  for (const TextAt& at : kTextsAt) {
    if (at.text.reason != reason) continue;
    if (at.step == step || at.column == field) return &at.text;
  }
  return nullptr;
}

std::string Whole(const Text& text) {
  return absl::StrCat(text.what, " ", text.mend);
}

const Text* Find(absl::string_view reason) {
  for (const Text& text : kServerTexts) {
    if (text.reason == reason) return &text;
  }
  for (const Text& text : kRowTexts) {
    if (text.reason == reason) return &text;
  }
  return nullptr;
}

}  // namespace

bool HasReasonText(absl::string_view reason) { return Find(reason) != nullptr; }

std::string ReasonText(absl::string_view reason) {
  const Text* text = Find(reason);
  if (text != nullptr) return Whole(*text);
  return absl::StrCat(
      "Servern vägrade av en orsak som det här programmet "
      "inte känner till (",
      reason, "). Uppgradera stegvis.");
}

std::string ReasonTextAt(absl::string_view field, absl::string_view reason) {
  const Text* text = FindAt(reason, field);
  return text != nullptr ? Whole(*text) : ReasonText(reason);
}

}  // namespace stegvis::cli
