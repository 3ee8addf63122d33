"""stegvis backup and restore: copies that say whether they are good."""

import copy
import os
import re
import shutil
import signal
import socket
import sqlite3

from people import a_number
from setting import (OF_FORBUND, make_everything, register, started, without)
from stories import check, story, wait_until

SOMEBODY = a_number("19800101", 100)
ANOTHER = a_number("19900202", 101)
THIRD = a_number("19700303", 102)

GOOD = re.compile(
    r"Säkerhetskopian är bra: gjord \d{4}-\d\d-\d\d \d\d:\d\d, "
    r"(\d+) deltaganden, (\d+) poster prövade, (\d+) raderade igen\.")
KEY_SOURCE = ("--key-source", "installation/key-source")
ERASURES = ("--erasures", "installation/data/erasures.log")


def verify(place, name="kopia"):
    return place.stegvis("backup", "--verify", name, *KEY_SOURCE, profile=None)


def not_good(place, name="kopia"):
    """Why a backup is not good, or not to be tried."""
    return place.refusal("backup", "--verify", name, *KEY_SOURCE, profile=None)


def restore(place, *words, name="kopia", target="ny", erasures=ERASURES):
    return place.stegvis("restore", name, target, *KEY_SOURCE, *erasures,
                         *words, profile=None)


def refused_restore(place, name="kopia", target="ny", erasures=ERASURES):
    return place.refusal("restore", name, target, *KEY_SOURCE, *erasures,
                         profile=None)


def counted(line):
    """Participations, and how many were erased again."""
    found = GOOD.match(line)
    assert found, f"not good: {line}"
    return int(found[1]), int(found[3])


def restored(place, name="ny"):
    """The installation in another folder; its server is not started."""
    other = copy.copy(place)
    other.folder = place.parent / name
    other.log = place.parent / f"{name}.log"
    other.server = None
    return other


def report(place):
    return without(place.json("report", "--year", "2020", "--by", "SEX",
                              profile="national"), "asOf", "feedPosition")


def totals(place):
    told = place.json("report", "--year", "2020",
                      profile="national")["participants"]
    return tuple(told[key]["total"]
                 for key in ("registered", "started", "anonymous"))


def use_fixed_port(place):
    """So that old profiles name the port that a restored server has."""
    place.stop()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = place.folder / "stegvis.toml"
    settings.write_text(settings.read_text().replace(
        '"127.0.0.1:0"', f'"127.0.0.1:{port}"'))
    place.start()


@story("Command.ABackupIsRestoredToAWholeInstallation")
def a_backup_is_restored(place):
    use_fixed_port(place)
    make_everything(place)
    for number in (SOMEBODY, ANOTHER):
        register(place, number)
    erased = register(place, THIRD)["name"]
    place.stegvis("participant", "withdraw-consent", erased,
                  profile="samordnare")

    said = place.stegvis("backup", "kopia")

    check.assertRegex(
        said, r"\ASäkerhetskopian ligger i kopia \(\d+ MB\)\. Pröva den med: "
        r"stegvis backup --verify kopia --key-source FIL\n\Z")
    backup = place.parent / "kopia"
    check.assertEqual(os.listdir(backup), ["stegvis.backup"])
    for path in (backup, backup / "stegvis.backup"):
        check.assertEqual(path.stat().st_mode & 0o077, 0, path)
    check.assertEqual(counted(verify(place)), (2, 0))
    place.stegvis("audit", "head", "-o", "heads.json")
    before = report(place)
    place.stop()
    old_profiles = place.folder / "profiles"
    shutil.copytree(old_profiles, place.parent / "profiler")
    line = restore(place)
    check.assertEqual(counted(line), (2, 0))
    check.assertTrue(line.endswith(" Installationen ligger i ny.\n"), line)

    other = restored(place)
    check.assertEqual((other.folder / "key-source").stat().st_mode & 0o777,
                      0o600)
    check.assertEqual((other.folder / "stegvis.toml").read_text(),
                      (place.folder / "stegvis.toml").read_text())
    for path in other.folder.rglob("*"):
        check.assertEqual(path.stat().st_mode & 0o077, 0, path)
    with other:
        check.assertEqual(
            {path.name: path.read_text() for path in old_profiles.iterdir()},
            {path.name: path.read_text()
             for path in (place.parent / "profiler").iterdir()})
        # By the old profiles, with the old certificates.
        check.assertEqual(report(place), before)
        register(place, a_number("19600404", 104))
        check.assertEqual(
            place.run("audit", "verify", "--head", "heads.json",
                      profile="dataskydd").status, 0)
        check.assertEqual(totals(other), (4, 3, 1))
    check.assertEqual((other.folder / "data/erasures.log").read_text(),
                      (place.folder / "data/erasures.log").read_text())


