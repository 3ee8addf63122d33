"""stegvis report, of a small förbund whose figures can be counted by hand.

Changed on purpose? STEGVIS_WRITE_GOLDEN=1 in the environment writes what is
printed to outcome.txt, outcome.json and outcome.csv; read the difference.
"""

import json
import os
import re
from pathlib import Path

from people import a_number
from setting import a_row, csv_text, make_everything, make_insats
from stories import check, story

GOLDEN = Path(__file__).parent
ILL, POOR, NONE = "sjukpenning", "forsorjningsstod", "ingen_offentlig"
REPORT = ("report", "--year", "2020", "--as-of", "2021-07-01")

# Born, serial (even: a woman), entry, before, exit, reason, after, 6 months
# after; a situation is its support, hours of work and of studies, and whether
# work is sought. Ten are the base, two of them one person; an eleventh goes on
# and a twelfth was registered wrongly.
PEOPLE = [
    ("19980101", 100, "2020-01-07", (ILL, 0, 0, "nej"),
     "2020-06-30", "enligt_plan", (NONE, 40, 0, "nej"), (NONE, 40, 0, "nej")),
    ("19900101", 101, "2020-01-07", (ILL + ":50", 10, 0, "nej"),
     "2020-06-30", "enligt_plan", (ILL + ":25", 20, 0, "nej"), None),
    ("19850101", 102, "2020-01-07", (f"{ILL}|{POOR}", 0, 0, "nej"),
     "2020-08-31", "enligt_plan", (POOR, 0, 0, "ja"), (POOR, 0, 0, "ja")),
    ("19800101", 103, "2020-01-07", (ILL, 0, 0, "nej"),
     "2020-08-31", "sjukdom", (ILL, 0, 0, "nej"), None),
    ("19750101", 104, "2020-02-03", (ILL, 0, 0, "nej"),
     "2020-09-30", "flytt", (ILL, 0, 0, "ja"), (ILL, 0, 0, "nej")),
    ("19700101", 105, "2020-02-03", (POOR, 0, 0, "ja"),
     "2020-09-30", "enligt_plan", ("studiestod", 0, 20, "nej"), None),
    ("19650101", 106, "2020-02-03", (POOR, 0, 0, "ja"),
     "2020-10-31", "egen_begaran", (POOR, 0, 0, "ja"), None),
    ("20010101", 107, "2020-02-03", (POOR, 0, 0, "nej"),
     "2020-10-31", "enligt_plan", ("aktivitetsstod", 10, 10, "nej"), None),
    ("19600101", 108, "2020-02-03", ("a_kassa", 0, 0, "ja"),
     "2020-12-31", "avliden", None, None),
    ("19980101", 100, "2020-07-01", ("uppgift_saknas", 0, 0, "nej"),
     "2020-12-31", "ovrigt", (NONE, 5, 0, "nej"), None),
    ("19950101", 109, "2020-11-01", (ILL, 0, 0, "nej"),
     "", "", None, None),
    ("19550101", 110, "2020-02-03", (ILL, 0, 0, "nej"),
     "2020-03-01", "felregistrering", None, None),
]

COUNTS = """\
forbund;insats;typ;ar;kvinnor;man;antal;registrerad
222000-1230;Vägen in;anonym;2020;3;2;;2021-01-02T12:00:00Z
222000-1230;Öppet hus;volym;2020;;;20;2021-01-02T12:00:00Z
222000-1230;Nätverket;volym;2020;7;6;;2021-01-02T12:00:00Z
"""


def situation(moment, values):
    if values is None:
        return {}
    names = ("forsorjning", "arbete", "studier", "arbetssokande")
    return {f"{moment}_{name}": value for name, value in zip(names, values)}


def row(birth, serial, entry, before, exit_day, reason, after, six):
    made = a_row(a_number(birth, serial), samtycke=entry, in_datum=entry,
                 registrerad="2021-06-30T12:00:00Z", ut_datum=exit_day,
                 avslutsanledning=reason, uppf6_datum="")
    made.update(situation("in", before) | situation("ut", after))
    if six is not None:
        made.update(situation("uppf6", six), uppf6_datum="2021-03-01")
    return made


def make_data(place):
    make_everything(place)
    make_insats(place, "Öppet hus", method="volym", focus="forebyggande")
    make_insats(place, "Nätverket", "struktur", "volym", "dialog")
    rows = csv_text([row(*person) for person in PEOPLE])
    place.stegvis("import", "participants", place.write("people.csv", rows),
                  "--migrate")
    place.stegvis("import", "counts", place.write("counts.csv", COUNTS),
                  "--migrate")


