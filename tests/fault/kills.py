"""A server that is killed again and again while several people import files:
what was answered is there, what was not is there wholly or not at all.

Forty seconds; STEGVIS_FAULTS=N in the environment makes N times as many kills.
STEGVIS_SEED is the seed of the moments, which is said when the story fails.
"""

import os
import random
import re
import sqlite3

from people import invented_numbers
from setting import (FORBUND_NUMBER, OF_FORBUND, a_row, csv_text, import_sums,
                     make_everything, started)
from stories import check, story, wait_until

KILLS = 24 * max(1, int(os.environ.get("STEGVIS_FAULTS", "1")))
SEED = int(os.environ.get("STEGVIS_SEED", "20260101"))

CLIENTS = 3
ROWS = 1_500  # Of a file: more than can be recorded before most kills.
LEAST_WRITTEN, MOST_WRITTEN = 1, 3_000_000  # Bytes, until a kill.


class Client:
    """Somebody with files, each of which is sent until it is all answered
    for."""

    def __init__(self, place, name, numbers):
        self.place = place
        self.file = f"{name}.csv"
        self.numbers = numbers
        self.answered = 0
        self._next_file()

    def _next_file(self):
        """Other people than before, and all of those later."""
        self.rows, self.numbers = self.numbers[:ROWS], self.numbers[ROWS:]
        assert self.rows, "there are too few people for so many kills"
        self.place.write(self.file, csv_text(
            [a_row(number, samtycke_ref=f"Pärm {self.file}")
             for number in self.rows]))
        self.recorded = 0  # Rows of this file that were answered for.

    def begin(self):
        self.begun = self.place.begin("import", "participants", self.file,
                                      profile="import")

    def has_ended(self):
        """Without taking its end away from `end`."""
        return os.waitid(os.P_PID, self.begun[1].pid, os.WEXITED | os.WNOHANG |
                         os.WNOWAIT) is not None

    def end(self):
        """What it was told before its server was killed, or all of it."""
        outcome = self.place.finish(self.begun)
        if outcome.status == 0:
            self._check_sums(outcome, len(self.rows))
            self.answered += len(self.rows)
            self._next_file()
            return
        stopped = re.search(r"Importen avbröts vid rad (\d+)\. ", outcome.err)
        if stopped is None:  # Killed before the first call had begun.
            check.assertRegex(outcome.err, r"\Astegvis[^\n]*: [^\n]+\n\Z",
                              outcome)
            return
        answered = int(stopped[1]) - 2  # The lines before, but the header.
        self._check_sums(outcome, answered)
        self.recorded = max(self.recorded, answered)

    def _check_sums(self, outcome, answered):
        """Rows that were answered for before are not new any more."""
        rows, new, completed, unchanged, refused = import_sums(outcome)
        check.assertEqual((rows, completed, refused), (answered, 0, 0), outcome)
        check.assertEqual(new + unchanged, answered, outcome)
        check.assertGreaterEqual(unchanged, min(self.recorded, answered),
                                 f"an answered row was lost: {outcome}")


def log_bytes(place):
    """How much was written since the write-ahead log began, about."""
    return sum(path.stat().st_size
               for path in (place.folder / "data").glob("stegvis.db*")
               if not path.name.endswith("-shm"))


def kill_under_load(place, clients, bytes_until):
    before = log_bytes(place)
    for client in clients:
        client.begin()

    def loaded():
        ended = all(client.has_ended() for client in clients)
        return ended or log_bytes(place) >= before + bytes_until

    wait_until(loaded, "the load")
    place.kill()
    for client in clients:
        client.end()


# What may not be: each of these has no rows.
FAULTS = {
    "a gap in the feed": """
        SELECT position FROM change c WHERE position > 1 AND NOT EXISTS
          (SELECT 1 FROM change b WHERE b.position = c.position - 1)""",
    "a change without its version": """
        SELECT position FROM change WHERE kind = 4 EXCEPT
        SELECT position FROM participation_version""",
    "a version without its change": """
        SELECT position FROM participation_version EXCEPT
        SELECT position FROM change WHERE kind = 4""",
    "a version without its participation": """
        SELECT participation_id FROM participation_version EXCEPT
        SELECT participation_id FROM participation""",
    "a participation without a version": """
        SELECT participation_id FROM participation EXCEPT
        SELECT participation_id FROM participation_version""",
    "a row recorded twice": """
        SELECT blind_index FROM participation
        GROUP BY blind_index HAVING count(*) > 1""",
    "a log that does not end where its row says": """
        SELECT l.scope_id FROM audit_log l WHERE l.size <>
          (SELECT max(e.sequence) FROM audit_entry e
           WHERE e.scope_id = l.scope_id)""",
}


def check_database(place):
    """Past the server, which runs."""
    database = place.folder / "data/stegvis.db"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        for fault, statement in FAULTS.items():
            found = connection.execute(statement).fetchall()
            check.assertEqual(len(found), 0, fault)


def check_everything(place, clients):
    """No answered row is lost, and nobody is there who was never sent."""
    answered = sum(client.answered + client.recorded for client in clients)
    sent = sum(client.answered + len(client.rows) for client in clients)
    recorded = started(place)
    check.assertGreaterEqual(recorded, answered, "an answered row is lost")
    check.assertLessEqual(recorded, sent, "more than was sent")
    check_database(place)
    check.assertEqual(place.json("status")["unreadable"], "0")
    for of in (OF_FORBUND, ()):
        outcome = place.run("audit", "verify", *of, profile="dataskydd"
                            if of else "admin")
        check.assertEqual(outcome.status, 0, outcome)
    return recorded


def people(count):
    numbers = invented_numbers(count)
    each = count // CLIENTS
    return [numbers[i * each:(i + 1) * each] for i in range(CLIENTS)]


@story("Kills.UnderLoadLoseNothingThatWasAnswered")
def under_load_lose_nothing_that_was_answered(place):
    make_everything(place)
    clients = [Client(place, f"client{i}", numbers) for i, numbers in
               enumerate(people(CLIENTS * ROWS * (2 + KILLS // 2)))]
    moments = random.Random(SEED)
    for kill in range(KILLS):
        bytes_until = moments.randint(LEAST_WRITTEN, MOST_WRITTEN)
        try:
            kill_under_load(place, clients, bytes_until)
            place.start()
            recorded = check_everything(place, clients)
        except BaseException:
            print(f"kill {kill + 1} of {KILLS} after {bytes_until} bytes; "
                  f"STEGVIS_SEED={SEED}")
            raise
    check.assertGreater(recorded, ROWS, "there was no load")
    assert FORBUND_NUMBER in OF_FORBUND
