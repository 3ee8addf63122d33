"""stegvis participant withdraw-consent and erase, and stegvis retention."""

from people import a_number
from setting import (FORBUND_NUMBER, OF_FORBUND, a_row, csv_text,
                     make_everything, register, steady)
from stories import check, story

SOMEBODY = a_number("19800101", 100)
ANOTHER = a_number("19900202", 101)
THIRD = a_number("19700303", 102)

RECEIPT = """\
Raderat. Personuppgifterna kan inte läsas av någon mer.
Deltagandet  forbund/[id]/insatser/[id]/participations/[id]
Raderat      [time]
I stället    en person i det anonyma antalet
"""


def participants(place, year="2020", *words):
    return place.json("report", "--year", year, *words,
                      profile="national")["participants"]


def totals(place):
    """Registered, personal and anonymous, as a report of the year says."""
    told = participants(place)
    return tuple(told[key]["total"]
                 for key in ("registered", "started", "anonymous"))


def import_rows(place, rows, expect=0):
    file = place.write("rader.csv", csv_text(rows))
    return place.run("import", "participants", file, profile="import")


@story("Command.AWithdrawnConsentLeavesACountInTheSameTotal")
def a_withdrawn_consent_leaves_a_count(place):
    make_everything(place)
    person = register(place, SOMEBODY)
    register(place, ANOTHER)
    check.assertEqual(totals(place), (2, 2, 0))

    receipt = place.stegvis("participant", "withdraw-consent", person["name"],
                            profile="samordnare")

    check.assertEqual(steady(receipt), RECEIPT)
    check.assertEqual(totals(place), (2, 1, 1))
    women = participants(place)["anonymous"]["women"]
    check.assertEqual(women, 1 if int(SOMEBODY[-2]) % 2 == 0 else 0)
    check.assertIn("Det finns inte.", place.refusal(
        "participant", "show", person["name"], profile="samordnare"))
    place.stop()
    place.start()
    check.assertEqual(totals(place), (2, 1, 1))


@story("Command.WhoHasWithdrawnComesBackWithANewerConsentAlone")
def who_has_withdrawn_stays_out(place):
    make_everything(place)
    rows = [a_row(SOMEBODY), a_row(ANOTHER)]
    check.assertEqual(import_rows(place, rows).status, 0)
    found = place.json("participant", "find", *OF_FORBUND,
                       profile="dataskydd", stdin=SOMEBODY + "\n")
    place.stegvis("participant", "withdraw-consent",
                  found["participations"][0]["name"], profile="dataskydd")

    again = import_rows(place, rows)

    check.assertEqual(again.status, 3)
    check.assertIn("rader.csv:2: samtycke: Samtycket är återtaget.",
                   again.err)
    check.assertNotIn("rader.csv:3", again.err)
    dry = place.run("import", "participants", place.write(
        "rader.csv", csv_text(rows)), "--dry-run", profile="import")
    check.assertIn("rader.csv:2: samtycke: Samtycket är återtaget.",
                   dry.err)
    check.assertEqual(totals(place), (2, 1, 1))


@story("Command.ErasureIsForThoseWhoMay")
def erasure_is_for_those_who_may(place):
    make_everything(place)
    first = register(place, SOMEBODY)["name"]
    second = register(place, ANOTHER)["name"]

    refused = place.refusal("participant", "erase", first, "--reason",
                            "begaran", profile="samordnare")
    check.assertIn("Det här får du inte göra", refused)
    place.refusal("participant", "erase", first, "--reason", "begaran")
    place.refusal("participant", "erase", first, "--reason", "lust",
                  profile="dataskydd", expect=2)
    check.assertEqual(totals(place), (2, 2, 0))

    place.stegvis("participant", "erase", first, "--reason",
                  "skyddade_uppgifter", profile="samordnare")
    once = place.json("participant", "erase", second, "--reason", "begaran",
                      profile="dataskydd")
    again = place.json("participant", "erase", second, "--reason", "annan",
                       profile="dataskydd")

    check.assertEqual(once, again)
    check.assertTrue(once["counted"])
    check.assertEqual(totals(place), (2, 0, 2))


