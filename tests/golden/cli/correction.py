"""stegvis participant correct and acknowledge."""

from people import a_number, veiled
from setting import make_everything, register, squeezed, started
from stories import check, story

SOMEBODY = a_number("19800101", 100)
ANOTHER = a_number("19900202", 101)

BECAUSE = ("--reason", "skrivfel")
END = ("--date", "2020-06-30", "--reason", "enligt_plan", "--support",
       "ingen_offentlig")


def samordnare(place, *words, **options):
    return squeezed(place.stegvis("participant", *words, profile="samordnare",
                                  **options))


def refusal(place, *words, **options):
    return place.refusal("participant", *words, profile="samordnare",
                         **options)


def correct(place, name, moment, *words, **options):
    return samordnare(place, "correct", name, "--moment", moment, *BECAUSE,
                      *words, **options)


def reveal(place, name):
    return veiled(samordnare(place, "reveal", name, "--purpose", "rattelse"))


@story("Command.EveryMomentOfAParticipationIsCorrected")
def every_moment_of_a_participation_is_corrected(place):
    make_everything(place)
    name = register(place, SOMEBODY, "--kommun", "0180")["name"]
    samordnare(place, "exit", name, *END, "--work", "40")
    samordnare(place, "follow-up", name, "--months", "6", "--date",
               "2020-12-30", "--support", "studiestod")
    unlike = samordnare(place, "show", name)

    entry = ("In  2020-02-03\n  situation  Sjukpenning\n"
             "  utbildning  Uppgift saknas\n")
    for moment, words, before, after in (
            ("in", ("--work", "20", "--education", "gymnasium"), entry,
             entry.replace("penning", "penning, arbete 20 tim/vecka")
                  .replace("Uppgift saknas", "Gymnasium")),
            ("ut", ("--end-reason", "flytt"), "Avslutad enligt plan", "Flytt"),
            ("ut", ("--date", "2020-06-29"), "Ut  2020-06-30",
             "Ut  2020-06-29"),
            ("uppf6", ("--support", "a_kassa"), "2020-12-30: Studiestöd",
             "2020-12-30: Arbetslöshetsersättning (a-kassa)"),
            ("samtycke", ("--date", "2020-01-03", "--consent-ref", "Pärm 2"),
             "Samtycke  2020-01-02\n",
             "Samtycke  2020-01-03\n  finns  Pärm 2\n"),
            ("kommun", ("--kommun", "1480"), "Kommun  0180", "Kommun  1480")):
        check.assertEqual(unlike.count(before), 1, moment)
        like = correct(place, name, moment, *words)
        # Nothing but what was said has changed.
        check.assertEqual(like, unlike.replace(before, after), moment)
        unlike = like
    check.assertEqual(samordnare(place, "show", name), unlike)


@story("Command.CorrectingTheNumberMovesThePerson")
def correcting_the_number_moves_the_person(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]
    correct(place, name, "nummer", "--with-name",
            stdin=ANOTHER + "\nGulnäbb\n")
    check.assertEqual(reveal(place, name),
                      f"Personnummer  {veiled(ANOTHER)}\nNamn  Gulnäbb\n")
    check.assertIn("Inga deltaganden", samordnare(place, "find",
                                                  stdin=SOMEBODY))
    check.assertIn(name, samordnare(place, "find", stdin=ANOTHER))


@story("Command.CorrectingTheNumberKeepsTheName")
def correcting_the_number_keeps_the_name(place):
    make_everything(place)
    name = register(place, SOMEBODY + "\nGulnäbb", "--with-name")["name"]
    correct(place, name, "nummer", stdin=ANOTHER)
    check.assertEqual(reveal(place, name),
                      f"Personnummer  {veiled(ANOTHER)}\nNamn  Gulnäbb\n",
                      "what was not said was changed")


