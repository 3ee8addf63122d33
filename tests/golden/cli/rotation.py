"""stegvis keys status and rotate: all keys change while everybody works."""

import re
import shutil
import sqlite3
import subprocess

from people import a_number
from setting import make_everything, register, started, steady
from stories import check, story

DONE = """\
Nycklarna är bytta. Nyckelkällan har version {}.
Gör nya andelar av den med: stegvis keys share
Förstör gamla andelar och andra kopior av den gamla nyckelkällan: då kan ingen \
läsa säkerhetskopior från före bytet.
"""


def key_source(place):
    return place.folder / "key-source"


def change(place, statement):
    """Behind the server's back, which is stopped meanwhile."""
    place.stop()
    with sqlite3.connect(place.folder / "data/stegvis.db") as connection:
        assert connection.execute(statement).rowcount == 1
    connection.close()
    place.start()


@story("Command.KeysAreRotated")
def keys_are_rotated(place):
    make_everything(place)
    name = register(place, a_number("19800101", 100))["name"]
    check.assertEqual(
        steady(place.stegvis("keys", "status")),
        "Nyckelkällans version  1\nGjord                  [time]\n")
    before = key_source(place).read_text()

    check.assertEqual(place.stegvis("keys", "rotate"), DONE.format(2))

    after = key_source(place).read_text()
    check.assertRegex(after, r"\Astegvis key source\n2 [0-9a-f]{64}\n\Z")
    check.assertFalse(before.split()[-1] in after, "the old key is there")
    status = place.json("keys", "status")
    check.assertEqual(status["sourceVersion"], "2")
    check.assertNotIn("rotation", status)
    check.assertEqual(place.json("keys", "rotate")["sourceVersion"], "3")
    for _ in range(2):
        shown = place.json("participant", "show", name, profile="samordnare")
        check.assertEqual(shown["name"], name)
        check.assertEqual(started(place), 1)
        place.stop()
        place.start()
    check.assertIn("FinishKeyRotation",
                   place.stegvis("audit", "list", profile="dataskydd"))


@story("Command.KeysThatAreRotatedAreNotOpenedByTheOldKeySource")
def keys_that_are_rotated(place):
    make_everything(place)
    register(place, a_number("19800101", 100))
    place.stegvis("keys", "share", "--of", "2", "--need", "2", "-o", "shares")
    shutil.copy(key_source(place), place.parent / "kept")
    place.stegvis("keys", "rotate")
    check.assertEqual(
        place.refusal("keys", "drill", "shares/andel-1.txt",
                      "shares/andel-2.txt"),
        "Andelarna hör till en äldre nyckelkälla (version 1; den som används "
        "har version 2). Gör nya med: stegvis keys share.")
    place.stop()
    key_source(place).rename(place.parent / "newer")
    shutil.copy(place.parent / "kept", key_source(place))

    server = subprocess.run(
        [place.bin / "stegvisd", "--config", place.folder / "stegvis.toml"],
        capture_output=True, text=True)

    check.assertEqual(server.returncode, 1)
    check.assertIn("Nyckelkällan hör inte till den här installationen.",
                   server.stderr)


@story("Command.KeysAreKeptWhileSomethingDoesNotOpen")
def keys_are_kept(place):
    make_everything(place)
    name = register(place, a_number("19800101", 100))["name"]
    register(place, a_number("19810101", 100))
    change(place, "UPDATE participation SET created_at = created_at + 1 "
                  "WHERE created_at = (SELECT min(created_at) "
                  "FROM participation)")

    check.assertEqual(
        place.refusal("keys", "rotate"),
        "Bytet kan inte avslutas: 1 nycklar går inte att öppna, bland dem den "
        f"till {name}. De gamla nycklarna behålls så länge. Återställ en "
        "säkerhetskopia eller radera de deltagandena, och kör sedan stegvis "
        "keys rotate igen.")

    shown = place.stegvis("keys", "status")
    check.assertRegex(shown, r"(?m)^Så långt +1 av 2 nycklar är bytta$")
    check.assertIn(f"bland dem den till {name}.", shown)
    check.assertEqual(
        place.refusal("keys", "share", "--of", "3", "--need", "2"),
        "Nycklarna håller på att bytas. Vänta tills bytet är klart, och gör "
        "andelarna sedan.")
    check.assertEqual(
        place.refusal("backup", "kopia"),
        "Nycklarna håller på att bytas. Vänta tills bytet är klart; se stegvis "
        "keys status.")
    check.assertFalse((place.parent / "kopia").exists())
    place.stegvis("participant", "erase", name, "--reason", "annan",
                  profile="dataskydd")
    check.assertEqual(place.stegvis("keys", "rotate"), DONE.format(2))


@story("Command.ABackupFromBeforeARotationNeedsTheOldKeySource")
def a_backup_from_before_a_rotation(place):
    make_everything(place)
    register(place, a_number("19800101", 100))
    place.stegvis("backup", "before")
    shutil.copy(key_source(place), place.parent / "kept")
    place.stegvis("keys", "rotate")
    place.stegvis("backup", "after")

    for backup, source in ("before", "kept"), ("after", str(key_source(place))):
        check.assertIn("är bra", place.stegvis(
            "backup", "--verify", backup, "--key-source", source))
    for backup, source in ("before", str(key_source(place))), ("after", "kept"):
        check.assertIn("hör till en annan nyckelkälla", place.refusal(
            "backup", "--verify", backup, "--key-source", source))


@story("Command.KeysAreTheOperators")
def keys_are_the_operators(place):
    for command in ("status", "rotate"):
        for profile in ("samordnare", "dataskydd", "national", "import"):
            check.assertIn("får du inte göra", place.refusal(
                "keys", command, profile=profile))
    check.assertEqual(len(re.findall("\n", key_source(place).read_text())), 2)
