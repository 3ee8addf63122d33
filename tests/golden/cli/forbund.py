"""stegvis forbund."""

import csv
import stat

from installation import Installation
from people import a_number
from setting import (FORBUND, FORBUND_NUMBER, INSATS, OF_FORBUND, a_row,
                     csv_text, make_everything, make_forbund, make_insats,
                     steady, without)
from stories import check, story

CREATED = f"""\
Namn                 {FORBUND}
Organisationsnummer  {FORBUND_NUMBER}
Från                 2015-01-01
Kontakt              kansli@exempel.se
Gallringsfrist       60 månader
Kommuner             0180 Kista, 1480
Parter               Region Väst (deltar, finansierar), Kommunen (använder)
Resurs               forbund/[id]
"""

UPDATED = f"""\
Namn                 {FORBUND}
Organisationsnummer  {FORBUND_NUMBER}
Från                 2015-01-01
Till                 2035-12-31
Beskrivning          Vi finns i Väst
Kontakt              kansli@exempel.se
Gallringsfrist       60 månader
Kommuner             1480
Parter               Region Väst (deltar, finansierar), Kommunen (använder)
Resurs               forbund/[id]
"""

LISTED = f"""\
namn                          organisationsnummer  från        till
Andra                         222000-1248          2015-01-01
{FORBUND}  {FORBUND_NUMBER}          2015-01-01  2035-12-31
"""

UPDATED_MESSAGE = {
    "displayName": FORBUND, "organizationNumber": FORBUND_NUMBER,
    "startDate": "2015-01-01", "endDate": "2035-12-31",
    "description": "Vi finns i Väst", "contact": "kansli@exempel.se",
    "kommuner": [{"code": "1480", "district": ""}],
    "parties": [
        {"title": "Region Väst", "participates": True, "finances": True,
         "usesFunds": False},
        {"title": "Kommunen", "participates": False, "finances": False,
         "usesFunds": True}],
    "retentionMonths": 60}


@story("Command.ForbundIsCreatedChangedShownAndListed")
def forbund_is_created_changed_shown_and_listed(place):
    created = place.stegvis(
        "forbund", "create", "--name", FORBUND, "--org-number", FORBUND_NUMBER,
        "--start", "2015-01-01", "--kommun", "0180:Kista", "--kommun", "1480",
        "--party", "Region Väst=deltar,finansierar", "--party",
        "Kommunen=anvander", "--contact", "kansli@exempel.se")
    check.assertEqual(steady(created), CREATED)
    check.assertEqual(place.stegvis("forbund", "show"), created,
                      "the only förbund needs no name")

    updated = place.stegvis(
        "forbund", "update", *OF_FORBUND, "--description", "Vi finns i Väst",
        "--end", "2035-12-31", "--kommun", "1480")
    check.assertEqual(steady(updated), UPDATED)

    make_forbund(place, "222000-1248", "Andra")
    for text in FORBUND, FORBUND.upper(), "2220001230":
        shown = place.stegvis("forbund", "show", "--forbund", text)
        check.assertEqual(shown, updated, f"called {text}")
    check.assertEqual(place.stegvis("forbund", "list"), LISTED)

    message = place.json("forbund", "show", *OF_FORBUND)
    check.assertEqual(without(message, "name"), UPDATED_MESSAGE)
    check.assertIn(message, place.json("forbund", "list")["forbund"])


@story("Command.ForbundIsRefusedWithReason")
def forbund_is_refused_with_reason(place):
    make_forbund(place)
    listed = place.stegvis("forbund", "list")

    def create(number, start):
        return place.refusal("forbund", "create", "--name", "Nytt",
                             "--org-number", number, "--start", start)

    check.assertEqual(
        create("222000-1231", "2015-01-01"),
        "organisationsnummer: Det finns inget sådant organisationsnummer. "
        "Skriv NNNNNN-NNNN och kontrollera siffrorna.")
    check.assertEqual(
        create(FORBUND_NUMBER, "2015-01-01"),
        "Ett förbund med det organisationsnumret finns redan. Använd det som "
        "finns, se: stegvis forbund list.")
    check.assertEqual(
        create("222000-1248", "2015-02-29"),
        "startdatum: Det är inget datum. Skriv det som ÅÅÅÅ-MM-DD, till "
        "exempel 2026-01-31.")
    check.assertEqual(
        place.refusal("forbund", "update", "--end", "2014-12-31"),
        "slutdatum: Slutet ligger före början. Rätta det ena av datumen.")
    check.assertEqual(
        place.refusal("forbund", "update", expect=2),
        "Säg vad som ska ändras, till exempel --contact TEXT.")
    check.assertEqual(
        place.refusal("forbund", "update", "--party", "A=ger", expect=2),
        "--party A=ger: efter = står deltar, finansierar eller anvander.")
    check.assertEqual(
        place.refusal("forbund", "show", "--forbund", "Okänt"),
        "Förbundet Okänt finns inte, eller så får du inte se det. Se "
        "förbunden med: stegvis forbund list.")
    check.assertEqual(place.stegvis("forbund", "list"), listed,
                      "something was changed")

    make_forbund(place, "222000-1248", "Andra")
    check.assertEqual(
        place.refusal("forbund", "show", expect=2),
        "Det finns flera förbund. Ange vilket med --forbund NAMN.")


