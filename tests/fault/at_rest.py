"""Searches an installation for people.

Registers marked people through the real server, makes errors with them, kills
the server in the middle, and then reads every byte of the installation, the
write-ahead log included, and everything the programs printed to logs: no number
in any form, no name, and no code oftener than in the code table.
"""

import base64
import re
import sqlite3

from people import invented_numbers
from stories import check, story

NAMES = ["Kanariefågel Testsson", "Gulnäbb Prövare"]
REFERENCES = ["Pärm-Zeppelin-77"]
ANSWER = "Svarskanarien sjunger"


def forms(number):
    """Every form in which the twelve digits could lie in a file."""
    ten = number[2:]
    texts = {number, ten}
    for sign in "-+":
        texts.add(number[:8] + sign + number[8:])
        texts.add(ten[:6] + sign + ten[6:])
    found = {text.encode() for text in texts}
    found |= {text.encode("utf-16-le") for text in texts}
    found |= {text.encode().hex().encode() for text in texts}
    for text in texts:
        for shift in range(3):
            coded = base64.b64encode(b"x" * shift + text.encode())
            # Only what no neighbour can change.
            found.add(coded[4 if shift else 0:len(coded) // 4 * 4 - 4])
    for value in (int(number), int(ten)):
        for order in ("little", "big"):
            found.add(value.to_bytes(8, order))
    for order in ("little", "big"):
        found.add(int(number).to_bytes(8, order)[
            slice(0, 6) if order == "little" else slice(2, 8)])
    digits = [int(d) for d in number]
    found.add(bytes(digits))
    packed = bytes(digits[i] * 16 + digits[i + 1] for i in range(0, 12, 2))
    found.add(packed)
    return {form for form in found if len(form) >= 6}


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
    """Every file, once; names what was found where, never the value."""
    faults = []
    wanted = [(f"number {i}", form) for i, number in enumerate(numbers)
              for form in forms(number)]
    for text in NAMES + REFERENCES + [ANSWER] + sum(
            [name.split() for name in NAMES], []):
        wanted += [("text", text.encode()), ("text", text.encode("utf-16-le"))]
    pattern = re.compile(b"|".join(re.escape(form) for _, form in
                                   sorted(wanted, key=lambda w: -len(w[1]))))
    for path in place.files():
        for match in pattern.finditer(path.read_bytes()):
            faults.append(f"{path.name}: a marked value at {match.start()}")
    printed = "".join(outcome.err for outcome in place.outcomes)
    if pattern.search(printed.encode()):
        faults.append("stderr of a command: a marked value")
    return faults


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
