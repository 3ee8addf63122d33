"""stegvis rollup --publish, of true servers: the nation's release made of what
many nodes give, and known to each of them."""

import json
import sqlite3
import stat
from contextlib import ExitStack, contextmanager

from people import a_number
from rollup import (DEADLINE, Proxy, address_of, another, figures,
                    make_everything_of, seal, write_key, write_nodes)
from setting import a_row, csv_text
from stories import check, story

NAMES = [("Samordningsförbundet Väst", "222000-1230"),
         ("Samordningsförbundet Norr", "222000-0018"),
         ("Samordningsförbundet Öst", "222000-0026")]
NATION = "forbund/-/releases/2020-r1"
PUBLISH = ("report", "--year", "2020", "--publish", "--format", "json")
OTHER_LEVEL = ("Årets siffror är redan publicerade på en annan nivå (landet "
               "eller ett förbund). De nya siffrorna går inte att pröva "
               "tillsammans med dem, så det som är ute står kvar.")

# What came of people: the support before and after, hours of work after, and
# how many of each sex. Some are few.
OUTCOMES = [("sjukpenning", "ingen_offentlig", "40", 14, 12),
            ("sjukpenning", "sjukpenning", "", 9, 3),
            ("forsorjningsstod", "ingen_offentlig", "40", 8, 10),
            ("forsorjningsstod", "forsorjningsstod", "", 2, 7),
            ("aktivitetsstod", "studiestod", "", 1, 2)]


# All but two came to the same.
ALIKE = [("forsorjningsstod", "forsorjningsstod", "", 15, 13),
         ("sjukpenning", "forsorjningsstod", "", 1, 1)]


def fill(node, which, outcomes=OUTCOMES):
    """The förbund NAMES[which], and people who are no other förbund's."""
    name, number = NAMES[which]
    make_everything_of(node, name, number)
    first = 100 + 300 * which
    women, men = iter(range(first, 999, 2)), iter(range(first + 1, 999, 2))
    rows = [a_row(a_number("19800101", next(serials)), forbund=number,
                  in_forsorjning=before, ut_datum="2020-09-01",
                  avslutsanledning="enligt_plan", ut_forsorjning=after,
                  ut_arbete=work)
            for before, after, work, *many in outcomes
            for serials, count in zip((women, men), many)
            for _ in range(count)]
    node.write("people.csv", csv_text(rows))
    node.stegvis("import", "participants", "people.csv", profile="import")


@contextmanager
def nodes_of(place, *which):
    """Nodes with one of the förbund each; `place` is none of them."""
    with ExitStack() as running:
        nodes = [running.enter_context(another(place, f"node{i}"))
                 for i in which]
        for node, i in zip(nodes, which):
            fill(node, i)
        yield nodes


def publish(place, nodes, *words):
    """What becomes of it."""
    return place.run("rollup", "--year", "2020", "--nodes",
                     write_nodes(place, nodes), "--publish", "--format",
                     "json", *words, profile=None)


def published(place, nodes, *words):
    outcome = publish(place, nodes, *words)
    check.assertEqual(outcome.status, 0, outcome)
    return outcome


def refused(place, nodes, *words, expect=1):
    return place.refusal("rollup", "--year", "2020", "--nodes",
                         write_nodes(place, nodes), "--publish", *words,
                         profile=None, expect=expect)


def releases(node):
    return [release["name"]
            for release in node.json("report", "releases")["releases"]]


def check_nothing_is_out(nodes):
    for node in nodes:
        check.assertEqual(releases(node), [], node.folder.name)


def publish_forbund(node, which):
    return (*PUBLISH, "--forbund", NAMES[which][1])