def ask_how_it_went(place):
    place.stegvis("question", "add", "--text", "Hur gick det?", "--type",
                  "text", "--start", "2015-01-01", "--asked", "bada")


def make_data(place):
    """Of every kind that an export holds, one at least."""
    make_everything(place)
    make_insats(place, "Öppet hus", method="volym", focus="forebyggande")
    make_insats(place, "Nätverket", "struktur", "volym", "dialog")
    ask_how_it_went(place)
    everything = a_row(
        a_number("19800101", 100), namn='"Kanariefågel; Testsson"',
        kommun="0180", in_forsorjning="sjukpenning:50|forsorjningsstod",
        in_arbete="12,5", utbildning="gymnasium", manader_i_forsorjning="14",
        remittent="kommun", ut_datum="2020-06-30",
        avslutsanledning="enligt_plan", ut_forsorjning="ingen_offentlig",
        ut_arbete="40", uppf6_datum="2020-12-30",
        uppf6_forsorjning="ingen_offentlig", uppf6_studier="10",
        samtycke_ref="Pärm 1")
    everything["fraga:Hur gick det?"] = "Sådär"
    everything["fraga_ut:Hur gick det?"] = "Bra"
    rows = [everything, a_row(a_number("19900202", 101))]
    place.stegvis("import", "participants",
                  place.write("people.csv", csv_text(rows)), profile="import")
    place.stegvis("count", "set", "--insats", INSATS, "--kind", "anonym",
                  "--year", "2020", "--women", "3", "--men", "2")
    place.stegvis("count", "set", "--insats", "Öppet hus", "--kind", "volym",
                  "--year", "2020", "--total", "50")
    place.stegvis("count", "set", "--insats", "Nätverket", "--kind", "volym",
                  "--year", "2020", "--women", "7", "--men", "6")


def take_in(place, exported):
    make_forbund(place)
    ask_how_it_went(place)
    place.stegvis("import", "insatser", f"{exported}/insatser.csv")
    place.stegvis("import", "participants", f"{exported}/participants.csv",
                  "--migrate")
    place.stegvis("import", "counts", f"{exported}/counts.csv", "--migrate")


def report(place):
    told = place.json("report", "--year", "2020", "--by", "SEX", "--by",
                      "INSATS", "--by", "AGE_GROUP")
    return without(told, "asOf", "feedPosition")


@story("Command.AnExportedForbundComesBackTheSame")
def an_exported_forbund_comes_back_the_same(place):
    make_data(place)
    options = ("--identities", "--registered")
    said = place.stegvis("forbund", "export", "-o", "out", *options,
                         profile="dataskydd")
    check.assertEqual(
        said, f"Exporten av {FORBUND} ligger i out (10 poster).\n")

    with Installation(place.bin, place.parent, "second") as second:
        second.outcomes = place.outcomes
        take_in(second, "out")
        check.assertEqual(report(second), report(place))
        second.stegvis("forbund", "export", "-o", "again", *options,
                       profile="dataskydd")
        for name in "insatser.csv", "participants.csv", "counts.csv":
            check.assertEqual((place.parent / "again" / name).read_text(),
                              (place.parent / "out" / name).read_text())
    check.assertEqual(report(place)["participants"]["started"]["total"], 2,
                      "there was nothing to compare")


@story("Command.AnExportWithoutIdentitiesNamesNobody")
def an_export_without_identities_names_nobody(place):
    make_data(place)
    place.stegvis("forbund", "export", "-o", "out")
    out = place.parent / "out"
    with open(out / "participants.csv", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    check.assertEqual(
        [(row["personnummer"], row["namn"], row["samtycke_ref"])
         for row in rows], [("", "", "")] * 2)
    check.assertEqual(
        sorted(path.name for path in out.iterdir()),
        ["counts.csv", "forbund.json", "insatser.csv", "participants.csv",
         "questions.json"])
    check.assertEqual(
        {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()}, {0o600},
        "others may read what was exported")

    check.assertEqual(
        place.refusal("forbund", "export", "-o", "out"),
        "Mappen out är inte tom. Välj en ny mapp.")
    check.assertEqual(
        place.refusal("forbund", "export", "-o", "people", "--identities"),
        "Det här får du inte göra, eller så finns det inte. Be förbundets "
        "administratör om rätt roll.")
    check.assertFalse((place.parent / "people").exists(),
                      "a refused export left its folder")
