"""Keys that are rotated again and again while files are imported, by a server
that is killed in the middle: everything opens at any time, and in the end under
the newest keys alone.

STEGVIS_FAULTS=N in the environment makes N times as many kills.
STEGVIS_SEED is the seed of the moments.
"""

import os
import random
import sqlite3

from people import invented_numbers
from setting import a_row, csv_text, make_everything, started
from stories import check, story, wait_until

KILLS = 6 * max(1, int(os.environ.get("STEGVIS_FAULTS", "1")))
SEED = int(os.environ.get("STEGVIS_SEED", "20260101"))

PEOPLE = 6_000  # Thirty writes of a rotation.
MORE = 400  # Imported meanwhile, each time.


def ask(place, statement):
    database = place.folder / "data/stegvis.db"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return connection.execute(statement).fetchall()


def versions(place):
    """How many keys of participations are wrapped under each version."""
    return dict(ask(place, "SELECT hex(substr(wrapped_key, 2, 4)), count(*) "
                           "FROM participation GROUP BY 1"))


def source_versions(place):
    lines = (place.folder / "key-source").read_text().splitlines()
    return [int(line.split()[0]) for line in lines[1:]]


def has_come_far(place, newer_than, share):
    """Whether a rotation has wrapped so much of it all."""
    found = versions(place)
    newest = max(found)
    return newest > newer_than and found[newest] >= share * sum(found.values())


def has_ended(begun):
    """Without taking its end away from `finish`. One that only went on with
    what was begun before ends without anything newer."""
    return os.waitid(os.P_PID, begun[1].pid,
                     os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def send(place, name, numbers):
    place.write(name, csv_text([a_row(number) for number in numbers]))
    return place.begin("import", "participants", name, profile="import")


def kill_while_rotating(place, numbers, share):
    before = max(versions(place))
    people = send(place, "fler.csv", numbers)
    rotation = place.begin("keys", "rotate")
    wait_until(lambda: has_come_far(place, before, share) or
               has_ended(rotation), "the rotation")
    place.kill()
    place.finish(people)
    place.finish(rotation)


def check_everything(place):
    report = place.json("report", "--year", "2020",
                        profile="national")["participants"]
    check.assertEqual(report["unreadable"], 0)
    (there,), = ask(place, "SELECT count(*) FROM participation")
    check.assertGreaterEqual(report["started"]["total"], PEOPLE)
    check.assertGreaterEqual(there, report["started"]["total"])


@story("Rotations.ThatAreKilledGoOnAndLoseNobody")
def rotations_that_are_killed(place):
    chance = random.Random(SEED)
    numbers = invented_numbers(PEOPLE + KILLS * MORE)
    make_everything(place)
    place.finish(send(place, "alla.csv", numbers[:PEOPLE]))
    check.assertEqual(started(place), PEOPLE)
    for kill in range(KILLS):
        begin = PEOPLE + kill * MORE
        kill_while_rotating(place, numbers[begin:begin + MORE],
                            chance.random())
        check.assertIn(len(source_versions(place)), (1, 2), f"seed {SEED}")
        place.start()
        check_everything(place)

    place.stegvis("keys", "rotate")

    check_everything(place)
    check.assertEqual(len(source_versions(place)), 1)
    check.assertEqual(len(versions(place)), 1)
    check.assertEqual(
        ask(place, "SELECT scope_id FROM wrapped_key WHERE purpose = 1 "
                   "GROUP BY scope_id HAVING count(*) > 1"), [])
    place.stop()
    place.start()
    check_everything(place)
    verified = place.stegvis("audit", "verify", profile="dataskydd")
    check.assertNotIn("fel", verified)
