"""stegvis report seal and what belongs to it: fixed once, proved by anybody."""

import json
import sqlite3

from people import a_number
from setting import (FORBUND, OF_FORBUND, a_row, csv_text, make_everything,
                     squeezed)
from stories import check, story

YEAR = ("--year", "2020")
SEAL = ("report", "seal", *YEAR, *OF_FORBUND)


def enter(place, *people):
    """Each is a serial and the day of the exit, or an empty one."""
    rows = [
        a_row(a_number("19800101", serial), ut_datum=exit_day,
              avslutsanledning="enligt_plan" if exit_day else "",
              ut_forsorjning="ingen_offentlig" if exit_day else "",
              ut_arbete="40" if exit_day else "")
        for serial, exit_day in people]
    place.stegvis("import", "participants",
                  place.write("people.csv", csv_text(rows)), profile="import")


def sealed(place, *words):
    """The name of what is sealed."""
    return place.json(*SEAL, *words)["report"]["name"]


def write_key(place, name="key.pem"):
    check.assertEqual(place.stegvis("report", "key", *OF_FORBUND, "-o", name,
                                    profile="national"), "")
    return name


def changed_cells(message):
    return {(cell["block"], cell["dimension"], cell["key"], cell["measure"],
             cell["column"]): (cell.get("before"), cell.get("after"))
            for cell in message["cells"]}


@story("Command.ReportSealGivesAFileThatIsProvedWithoutAServer")
def report_seal_gives_a_file_that_is_proved_without_a_server(place):
    make_everything(place)
    enter(place, (100, "2020-09-01"), (101, ""))
    outcome = place.run(*SEAL, "-o", "2020.json")
    check.assertEqual(outcome.status, 0, outcome)
    check.assertIn("fastställd resultatrapport för 2020, revision 1",
                   outcome.out)
    check.assertEqual(
        outcome.err,
        "Det här är fortfarande öppet och kan ändra årets siffror:\n"
        "  2 uppföljningar av årets avslutade som är dags men inte gjorda\n")
    key = write_key(place)
    pem = (place.parent / key).read_text()
    check.assertTrue(pem.startswith("-----BEGIN PUBLIC KEY-----\n"), pem)
    check.assertEqual(place.stegvis("report", "key", *OF_FORBUND), pem)
    place.stop()

    told = place.stegvis("report", "verify", "2020.json", "--key", key,
                         profile=None)
    check.assertTrue(told.startswith("Underskriften stämmer: rapporten är "
                                     "oförändrad.\n"), told)
    for line in (f"förbund  {FORBUND} (222000-1230)", "påbörjade  2",
                 "underlag  1", "Detta var öppet när den fastställdes:"):
        check.assertIn(line, squeezed(told))
    content = place.json("report", "verify", "2020.json", "--key", key,
                         profile=None)
    check.assertEqual(content["revision"], 1)
    check.assertEqual(content["report"]["participants"]["base"]["total"], 1)
    check.assertEqual(content["openPoints"]["followUpsDue"], 2)


@story("Command.ReportSealNeedsAFileItCanWrite")
def report_seal_needs_a_file_it_can_write(place):
    make_everything(place)
    enter(place, (100, "2020-09-01"))
    check.assertEqual(
        place.refusal(*SEAL, "-o", "nowhere/2020.json"),
        "Filen nowhere/2020.json går inte att skriva. Kontrollera mappen, "
        "rättigheterna och disken.")
    check.assertEqual(place.json("report", "list")["reports"], [])