@story("Rollup.PublishOfManyNodesIsThatOfOneWithAll")
def publish_of_many_nodes_is_that_of_one_with_all(place):
    # Not in the order of their names.
    for which in 2, 0, 1:
        fill(place, which)
    name, number = NAMES[0]
    seal(place, number)
    one = place.run(*PUBLISH, profile="national")
    check.assertEqual(one.status, 0, one)
    with nodes_of(place, 0, 1, 2) as nodes:
        seal(nodes[0], number)
        write_key(place, nodes[0], number)
        many = published(place, nodes, "--proof", "proof.json")
        report = json.loads(many.out)
        check.assertEqual(figures(report), figures(json.loads(one.out)))
        check.assertTrue(report["published"])
        check.assertEqual(report["sources"], [], "who the nodes are is told")
        check.assertEqual(report["participants"]["base"]["total"], 3 * 68)
        check.assertIn('"withheld": ["', json.dumps(report),
                       "nothing is withheld")
        withheld = one.err.splitlines()[1]
        check.assertTrue(withheld.startswith("Av "), one)
        lines = many.err.splitlines()
        check.assertIn(withheld, lines)
        check.assertIn(f"Publicerad: {NATION} (revision 1), av 3 förbund. "
                       "Finns på alla noder (3).", lines)
        check.assertIn(f"Fastställda (1): {name}.", lines)

        again = published(place, list(reversed(nodes)))
        check.assertEqual(again.out, many.out, "not the same bytes")
        check.assertTrue(again.err.startswith(
            f"Publicerad tidigare, och står kvar: {NATION} "), again)
        for i, node in enumerate(nodes):
            check.assertEqual(
                node.stegvis("report", "release", NATION, "--format", "json"),
                many.out)
            check.assertEqual(node.refusal(*publish_forbund(node, i)),
                              OTHER_LEVEL)
            standing = node.run(*PUBLISH, profile="national")
            check.assertEqual(standing.out, many.out, standing)
            check.assertIn(f"står kvar: {NATION} ", standing.err)
            check.assertEqual(releases(node), [NATION])
            check.assertIn(
                "gjordes med stegvis rollup, av flera noder",
                node.refusal("report", "proof", NATION, "-o", "node.json"))


@story("Rollup.PublishKeepsAProofThatIsCheckedWithoutAKey")
def publish_keeps_a_proof_that_is_checked_without_a_key(place):
    with nodes_of(place, 0, 1) as nodes:
        said = published(place, nodes, "--proof", "proof.json").err
        check.assertIn("Beviset innehåller sanna antal", said)
        proof = place.parent / "proof.json"
        check.assertEqual(stat.S_IMODE(proof.stat().st_mode), 0o600)
        envelope = json.loads(proof.read_text())
        check.assertEqual(set(envelope), {"payloadType", "payload"})
        place.stop()
        verify = ("report", "verify", "proof.json")
        told = place.stegvis(*verify, profile=None)
        check.assertTrue(told.startswith(
            "Beviset är inte undertecknat: vem som gjort det, och om det "
            "ändrats, går inte att se.\n"), told)
        check.assertIn(NATION, told)
        check.assertRegex(told, r"(?m)^([1-9]\d*) av \1 små antal är bevisade "
                                r"genom addition")
        content = place.json(*verify, profile=None)
        check.assertEqual(content["truth"]["participants"]["base"]["total"],
                          2 * 68)

        # A key proves nothing of what nobody signed.
        nodes[0].stegvis("report", "key", "--forbund", NAMES[0][1], "-o",
                         "key.pem")
        check.assertIn("proof.json: Filen är varken", place.refusal(
            *verify, "--key", "key.pem", profile=None))
        # And whoever signs is asked for the key.
        signed = envelope | {"signatures": [{"keyid": "x", "sig": "eHh4"}]}
        place.write("signed.json", json.dumps(signed))
        check.assertIn("--key saknas", place.refusal(
            "report", "verify", "signed.json", profile=None, expect=2))

        # Of the one that stands no new proof is written, and none is lost.
        kept = proof.read_text()
        again = published(place, nodes, "--proof", "proof.json")
        check.assertIn("Beviset finns sedan publiceringen gjordes: "
                       "proof.json.", again.err)
        check.assertEqual(proof.read_text(), kept)
        other = published(place, nodes, "--proof", "other.json")
        check.assertIn("Det är inte other.json.", other.err)
        check.assertFalse((place.parent / "other.json").exists(),
                          "a proof was made again")


@story("Rollup.PublishAgainTellsTheNodeThatLacksIt")
def publish_again_tells_the_node_that_lacks_it(place):
    with nodes_of(place, 0, 1, 2) as nodes:
        first = published(place, nodes[:2])
        check.assertEqual(releases(nodes[2]), [])
        again = published(place, nodes)
        check.assertEqual(again.out, first.out, "not the same bytes")
        check.assertIn("av 2 förbund. Finns på alla noder (3).", again.err)
        check.assertEqual(releases(nodes[2]), [NATION])
        check.assertEqual(nodes[2].refusal(*publish_forbund(nodes[2], 2)),
                          OTHER_LEVEL)