@story("Command.ABackupFromBeforeAnErasureBringsNobodyBack")
def a_backup_from_before_an_erasure_brings_nobody_back(place):
    make_everything(place)
    third = register(place, THIRD)["name"]
    place.stegvis("participant", "withdraw-consent", third,
                  profile="samordnare")
    name = register(place, SOMEBODY)["name"]
    register(place, ANOTHER)
    shutil.copy(place.folder / "data/erasures.log", place.parent / "older.log")
    place.stegvis("backup", "kopia")
    place.stegvis("participant", "withdraw-consent", name,
                  profile="samordnare")
    check.assertEqual(totals(place), (3, 1, 2))
    place.stop()

    # By the backup's own list the person would be there.
    check.assertEqual(counted(verify(place)), (2, 0))
    check.assertEqual(counted(restore(place)), (2, 1))

    other = restored(place)
    with other:
        check.assertEqual(totals(other), (3, 1, 2))
        check.assertIn("Det finns inte.", other.refusal(
            "participant", "show", name, profile="samordnare"))
        found = other.json("participant", "find", *OF_FORBUND,
                           profile="dataskydd", stdin=SOMEBODY + "\n")
        check.assertEqual(found.get("participations", []), [])
        extract = other.json("participant", "extract", *OF_FORBUND,
                             profile="dataskydd", stdin=SOMEBODY + "\n")
        check.assertFalse(name in str(extract.get("participations", [])),
                          "the extract has the person")
        # Nor on the older consent.
        outcome = other.run(
            "participant", "register", *OF_FORBUND, "--insats", "Vägen in",
            "--consent", "2020-01-02", "--entry", "2020-02-03", "--support",
            "sjukpenning", profile="samordnare", stdin=SOMEBODY + "\n")
        check.assertEqual(outcome.status, 1, outcome)
        check.assertIn("Samtycket är återtaget.", outcome.err)
    check.assertEqual((other.folder / "data/erasures.log").read_text(),
                      (place.folder / "data/erasures.log").read_text())


@story("Command.ARestoreTakesTheRightListAlone")
def a_restore_takes_the_right_list_alone(place):
    make_everything(place)
    for number in (SOMEBODY, ANOTHER):
        name = register(place, number)["name"]
        place.stegvis("participant", "withdraw-consent", name,
                      profile="samordnare")
    place.stegvis("backup", "kopia")
    lines = (place.folder / "data/erasures.log").read_text().splitlines(True)
    place.write("older.log", lines[0])
    place.write("broken.log", lines[0] + lines[1].replace("2 ", "3 ", 1))
    older = ("older.log: Listan över raderingar börjar inte med "
             "säkerhetskopians egen. Använd installationens senaste "
             "erasures.log.")
    for file, said in (
            ("older.log", older),
            ("broken.log", "broken.log: Listan över raderingar är skadad. "
             "Använd en hel kopia av erasures.log."),
            ("away.log", "away.log: Filen kan inte läsas. Kontrollera att den "
             "finns och får läsas.")):
        check.assertEqual(
            refused_restore(place, erasures=("--erasures", file)), said)
        check.assertFalse((place.parent / "ny").exists(), "something is left")

    (place.parent / "ny").mkdir()
    (place.parent / "ny/file").touch()
    check.assertEqual(refused_restore(place),
                      "Mappen är inte tom. Välj en ny eller tom mapp.")
    check.assertEqual(os.listdir(place.parent / "ny"), ["file"])


