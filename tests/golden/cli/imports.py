"""stegvis import: files of rows, each of which succeeds or fails by itself."""

import json

from people import a_number
from setting import (FORBUND_NUMBER, INSATS, a_row, csv_text, make_everything,
                     make_forbund, make_insats, import_sums, started,
                     without)
from stories import check, story

SOMEBODY, SECOND, THIRD, FOURTH = (
    a_number("19800101", serial) for serial in range(100, 104))

MISSING = "Uppgiften saknas. Fyll i den."
DIFFERS = ("Något annat är redan registrerat. Rätta det registrerade i "
           "stället, till exempel med: stegvis participant correct eller "
           "stegvis insats update.")
NOT_PERMITTED = ("Importen avbröts vid rad 2. Det här får du inte göra, eller "
                 "så finns det inte. Be förbundets administratör om rätt "
                 "roll.")

INSATSER = """\
forbund;namn;startdatum;inriktning;fokus;malgrupp;metod;esf;parter;beskrivning
222000-1230;Ny väg;2015-01-01;individ;forberedande;ovriga|nyanlanda;person;;;
222000-1230;Ny väg;2015-01-01;individ;forberedande;nyanlanda;person;;;Annat
Okänt;Ny väg;2015-01-01;individ;forberedande;ovriga;person;;;
222000-1230;Stig;2015-02-30;individ;dialog;;person;nej;;
222000-1230;Stig;2015-02-28;grupp;dialog;ovriga;grupp;kanske;;
222000-1230;Stig;2015-02-28;struktur;dialog;ovriga;person;nej;;
222000-1230;Nät;2015-02-28;struktur;dialog;ovriga;volym;ja;Region|Kommun;
222000-1230;Stig;2015-02-28
"""

REFUSED_INSATSER = f"""\
insatser.csv:3: beskrivning: {DIFFERS}
insatser.csv:3: malgrupp: {DIFFERS}
insatser.csv:4: forbund: Förbundet finns inte, eller så får du inte se det. \
Se förbunden med: stegvis forbund list.
insatser.csv:5: startdatum: Det är inget datum. Skriv det som ÅÅÅÅ-MM-DD, \
till exempel 2026-01-31.
insatser.csv:5: fokus: Koden finns inte. Se vilka som finns med: stegvis \
codes list.
insatser.csv:5: malgrupp: {MISSING}
insatser.csv:6: esf: Värdet är varken ja eller nej. Skriv ja eller nej.
insatser.csv:6: inriktning: Det finns ingen sådan inriktning. Skriv individ \
eller struktur.
insatser.csv:6: metod: Det finns ingen sådan metod. Skriv person eller volym.
insatser.csv:7: metod: En strukturinriktad insats kan bara registreras som \
volym. Välj metoden volym.
insatser.csv:9: raden: Raden har inte lika många fält som rubrikraden. \
Kontrollera avgränsare och citattecken.
"""

COUNTS = """\
forbund,insats,typ,ar,kvinnor,man,antal
222000-1230,Vägen in,anonym,2020,3,2,
222000-1230,Vägen in,volym,2020,,,7
222000-1230,Öppet hus,volym,2020,,,7
222000-1230,Öppet hus,volym,2019,1,1,3
222000-1230,Öppet hus,volm,20x0,1,1,
222000-1230,Öppet hus,anonym,2020,1,1,
222000-1230,Öppna hus,volym,2020,1,1,
222000-1230,Öppet hus,volym,2018,1,1,2
"""

REFUSED_COUNTS = """\
counts.csv:3: typ: Insatsen registreras per person. Registrera deltagare, \
eller ett antal av typen anonym.
counts.csv:5: antal: Antalet är inte kvinnor plus män. Rätta siffrorna, eller \
utelämna antalet.
counts.csv:6: typ: Det finns ingen sådan typ. Skriv anonym eller volym.
counts.csv:6: ar: Värdet är inget heltal. Skriv bara siffror, eller lämna \
fältet tomt.
counts.csv:7: typ: Insatsen registreras som volym. Registrera ett antal av \
typen volym.
counts.csv:8: insats: Insatsen finns inte i förbundet, eller så får du inte \
se den. Se insatserna med: stegvis insats list.
"""