@story("Rollup.PublishRefusesUnlessEverybodyIsThere")
def publish_refuses_unless_everybody_is_there(place):
    with nodes_of(place, 0, 1) as nodes:
        whole = ("Inget är publicerat, för alla förbund måste vara med: "
                 "annars visar nästa publicering det som fattas. SAKNAS: ")
        name, number = NAMES[2]
        listed = [nodes[0], (nodes[1], {"forbund": [NAMES[1][1], number]})]
        check.assertEqual(
            refused(place, listed),
            f"{whole}{number}: noden {address_of(nodes[1])} har inte "
            "förbundet. Rätta nodlistan.")
        seal(nodes[0], NAMES[0][1])
        check.assertIn(
            f"{whole}{NAMES[0][0]} ({NAMES[0][1]}): nyckeln "
            f"keys/{NAMES[0][1]}.pem saknas", refused(place, nodes))
        check_nothing_is_out(nodes)

        address = address_of(nodes[1])
        nodes[1].stop()
        check.assertTrue(refused(place, nodes, *DEADLINE).startswith(
            f"Inget är publicerat: noden {address} svarade inte i tid"))
        check_nothing_is_out(nodes[:1])
        nodes[1].start()


@story("Rollup.PublishRefusesBesideTheReleaseOfAForbund")
def publish_refuses_beside_the_release_of_a_forbund(place):
    with nodes_of(place, 0, 1) as nodes:
        nodes[1].stegvis(*publish_forbund(nodes[1], 1))
        check.assertEqual(
            refused(place, nodes, "--proof", "proof.json"),
            f"Inget är publicerat: noden {address_of(nodes[1])} nekar: "
            f"{OTHER_LEVEL}")
        check_nothing_is_out(nodes[:1])
        check.assertFalse((place.parent / "proof.json").exists(),
                          "true counts were kept")


@story("Rollup.PublishRefusesWhereNodesHaveDifferentOnes")
def publish_refuses_where_nodes_have_different_ones(place):
    with nodes_of(place, 0, 1) as nodes:
        for node in nodes:
            node.stegvis(*PUBLISH, profile="national")
        check.assertEqual(
            refused(place, nodes),
            f"Noderna {address_of(nodes[0])} och {address_of(nodes[1])} har "
            "publicerat olika för hela landet. Hör av dig till förvaltningen "
            "av Stegvis.")


class ProxyUntil(Proxy):
    """Kills its node when it is called once more than so many times."""

    def __init__(self, node, connections):
        self.left = connections
        super().__init__(node)

    def _connected(self):
        self.left -= 1
        if self.left < 0:
            self._kill()
        return self.left >= 0


# A rollup asks what is out, asks for reports, tries to announce, and announces:
# to the node with the first address alone, then to the others.
STEPS = 4


@story("Rollup.PublishIsCompletedAfterANodeWasKilled")
def publish_is_completed_after_a_node_was_killed(place):
    with nodes_of(place, 0, 1) as nodes:
        told, cut = sorted((ProxyUntil(node, 1000) for node in nodes),
                           key=lambda gate: gate.address)
        cut.left = STEPS - 1
        outcome = publish(place, [(gate.node, {"address": gate.address})
                                  for gate in (told, cut)],
                          *DEADLINE, "-o", "nation.json", "--proof",
                          "proof.json")
        check.assertEqual(cut.left, -1, "it was not called so often")
        check.assertEqual((outcome.status, outcome.out), (1, ""), outcome)
        line = outcome.err.splitlines()[-1]
        check.assertIn("Publiceringen är inte klar: noden "
                       f"{cut.address} svarade inte i tid", line)
        check.assertTrue(line.endswith(
            "Kör samma kommando igen när det är åtgärdat, så görs den klar."),
            line)
        check.assertFalse((place.parent / "nation.json").exists(),
                          "it was let out before every node knew of it")
        check.assertEqual(releases(told.node), [NATION])

        cut.node.start()
        check_nothing_is_out([cut.node])
        # Its proof is there, and what is let out is what it proves.
        proof = place.json("report", "verify", "proof.json", profile=None)
        report = published(place, nodes)
        check.assertEqual(json.loads(report.out), proof["release"]["report"])
        check.assertEqual(releases(cut.node), [NATION])
        check.assertEqual(published(place, nodes).out, report.out)