@story("Command.ADamagedBackupSaysWhere")
def a_damaged_backup_says_where(place):
    make_everything(place)
    register(place, SOMEBODY)
    place.stegvis("backup", "kopia")
    file = place.parent / "kopia/stegvis.backup"
    whole = file.read_bytes()
    temporary = place.parent / "tmp"
    temporary.mkdir()
    os.environ["TMPDIR"] = str(temporary)
    flipped = bytearray(whole)
    flipped[-1] ^= 1
    header = bytearray(whole)
    header[30] ^= 1
    for content, where in (
            (flipped, r"del \d+ av filen stegvis\.backup är ändrad, flyttad "
             r"eller avklippt\."),
            (whole[:-300], r"del \d+ av filen stegvis\.backup är ändrad, "
             r"flyttad eller avklippt\."),
            (whole[:200], r"del 1 av filen .*"),
            (header, r"filen stegvis\.backup är skadad eller inte hel\.")):
        file.write_bytes(content)
        for said in (not_good(place), refused_restore(place)):
            check.assertRegex(said, rf"\ASäkerhetskopian är inte bra: {where} "
                              r"Använd en annan\.\Z")
        check.assertFalse((place.parent / "ny").exists(), "something is left")

    check.assertEqual(
        not_good(place, "borta"),
        "borta: Där finns ingen säkerhetskopia som kan läsas. Kontrollera "
        "mappen.")
    file.write_bytes(whole)
    place.stegvis("init", str(place.parent / "annan"))
    check.assertEqual(
        place.refusal("backup", "--verify", "kopia", "--key-source",
                      "annan/key-source", profile=None),
        "annan/key-source: Säkerhetskopian hör till en annan nyckelkälla. "
        "Använd den som gällde när den gjordes.")
    verify(place)
    check.assertEqual(os.listdir(temporary), [], "a copy is left")


def change_database(place, *statements):
    """Past the server, which does not run meanwhile."""
    place.stop()
    database = sqlite3.connect(place.folder / "data/stegvis.db")
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
    place.start()


@story("Command.ABackupOfDamagedRecordsIsNotGood")
def a_backup_of_damaged_records_is_not_good(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]
    place.stegvis("backup", "bra")
    change_database(place, "UPDATE participation_version "
                    "SET known_from = known_from + 1")
    place.stegvis("backup", "kopia")
    said = ("Säkerhetskopian är inte bra: 1 post går inte att öppna, först "
            f"participation_version {name} 1. Använd en annan.")
    check.assertEqual(not_good(place), said)
    check.assertEqual(refused_restore(place), said)
    check.assertFalse((place.parent / "ny").exists(), "something is left")
    verify(place, "bra")

    change_database(
        place,
        "UPDATE participation_version SET known_from = known_from - 1",
        "DELETE FROM audit_entry WHERE sequence = 2 "
        "AND scope_id <> zeroblob(16)")
    place.stegvis("backup", "utan")
    forbund = name.split("/insatser")[0]
    check.assertEqual(
        not_good(place, "utan"),
        f"Säkerhetskopian är inte bra: loggen {forbund} är inte som den var "
        "från post 2. Använd en annan.")

    # Every seal that is left opens.
    change_database(place, "DELETE FROM participation_version",
                    "DELETE FROM participation")
    place.stegvis("backup", "färre")
    check.assertEqual(
        not_good(place, "färre"),
        "Säkerhetskopian är inte bra: poster som ändringarna talar om finns "
        "inte. Använd en annan.")


