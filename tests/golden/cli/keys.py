"""stegvis keys share, recover and drill: the key source on paper."""

import os
import re

from people import a_number
from setting import make_everything, register, started
from stories import check, story

WORKS = "Andelarna fungerar: de ger nyckelkällan (version 1).\n"
SHARE = ("keys", "share", "--of", "3", "--need", "2")
FIRST, SECOND, THIRD = (f"shares/andel-{number}.txt" for number in (1, 2, 3))


def key_source(place):
    return place.folder / "key-source"


def groups_of(page):
    """The groups as they stand on the page, without their numbers."""
    return re.findall(r" \d+: (\d{3} \d{3})(?= |\n)", page)


def times(a, b):
    """The product in GF(2^8) by x^8 + x^4 + x^3 + x^2 + 1."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = a << 1 ^ (0x11d if a & 0x80 else 0)
        b >>= 1
    return product


def inverse(a):
    return next(b for b in range(256) if times(a, b) == 1)


def combined(pages):
    """The key, as storage/README.md tells how: without the program."""
    shares = {}
    for page in pages:
        packed = b"".join(
            int(group.replace(" ", "")[:5]).to_bytes(2, "big")
            for group in groups_of(page))
        shares[packed[5]] = packed[20:52]
    key = bytes(32)
    for number, share in shares.items():
        factor = 1
        for other in shares:
            if other != number:
                factor = times(factor, times(other, inverse(other ^ number)))
        key = bytes(k ^ times(factor, s) for k, s in zip(key, share))
    return key.hex()


def make_shares(place):
    place.stegvis(*SHARE, "-o", "shares")
    return [(place.parent / name).read_text()
            for name in (FIRST, SECOND, THIRD)]


@story("Command.KeysComeBackFromTheirSharesAndTheServerReads")
def keys_come_back_from_their_shares_and_the_server_reads(place):
    make_everything(place)
    name = register(place, a_number("19800101", 100))["name"]
    check.assertEqual(
        place.stegvis(*SHARE, "-o", "shares"),
        "3 andelar ligger i shares, och 2 av dem behövs. Skriv ut dem, radera "
        "sedan filerna och lägg pappren på olika låsta platser.\n")
    check.assertEqual(place.stegvis("keys", "drill", SECOND, THIRD), WORKS)
    check.assertEqual(place.stegvis("keys", "drill", FIRST, SECOND, THIRD),
                      WORKS)

    place.stop()
    before = key_source(place).read_bytes()
    key_source(place).rename(place.parent / "kept")
    check.assertEqual(
        place.refusal("keys", "drill", FIRST, SECOND),
        f"{key_source(place)}: Nyckelkällan saknas. Kontrollera --key-source. "
        "Är den förlorad, återskapa den med: stegvis keys recover.")
    check.assertEqual(
        place.stegvis("keys", "recover", THIRD, FIRST),
        "Nyckelkällan (version 1) är återskapad: "
        f"{key_source(place)}\n")
    check.assertTrue(key_source(place).read_bytes() == before,
                     "another key source came back")
    check.assertEqual(key_source(place).stat().st_mode & 0o777, 0o600)
    place.start()
    check.assertEqual(started(place), 1)
    check.assertEqual(
        place.json("participant", "show", name, profile="samordnare")["name"],
        name)


@story("Command.KeySharesFollowTheirDescription")
def key_shares_follow_their_description(place):
    pages = make_shares(place)
    key = key_source(place).read_text().split()[-1]
    for page in pages:
        check.assertEqual(len(groups_of(page)), 28)
        check.assertFalse(key in page, "the key stands on the page")
    for some in pages[:2], pages[1:], pages[::2], pages:
        check.assertTrue(combined(some) == key, "another key came out")
    check.assertFalse(combined(pages[:1]) == key, "one share is the key")


@story("Command.KeySharesSayWhatTheyAre")
def key_shares_say_what_they_are(place):
    page = make_shares(place)[1]
    for line in ("STEGVIS: ANDEL 2 AV 3 AV NYCKELKÄLLAN",
                 "  Andel:                 nummer 2 av 3, 2 behövs",
                 "  Nyckelkällans version: 1"):
        check.assertIn(f"{line}\n", page)
    check.assertRegex(page, r"\n  Gjord: +20\d\d-\d\d-\d\d\n")
    check.assertIn('"stegvis keys recover"', page)
    folder = place.parent / "shares"
    check.assertEqual(sorted(os.listdir(folder)),
                      ["andel-1.txt", "andel-2.txt", "andel-3.txt"])
    for path in (folder, *folder.iterdir()):
        check.assertEqual(path.stat().st_mode & 0o077, 0, path)
    check.assertEqual(place.refusal(*SHARE, "-o", "shares"),
                      "Mappen är inte tom. Välj en ny eller tom mapp.")

    # Without a folder: a page each, which a file can hold together.
    pages = place.stegvis(*SHARE)
    check.assertEqual(
        [page.split("\n")[0] for page in pages.split("\f")],
        [f"STEGVIS: ANDEL {number} AV 3 AV NYCKELKÄLLAN"
         for number in (1, 2, 3)])
    check.assertEqual(
        place.stegvis("keys", "drill", place.write("all.txt", pages)), WORKS)
    check.assertEqual(place.stegvis("keys", "drill", stdin=pages), WORKS)


@story("Command.KeysDrillSaysWhatIsWrong")
def keys_drill_says_what_is_wrong(place):
    pages = make_shares(place)
    group = groups_of(pages[0])[6]
    wrong = group[:-1] + str((int(group[-1]) + 1) % 10)
    line = 1 + pages[0][:pages[0].index(f" 7: {group}")].count("\n")
    place.write("wrong.txt", pages[0].replace(f" 7: {group}", f" 7: {wrong}"))
    other = place.stegvis(*SHARE).split("\f")
    place.write("other.txt", other[0])
    place.write("half.txt", pages[0][:pages[0].index(" 9: ")])
    place.write("letter.txt", "Kära kollega\n")
    for files, said in (
            (("wrong.txt", SECOND),
             f"wrong.txt:{line}: Grupp 7 stämmer inte. Jämför den med "
             "papperet."),
            ((SECOND, "half.txt"),
             "half.txt: Andelen slutar före grupp 9 av 28. Skriv av resten."),
            ((SECOND, "letter.txt"),
             "letter.txt: Där finns ingen andel. Kontrollera att det är rätt "
             "fil."),
            ((SECOND, "away.txt"),
             "away.txt: Filen kan inte läsas. Kontrollera att den finns och "
             "får läsas."),
            ((FIRST,),
             "Andelarna är för få. Hur många som behövs står på var och en."),
            ((FIRST, FIRST),
             "Samma andel är med två gånger. Använd olika andelar."),
            (("other.txt", SECOND),
             "Andelarna är inte gjorda tillsammans. Använd sådana som har "
             "samma omgång.")):
        check.assertEqual(place.refusal("keys", "drill", *files), said)

    source = key_source(place)
    header, key = source.read_text().splitlines()
    for text, said in (
            (key.replace("1 ", "2 ", 1),
             "Andelarna hör till en äldre nyckelkälla (version 1; den som "
             "används har version 2). Gör nya med: stegvis keys share."),
            ("1 " + "5" * 64,
             "Andelarna hör till en annan nyckelkälla. Kontrollera att filen "
             "är rätt, eller gör nya med: stegvis keys share.")):
        source.write_text(f"{header}\n{text}\n")
        check.assertEqual(place.refusal("keys", "drill", FIRST, SECOND), said)


@story("Command.KeysRecoverWritesNothingOver")
def keys_recover_writes_nothing_over(place):
    make_shares(place)
    before = key_source(place).read_bytes()
    check.assertEqual(
        place.refusal("keys", "recover", FIRST, SECOND),
        "Det finns redan en fil där nyckelkällan ska stå. Flytta undan den "
        "först, eller ange en annan med --key-source.")
    check.assertTrue(key_source(place).read_bytes() == before, "written over")

    place.refusal("keys", "recover", "--key-source", "new", FIRST)
    check.assertFalse((place.parent / "new").exists(), "too few wrote one")
    place.stegvis("keys", "recover", "--key-source", "new", FIRST, SECOND,
                  profile=None)
    check.assertTrue((place.parent / "new").read_bytes() == before,
                     "another one was written")


@story("Command.KeysAreTypedAtTheTerminal")
def keys_are_typed_at_the_terminal(place):
    pages = make_shares(place)
    rows = [[line for line in page.splitlines() if groups_of(f"{line}\n")]
            for page in pages]
    recover = ("keys", "recover", "--key-source", "new")
    terminal = place.terminal(*recover)

    def asks(which, row):
        return f"{which}, från grupp {4 * row + 1}: "

    def type_rows(which, lines, first_row, then):
        """Types each when it is asked for; `then` comes after the last."""
        after = [asks(which, row) for row in range(first_row + 1, 7)]
        for line, text in zip(lines, after + [then]):
            terminal.type(line)
            terminal.wait_for(text)

    terminal.wait_for(asks("Andel 1", 0))
    check.assertTrue(terminal.echoes(), "nobody types 168 digits blindly")
    type_rows("Andel 1", rows[0][:3], 0, None)
    # A wrong sign in group 15, and then the same row well.
    third = groups_of(rows[0][3] + "\n")
    terminal.type(" ".join(third[:2] + [third[2][:-1] + "x"] + third[3:]))
    terminal.wait_for("Grupp 15 stämmer inte. Jämför med papperet och skriv "
                      f"om raden.\n{asks('Andel 1', 3)}")
    type_rows("Andel 1", rows[0][3:], 3, "Andelen är läst. Fortsätt med "
              f"nästa.\n{asks('Andel 2 av 2', 0)}")
    # The same again is not taken.
    type_rows("Andel 2 av 2", rows[0], 0, "Den andelen är redan läst. Ta en "
              f"annan.\n{asks('Andel 2 av 2', 0)}")
    type_rows("Andel 2 av 2", rows[2], 0,
              "Siffrorna står kvar på skärmen: rensa den.\n")
    outcome = place.leave(terminal, *recover)
    check.assertEqual(outcome.status, 0, "the command failed")
    check.assertTrue((place.parent / "new").read_bytes()
                     == key_source(place).read_bytes(), "another key source")


@story("Command.KeysRecoverCanBeLeftAtTheTerminal")
def keys_recover_can_be_left_at_the_terminal(place):
    recover = ("keys", "recover", "--key-source", "new")
    for keys, status in ((b"\x03", -2), (b"\x04", 1)):
        terminal = place.terminal(*recover)
        terminal.wait_for("Andel 1, från grupp 1: ")
        terminal.press(keys)
        check.assertEqual(place.leave(terminal, *recover).status, status)
    check.assertFalse((place.parent / "new").exists(), "one was written")


@story("Command.KeysWrongUsageEndsWithTwo")
def keys_wrong_usage_ends_with_two(place):
    for words, said in (
            (("share", "--of", "3"),
             "--need saknas. Se stegvis keys share --help."),
            (("share", "--of", "21", "--need", "2"),
             "värdet för --of är inte giltigt. Se stegvis keys share --help."),
            (("share", "--of", "3", "--need", "1"),
             "värdet för --need är inte giltigt. Se stegvis keys share "
             "--help."),
            (("share", "--of", "2", "--need", "3"),
             "Fler andelar behövs än vad som görs. Ange högst så många med "
             "--need som med --of."),
            (("drill", "--of", "3"),
             "okänt argument: --of. Se stegvis keys drill --help.")):
        check.assertEqual(place.refusal("keys", *words, expect=2), said)
    check.assertEqual(
        place.refusal("keys", "drill", profile=None, expect=2),
        "Vilken nyckelkälla? Ange --key-source FIL, eller en profil med "
        "--profile eller STEGVIS_PROFILE.")
