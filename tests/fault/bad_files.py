"""Files of participants as they come from the world: what is wrong with them
is told row by row, and the good rows are recorded all the same."""

import os
import re

from people import a_number, invented_numbers
from setting import a_row, csv_text, import_sums, make_everything, started
from stories import check, story, wait_until

SOMEBODY = a_number("19800101", 100)
ANOTHER = a_number("19900202", 101)

MEBIBYTE = 1024 * 1024
CODES = "Se vilka som finns med: stegvis codes list."
ANONYMOUS = ("Registrera deltagaren som anonymt antal i stället: stegvis count "
             "set.")
FUTURE = ("Dagen ligger i framtiden. Rätta datumet, eller vänta tills dagen "
          "har varit.")
DIFFERS = ("Något annat är redan registrerat. Rätta det registrerade i "
           "stället, till exempel med: stegvis participant correct eller "
           "stegvis insats update.")

EXIT = {"ut_datum": "2020-06-30", "avslutsanledning": "enligt_plan",
        "ut_forsorjning": "ingen_offentlig"}


def take_in(place, content):
    """What becomes of a file with these bytes."""
    (place.parent / "people.csv").write_bytes(content)
    return place.run("import", "participants", "people.csv", profile="import")


def check_stopped(place, content, line):
    """The file is refused as a whole."""
    outcome = take_in(place, content)
    check.assertEqual(
        (outcome.status, outcome.out, outcome.err),
        (1, "", f"stegvis import participants: people.csv: {line}\n"))


def check_refused(place, content, *lines):
    """These rows are refused; the rest is recorded, and that is seen in the
    exit status."""
    outcome = take_in(place, content)
    check.assertEqual((outcome.status, outcome.err),
                      (3, "".join(f"people.csv:{line}\n" for line in lines)))


@story("BadFile.AWrongHeaderStopsTheFile")
def a_wrong_header_stops_the_file(place):
    make_everything(place)
    good = csv_text([a_row(SOMEBODY)]).encode()
    header, rest = good.split(b"\n", 1)

    def stopped(new_header, line):
        check_stopped(place, new_header + b"\n" + rest, line)

    stopped(header + b";favoritfarg",
            'Rubrikraden: kolumnen "favoritfarg" är okänd. Ta bort den, eller '
            "se kolumnerna med --help.")
    stopped(header + b";insats",
            'Rubrikraden: kolumnen "insats" står två gånger. Ta bort den ena.')
    stopped(header.replace(b"samtycke", b"skyddad"),
            'Rubrikraden: kolumnen "samtycke" saknas. Lägg till den.')
    stopped(header + ";fraga:Går det?".encode("latin-1"),
            "Rubrikraden (rad 1): Texten är inte UTF-8 eller innehåller ett "
            "NUL-tecken. Spara filen som UTF-8 (i Excel: CSV UTF-8).")
    stopped(b";".join(b"kolumn%d" % i for i in range(10_000)),
            "Rubrikraden (rad 1): Raden har fler än 1000 fält. Kontrollera "
            "avgränsare och citattecken.")
    stopped(header + b';"namn',
            "Rubrikraden (rad 1): Ett citattecken avslutas aldrig, och resten "
            "av filen hör till raden. Avsluta det, eller dubblera det.")
    check.assertEqual(started(place), 0, "somebody was recorded")
    check.assertEqual(take_in(place, good).status, 0)


