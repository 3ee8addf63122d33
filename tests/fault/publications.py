"""Releases of förbund, and the nation's beside them, of a server that is killed
while it makes them: each is out whole, with what was found beside the others,
or not at all; and all come out in the end.

STEGVIS_FAULTS=N in the environment makes N times as many kills.
"""

import itertools
import os
import sqlite3
import time

from people import invented_numbers
from setting import a_row, csv_text, make_forbund
from stories import check, story

# The large one is not published: what the others withhold, it may have.
LARGE = "222000-0018"
NATION = "-"
SMALL = ["222000-0026", "222000-0034", "222000-0042"]
KILLS = 5 * max(1, int(os.environ.get("STEGVIS_FAULTS", "1")))  # Of each.

# Support before and after, and hours of work; of how many in a hundred.
OUTCOMES = [("sjukpenning", "ingen_offentlig", "40", 30),
            ("sjukpenning", "sjukpenning", "", 25),
            ("forsorjningsstod", "ingen_offentlig", "40", 20),
            ("forsorjningsstod", "forsorjningsstod", "", 18),
            ("aktivitetsstod", "studiestod", "", 7)]


def people(forbund, numbers, hundreds):
    for before, after, work, of_hundred in OUTCOMES:
        for number in itertools.islice(numbers, of_hundred * hundreds):
            yield a_row(number, forbund=forbund, in_forsorjning=before,
                        ut_datum="2020-09-01", avslutsanledning="enligt_plan",
                        ut_forsorjning=after, ut_arbete=work)


def fill(place):
    numbers = iter(invented_numbers(900))
    rows = []
    for forbund, hundreds in [(LARGE, 6), *((it, 1) for it in SMALL)]:
        make_forbund(place, forbund, f"Samordningsförbundet {forbund[-4:]}")
        place.stegvis("insats", "create", "--forbund", forbund, "--name",
                      "Vägen in", "--start", "2016-01-01", "--orientation",
                      "individ", "--focus", "forberedande", "--target-group",
                      "ovriga", "--method", "person")
        rows += people(forbund, numbers, hundreds)
    place.stegvis("import", "participants",
                  place.write("rader.csv", csv_text(rows)), profile="import")


def publish(subject):
    of = () if subject == NATION else ("--forbund", subject)
    return ("report", "--year", "2020", *of, "--publish", "--format", "json")


def stored(place):
    """How many releases there are, and how many that were put beside others."""
    database = place.folder / "data/stegvis.db"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return [connection.execute("SELECT count(*) FROM sealed_report "
                                   "WHERE kind = ?", (kind,)).fetchone()[0]
                for kind in (2, 3)]


def check_all_is_whole(place):
    """The names of the releases."""
    names = [it["name"] for it in place.json("report", "releases")["releases"]]
    check.assertEqual(len(names), len(set(names)))
    beside = [name for name in names if name.startswith("forbund/-/")]
    check.assertEqual(stored(place), [len(names), len(beside)])
    for name in names:
        place.stegvis("report", "release", name)
        place.stegvis("report", "proof", name, "-o", "proof.json",
                      "--key-file", "proof.pem")
        place.stegvis("report", "verify", "proof.json", "--key", "proof.pem",
                      profile=None)
    return names


def kill_while_publishing(place, subject, pause):
    run = place.begin(*publish(subject))
    time.sleep(pause)
    place.kill()
    place.finish(run)
    place.start()


@story("Publications.ThatAreKilledAreOutWholeOrNotAtAll")
def publications_that_are_killed(place):
    fill(place)
    begun = time.monotonic()
    place.stegvis(*publish(SMALL[0]))
    took = time.monotonic() - begun
    names = check_all_is_whole(place)
    for subject in (*SMALL[1:], NATION):
        for kill in range(KILLS):
            # Some while it is made, some when it is stored, some after that.
            kill_while_publishing(place, subject, took * 1.5 * kill / KILLS)
            now = check_all_is_whole(place)
            check.assertLessEqual(set(names), set(now), "one is gone")
            check.assertLessEqual(len(now), len(names) + 1)

        released = place.stegvis(*publish(subject))

        now = check_all_is_whole(place)
        check.assertEqual(len(now), len(names) + 1)
        check.assertEqual(place.stegvis(*publish(subject)), released)
        names = now
