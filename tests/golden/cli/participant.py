"""stegvis participant."""

from people import a_number
from setting import (INSATS, OF_FORBUND, make_everything, register, squeezed,
                     started, steady, without)
from stories import check, story

SOMEBODY = a_number("19800101", 100)
ANOTHER = a_number("19900202", 101)

REGISTER = ("participant", "register", *OF_FORBUND, "--insats", INSATS,
            "--consent", "2020-01-02", "--entry", "2020-02-03")
FULLY = (*REGISTER, "--support", "sjukpenning:50", "--support",
         "forsorjningsstod", "--work", "12.5", "--seeking", "ja",
         "--education", "gymnasium", "--months", "14", "--referred-by",
         "kommun", "--kommun", "0180", "--consent-ref", "Pärm 1", "--answer",
         "Hur många barn?=2")

REGISTERED = """\
Insats                   Vägen in
Läge                     pågår
In                       2020-02-03
  situation              Sjukpenning 50 %, Försörjningsstöd, arbete 12,5 \
tim/vecka, söker arbete
  utbildning             Gymnasium
  månader i försörjning  14
  remittent              Kommunen
  Hur många barn?        2
Kommun                   0180
Samtycke                 2020-01-02
  finns                  Pärm 1
Registrerat              [time]
Resurs                   forbund/[id]/insatser/[id]/participations/[id]
"""

ENDED = """\
Läge  avslutat
In  2020-02-03
  situation  Sjukpenning
  utbildning  Uppgift saknas
Ut  2020-06-30
  anledning  Avslutad enligt plan
  situation  Ingen offentlig försörjning, arbete 40 tim/vecka
"""

REGISTERED_MESSAGE = {
    "state": "STATE_ONGOING",
    "entry": {
        "date": "2020-02-03",
        "situation": {"supports": [
            {"source": "sjukpenning", "extentPercent": 50},
            {"source": "forsorjningsstod"}],
            "workHours": 12.5, "studyHours": 0, "seeking": True},
        "education": "gymnasium", "monthsOnSupport": 14,
        "referringParty": "kommun"},
    "followUps": [], "kommun": "0180",
    "consent": {"signedDate": "2020-01-02", "reference": "Pärm 1"},
    "findings": [], "migrated": False}

NOBODY = "Inga deltaganden att visa.\n"
LISTED = """\
in          ut  läge   anledning  insats    resurs
2020-02-03      pågår             Vägen in  \
forbund/[id]/insatser/[id]/participations/[id]
"""


def ask_about_children(place):
    place.stegvis("question", "add", "--text", "Hur många barn?", "--type",
                  "tal", "--start", "2015-01-01", "--asked", "in")


def samordnare(place, *words, **options):
    return place.stegvis("participant", *words, profile="samordnare",
                         **options)


def refusal(place, *words, **options):
    return place.refusal(*words, profile="samordnare", **options)


@story("Command.RegisterWithDryRunLeavesNothing")
def register_with_dry_run_leaves_nothing(place):
    make_everything(place)
    ask_about_children(place)
    said = place.stegvis(*FULLY, "--dry-run", profile="samordnare",
                         stdin=SOMEBODY)
    check.assertEqual(said, "Registreringen skulle gå bra. Inget är sparat.\n")
    message = place.json(*FULLY, "--dry-run", profile="samordnare",
                         stdin=SOMEBODY)
    check.assertEqual(message["name"], "", "it has a name already")
    check.assertEqual(
        refusal(place, *REGISTER, "--dry-run", stdin=SOMEBODY),
        "försörjning in: Uppgiften saknas. Fyll i den.")
    check.assertEqual(samordnare(place, "list"), NOBODY)
    check.assertEqual(started(place), 0)


@story("Command.ParticipantIsRegisteredShownAndListed")
def participant_is_registered_shown_and_listed(place):
    make_everything(place)
    ask_about_children(place)
    registered = place.stegvis(*FULLY, profile="samordnare", stdin=SOMEBODY)
    check.assertEqual(steady(registered), REGISTERED)
    again = place.stegvis(*FULLY, profile="samordnare", stdin=SOMEBODY)
    check.assertEqual(again, registered, "sent twice it is the same one")

    message, = place.json("participant", "list",
                          profile="samordnare")["participations"]
    check.assertEqual(samordnare(place, "show", message["name"]), registered)
    check.assertEqual(place.json("participant", "show", message["name"],
                                 profile="samordnare"), message)
    answer, = message["entry"].pop("answers")
    check.assertEqual(answer["value"], "2")
    check.assertEqual(without(message, "name"), REGISTERED_MESSAGE)
    for words in (), OF_FORBUND, ("--insats", INSATS):
        check.assertEqual(steady(samordnare(place, "list", *words)), LISTED)
    check.assertEqual(started(place), 1)