# What a row says instead, or besides; the column that is told; and why.
ROWS = [
    ({"personnummer": SOMEBODY[:-1]}, "personnummer",
     "Numret är inte skrivet som ett personnummer. Skriv ÅÅÅÅMMDDNNNN eller "
     "ÅÅMMDD-NNNN, utan mellanslag och bokstäver."),
    ({"personnummer": "198013011009"}, "personnummer",
     "Det finns inget sådant personnummer. Kontrollera datum och "
     "kontrollsiffra."),
    ({"personnummer": SOMEBODY[:-1] + str((int(SOMEBODY[-1]) + 1) % 10)},
     "personnummer", "Det finns inget sådant personnummer. Kontrollera datum "
     "och kontrollsiffra."),
    ({"skyddad": "ja"}, "skyddad",
     "Den som har skyddade personuppgifter registreras aldrig. " + ANONYMOUS +
     " Är personen redan registrerad: stegvis participant erase --reason "
     "skyddade_uppgifter."),
    ({"samtycke": ""}, "samtycke", "Samtycke saknas. " + ANONYMOUS),
    ({**EXIT, "ut_datum": "2020-02-02"}, "ut_datum",
     "Slutet ligger före början. Rätta det ena av datumen."),
    ({"in_datum": "2199-01-01"}, "in_datum", FUTURE),
    ({"samtycke": "2199-01-01"}, "samtycke", FUTURE),
    ({**EXIT, "ut_datum": "2199-01-01"}, "ut_datum", FUTURE),
    ({**EXIT, "uppf6_datum": "2199-01-01", "uppf6_forsorjning": "studiestod"},
     "uppf6_datum", FUTURE),
    ({"in_datum": "2020-02-30"}, "in_datum",
     "Det är inget datum. Skriv det som ÅÅÅÅ-MM-DD, till exempel 2026-01-31."),
    ({"in_datum": "2015-12-31"}, "in_datum",
     "Dagen ligger utanför insatsens tid. Rätta datumet, eller insatsens "
     "start och slut."),
    ({"in_forsorjning": "lotterivinst"}, "in_forsorjning",
     "Koden finns inte. " + CODES),
    ({"utbildning": "akademiker"}, "utbildning", "Koden finns inte. " + CODES),
    ({**EXIT, "avslutsanledning": "klar"}, "avslutsanledning",
     "Koden finns inte. " + CODES),
    ({"in_forsorjning": "sjukpenning|ingen_offentlig"}, "in_forsorjning",
     "Försörjningarna utesluter varandra. Ingen_offentlig och uppgift_saknas "
     "ska stå ensamma."),
    ({"in_forsorjning": "sjukpenning:101"}, "in_forsorjning",
     "Omfattningen är inte 1–100 procent. Rätta den, eller utelämna den."),
    ({"in_arbete": "80,5"}, "in_arbete",
     "Timmarna är inte 0–80 i steg om en halv. Ange timmar i veckan, till "
     "exempel 20 eller 12,5."),
    ({**EXIT, "ut_studier": "12,3"}, "ut_studier",
     "Timmarna är inte 0–80 i steg om en halv. Ange timmar i veckan, till "
     "exempel 20 eller 12,5."),
    ({"in_arbete": "heltid"}, "in_arbete",
     "Värdet är inget antal timmar. Skriv timmar i veckan som 20 eller 12,5."),
    ({"in_arbetssokande": "kanske"}, "in_arbetssokande",
     "Värdet är varken ja eller nej. Skriv ja eller nej."),
]


@story("BadFile.EveryBadRowIsToldByColumnAndReason")
def every_bad_row_is_told_by_column_and_reason(place):
    make_everything(place)
    for cells, column, why in ROWS:
        content = csv_text([a_row(SOMEBODY, **cells)]).encode()
        check_refused(place, content, f"2: {column}: {why}")
    check.assertEqual(started(place), 0, "somebody was recorded")


@story("BadFile.BadRowsDoNotHinderTheOthers")
def bad_rows_do_not_hinder_the_others(place):
    make_everything(place)
    rows = [a_row(SOMEBODY, **cells) for cells, _, _ in ROWS]
    content = csv_text([*rows, a_row(SOMEBODY)]).encode()
    check_refused(place, content,
                  *(f"{line}: {column}: {why}" for line, (_, column, why)
                    in enumerate(ROWS, start=2)))
    check.assertEqual(started(place), 1)


@story("BadFile.TwoOngoingInOneInsatsAreOneTooMany")
def two_ongoing_in_one_insats_are_one_too_many(place):
    make_everything(place)
    rows = [a_row(SOMEBODY), a_row(SOMEBODY, in_datum="2020-03-04"),
            a_row(ANOTHER, **EXIT), a_row(ANOTHER, in_datum="2020-06-30")]
    check_refused(
        place, csv_text(rows).encode(),
        "3: raden: Personen deltar redan i insatsen under den tiden. "
        "Avsluta det tidigare deltagandet, eller rätta datumen.")
    check.assertEqual(started(place), 3, "out and in on one day is allowed")


