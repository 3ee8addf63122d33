"""stegvis rollup, of true servers: one node with many förbund and many nodes
with one, nodes that fall silent, and a förbund that two have."""

import csv
import json
import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path

from installation import Installation
from people import check_digit, invented_numbers
from setting import FORBUND, FORBUND_NUMBER, a_row, csv_text, make_everything
from stories import check, story

DIMENSIONS = ("SEX", "AGE_GROUP", "EDUCATION", "REFERRED_BY",
              "MONTHS_ON_SUPPORT", "FOCUS", "TARGET_GROUP", "INSATS",
              "FORBUND", "KOMMUN", "YEAR", "END_REASON")
BY_ALL = tuple(word for one in DIMENSIONS for word in ("--by", one))
OTHER, OTHER_NUMBER = "Förbundet Andra", "222000124" + check_digit("222000124")
OTHER_NUMBER = OTHER_NUMBER[:6] + "-" + OTHER_NUMBER[6:]
RANDOM_DATA = Path(__file__).parents[1] / "independent/random_data.py"
# Of a node that will not answer; long enough for those that do.
DEADLINE = ("--deadline", "5")


def address_of(node):
    profile = (node.folder / "profiles/national.toml").read_text()
    return re.search(r'(?m)^address *= *"([^"]+)"', profile)[1]


def write_nodes(place, nodes, name="nodes.toml"):
    """The list; `nodes` are installations, or pairs of one and what differs."""
    text = ""
    for node in nodes:
        node, other = node if isinstance(node, tuple) else (node, {})
        settings = {"address": address_of(node),
                    "ca": str(node.folder / "tls/ca.pem"),
                    "cert": str(node.folder / "tls/national.pem"),
                    "key": str(node.folder / "tls/national.key"), **other}
        text += "[[node]]\n" + "".join(
            f"{key} = {json.dumps(value)}\n"
            for key, value in settings.items())
    return place.write(name, text)


def rollup(place, nodes, *words, year="2020", **options):
    """What is printed of a rollup of `nodes`."""
    return place.stegvis("rollup", "--year", year, "--nodes",
                         write_nodes(place, nodes), *words, profile=None,
                         **options)


def rollup_json(place, nodes, *words, **options):
    return json.loads(rollup(place, nodes, *words, "--format", "json",
                             **options))


def figures(report):
    """A report as bytes, without what is of the moment or of the nodes."""
    kept = {key: value for key, value in report.items()
            if key not in ("asOf", "feedPosition", "sources")}
    return json.dumps(kept, ensure_ascii=False, indent=1)


def sources(report):
    """Each source in short: whose, its state, and why it is missing."""
    return [(one["forbund"] or one["organizationNumber"],
             one["state"].removeprefix("STATE_"),
             one["gap"].removeprefix("GAP_")) for one in report["sources"]]


def fill(node, name, number, people):
    """A förbund with so many who have left, each with something of its own."""
    make_everything_of(node, name, number)
    afters = ("sjukpenning", "forsorjningsstod", "ingen_offentlig")
    rows = [a_row(person, forbund=number, ut_datum="2020-09-30",
                  avslutsanledning="enligt_plan",
                  ut_forsorjning=afters[i % 3], ut_arbete=i % 2 * 20)
            for i, person in enumerate(people)]
    node.write("people.csv", csv_text(rows))
    node.stegvis("import", "participants", "people.csv", profile="import")


def make_everything_of(node, name, number):
    node.stegvis("forbund", "create", "--name", name, "--org-number", number,
                 "--start", "2015-01-01")
    node.stegvis("insats", "create", "--forbund", number, "--name", "Vägen in",
                 "--start", "2016-01-01", "--orientation", "individ",
                 "--focus", "forberedande", "--target-group", "ovriga",
                 "--method", "person")


def another(place, name):
    """One more installation; its commands are looked through too."""
    node = Installation(place.bin, place.parent, name)
    node.outcomes = place.outcomes
    return node


class RandomData:
    """Files with every edge, of several förbund."""

    def __init__(self, folder):
        subprocess.run([sys.executable, "-B", RANDOM_DATA, "1", folder],
                       check=True, stdout=subprocess.DEVNULL)
        self.folder = Path(folder)
        self.names = [row["namn"] for row in self._rows("forbund.csv")]

    def _rows(self, file):
        with open(self.folder / file, newline="") as opened:
            return list(csv.DictReader(opened, delimiter=";"))

    def load(self, node, names):
        for kind, file, *words in (
                ("forbund", "forbund"), ("insatser", "insatser"),
                ("participants", "participants-1", "--migrate"),
                ("counts", "counts-1", "--migrate"),
                ("participants", "participants-2", "--migrate"),
                ("counts", "counts-2", "--migrate"),
                ("counts", "counts-3")):
            part = self._part(node, file, names)
            if part is not None:
                node.stegvis("import", kind, part, *words)

    def _part(self, node, file, names):
        """The rows of those förbund in a file of their own."""
        rows = self._rows(f"{file}.csv")
        column = "namn" if file == "forbund" else "forbund"
        kept = [row for row in rows if row[column] in names]
        if not kept:
            return None
        path = node.parent / f"{node.folder.name}-{file}.csv"
        with open(path, "w", newline="") as opened:
            writer = csv.DictWriter(opened, list(rows[0]), delimiter=";")
            writer.writeheader()
            writer.writerows(kept)
        return path.name