@story("Command.ReportVerifyFindsWhatWasChanged")
def report_verify_finds_what_was_changed(place):
    make_everything(place)
    enter(place, (100, "2020-09-01"))
    place.stegvis(*SEAL, "-o", "2020.json")
    key = write_key(place)
    whole = (place.parent / "2020.json").read_text()
    envelope = json.loads(whole)

    def refused(text, with_key=key):
        place.write("changed.json", text)
        return place.refusal("report", "verify", "changed.json", "--key",
                             with_key, profile=None)

    wrong = ("changed.json: Underskriften stämmer inte: filen är ändrad, eller "
             "inte förbundets. Lita inte på den; hämta den igen från "
             "förbundet.")
    payload = envelope["payload"]
    for at in 0, len(payload) // 2:
        other = "B" if payload[at] == "A" else "A"
        check.assertEqual(
            refused(json.dumps(envelope | {
                "payload": payload[:at] + other + payload[at + 1:]})), wrong)
    none = ("changed.json: Filen är varken en fastställd rapport eller ett "
            "bevis, eller inte hel. Hämta den igen från förbundet.")
    for size in 0, 1, len(whole) // 2, len(whole) - 3:
        check.assertEqual(refused(whole[:size]), none, size)
    check.assertEqual(refused("[]"), none)

    place.stegvis("forbund", "create", "--name", "Annat", "--org-number",
                  "222000-0018", "--start", "2015-01-01")
    place.stegvis("report", "key", "--forbund", "Annat", "-o", "other.pem")
    check.assertEqual(
        refused(whole, "other.pem"),
        "changed.json: Filen är undertecknad med en annan nyckel. "
        "Kontrollera att nyckeln är förbundets egen.")
    place.write("no.pem", "nyckel\n")
    check.assertEqual(
        refused(whole, "no.pem"),
        "no.pem: Filen är ingen öppen nyckel. Hämta nyckeln med stegvis "
        "report key.")


@story("Command.ReportSealIsOnceForWhatHasNotChanged")
def report_seal_is_once_for_what_has_not_changed(place):
    make_everything(place)
    enter(place, (100, "2020-09-01"))
    first = sealed(place)
    check.assertTrue(first.endswith("/reports/2020-r1"), first)
    again = place.stegvis(*SEAL)
    check.assertTrue(again.startswith("Inget har ändrats sedan den senaste "
                                      "revisionen"), again)
    enter(place, (101, "2020-09-01"))
    second = sealed(place)
    check.assertTrue(second.endswith("/reports/2020-r2"), second)

    listed = place.json("report", "list", profile="national")["reports"]
    check.assertEqual([report["name"] for report in listed], [first, second])
    check.assertIn(f"{FORBUND}  2020  ",
                   squeezed(place.stegvis("report", "list", *OF_FORBUND)))
    check.assertEqual(place.stegvis("report", "list", "--year", "2019"),
                      "Ingen rapport är fastställd.\n")
    place.stegvis("report", "fetch", first, "-o", "first.json",
                  profile="national")
    content = place.json("report", "verify", "first.json", "--key",
                         write_key(place), profile=None)
    check.assertEqual(content["revision"], 1)


@story("Command.ReportSealAsksOnATerminal")
def report_seal_asks_on_a_terminal(place):
    make_everything(place)
    enter(place, (100, "2020-09-01"))
    asks = (f"Fastställ rapporten för 2020 för {FORBUND} som revision 1? Den "
            "kan inte ändras efteråt. (ja/nej) ")
    outcome = place.on_terminal(*SEAL, answers=[(asks, "nej")])
    check.assertEqual(outcome.status, 1, outcome)
    check.assertIn("2 uppföljningar av årets avslutade", outcome.out)
    check.assertIn("Inget är fastställt.", outcome.out)
    check.assertEqual(place.stegvis("report", "list"),
                      "Ingen rapport är fastställd.\n")
    outcome = place.on_terminal(*SEAL, answers=[(asks, "ja")])
    check.assertEqual(outcome.status, 0, outcome)
    # Nothing is asked when nothing would be sealed.
    check.assertEqual(place.on_terminal(*SEAL).status, 0)
    enter(place, (101, "2020-09-01"))
    check.assertEqual(place.on_terminal(*SEAL, "--yes").status, 0)