@story("BadFile.AFollowUpWithoutExitIsToldInItsColumn")
def a_follow_up_without_exit_is_told_in_its_column(place):
    make_everything(place)
    row = a_row(SOMEBODY, uppf6_datum="2020-12-30",
                uppf6_forsorjning="studiestod")
    outcome = take_in(place, csv_text([row]).encode())
    check.assertEqual(outcome.status, 3, outcome)
    check.assertRegex(outcome.err, r"\Apeople.csv:2: uppf6_\w+: [^\n]+\n\Z")
    check.assertEqual(started(place), 0, "somebody was recorded")


@story("BadFile.RowsThatCannotBeReadAreTold")
def rows_that_cannot_be_read_are_told(place):
    make_everything(place)
    good = csv_text([a_row(SOMEBODY), a_row(ANOTHER)]).encode()
    header, first, second = good.splitlines(keepends=True)
    latin = first.replace("Vägen".encode(), "Vägen".encode("latin-1"))
    check_refused(
        place,
        b"".join([header, latin, b";" * 9_999 + b"\n", b'"a" b;' + first,
                  b"\n", b";" * header.count(b";") + b"\n", second]),
        "2: raden: Texten är inte UTF-8 eller innehåller ett NUL-tecken. Spara "
        "filen som UTF-8 (i Excel: CSV UTF-8).",
        "3: raden: Raden har fler än 1000 fält. Kontrollera avgränsare och "
        "citattecken.",
        "4: raden: Ett citattecken står mitt i ett fält. Sätt citattecken runt "
        "hela fältet och dubblera dem inuti.",
        "6: raden: Raden är tom. Ta bort den.")
    check.assertEqual(started(place), 1)


@story("BadFile.ALineOfTwoGibibytesIsSteppedOver")
def a_line_of_two_gibibytes_is_stepped_over(place):
    make_everything(place)
    header, row = csv_text([a_row(SOMEBODY)]).encode().splitlines()
    with open(place.parent / "people.csv", "wb") as file:
        file.write(header + b"\n")
        file.truncate(file.tell() + 2048 * MEBIBYTE)  # Takes no space.
        file.seek(0, os.SEEK_END)
        file.write(b"\n" + row + b"\n")
    outcome = place.run("import", "participants", "people.csv",
                        profile="import")
    check.assertEqual(
        (outcome.status, outcome.err),
        (3, "people.csv:2: raden: Raden är längre än 1 MiB och lästes inte. "
            "Dela den, eller leta efter ett citattecken som inte avslutas.\n"))
    check.assertEqual(started(place), 1)
    check.assertLess(outcome.max_rss * 1024, 200 * MEBIBYTE,
                     "the line was kept in memory")


@story("BadFile.OfAServerThatIsKilledEveryRowIsRecordedOnce")
def of_a_server_that_is_killed_every_row_is_recorded_once(place):
    """The file is a pipe, so that it is known how far the import has come."""
    make_everything(place)
    numbers = invented_numbers(7_000)
    content = csv_text([a_row(number, samtycke_ref="Pärm " + "x" * 150)
                        for number in numbers]).encode()
    # The client reads by the mebibyte: this is more than one, and not all.
    first = content.index(b"\n", MEBIBYTE * 5 // 4) + 1
    os.mkfifo(place.parent / "people.csv")
    begun = place.begin("import", "participants", "people.csv",
                        profile="import")
    with open(place.parent / "people.csv", "wb") as file:
        file.write(content[:first])
        file.flush()
        wait_until(lambda: started(place) > 0, "the first row")
        place.kill()
        file.write(content[first:])
    outcome = place.finish(begun)

    check.assertEqual(outcome.status, 1, outcome)
    stopped = re.search(r"Importen avbröts vid rad (\d+)\. Servern på",
                        outcome.err)
    check.assertIsNotNone(stopped, outcome)
    answered = int(stopped[1]) - 2  # The lines before it, but for the header.

    place.start()
    recorded = started(place)
    check.assertGreaterEqual(recorded, answered, "what was answered is lost")
    check.assertLess(recorded, len(numbers), "nothing was cut off")
    (place.parent / "people.csv").unlink()
    again = take_in(place, content)
    check.assertEqual((again.status, again.err), (0, ""))
    check.assertEqual(import_sums(again), (len(numbers),
                                           len(numbers) - recorded, 0,
                                           recorded, 0))
    check.assertEqual(started(place), len(numbers))