@story("Rollup.OfManyNodesIsThatOfOneWithAll")
def of_many_nodes_is_that_of_one_with_all(place):
    data = RandomData(place.parent / "data")
    data.load(place, data.names)
    with ExitStack() as running:
        nodes = []
        for i, name in enumerate(data.names):
            nodes.append(running.enter_context(another(place, f"node{i}")))
            data.load(nodes[-1], [name])
        for year in ("2016", "2018"):
            one = rollup_json(place, [place], *BY_ALL, year=year)
            many = rollup_json(place, reversed(nodes), *BY_ALL, year=year)
            check.assertEqual(figures(one), figures(many))
            check.assertEqual(sources(one), sources(many))
            named = [word for name in one["forbund"]
                     for word in ("--forbund", name)]
            report = place.json("report", "--year", year, *named, *BY_ALL,
                                profile="national")
            check.assertEqual(figures(one), figures(report))
            check.assertEqual(report["sources"], [])
            check.assertGreater(one["participants"]["base"]["total"], 20)


class Proxy:
    """Stands before a node. Once the node has sent so many bytes of its
    answers, it is killed, and nobody listens any more."""

    def __init__(self, node, bytes_until_kill=None):
        self.node = node
        self.limit = bytes_until_kill
        self.sent = 0
        host, port = address_of(node).rsplit(":", 1)
        self._node_address = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
                if not self._connected():
                    return client.close()
                server = socket.create_connection(self._node_address)
            except OSError:
                return
            for pump in ((client, server, False), (server, client, True)):
                threading.Thread(target=self._pump, args=pump,
                                 daemon=True).start()

    def _connected(self):
        """Whether somebody who has come is let through."""
        return True

    def _pump(self, from_socket, to_socket, is_answer):
        try:
            while data := from_socket.recv(4096):
                if is_answer:
                    self.sent += len(data)
                    if self.limit is not None and self.sent >= self.limit:
                        self._kill()
                        return
                to_socket.sendall(data)
        except OSError:
            pass
        finally:
            for one in (from_socket, to_socket):
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def _kill(self):
        self.close()
        self.node.kill()

    def close(self):
        # Wakes up accept, which close alone does not.
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._listener.close()


@contextmanager
def two_nodes(place):
    """`place` with one förbund; gives another node with another."""
    people = invented_numbers(60)
    fill(place, FORBUND, FORBUND_NUMBER, people[:40])
    with another(place, "other") as node:
        fill(node, OTHER, OTHER_NUMBER, people[40:])
        yield node