@story("Command.CorrectingNothingIsRefused")
def correcting_nothing_is_refused(place):
    make_everything(place)
    name = register(place, SOMEBODY, "--kommun", "0180")["name"]
    before = place.json("participant", "show", name, profile="samordnare")
    # What belongs to another moment says nothing of this one.
    for moment, words in (("in", ()), ("in", ("--kommun", "1480")),
                          ("kommun", ()), ("samtycke", ("--work", "20"))):
        outcome = place.run("participant", "correct", name, "--moment", moment,
                            *BECAUSE, *words, profile="samordnare")
        check.assertEqual(
            place.json("participant", "show", name, profile="samordnare"),
            before, f"{moment} {words}: something was changed")
        check.assertNotEqual(outcome.status, 0, f"{moment} {words}")


@story("Command.CorrectionsAreRefusedWithReason")
def corrections_are_refused_with_reason(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]
    before = samordnare(place, "show", name)

    def refused(moment, *words, reason="skrivfel", **options):
        return refusal(place, "correct", name, "--moment", moment, "--reason",
                       reason, *words, **options)

    check.assertEqual(
        refused("in", "--work", "20", reason="slarv"),
        "orsak: Koden finns inte. Se vilka som finns med: stegvis codes list.")
    check.assertEqual(
        refused("in", "--work", "12.3"),
        "arbetstimmar in: Timmarna är inte 0–80 i steg om en halv. Ange "
        "timmar i veckan, till exempel 20 eller 12,5.")
    check.assertEqual(
        refused("in", "--date", "2014-12-31"),
        "datum in: Dagen ligger utanför insatsens tid. Rätta datumet, eller "
        "insatsens start och slut. datum in: Dagen ligger utanför förbundets "
        "tid. Rätta datumet, eller förbundets start och slut.")
    check.assertEqual(
        refused("uppf12", "--work", "20"),
        "Det finns ingen uppföljning efter 12 månader att rätta. Registrera "
        "den: stegvis participant follow-up.")
    check.assertEqual(
        refused("alder", expect=2),
        "värdet för --moment är inte giltigt. Se stegvis participant correct "
        "--help.")
    check.assertEqual(samordnare(place, "show", name), before,
                      "something was changed")


@story("Command.AWrongRegistrationLeavesTheReport")
def a_wrong_registration_leaves_the_report(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]
    check.assertEqual(started(place), 1)
    samordnare(place, "exit", name, *END)
    corrected = correct(place, name, "ut", "--end-reason", "felregistrering")
    check.assertIn("Läge  felregistrering\n", corrected)
    check.assertEqual(started(place), 0)
    # What made it does not bring it back; something else is a new one.
    register(place, SOMEBODY)
    check.assertEqual(started(place), 0)
    register(place, SOMEBODY, "--work", "20")
    check.assertEqual(started(place), 1)


@story("Command.AFindingIsAcknowledgedWithAReason")
def a_finding_is_acknowledged_with_a_reason(place):
    make_everything(place)
    name = register(place, SOMEBODY, entry="2021-02-03")["name"]
    open_one = ("Att förklara  samtycke äldre än ett år vid start "
                "(CONSENT_OLD)\n")
    check.assertIn(open_one, samordnare(place, "show", name))

    def refused(kind, *words, **options):
        return refusal(place, "acknowledge", name, "--kind", kind, *words,
                       **options)

    check.assertEqual(
        refused("CONSENT_OLD", expect=2),
        "--why saknas. Se stegvis participant acknowledge --help.")
    check.assertEqual(refused("CONSENT_OLD", "--why", ""),
                      "förklaring: Uppgiften saknas. Fyll i den.")
    for kind in "EXIT_LATE", "GAMMALT":
        check.assertEqual(
            refused(kind, "--why", "Förnyas inte"),
            "Deltagandet har ingen sådan anmärkning. Se anmärkningarna med: "
            "stegvis participant show.")
    check.assertIn(open_one, samordnare(place, "show", name))

    acknowledged = samordnare(place, "acknowledge", name, "--kind",
                              "CONSENT_OLD", "--why", "Förnyas inte")
    check.assertIn("Förklarat  samtycke äldre än ett år vid start "
                   "(CONSENT_OLD): Förnyas inte\n", acknowledged)
    check.assertNotIn("Att förklara", acknowledged)
    check.assertEqual(samordnare(place, "show", name), acknowledged)