FORBUND_FILE = """\
namn;organisationsnummer;startdatum;slutdatum;kommuner
Ett;222000-1230;2015-01-01;;0180:Kista|1480
Två;222000-1231;2015-01-01;;
Tre;222000-1248;2015-01-01;2014-12-31;
Ett;222000-1230;2015-01-01;;
"""

REFUSED_FORBUND = """\
forbund.csv:3: organisationsnummer: Det finns inget sådant \
organisationsnummer. Skriv NNNNNN-NNNN och kontrollera siffrorna.
forbund.csv:4: slutdatum: Slutet ligger före början. Rätta det ena av datumen.
"""


def take_in(place, kind, text, *words, profile="import"):
    name = place.write(f"{kind}.csv", text)
    return place.run("import", kind, name, *words, profile=profile)


def report(place):
    told = place.json("report", "--year", "2020", profile="national")
    return without(told, "asOf")


def check_import(place, kind, text, refused, sums, profile):
    """A dry run refuses what the import refuses and writes nothing; sent twice
    nothing is new."""
    before = report(place)
    dry = take_in(place, kind, text, "--dry-run", profile=profile)
    check.assertEqual((dry.status, dry.err), (3, refused))
    check.assertEqual(import_sums(dry), sums)
    check.assertTrue(dry.out.endswith(
        "\nDetta var bara en kontroll: inget är sparat.\n"), dry)
    check.assertEqual(report(place), before, "a dry run left something")

    true = take_in(place, kind, text, profile=profile)
    check.assertEqual((true.status, true.err), (3, refused))
    check.assertEqual(import_sums(true), sums)
    after = report(place)
    check.assertNotEqual(after["feedPosition"], before["feedPosition"])

    again = take_in(place, kind, text, "--format", "json", profile=profile)
    check.assertEqual((again.status, again.err), (3, refused))
    rows, new, updated, unchanged, faulty = sums
    told = json.loads(again.out)
    check.assertEqual(
        [told[key] for key in ("rows", "recorded", "updated", "unchanged")],
        [str(rows), "0", "0", str(new + updated + unchanged)])
    check.assertEqual(len(told["refusedRows"]), faulty)
    check.assertEqual(report(place), after, "sent twice something is new")


@story("Command.ImportOfForbundListsEveryRefusedRow")
def import_of_forbund_lists_every_refused_row(place):
    for sums in (4, 1, 0, 1, 2), (4, 0, 0, 2, 2):
        outcome = take_in(place, "forbund", FORBUND_FILE, profile="admin")
        check.assertEqual((outcome.status, outcome.err), (3, REFUSED_FORBUND))
        check.assertEqual(import_sums(outcome), sums)
    check.assertIn("\nKommuner             0180 Kista, 1480\n",
                   place.stegvis("forbund", "show"))


@story("Command.ADryRunOfForbundRefusesWhatTheImportRefuses")
def a_dry_run_of_forbund_refuses_what_the_import_refuses(place):
    dry = take_in(place, "forbund", FORBUND_FILE, "--dry-run", profile="admin")
    check.assertEqual(place.json("forbund", "list")["forbund"], [])
    check.assertEqual((dry.status, dry.err), (3, REFUSED_FORBUND))
    check.assertEqual(import_sums(dry), (4, 1, 0, 1, 2))


@story("Command.ADryRunOfForbundIsRefusedToWhoMayNotImport")
def a_dry_run_of_forbund_is_refused_to_who_may_not_import(place):
    for words in (), ("--dry-run",):
        name = place.write("forbund.csv", FORBUND_FILE)
        check.assertEqual(
            place.refusal("import", "forbund", name, *words,
                          profile="national"),
            "forbund.csv: Det här får du inte göra, eller så finns det inte. "
            "Be förbundets administratör om rätt roll.", words)