@story("Command.ReportDifferencesNamesCellsAndKindsOfEvent")
def report_differences_names_cells_and_kinds_of_event(place):
    make_everything(place)
    enter(place, (100, "2020-09-01"), (101, ""))
    first = sealed(place)
    enter(place, (101, "2020-10-01"), (102, "2020-09-01"))
    second = sealed(place)

    compared = place.json("report", "differences", second)
    cells = changed_cells(compared)
    check.assertEqual(cells["participants", "", "", "started", "total"],
                      ("2", "3"))
    check.assertEqual(cells["participants", "", "", "base", "total"],
                      ("1", "3"))
    check.assertEqual({event["kind"]: event["count"]
                       for event in compared["events"]},
                      {"KIND_LATE_REGISTRATION": 1, "KIND_EXIT_RECORDED": 1})
    table = place.stegvis("report", "differences", second)
    check.assertIn("hela rapporten  participants base total  1  3  "
                   "registrering i efterhand +1, avslut +1\n", squeezed(table))
    check.assertIn("  1 deltaganden registrerade i efterhand\n", table)
    check.assertIn("  1 avslut registrerade\n", table)
    place.refusal("report", "differences", first)
    # What moved a figure is for the förbund's own people.
    place.refusal("report", "differences", second, profile="national")


@story("Command.ReportRecomputeIsIdenticalUntilSomebodyIsErased")
def report_recompute_is_identical_until_somebody_is_erased(place):
    make_everything(place)
    enter(place, (100, "2020-09-01"), (101, "2020-09-01"))
    name = sealed(place)
    enter(place, (102, "2020-09-01"))
    same = "Rapporten blir densamma, byte för byte.\n"
    check.assertEqual(place.stegvis("report", "recompute", name), same)
    place.stop()
    place.start()
    check.assertEqual(
        place.stegvis("report", "recompute", name, profile="national"), same)

    somebody = place.json("participant", "list", *OF_FORBUND, "--insats",
                          "Vägen in", profile="samordnare")
    place.stegvis("participant", "erase",
                  somebody["participations"][0]["name"], "--reason", "begaran",
                  profile="dataskydd")
    told = place.stegvis("report", "recompute", name)
    check.assertTrue(told.startswith(
        "Rapporten blir inte densamma.\n1 deltagande har raderats sedan den "
        "fastställdes: vad de innehöll finns inte längre.\n"), told)
    check.assertIn("hela rapporten  participants base total  2  1",
                   squeezed(told))
    # What was sealed stays as it was.
    place.stegvis("report", "fetch", name, "-o", "kept.json")
    place.stegvis("report", "verify", "kept.json", "--key", write_key(place),
                  profile=None)


@story("Command.ReportSealIsRefusedWhileARecordIsUnreadable")
def report_seal_is_refused_while_a_record_is_unreadable(place):
    make_everything(place)
    enter(place, (100, "2020-09-01"))
    somebody = place.json("participant", "list", *OF_FORBUND, "--insats",
                          "Vägen in", profile="samordnare")
    name = somebody["participations"][0]["name"]
    place.stop()
    connection = sqlite3.connect(place.folder / "data" / "stegvis.db")
    connection.execute("UPDATE participation_version "
                       "SET recorded_at = recorded_at + 1")
    connection.commit()
    connection.close()
    place.start()

    check.assertIn(name, place.refusal(*SEAL))
    check.assertEqual(place.stegvis("report", "list"),
                      "Ingen rapport är fastställd.\n")


@story("Command.ReportSealIsForTheForbundsAdministratorAndAYearThatHasEnded")
def report_seal_is_for_the_forbunds_administrator(place):
    make_everything(place)
    for profile in "national", "import", "samordnare", "dataskydd":
        check.assertIn("Det här får du inte göra",
                       place.refusal(*SEAL, profile=profile))
    check.assertEqual(
        place.refusal("report", "seal", "--year", "2199", *OF_FORBUND),
        "Året är inte slut. Fastställ eller publicera rapporten när året har "
        "gått ut.")
    check.assertIn("finns inte",
                   place.refusal("report", "seal", *YEAR, "--forbund", "Inget"))
    check.assertEqual(
        place.refusal("report", "seal", *OF_FORBUND, expect=2),
        "--year saknas. Se stegvis report seal --help.")