@story("Rollup.PublishNamesTheCountsThatStandInTheWay")
def publish_names_the_counts_that_stand_in_the_way(place):
    with another(place, "node0") as node:
        fill(node, 0, ALIKE)
        outcome = publish(place, [node], "--proof", "proof.json")
        check.assertEqual((outcome.status, outcome.out), (1, ""), outcome)
        lines = outcome.err.splitlines()
        named = lines.index("De här antalen skulle gå att räkna ut. Bara för "
                            "er som publicerar:")
        check.assertIn("  support.sjukpenning.before/total", lines[named:])
        check.assertIn("Inget är publicerat", lines[-1])
        check_nothing_is_out([node])
        check.assertFalse((place.parent / "proof.json").exists())


@story("Rollup.PublishIsForThoseWhoMayAtEveryNode")
def publish_is_for_those_who_may_at_every_node(place):
    with nodes_of(place, 0, 1) as nodes:
        role = ("--user", "national", "--forbund", "alla", "--role")
        nodes[1].stegvis("user", "grant", *role, "analyst")
        nodes[1].stegvis("user", "revoke", *role, "national")
        check.assertEqual(
            refused(place, nodes, "--proof", "proof.json"),
            f"Inget är publicerat: noden {address_of(nodes[1])} nekar: Det här "
            "får du inte göra, eller så finns det inte. Be förbundets "
            "administratör om rätt roll.")
        check_nothing_is_out(nodes)
        check.assertFalse((place.parent / "proof.json").exists(),
                          "true counts were kept")


@story("Rollup.PublishIsRefusedWhileARecordIsUnreadable")
def publish_is_refused_while_a_record_is_unreadable(place):
    with nodes_of(place, 0, 1) as nodes:
        nodes[1].stop()
        connection = sqlite3.connect(nodes[1].folder / "data/stegvis.db")
        connection.execute("UPDATE participation_version "
                           "SET recorded_at = recorded_at + 1 "
                           "WHERE participation_id = (SELECT MIN("
                           "participation_id) FROM participation_version)")
        connection.commit()
        connection.close()
        nodes[1].start()
        check.assertEqual(
            refused(place, nodes),
            f"{NAMES[1][0]}, noden {address_of(nodes[1])}: Poster går inte att "
            "öppna, så inget kan fastställas eller publiceras. Larma driften, "
            "som återställer dem ur en säkerhetskopia.")
        check_nothing_is_out(nodes)


@story("Rollup.PublishTakesNoChoices")
def publish_takes_no_choices(place):
    for words, line in (
            (("--by", "kommun"),
             "--by KOMMUN: det som publiceras delas inte upp på kommun, för "
             "grupperna blir för små. Utelämna den."),
            (("--by", "INSATS"),
             "--by INSATS: det som publiceras för hela landet visar inga "
             "enskilda insatser. Publicera ett förbund i stället: stegvis "
             "report --publish."),
            (("--by", "FARG"), "--by FARG: dimensionen finns inte. Se stegvis "
                               "rollup --help."),
            (("--previous", "2019.json"),
             "--previous går inte med --publish: det som publiceras är lika "
             "för alla. Utelämna --previous."),
            (("--format", "xlsx"),
             "En arbetsbok (--format xlsx) skrivs till en fil: ange -o FIL.")):
        check.assertEqual(refused(place, [place], *words, expect=2), line)
    nodes = write_nodes(place, [place])
    check.assertEqual(
        place.refusal("rollup", "--year", "2020", "--nodes", nodes, "--proof",
                      "proof.json", profile=None, expect=2),
        "--proof är beviset för det som publiceras. Ange --publish också, "
        "eller utelämna --proof.")
    check.assertEqual(
        place.refusal("rollup", "--year", "2199", "--nodes", nodes,
                      "--publish", profile=None),
        "Året är inte slut. Fastställ eller publicera rapporten när året har "
        "gått ut.")
    check.assertEqual(
        refused(place, [place]),
        "Inget är publicerat: ingen deltog det året på någon nod. Kontrollera "
        "--year och nodlistan.")
