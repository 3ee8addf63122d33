"""stegvis participant extract: everything about a person, to be handed over."""

import sqlite3

from people import a_number
from setting import (FORBUND, INSATS, OF_FORBUND, make_everything, register,
                     squeezed, steady)
from stories import check, story

SOMEBODY = a_number("19800101", 100)
ANOTHER = a_number("19900202", 101)

EXTRACT = f"""\
REGISTERUTDRAG

Det här är allt som {FORBUND} har registrerat i Stegvis
om personen med det personnummer som står här, och vilka användare som
har läst eller ändrat det. Framställt [time].

DELTAGANDE 1: {INSATS}

Version 1, sparad [time] av samordnare
Personnummer  {SOMEBODY}
Insats  {INSATS}
Läge  pågår
In  2020-02-03
  situation  Sjukpenning
  utbildning  Uppgift saknas
Samtycke  2020-01-02
Registrerat  [time]
Resurs  forbund/[id]/insatser/[id]/participations/[id]

Version 2, sparad [time] av samordnare
Personnummer  {SOMEBODY}
Insats  {INSATS}
Läge  avslutat
In  2020-02-03
  situation  Sjukpenning
  utbildning  Uppgift saknas
Ut  2020-06-30
  anledning  Avslutad enligt plan
  situation  Ingen offentlig försörjning
Samtycke  2020-01-02
Registrerat  [time]
Resurs  forbund/[id]/insatser/[id]/participations/[id]

Läst och ändrat av
när  användare  vad  varför
[time]  samordnare  RegisterParticipation
[time]  samordnare  EndParticipation
[time]  dataskydd  RevealPerson  Kontakt med personen
[time]  dataskydd  FindPerson
"""


def extract(place, *words, **options):
    return place.stegvis("participant", "extract", *OF_FORBUND, *words,
                         profile="dataskydd", stdin=SOMEBODY + "\n",
                         **options)


@story("Command.AnExtractHoldsEverythingAndWhoHasReadIt")
def an_extract_holds_everything(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]
    register(place, ANOTHER)
    place.stegvis("participant", "exit", name, "--date", "2020-06-30",
                  "--reason", "enligt_plan", "--support", "ingen_offentlig",
                  profile="samordnare")
    purpose = place.json("codes", "list", "--list", "PURPOSE")["codes"][0]
    place.stegvis("participant", "reveal", name, "--purpose", purpose["code"],
                  profile="dataskydd")
    place.stegvis("participant", "find", *OF_FORBUND, profile="dataskydd",
                  stdin=SOMEBODY + "\n")

    text = extract(place)

    told = EXTRACT.replace("Kontakt med personen", purpose["label"])
    check.assertEqual(
        [line.rstrip() for line in squeezed(steady(text)).splitlines()],
        told.splitlines())
    check.assertNotIn(ANOTHER, text)
    check.assertEqual(extract(place, "-o", "utdrag.txt"), "")
    kept = place.parent / "utdrag.txt"
    check.assertEqual(kept.stat().st_mode & 0o777, 0o600)
    check.assertIn("ExtractPerson", kept.read_text())
    place.refusal("participant", "extract", *OF_FORBUND,
                  profile="samordnare", stdin=SOMEBODY + "\n")


def correct_number(place, name, number, reason):
    place.stegvis("participant", "correct", name, "--moment", "nummer",
                  "--reason", reason, profile="samordnare",
                  stdin=number + "\n")


@story("Command.AnExtractShowsNobodyElsesNumber")
def an_extract_shows_nobody_elses_number(place):
    make_everything(place)
    mistaken = register(place, ANOTHER)["name"]
    correct_number(place, mistaken, SOMEBODY, "skrivfel")

    text = extract(place)

    check.assertNotIn(ANOTHER, text)
    check.assertIn("Här stod ett felaktigt personnummer, som är rättat sedan.",
                   text)
    check.assertEqual(text.count(SOMEBODY), 1)


@story("Command.AnExtractShowsTheNumberThatThePersonHadBefore")
def an_extract_shows_the_number_before(place):
    make_everything(place)
    renamed = register(place, ANOTHER)["name"]
    correct_number(place, renamed, SOMEBODY, "nytt_personnummer")

    text = extract(place)

    check.assertEqual((text.count(ANOTHER), text.count(SOMEBODY)), (1, 1))


@story("Command.AnExtractSaysWhenTheLogDoesNotOpen")
def an_extract_says_when_the_log_does_not_open(place):
    make_everything(place)
    register(place, SOMEBODY)
    place.stop()
    with sqlite3.connect(place.folder / "data/stegvis.db") as connection:
        connection.execute("UPDATE audit_entry SET recorded_at = recorded_at + 1"
                           " WHERE sequence = 1")
    connection.close()
    place.start()

    check.assertRegex(
        extract(place),
        r"\n!!! [12] poster i förbundets logg går inte att öppna\. De kan "
        r"gälla personen\.\n")


@story("Command.AnExtractAfterAnErasureSaysSo")
def an_extract_after_an_erasure(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]
    place.stegvis("participant", "withdraw-consent", name,
                  profile="dataskydd")

    text = extract(place)

    check.assertIn("Inget deltagande är registrerat.", text)
    check.assertIn("Uppgifter om personen raderades", text)
    check.assertNotIn(SOMEBODY, text)
