"""Searches an installation for people.

Registers marked people through the real server, makes errors with them, kills
the server in the middle, and then reads every byte of the installation, the
write-ahead log included, and everything the programs printed to logs: no number
in any form, no name, and no code oftener than in the code table.
"""

import sqlite3

from people import invented_numbers
from stories import check, story
from traces import Traces

NAMES = ["Kanariefågel Testsson", "Gulnäbb Prövare"]
REFERENCES = ["Pärm-Zeppelin-77"]
ANSWER = "Svarskanarien sjunger"


def participants_csv(numbers):
    header = ("forbund;insats;personnummer;skyddad;samtycke;kommun;in_datum;"
              "in_forsorjning;in_arbete;utbildning;manader_i_forsorjning;"
              "remittent;ut_datum;avslutsanledning;ut_forsorjning;ut_arbete;"
              "samtycke_ref;namn;fraga:Hur gick det?")
    supports = ["forsorjningsstod", "sjukpenning:50|aktivitetsstod",
                "aktivitetsersattning"]
    rows = [header]
    for i, number in enumerate(numbers):
        protected = "ja" if i == 1 else "nej"
        rows.append(
            f"Kanarieförbundet;Burens väg;{number};{protected};2020-01-02;0180;"
            f"2020-01-{3 + i % 25:02};{supports[i % 3]};0;eftergymnasial_lang;"
            f"{i % 70};arbetsformedlingen;2020-06-01;enligt_plan;"
            f"{supports[(i + 1) % 3]};20;{REFERENCES[0]};{NAMES[i % 2]};{ANSWER}")
    # A number that cannot be, and one that is cut: errors with people in them.
    rows.append(rows[5].replace(numbers[4], numbers[4][:-1]))
    rows.append(rows[6].replace(numbers[5], numbers[5][:-1] + "x"))
    return "\n".join(rows) + "\n"


def register_everything(place, numbers):
    place.stegvis("forbund", "create", "--name", "Kanarieförbundet",
                  "--org-number", "222000-1230", "--start", "2015-01-01")
    place.stegvis("import", "insatser", place.write(
        "insatser.csv",
        "forbund;namn;beskrivning;startdatum;slutdatum;inriktning;fokus;"
        "malgrupp;metod;esf;parter\n"
        "Kanarieförbundet;Burens väg;;2015-01-01;;individ;forberedande;"
        "langtidssjukskrivna|nyanlanda;person;nej;\n"))
    place.stegvis("question", "add", "--forbund", "Kanarieförbundet", "--text",
                  "Hur gick det?", "--type", "text", "--start", "2015-01-01",
                  "--asked", "in")
    people = place.write("people.csv", participants_csv(numbers))
    place.stegvis("import", "participants", people, profile="import", expect=3)
    find = ("participant", "find", "--forbund", "Kanarieförbundet")
    place.stegvis(*find, stdin=numbers[0] + "\n", profile="dataskydd")
    place.stegvis(*find, stdin=numbers[0] + "\n", expect=1)
    place.stegvis(*find, stdin=numbers[0][:-2] + "\n", profile="dataskydd",
                  expect=1)
    place.stegvis("report", "--year", "2020")


def search(place, numbers):
    """Every file, and what commands said on stderr."""
    words = sum([name.split() for name in NAMES], [])
    traces = Traces(numbers, NAMES + words + REFERENCES + [ANSWER])
    printed = "".join(outcome.err for outcome in place.outcomes)
    return (traces.in_files(place.files()) +
            traces.in_bytes(printed.encode(), "stderr of a command"))


def search_codes(place):
    """No code oftener than the code table, and the words of the schema, say."""
    database = place.folder / "data/stegvis.db"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        table = "\n".join("|".join(map(str, row)) for row in
                          connection.execute("SELECT * FROM code"))
        schema = "\n".join(row[0] or "" for row in connection.execute(
            "SELECT sql FROM sqlite_master"))
        codes = {row[0] for row in connection.execute("SELECT code FROM code")}
    content = b"\n".join(path.read_bytes() for path in place.files()
                         if path.parent.name == "data")
    faults = []
    searched = 0
    for code in sorted(codes):
        # A short word may stand in encrypted bytes by chance.
        if len(code) < 7:
            continue
        searched += 1
        allowed = table.count(code) + schema.count(code)
        found = content.count(code.encode())
        if found > allowed:
            faults.append(f"code {code}: {found} times, {allowed} expected")
    assert searched > 40, searched
    return faults


@story("AtRest.NothingAboutAnybodyCanBeRead")
def nothing_about_anybody_can_be_read(place):
    numbers = invented_numbers(40)
    register_everything(place, numbers)
    faults = search(place, numbers)
    place.kill()
    wal = place.folder / "data/stegvis.db-wal"
    assert wal.exists() and wal.stat().st_size > 0, "no write-ahead log"
    faults += search(place, numbers)
    # Reading as SQLite would move the log into the file: after the search.
    faults += search_codes(place)
    # The people must be there, or nothing was proved.
    place.start()
    report = place.json("report", "--year", "2020")
    check.assertEqual(report["participants"]["started"]["total"],
                      len(numbers) - 1)
    check.assertEqual(faults, [])