@story("Command.ParticipantIsRefusedWithReason")
def participant_is_refused_with_reason(place):
    make_everything(place)
    register(place, SOMEBODY)
    missing = "Uppgiften saknas. Fyll i den."
    ill = ("--support", "sjukpenning")

    def refused(number, *words, **options):
        return refusal(place, *REGISTER, *words, stdin=number, **options)

    check.assertEqual(refused(ANOTHER), f"försörjning in: {missing}")
    check.assertEqual(refused("\n", *ill), f"personnummer: {missing}")
    check.assertEqual(refused("", *ill),
                      "Svaret saknas på stdin. Skriv det på en rad.")
    check.assertEqual(
        refused(ANOTHER[:-1], *ill),
        "personnummer: Numret är inte skrivet som ett personnummer. Skriv "
        "ÅÅÅÅMMDDNNNN eller ÅÅMMDD-NNNN, utan mellanslag och bokstäver.")
    wrong_digit = str((int(ANOTHER[-1]) + 1) % 10)
    check.assertEqual(
        refused(ANOTHER[:-1] + wrong_digit, *ill),
        "personnummer: Det finns inget sådant personnummer. Kontrollera datum "
        "och kontrollsiffra.")
    check.assertEqual(
        refused(SOMEBODY, *ill, "--entry", "2020-02-04", expect=2),
        "--entry har fel antal värden. Se stegvis participant register "
        "--help.")
    check.assertEqual(
        refused(ANOTHER, "--support", "sjukpenning:halv", expect=2),
        "--support sjukpenning:halv: omfattningen är ett heltal, till exempel "
        "sjukpenning:50.")
    check.assertEqual(
        refused(ANOTHER, *ill, "--answer", "Varför?=Därför", expect=2),
        "--answer Varför?: skriv FRÅGA=SVAR. Se frågorna med: stegvis "
        "question list.")
    check.assertEqual(
        refused(SOMEBODY, *ill, "--work", "20"),
        "arbetstimmar in: Något annat är redan registrerat. Rätta det "
        "registrerade i stället, till exempel med: stegvis participant "
        "correct eller stegvis insats update.")
    check.assertEqual(started(place), 1, "somebody was recorded")


@story("Command.ParticipantExitsIsDueAndIsFollowedUp")
def participant_exits_is_due_and_is_followed_up(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]
    due = ("participant", "list", "--due")
    follow_up = ("participant", "follow-up", name, "--months", "6", "--date")
    studying = ("--support", "studiestod", "--study", "20")
    check.assertEqual(samordnare(place, "list", "--due"),
                      "Inga uppföljningar väntar.\n")
    check.assertEqual(
        refusal(place, *follow_up, "2020-12-30", *studying),
        "Deltagandet är inte avslutat. Avsluta det först: stegvis participant "
        "exit.")
    check.assertEqual(
        refusal(place, "participant", "exit", name, "--date", "2020-02-02",
                "--reason", "enligt_plan", "--support", "ingen_offentlig"),
        "datum ut: Slutet ligger före början. Rätta det ena av datumen.")
    check.assertEqual(
        refusal(place, "participant", "exit", name, "--date", "2020-06-30",
                "--reason", "enligt_plan"),
        "försörjning ut: Uppgiften saknas. Fyll i den.")
    check.assertIn("\nLäge  pågår\n",
                   squeezed(samordnare(place, "show", name)))

    ended = samordnare(place, "exit", name, "--date", "2020-06-30", "--reason",
                       "enligt_plan", "--support", "ingen_offentlig", "--work",
                       "40")
    check.assertIn(ENDED, squeezed(ended))
    check.assertEqual(
        [(one["name"], one["months"], one["dueDate"], one["exitDate"])
         for one in place.json(*due, profile="samordnare")["dueFollowUps"]],
        [(name, 6, "2020-12-30", "2020-06-30"),
         (name, 12, "2021-06-30", "2020-06-30")])
    check.assertIn("2020-12-30               6  2020-02-03  2020-06-30  "
                   f"{INSATS}  forbund/", samordnare(place, "list", "--due"))

    followed = place.stegvis(*follow_up, "2020-12-30", *studying,
                             profile="samordnare")
    check.assertIn("\nEfter 6 månader  2020-12-30: Studiestöd, studier 20 "
                   "tim/vecka\n", squeezed(followed))
    check.assertEqual(
        [one["months"] for one in
         place.json(*due, profile="samordnare")["dueFollowUps"]], [12])
    check.assertEqual(
        refusal(place, *follow_up, "2020-12-30", *studying),
        "Uppföljningen är redan registrerad. Rätta den i stället: stegvis "
        "participant correct.")
    check.assertEqual(
        refusal(place, "participant", "exit", name, "--date", "2020-06-30",
                "--reason", "enligt_plan"),
        "Deltagandet är redan avslutat. Rätta avslutet i stället: stegvis "
        "participant correct.")