def told(place, form, *dimensions):
    """The report in that form; -o writes the same bytes."""
    words = [*REPORT, "--format", form]
    for dimension in dimensions:
        words += ["--by", dimension]
    printed = place.stegvis(*words, profile="national")
    check.assertEqual(
        place.stegvis(*words, "-o", "report.out", profile="national"), "")
    check.assertEqual((place.parent / "report.out").read_bytes(),
                      printed.encode(), "-o writes something else")
    return printed


def check_golden(name, text):
    text = re.sub(r"(ändringsläge |\"feedPosition\": \")\d+", r"\1[n]",
                  text.rstrip("\n") + "\n")
    golden = GOLDEN / name
    if os.environ.get("STEGVIS_WRITE_GOLDEN"):
        golden.write_text(text)
    check.assertEqual(text, golden.read_text(), f"not as in {name}")


@story("Command.ReportAsATable")
def report_as_a_table(place):
    make_data(place)
    check_golden("outcome.txt", told(place, "table", "SEX", "AGE_GROUP",
                                     "INSATS"))


@story("Command.ReportAsJson")
def report_as_json(place):
    make_data(place)
    check_golden("outcome.json", told(place, "json", "YEAR"))


@story("Command.ReportAsCsv")
def report_as_csv(place):
    make_data(place)
    check_golden("outcome.csv", told(place, "csv", "YEAR"))


@story("Command.ReportTellsPercentFromPercentagePoints")
def report_tells_percent_from_percentage_points(place):
    make_data(place)
    report = json.loads(place.stegvis(*REPORT, "--format", "json",
                                      profile="national"))
    check.assertEqual(report["participants"]["base"]["total"], 10)
    check.assertEqual(report["participants"]["individuals"]["total"], 9)
    support = {one["key"]: one for one in report["support"]}
    # 5 before and 3 after of 10: two fifths fewer, and a fifth of the base.
    for key, before, after, percent, points in (
            (ILL, 5, 3, -0.4, -0.2), (POOR, 4, 2, -0.5, -0.2),
            ("studiestod", 0, 1, None, 0.1), ("a_kassa", 1, 0, -1, -0.1)):
        one = support[key]
        check.assertEqual(
            (one["before"]["total"], one["after"]["total"],
             one["change"]["total"], one.get("changePercent"),
             one["changePercentagePoints"]),
            (before, after, after - before, percent, points), key)
    working = report["occupation"][0]
    check.assertEqual((working["key"], working["shareBefore"],
                       working["shareAfter"]),
                      ("ARBETE_ELLER_STUDIER", 0.1, 0.5))
    began = report["beganOrIncreased"]
    check.assertEqual((began["began"]["total"], began["increased"]["total"]),
                      (4, 1))
    check.assertEqual(report["participants"]["coverage"], 11 / 36)


@story("Command.ADimensionAskedForTwiceIsToldOnce")
def a_dimension_asked_for_twice_is_told_once(place):
    make_data(place)
    check.assertEqual(told(place, "csv", "SEX", "sex"),
                      told(place, "csv", "SEX"))


@story("Command.ReportIsRefusedWithReason")
def report_is_refused_with_reason(place):
    make_everything(place)
    help_ = "Se stegvis report --help."
    for words, status, reason in (
            ((), 2, "Ange antingen --year ÅR, eller både --from och --to."),
            (("--year", "2020", "--from", "2020-01-01"), 2,
             "Ange antingen --year ÅR, eller både --from och --to."),
            (("--year", "tjugo"), 2,
             f"värdet för --year är inte giltigt. {help_}"),
            (("--year", "2020", "--where", "SEX"), 2,
             "--where SEX: skriv DIMENSION=VÄRDE, till exempel SEX=women."),
            (("--year", "2020", "--where", "LENGTH=2"), 1,
             f"villkor (--where): Det finns inget sådant villkor. {help_}"),
            (("--year", "2020", "--by", "LENGTH"), 1,
             f"uppdelning (--by): Det finns ingen sådan uppdelning. {help_}"),
            (("--year", "2020", "--as-of", "2199-01-01"), 1,
             "känt vid (--as-of): Dagen ligger i framtiden. Rätta datumet, "
             "eller vänta tills dagen har varit."),
            (("--from", "2020-12-31", "--to", "2020-01-01"), 1,
             "till: Slutet ligger före början. Rätta det ena av datumen."),
            (("--year", "2020", "--forbund", "Okänt"), 1,
             "Förbundet Okänt finns inte, eller så får du inte se det. Se "
             "förbunden med: stegvis forbund list.")):
        check.assertEqual(
            place.refusal("report", *words, profile="national",
                          expect=status), reason)
    check.assertEqual(
        place.refusal("report", "--year", "2020", profile="samordnare"),
        "Det här får du inte göra, eller så finns det inte. Be förbundets "
        "administratör om rätt roll.")
