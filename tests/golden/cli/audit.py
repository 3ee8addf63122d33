"""stegvis audit: who did what, and that nobody changed what it says."""

import shutil
import sqlite3

from people import a_number
from setting import FORBUND, OF_FORBUND, make_everything, register
from stories import check, story

NOT_PERMITTED = ("Det här får du inte göra, eller så finns det inte. Be "
                 "förbundets administratör om rätt roll.")
CHANGED = ("Loggen är inte som den var. Spara databasen och larma driften.")


def entries(place, *words):
    return place.json("audit", "list", *words,
                      profile="dataskydd").get("entries", [])


def methods(found):
    return [(entry["user"], entry["method"], entry["refused"])
            for entry in found]


@story("Command.AuditListSaysWhoDidWhat")
def audit_list_says_who_did_what(place):
    make_everything(place)
    first = register(place, a_number("19800101", 100))["name"]
    second = register(place, a_number("19800101", 101))["name"]
    place.stegvis("participant", "reveal", first, "--purpose",
                  "registerutdrag", profile="dataskydd")
    place.refusal("participant", "show", second, profile="national")

    about = entries(place, "--participation", first)
    check.assertEqual(methods(about),
                      [("samordnare", "RegisterParticipation", False),
                       ("dataskydd", "RevealPerson", False)])
    check.assertEqual(about[1]["reason"], "registerutdrag")
    check.assertEqual(
        methods(entries(place, "--participation", second)),
        [("samordnare", "RegisterParticipation", False),
         ("national", "GetParticipation", True)])
    check.assertEqual(
        {user for user, _, _ in methods(entries(place, "--user", "national"))},
        {"national"})
    check.assertEqual(entries(place, "--to", "2020-12-31"), [])
    check.assertEqual(entries(place, "--from", "2020-12-31"), entries(place))

    table = place.stegvis("audit", "list", *OF_FORBUND, profile="dataskydd")
    check.assertIn("GetParticipation NEKAD", table)
    check.assertIn("NOT_PERMITTED", table)
    check.assertIn(FORBUND, table)
    # The installation's own log comes with the others, and not with one.
    check.assertNotIn("installationen", table)
    check.assertIn("installationen",
                   place.stegvis("audit", "list", profile="dataskydd"))
    for profile in ("admin", "samordnare", "national", "import"):
        check.assertEqual(
            place.refusal("audit", "list", *OF_FORBUND, profile=profile),
            NOT_PERMITTED, profile)
    check.assertEqual(
        place.refusal("audit", "list", "--from", "igår", expect=2,
                      profile="dataskydd"),
        "Dagen finns inte. Skriv den som 2020-05-31.")


def verify(place, *words):
    return place.run("audit", "verify", *OF_FORBUND, *words,
                     profile="dataskydd")


@story("Command.AuditVerifyFindsWhatWasChanged")
def audit_verify_finds_what_was_changed(place):
    make_everything(place)
    for serial in range(100, 108):
        register(place, a_number("19800101", serial))
    message = place.stegvis("audit", "head", "-o", "heads.json")
    check.assertIn("2 loggar står nu i filen.", message)
    sound = verify(place, "--head", "heads.json")
    check.assertEqual((sound.status, sound.err), (0, ""))
    check.assertRegex(sound.out, r" 1\d poster, inget har ändrats\n$")

    place.stop()
    database = place.folder / "data" / "stegvis.db"
    original = place.parent / "original.db"
    shutil.copy(database, original)
    other_scopes = "scope_id <> zeroblob(16)"
    for change, found in (
            ("UPDATE audit_entry SET recorded_at = recorded_at + 1 "
             f"WHERE sequence = 3 AND {other_scopes}", "post 3 har ändrats"),
            ("DELETE FROM audit_entry "
             f"WHERE sequence IN (4, 5) AND {other_scopes}",
             "post 4–5 saknas"),
            # Two entries in each other's place.
            ("UPDATE audit_entry SET sequence = CASE sequence WHEN 2 THEN 906 "
             "ELSE 902 END WHERE sequence IN (2, 6) AND "
             f"{other_scopes}; UPDATE audit_entry SET sequence = sequence - "
             "900 WHERE sequence > 900", "post 2 har ändrats"),
            # The end, and all that the database knows of it: only the head
            # that was kept elsewhere can tell.
            (f"DELETE FROM audit_entry WHERE sequence > 7 AND {other_scopes};"
             "DELETE FROM audit_log", "saknas")):
        connection = sqlite3.connect(database)
        connection.executescript(change)
        connection.close()
        place.start()
        outcome = verify(place, "--head", "heads.json")
        check.assertEqual(outcome.status, 1, f"{change}: {outcome}")
        check.assertIn(found, outcome.out, change)
        check.assertIn(CHANGED, outcome.err)
        place.stop()
        for file in database.parent.glob("stegvis.db-*"):
            if not file.name.endswith("-lock"):
                file.unlink()
        shutil.copy(original, database)
    place.start()


@story("Command.AuditHeadOfAnotherLogIsNoProof")
def audit_head_of_another_log_is_no_proof(place):
    make_everything(place)
    place.stegvis("audit", "head", "-o", "heads.json")
    heads = (place.parent / "heads.json").read_text()

    place.write("forged.json", heads.replace('"size": "', '"size": "1'))
    outcome = verify(place, "--head", "forged.json")
    check.assertEqual(outcome.status, 1)
    check.assertIn("är inte undertecknat med loggens nyckel", outcome.out)

    place.write("no_heads.json", "{")
    check.assertEqual(
        place.refusal("audit", "verify", "--head", "no_heads.json"),
        "no_heads.json: Filen är ingen fil från stegvis audit head. Välj en "
        "annan.")
