"""A retention run whose server is killed again and again: who is on the list
is gone, who is not is there whole, and the registered total never moves.

STEGVIS_FAULTS=N in the environment makes N times as many kills.
"""

import os
import sqlite3

from people import invented_numbers
from setting import OF_FORBUND, a_row, csv_text, make_everything
from stories import check, story, wait_until

KILLS = 8 * max(1, int(os.environ.get("STEGVIS_FAULTS", "1")))
EACH = 12  # Lines on the list, about, between two kills.
PEOPLE = KILLS * EACH * 3


def listed(place):
    text = (place.folder / "data/erasures.log").read_text()
    return {line.split()[4] for line in text.splitlines(keepends=True)
            if line.endswith("\n")}


def stored(place):
    """The participations there are, and those that are erased."""
    database = place.folder / "data/stegvis.db"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return [{row[0] for row in connection.execute(statement)}
                for statement in (
                    "SELECT lower(hex(participation_id)) FROM participation",
                    "SELECT lower(hex(participation_id)) FROM erasure")]


def check_everything(place):
    people = place.json("report", "--year", "2020",
                        profile="national")["participants"]
    there, erased = stored(place)
    check.assertEqual(erased,
                      {name.replace("-", "") for name in listed(place)})
    check.assertEqual(there & erased, set())
    check.assertEqual(
        [people[key]["total"]
         for key in ("registered", "started", "anonymous")],
        [PEOPLE, len(there), len(erased)])
    check.assertEqual(people["unreadable"], 0)


def kill_while_erasing(place):
    before = len(listed(place))
    run = place.begin("retention", "run", *OF_FORBUND, profile="dataskydd")
    wait_until(lambda: len(listed(place)) >= before + EACH, "the erasures")
    place.kill()
    outcome = place.finish(run)
    check.assertEqual(outcome.status, 1, outcome)


@story("Erasures.ThatAreKilledAreDoneOrNotBegun")
def erasures_that_are_killed(place):
    make_everything(place)
    rows = [a_row(number, ut_datum="2020-05-01",
                  avslutsanledning="enligt_plan",
                  ut_forsorjning="sjukpenning")
            for number in invented_numbers(PEOPLE)]
    place.stegvis("import", "participants",
                  place.write("rader.csv", csv_text(rows)), profile="import")
    for _ in range(KILLS):
        kill_while_erasing(place)
        place.start()
        check_everything(place)

    place.stegvis("retention", "run", *OF_FORBUND, profile="dataskydd")

    check_everything(place)
    check.assertEqual(len(listed(place)), PEOPLE)
    verified = place.stegvis("audit", "verify", profile="dataskydd")
    check.assertNotIn("fel", verified)