@story("Command.ImportOfInsatserListsEveryRefusedRow")
def import_of_insatser_lists_every_refused_row(place):
    make_forbund(place)
    check_import(place, "insatser", INSATSER, REFUSED_INSATSER,
                 (8, 2, 0, 0, 6), "admin")
    table = place.stegvis("insats", "list")
    check.assertEqual([line.split("  ")[0] for line in table.splitlines()],
                      ["namn", "Ny väg", "Nät"])
    # Who may not, is told at once.
    outcome = take_in(place, "insatser", INSATSER)
    check.assertEqual(outcome.status, 1)
    check.assertEqual(outcome.err.splitlines()[-1],
                      f"stegvis import insatser: {NOT_PERMITTED}")


@story("Command.ImportOfParticipantsListsEveryRefusedRow")
def import_of_participants_lists_every_refused_row(place):
    make_everything(place)
    ended = {"ut_datum": "2020-06-30", "avslutsanledning": "enligt_plan",
             "ut_forsorjning": "ingen_offentlig", "ut_arbete": "12,5"}
    rows = [a_row(SOMEBODY),
            a_row(SECOND, **ended),
            a_row(SECOND, **{**ended, "ut_arbete": "20"}),
            a_row(THIRD, insats="Vägen ut"),
            a_row(THIRD, samtycke=""),
            a_row(THIRD, in_datum="2020-02-31", in_forsorjning="sjukpening"),
            a_row(THIRD, avslutsanledning="flytt", ut_arbete="5"),
            a_row(SOMEBODY),
            a_row(FOURTH, samtycke="2018-01-01")]
    refused = f"""\
participants.csv:4: ut_arbete: {DIFFERS}
participants.csv:5: insats: Insatsen finns inte i förbundet, eller så får du \
inte se den. Se insatserna med: stegvis insats list.
participants.csv:6: samtycke: Samtycke saknas. Registrera deltagaren som \
anonymt antal i stället: stegvis count set.
participants.csv:7: in_datum: Det är inget datum. Skriv det som ÅÅÅÅ-MM-DD, \
till exempel 2026-01-31.
participants.csv:7: in_forsorjning: Koden finns inte. Se vilka som finns med: \
stegvis codes list.
participants.csv:8: avslutsanledning: Fältet har ett värde, men datumet \
saknas. Fyll i datumet, eller töm fältet.
participants.csv:8: ut_arbete: Fältet har ett värde, men datumet saknas. Fyll \
i datumet, eller töm fältet.
"""
    check_import(place, "participants", csv_text(rows), refused,
                 (9, 3, 0, 1, 5), "import")
    check.assertEqual(started(place), 3)
    outcome = take_in(place, "participants", csv_text(rows))
    check.assertIn("\nOvanligt men möjligt:\n  samtycke äldre än ett år vid "
                   "start: 1\n", outcome.out)


@story("Command.ImportOfCountsListsEveryRefusedRow")
def import_of_counts_lists_every_refused_row(place):
    make_everything(place)
    make_insats(place, "Öppet hus", method="volym", focus="forebyggande")
    check_import(place, "counts", COUNTS, REFUSED_COUNTS, (8, 3, 0, 0, 5),
                 "import")
    people = report(place)["participants"]
    check.assertEqual((people["anonymous"]["total"],
                       people["volume"]["total"]), (5, 7))