@story("Rollup.ANodeKilledInTheMiddleOfItsAnswerIsNamed")
def a_node_killed_in_the_middle_of_its_answer_is_named(place):
    with two_nodes(place) as node:
        alone = rollup_json(place, [place], *BY_ALL)
        whole = Proxy(node)
        both = rollup_json(
            place, [place, (node, {"address": whole.address})], *BY_ALL)
        whole.close()
        check.assertEqual(both["participants"]["base"]["total"], 60)

        # Most of what it sends is the report, the last of its answers.
        cut = Proxy(node, bytes_until_kill=whole.sent * 3 // 4)
        report = rollup_json(
            place, [place, (node, {"address": cut.address})], *BY_ALL,
            *DEADLINE, expect=3)

        check.assertGreaterEqual(cut.sent, cut.limit, "it was not cut off")
        check.assertEqual(sources(report),
                          [(OTHER, "MISSING", "NO_ANSWER"),
                           (FORBUND, "PRELIMINARY", "UNSPECIFIED")])
        check.assertEqual(report["sources"][0]["addresses"], [cut.address])
        check.assertEqual(figures(report), figures(alone),
                          "everything else is complete")


@story("Rollup.ANodeThatDoesNotAnswerIsNamedAfterTheDeadline")
def a_node_that_does_not_answer_is_named_after_the_deadline(place):
    with two_nodes(place) as node:
        listed = (node, {"forbund": [OTHER_NUMBER]})
        last_year = place.write("last.json", rollup(
            place, [place, listed], "--by", "FORBUND", "--format", "json"))
        node.server.send_signal(signal.SIGSTOP)
        for nodes in [place, listed], [listed, place]:
            report = rollup_json(place, nodes, *DEADLINE, "--previous",
                                 last_year, expect=3)

            check.assertEqual(sources(report),
                              [(OTHER, "MISSING", "NO_ANSWER"),
                               (FORBUND, "PRELIMINARY", "UNSPECIFIED")])
            check.assertEqual(report["participants"]["base"]["total"], 40)
            check.assertEqual(report["previousMissing"], [OTHER])
            check.assertAlmostEqual(report["previousMissingShare"], 1 / 3)
        # Of a node that says not whom it serves.
        table = rollup(place, [place, node], *DEADLINE, expect=3)
        check.assertIn(
            f"!!! SAKNAS: okänt förbund: noden {address_of(node)} svarade "
            "inte i tid", table)
        node.server.send_signal(signal.SIGCONT)


@story("Rollup.ANodeThatComesBackInTimeIsThere")
def a_node_that_comes_back_in_time_is_there(place):
    with two_nodes(place) as node:
        # The same port at the next start.
        address = address_of(node)
        settings = node.folder / "stegvis.toml"
        settings.write_text(re.sub(r'(?m)^listen *=.*$',
                                   f'listen = "{address}"',
                                   settings.read_text()))
        node.kill()
        nodes = write_nodes(place, [place, node])
        asking = place.begin("rollup", "--year", "2020", "--nodes", nodes,
                             "--format", "json", profile=None)
        node.start()
        outcome = place.finish(asking)
        check.assertEqual(outcome.status, 0, outcome)
        check.assertEqual(
            json.loads(outcome.out)["participants"]["base"]["total"], 60)


@story("Rollup.AForbundThatTwoNodesHaveDifferentlyIsRefused")
def a_forbund_that_two_nodes_have_differently_is_refused(place):
    with two_nodes(place) as node:
        make_everything_of(node, "Ett annat namn", FORBUND_NUMBER)
        table = rollup(place, [place, node], expect=3)
        addresses = ", ".join(sorted([address_of(place), address_of(node)]))
        check.assertIn(
            f"!!! SAKNAS: {FORBUND} ({FORBUND_NUMBER}): levererad två gånger, "
            f"av noderna {addresses}, och inte lika. Låt en av dem ha "
            "förbundet.", table)
        check.assertIn(f"Preliminära (1): {OTHER}.", table)


def seal(node, number):
    node.stegvis("report", "seal", "--year", "2020", "--forbund", number)


def write_key(place, node, number, of=None):
    """The public key of `number`, or of another in its place, beside the
    list of nodes."""
    (place.parent / "keys").mkdir(exist_ok=True)
    node.stegvis("report", "key", "--forbund", of or number, "-o",
                 str(place.parent / f"keys/{number}.pem"))


def revisions(report):
    return [(one["forbund"], one["state"].removeprefix("STATE_"),
             one["revision"]) for one in report["sources"]]


@story("Rollup.TakesTheNewestSealedReportThatItsKeySigned")
def takes_the_newest_sealed_report_that_its_key_signed(place):
    with two_nodes(place) as node:
        before = rollup_json(place, [place, node], *BY_ALL)
        seal(place, FORBUND_NUMBER)
        write_key(place, place, FORBUND_NUMBER)
        # Registered afterwards: not in what is sealed.
        place.write("late.csv", csv_text([a_row(
            invented_numbers(61)[60], ut_datum="2020-09-30",
            avslutsanledning="enligt_plan", ut_forsorjning="sjukpenning")]))
        place.stegvis("import", "participants", "late.csv", profile="import")

        sealed = rollup_json(place, [place, node], *BY_ALL)
        check.assertEqual(revisions(sealed), [(OTHER, "PRELIMINARY", 0),
                                              (FORBUND, "SEALED", 1)])
        check.assertEqual(figures(sealed), figures(before))

        seal(place, FORBUND_NUMBER)
        later = rollup_json(place, [place, node], *BY_ALL)
        check.assertEqual(revisions(later), [(OTHER, "PRELIMINARY", 0),
                                             (FORBUND, "SEALED", 2)])
        check.assertEqual(later["participants"]["base"]["total"], 61)
        check.assertIn(f"Fastställda (1): {FORBUND} (revision 2).",
                       rollup(place, [place, node]))


@story("Rollup.RefusesASealedReportWithoutItsKeyOrOfAnother")
def refuses_a_sealed_report_without_its_key_or_of_another(place):
    with two_nodes(place) as node:
        seal(place, FORBUND_NUMBER)
        check.assertEqual(
            sources(rollup_json(place, [place, node], expect=3)),
            [(OTHER, "PRELIMINARY", "UNSPECIFIED"),
             (FORBUND, "MISSING", "KEY_MISSING")])
        seal(node, OTHER_NUMBER)
        write_key(place, node, OTHER_NUMBER)
        write_key(place, node, FORBUND_NUMBER, of=OTHER_NUMBER)
        report = rollup_json(place, [place, node], expect=3)
        check.assertEqual(sources(report),
                          [(OTHER, "SEALED", "UNSPECIFIED"),
                           (FORBUND, "MISSING", "SIGNATURE_WRONG")])
        check.assertEqual(report["participants"]["base"]["total"], 20)
        check.assertIn(
            f"!!! SAKNAS: {FORBUND} ({FORBUND_NUMBER}): den fastställda "
            f"rapporten från noden {address_of(place)} är inte signerad med "
            f"nyckeln keys/{FORBUND_NUMBER}.pem.",
            rollup(place, [place, node], expect=3))


@story("Rollup.TakesTheSameSealedReportFromTwoNodesOnce")
def takes_the_same_sealed_report_from_two_nodes_once(place):
    fill(place, FORBUND, FORBUND_NUMBER, invented_numbers(40))
    seal(place, FORBUND_NUMBER)
    write_key(place, place, FORBUND_NUMBER)
    place.stegvis("backup", "copy")
    place.stegvis("restore", "copy", "twin", "--key-source",
                  str(place.folder / "key-source"), "--erasures",
                  str(place.folder / "data/erasures.log"))
    twin = Installation.__new__(Installation)
    twin.__dict__.update(place.__dict__, folder=place.parent / "twin",
                         log=place.parent / "twin.log", server=None)
    with twin:
        report = rollup_json(place, [place, twin])
        check.assertEqual(revisions(report), [(FORBUND, "SEALED", 1)])
        check.assertEqual(report["sources"][0]["addresses"],
                          sorted([address_of(place), address_of(twin)]))
        check.assertEqual(report["participants"]["base"]["total"], 40)


@story("Rollup.SaysSharesOfAsFewAsAreAskedFor")
def says_shares_of_as_few_as_are_asked_for(place):
    fill(place, FORBUND, FORBUND_NUMBER, invented_numbers(9))
    too_few = "  för få för att säga"
    check.assertIn(too_few, rollup(place, [place]))
    check.assertNotIn(too_few, rollup(place, [place], "--least-base", "9"))


@story("Rollup.IsThereInEveryForm")
def is_there_in_every_form(place):
    make_everything(place)
    said = f"Preliminära (1): {FORBUND}."
    table = rollup(place, [place], "--by", "SEX").splitlines()
    check.assertEqual(table[2:4], ["Fastställda (0): inga.", said],
                      "the sources come before the figures")
    check.assertIn(
        f"source;;{address_of(place)};{FORBUND};{FORBUND_NUMBER};PRELIMINARY"
        ";;;;", rollup(place, [place], "--format", "csv").splitlines())
    for form in "html", "json-stat":
        check.assertIn(said, rollup(place, [place], "--format", form), form)
    rollup(place, [place], "--format", "xlsx", "-o", "rollup.xlsx")
    check.assertTrue((place.parent / "rollup.xlsx").read_bytes()
                     .startswith(b"PK"))


def refused(place, nodes, *words, **options):
    return place.refusal("rollup", "--year", "2020", "--nodes", nodes, *words,
                         profile=None, **options)


@story("Rollup.SaysWhatIsWrongAndHowToMendIt")
def says_what_is_wrong_and_how_to_mend_it(place):
    make_everything(place)
    nodes = write_nodes(place, [place])
    wrong = write_nodes(place, [(place, {"adress": "x"})], "wrong.toml")
    check.assertEqual(
        refused(place, wrong),
        "Nodlistan wrong.toml, nod 1: inställningen adress finns inte. Menade "
        "du address?")
    check.assertEqual(
        refused(place, nodes, "--by", "AGE", expect=2),
        "--by AGE: dimensionen finns inte. Se stegvis rollup --help.")
    check.assertRegex(refused(place, "none.toml"), r"none\.toml")
    place.write("last.json", "[")
    check.assertEqual(
        refused(place, nodes, "--previous", "last.json"),
        "--previous last.json är ingen rapport. Ange den fil som --format "
        "json skrev.")
    place.write("last.json", "{}")
    check.assertEqual(
        refused(place, nodes, "--previous", "last.json"),
        "--previous last.json säger inte hur många varje förbund hade. Gör "
        "den med --by FORBUND och --format json.")
    # Somebody whom the node knows no longer.
    place.stegvis("user", "revoke", "--user", "national", "--role", "national",
                  "--forbund", "alla")
    check.assertRegex(
        refused(place, nodes),
        r"\AIngen nod gav någon rapport\. SAKNAS: okänt förbund: noden "
        + re.escape(address_of(place)) + r" nekar: ")