@story("Command.AnErasureIsAskedForOnATerminal")
def an_erasure_is_asked_for(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]

    said = place.on_terminal(
        "participant", "withdraw-consent", name, profile="samordnare",
        answers=[("Återta samtycket?", "nej")])

    check.assertEqual(said.status, 1)
    check.assertEqual(totals(place), (1, 1, 0))


@story("Command.RetentionErasesWhatWasKeptAsLongAsItMay")
def retention_erases(place):
    make_everything(place)
    old = a_row(SOMEBODY, ut_datum="2020-05-01",
                avslutsanledning="enligt_plan", ut_forsorjning="sjukpenning")
    wrong = a_row(THIRD, ut_datum="2020-02-03",
                  avslutsanledning="felregistrering")
    check.assertEqual(
        import_rows(place, [old, a_row(ANOTHER), wrong]).status, 0)
    check.assertEqual(totals(place), (2, 2, 0))

    planned = place.json("retention", "run", *OF_FORBUND, "--dry-run",
                         profile="dataskydd")
    check.assertEqual([one["keptUntilDate"] for one in planned["due"]],
                      ["2025-05-01"])
    check.assertEqual(totals(place), (2, 2, 0))
    check.assertEqual(
        place.stegvis("retention", "run", *OF_FORBUND, profile="dataskydd"),
        "Gallrade: 1\n")

    check.assertEqual(totals(place), (2, 1, 1))
    check.assertEqual(
        place.stegvis("retention", "run", *OF_FORBUND, "--dry-run",
                      profile="dataskydd"),
        "Inget deltagande har sparats för länge.\n")
    place.refusal("retention", "run", *OF_FORBUND, profile="samordnare")


@story("Command.RetentionFollowsTheForbund")
def retention_follows_the_forbund(place):
    make_everything(place)
    row = a_row(SOMEBODY, ut_datum="2020-05-01",
                avslutsanledning="enligt_plan", ut_forsorjning="sjukpenning")
    check.assertEqual(import_rows(place, [row]).status, 0)

    place.stegvis("forbund", "update", *OF_FORBUND, "--retention-months",
                  "120")

    check.assertIn("120 månader", place.stegvis("forbund", "show",
                                                *OF_FORBUND))
    check.assertEqual(place.json("retention", "run", *OF_FORBUND, "--dry-run",
                                 profile="dataskydd")["due"], [])
    refused = place.refusal("forbund", "update", *OF_FORBUND,
                            "--retention-months", "6")
    check.assertIn("gallringsfristen", refused)
    check.assertIn(FORBUND_NUMBER, place.stegvis("forbund", "show",
                                                 *OF_FORBUND))


@story("Command.AFileWithdrawsAConsent")
def a_file_withdraws_a_consent(place):
    make_everything(place)
    rows = [a_row(SOMEBODY), a_row(ANOTHER)]
    check.assertEqual(import_rows(place, rows).status, 0)
    rows[0] |= {"ut_datum": "2020-05-01",
                "avslutsanledning": "atertaget_samtycke"}

    dry = place.run("import", "participants", place.write(
        "rader.csv", csv_text(rows)), "--dry-run", profile="import")
    check.assertEqual(dry.status, 0, dry.err)
    again = a_row(SOMEBODY, in_datum="2021-01-01")
    dry = place.run("import", "participants", place.write(
        "rader.csv", csv_text([*rows, again])), "--dry-run", profile="import")
    check.assertEqual(dry.status, 3)
    check.assertIn("rader.csv:4: samtycke: Samtycket är återtaget.", dry.err)
    check.assertEqual(totals(place), (2, 2, 0))
    withdrawn = import_rows(place, rows)

    check.assertEqual(withdrawn.status, 0, withdrawn.err)
    check.assertEqual(totals(place), (2, 1, 1))
    again = import_rows(place, rows)
    check.assertEqual(again.status, 3)
    check.assertIn("Samtycket är återtaget.", again.err)


@story("Command.AnExitWithdrawsAConsent")
def an_exit_withdraws_a_consent(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]

    receipt = place.stegvis("participant", "exit", name, "--date",
                            "2020-05-01", "--reason", "atertaget_samtycke",
                            profile="samordnare")

    check.assertEqual(steady(receipt), RECEIPT)
    check.assertEqual(totals(place), (1, 0, 1))