@story("Command.AMonthlyFileAddsWhatWasMissing")
def a_monthly_file_adds_what_was_missing(place):
    make_everything(place)
    first = [a_row(SOMEBODY), a_row(SECOND)]
    outcome = take_in(place, "participants", csv_text(first))
    check.assertEqual((outcome.status, import_sums(outcome)),
                      (0, (2, 2, 0, 0, 0)))

    second = [a_row(SOMEBODY, ut_datum="2020-06-30",
                    avslutsanledning="enligt_plan",
                    ut_forsorjning="ingen_offentlig", ut_arbete="40"),
              a_row(SECOND), a_row(THIRD)]
    outcome = take_in(place, "participants", csv_text(second))
    check.assertEqual((outcome.status, import_sums(outcome)),
                      (0, (3, 1, 1, 1, 0)))
    third = [{**second[0], "uppf6_datum": "2020-12-30",
              "uppf6_forsorjning": "studiestod"}]
    outcome = take_in(place, "participants", csv_text(third))
    check.assertEqual((outcome.status, import_sums(outcome)),
                      (0, (1, 0, 1, 0, 0)))

    # What was known already is told again, and that is all.
    outcome = take_in(place, "participants", csv_text(second))
    check.assertEqual((outcome.status, import_sums(outcome)),
                      (0, (3, 0, 0, 3, 0)))
    told = report(place)
    check.assertEqual([told["participants"][key]["total"]
                       for key in ("started", "ended", "ongoing")], [3, 1, 2])
    check.assertEqual(told["followUp"][0]["answered"]["total"], 1)


@story("Command.MigrationKeepsWhenItWasKnown")
def migration_keeps_when_it_was_known(place):
    make_everything(place)
    known = "2020-03-01T12:00:00Z"
    rows = [a_row(SOMEBODY, registrerad=known, in_forsorjning=""),
            a_row(SECOND, registrerad="2020-05-01T12:00:00Z"),
            a_row(THIRD, registrerad="2020-05-01 12:00"),
            a_row(THIRD, registrerad=""),
            a_row(THIRD, registrerad="2199-05-01T12:00:00Z")]
    text = csv_text(rows)
    outcome = take_in(place, "participants", text, "--migrate",
                      profile="admin")
    check.assertEqual((outcome.status, outcome.err), (3, """\
participants.csv:4: registrerad: Värdet är ingen tidpunkt. Skriv den som \
2016-01-16T12:00:00Z.
participants.csv:5: registrerad: Tidpunkten då raden registrerades saknas. \
Fyll i den, till exempel 2016-01-16T12:00:00Z.
participants.csv:6: registrerad: Dagen ligger i framtiden. Rätta datumet, \
eller vänta tills dagen har varit.
"""))
    check.assertEqual(import_sums(outcome), (5, 2, 0, 0, 3, 1),
                      "the last: unknown support before")
    counts = (f"forbund;insats;typ;ar;kvinnor;man;registrerad\n"
              f"{FORBUND_NUMBER};{INSATS};anonym;2020;3;2;{known}\n")
    check.assertEqual(import_sums(take_in(place, "counts", counts, "--migrate",
                                      profile="admin"))[:2], (1, 1))

    for day, expected in (("2020-02-29", (0, 0)), ("2020-03-01", (1, 5)),
                          ("2020-05-01", (2, 5))):
        people = place.json("report", "--year", "2020", "--as-of", day,
                            profile="national")["participants"]
        check.assertEqual((people["started"]["total"],
                           people["anonymous"]["total"]), expected, day)
    listed = place.json("participant", "list", profile="samordnare")
    check.assertEqual([(one["migrated"], one["knownTime"])
                       for one in listed["participations"]],
                      [(True, known), (True, "2020-05-01T12:00:00Z")])

    # Only the operator, and only with a moment.
    outcome = take_in(place, "participants", text, "--migrate")
    check.assertEqual(outcome.err.splitlines()[-1],
                      f"stegvis import participants: {NOT_PERMITTED}")
    here = 'participants.csv: Rubrikraden: kolumnen "registrerad" '
    outcome = take_in(place, "participants", text)
    check.assertEqual(
        outcome.err.split(": ", 1)[1],
        f"{here}är okänd. Ta bort den, eller se kolumnerna med --help.\n")
    outcome = take_in(place, "participants", csv_text([a_row(THIRD)]),
                      "--migrate", profile="admin")
    check.assertEqual(outcome.err.split(": ", 1)[1],
                      f"{here}saknas. Lägg till den.\n")