@story("Command.ABackupThatIsCutOffLeavesNothing")
def a_backup_that_is_cut_off_leaves_nothing(place):
    make_everything(place)
    register(place, SOMEBODY)
    # Files besides, so that it takes a while.
    (place.folder / "tls/filler").write_bytes(os.urandom(1 << 20) * 100)
    part = place.parent / "kopia/stegvis.backup.part"
    begun = place.begin("backup", "kopia")
    wait_until(lambda: part.exists() and part.stat().st_size > 0, "the backup")
    begun[1].send_signal(signal.SIGSTOP)
    check.assertTrue(part.exists(), "it was too fast for the test")
    place.kill()
    begun[1].send_signal(signal.SIGCONT)
    outcome = place.finish(begun)

    check.assertEqual(outcome.status, 1, outcome)
    check.assertEqual(len(outcome.err.splitlines()), 1, outcome)
    check.assertFalse((place.parent / "kopia").exists(), "something is left")
    # What a killed server leaves of its own copy goes at the next start.
    left = place.folder / "data/backup-x.tmp"
    left.touch()
    place.start()
    check.assertFalse(left.exists(), "a copy is left")
    (place.parent / "kopia").mkdir()
    part.touch()  # Of a client that was killed.
    place.stegvis("backup", "kopia")
    check.assertEqual(os.listdir(place.parent / "kopia"), ["stegvis.backup"])
    check.assertEqual(counted(verify(place)), (1, 0))
    check.assertIn("Mappen kopia är inte tom.",
                   place.refusal("backup", "kopia"))


@story("Command.ABackupBringsFilesFromElsewhere")
def a_backup_brings_files_from_elsewhere(place):
    place.stop()
    elsewhere = place.parent / "annorstans"
    elsewhere.mkdir()
    (place.folder / "data").rename(elsewhere / "db")
    (place.folder / "tls/server.key").rename(elsewhere / "server.key")
    shutil.copy(place.folder / "key-source", place.folder / "tls/copy")
    settings = place.folder / "stegvis.toml"
    settings.write_text(
        settings.read_text()
        .replace('"data"', f'"{elsewhere}/db"')
        .replace('"tls/server.key"', f'"{elsewhere}/server.key"'))
    place.start()
    make_everything(place)
    register(place, SOMEBODY)
    place.stegvis("backup", "kopia")
    place.stop()
    restore(place, erasures=("--erasures", "annorstans/db/erasures.log"))

    shutil.rmtree(elsewhere)
    other = restored(place)
    check.assertFalse((other.folder / "tls/copy").exists(),
                      "a key source was in it")
    with other:
        check.assertEqual(started(other), 1)


@story("Command.ABackupIsForOperators")
def a_backup_is_for_operators(place):
    make_everything(place)
    for profile in ("dataskydd", "samordnare", "national", "import"):
        check.assertIn("Det här får du inte göra",
                       place.refusal("backup", "kopia", profile=profile))
        check.assertFalse((place.parent / "kopia").exists(), profile)
    place.stegvis("backup", "kopia")
    entries = place.json("audit", "list", profile="dataskydd")["entries"]
    check.assertEqual([(entry["user"], entry["refused"]) for entry in entries
                       if entry["method"] == "Backup"],
                      [("dataskydd", True), ("samordnare", True),
                       ("national", True), ("import", True), ("admin", False)])

    check.assertEqual(
        place.refusal("backup", "kopia", *KEY_SOURCE, expect=2),
        "--key-source hör till --verify: servern använder sin egen. Utelämna "
        "den, eller ange --verify.")
    check.assertEqual(
        place.refusal("backup", "--verify", "kopia", expect=2),
        "Vilken nyckelkälla? Ange den som gällde när säkerhetskopian gjordes, "
        "med --key-source FIL.")
    check.assertEqual(
        place.refusal("restore", "kopia", "ny", *KEY_SOURCE, expect=2),
        "--erasures saknas. Se stegvis restore --help.")
