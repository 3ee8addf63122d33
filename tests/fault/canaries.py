"""Marked people go through every command and every error that a client can
bring about; afterwards nothing that the server wrote anywhere says anything of
them, and nothing that it holds in memory gives the key source away.
"""

import os
import re
import resource
import shutil
import signal
from pathlib import Path

from people import a_number, invented_numbers
from setting import (FORBUND_NUMBER, INSATS, OF_FORBUND, a_row, csv_text,
                     make_everything)
from stories import check, story
from traces import Traces, forms_of_number, forms_of_text

NAMES = ["Kanariefågel Testsson", "Gulnäbb Prövare"]
SAID = ["Pärm-Zeppelin-77", "Svarskanarien sjunger", "Förklarande gulsparv",
        "Holken vid Åsgatan"]
QUESTION = "Hur gick det?"
NUMBER_QUESTION = "Hur ofta?"
VOLUME = "Öppna kursen"
ORG_NUMBER = "222000-0018"
COPY, RESTORED = "kopia", "aterstalld"

SHOWING = [("participant", "reveal"), ("participant", "extract")]

# The reasons of reasons.proto that no command can bring about here.
NOT_PROVOKED = {
    "UNSPECIFIED": "never given",
    # The client checks or makes it itself; tests/fuzz sends them.
    **dict.fromkeys(
        ["TOO_MANY", "NOT_UTF8", "UNKNOWN_FIELD", "NAME_INVALID",
         "PAGE_TOKEN_MISMATCH", "REQUEST_ID_INVALID", "REQUEST_ID_REUSED",
         "TOO_MANY_ROWS", "CANCELLED", "DEADLINE_EXCEEDED", "ETAG_STALE",
         "FINDING_NOT_FOUND", "FACTS_BEHIND", "IMMUTABLE", "QUESTION_UNKNOWN",
         "REGISTERED_TIME_NOT_ALLOWED", "RETENTION_NOT_PASSED"],
        "no command sends it"),
    "CODE_NOT_IN_FORCE": "no code has gone out of force yet",
    # Nothing about people is near; other tests bring them about.
    **dict.fromkeys(
        ["SCHEMA_TOO_NEW", "SCHEMA_CHANGED", "DATABASE_IN_USE",
         "KEY_SOURCE_MISSING", "KEY_SOURCE_UNREADABLE", "KEY_SOURCE_WRONG",
         "CONFIGURATION_INVALID", "FOLDER_NOT_EMPTY", "FILE_UNWRITABLE",
         "ERASURES_BROKEN", "KEY_SHARE_GROUP_WRONG", "KEY_SHARE_INCOMPLETE",
         "KEY_SHARE_UNREADABLE", "KEY_SHARES_TOO_FEW", "KEY_SHARES_MIXED",
         "KEY_SHARE_TWICE", "KEY_SHARES_WRONG", "KEY_SOURCE_EXISTS",
         "FILE_UNREADABLE", "KEYS_ROTATING", "ERASURES_OLDER",
         "BACKUP_DAMAGED", "ENVELOPE_INVALID", "PUBLIC_KEY_INVALID",
         "KEY_DIFFERS", "SIGNATURE_INVALID", "FORMAT_TOO_NEW"],
        "of work on files and of the start"),
    "CERTIFICATE_MISSING": "there is no connection without one",
    "DISK_FULL": "tests/fault/disk_full.py",
    "DATABASE_AWAY": "tests/fault/statements_test.cc",
    "RECORD_UNREADABLE": "tests/contract/tampering_test.cc",
    "UNREADABLE_RECORDS": "tests/golden/cli/sealed_report.py",
    "RELEASE_UNDER_WAY": "it takes two at once, of more people than are here",
    "RELEASE_UNSAFE": "tests/golden/cli/publication.py",
    "RELEASE_OF_OTHER_LEVEL": "tests/flow/rollup_publication.py does",
    **dict.fromkeys(["RELEASE_DIFFERS", "PROOF_ELSEWHERE"],
                    "it takes two nodes: tests/flow/rollup_publication.py"),
    "RELEASE_INVALID": "no command sends it",
    "WHOLE_DAYS_ONLY": "services/handlers/outcome_handler_test.cc",
    "SHUTTING_DOWN": "tests/flow/serving_test.cc",
    "BUG": "there is none that we know of",
}


class Aviary:
    """An installation, its people, and what is done to them."""

    def __init__(self, place):
        self.place = place
        self.numbers = invented_numbers(14)
        self.free = iter(self.numbers)
        self.child = a_number("20190505", 238)
        self.names = NAMES + sum([name.split() for name in NAMES], [])
        self.traces = Traces([*self.numbers, self.child],
                             self.names + SAID)
        self.reasons = set()
        self.scratch = place.parent / "scratch"
        self.scratch.mkdir()

    def restart(self):
        """With a folder for temporary files of its own."""
        self.place.stop()
        os.environ["TMPDIR"] = str(self.scratch)
        self.place.start()

    def do(self, *words, **options):
        """Any command, whatever becomes of it."""
        options.setdefault("profile", "samordnare")
        return self.place.run(*words, **options)

    def must(self, *words, **options):
        options.setdefault("profile", "samordnare")
        return self.place.json(*words, **options)

    def refuse(self, *words, **options):
        outcome = self.do(*words, **options)
        check.assertIn(outcome.status, (1, 2), outcome)

    def register(self, number, *words, insats=INSATS, date="2020-02-03"):
        return ("participant", "register", *OF_FORBUND, "--insats", insats,
                "--consent", "2020-01-02", "--entry", date, "--support",
                "sjukpenning", *words), {"stdin": f"{number}\n{NAMES[0]}\n"}

    def take_in(self, rows, *words, kind="participants", profile="import"):
        """An import; the reasons of its refused rows are kept."""
        file = self.place.write("rows.csv", csv_text(rows))
        outcome = self.do("import", kind, file, "--format", "json", *words,
                          profile=profile)
        check.assertIn(outcome.status, (0, 1, 3), outcome)
        self.reasons |= set(re.findall(r'"reason": ?"([A-Z_0-9]+)"',
                                       outcome.out))

    def provoked(self):
        logged = re.findall(r"reason=([A-Z_0-9]+)", self.place.log.read_text())
        return self.reasons | set(logged)

    # ------------------------------------------------------------ the search

    def faults(self):
        printed = "".join(outcome.err for outcome in self.place.outcomes)
        # Who somebody is stands on stdout only where that is asked for.
        shown = "".join(outcome.out for outcome in self.place.outcomes
                        if outcome.words[:2] not in SHOWING)
        files = [*self.place.files(),
                 *(p for folder in (self.scratch, self.place.parent / COPY,
                                    self.place.parent / RESTORED)
                   for p in folder.rglob("*") if p.is_file())]
        return (self.traces.in_files(files) +
                self.traces.in_bytes(printed.encode(), "stderr") +
                Traces(self.numbers, self.names).in_bytes(shown.encode(),
                                                          "stdout"))

    def open_files_faults(self):
        """Of files that the server has open, also those without a name."""
        faults = []
        for link in Path(f"/proc/{self.place.server.pid}/fd").iterdir():
            target = os.readlink(link)
            if target.endswith(" (deleted)"):
                faults += self.traces.in_bytes(link.read_bytes(), target)
        return faults


EXIT = {"ut_datum": "2020-06-01", "avslutsanledning": "enligt_plan",
        "ut_forsorjning": "sjukpenning"}


def an_exit(date="2020-06-01", reason="enligt_plan"):
    return ("--date", date, "--reason", reason, "--support",
            "ingen_offentlig", "--work", "20")


def go_through_participations(nest):
    words, options = nest.register(
        next(nest.free), "--with-name", "--consent-ref", SAID[0], "--answer",
        f"{QUESTION}={SAID[1]}")
    name = nest.must(*words, **options)["name"]
    nest.refuse("participant", "follow-up", name, "--months", "6", "--date",
                "2020-12-01", "--support", "sjukpenning")
    nest.must("participant", "exit", name, *an_exit())
    nest.refuse("participant", "exit", name, *an_exit())
    six = ("participant", "follow-up", name, "--months", "6", "--support",
           "sjukpenning", "--date")
    nest.refuse(*six, "2020-05-01")
    nest.must(*six, "2020-12-01")
    nest.refuse(*six, "2020-12-01")
    shown = nest.must("participant", "show", name)
    for finding in shown["findings"]:
        nest.must("participant", "acknowledge", name, "--kind",
                  finding["kind"], "--why", SAID[2])
    correct = ("participant", "correct", name, "--reason", "skrivfel")
    nest.must(*correct, "--moment", "in", "--answer", f"{QUESTION}={SAID[1]}")
    nest.must(*correct, "--moment", "nummer", "--with-name",
              stdin=f"{next(nest.free)}\n{NAMES[1]}\n")
    nest.refuse(*correct, "--moment", "in", "--date", "2020-07-01")
    nest.refuse(*correct, "--moment", "ut", "--date", "2999-07-01")
    nest.refuse(*correct, "--moment", "in", "--support", "nytt_stod")
    nest.refuse(*correct, "--moment", "in", "--work", "999")
    nest.refuse(*correct, "--moment", "in", "--support", "sjukpenning:900")
    return name


def go_through_registrations(nest):
    number = next(nest.free)

    def refuse(number, *words, **options):
        words, more = nest.register(number, *words, **options)
        nest.refuse(*words, **more)

    words, options = nest.register(number, "--with-name")
    name = nest.must(*words, **options)["name"]
    refuse(number, date="2020-03-03")
    refuse(number[:-1] + str((int(number[-1]) + 1) % 10))
    refuse(number[:-2])
    refuse(number, insats=VOLUME)
    refuse(number, date="2150-01-01")
    refuse(number, date="2020-13-01")
    refuse(nest.child, date="2018-01-01")
    refuse(number, "--answer", f"{NUMBER_QUESTION}={SAID[1]}")
    refuse(number, "--answer", f"Fanns inte?={SAID[1]}")
    refuse(number, "--consent-ref", SAID[0] * 300)
    nest.do(*words, **options)
    nest.do(*words, "--dry-run", **options)
    # Wrongly registered, and then touched again.
    nest.must("participant", "exit", name, *an_exit(reason="felregistrering"))
    nest.refuse("participant", "follow-up", name, "--months", "6", "--date",
                "2020-12-01", "--support", "sjukpenning")
    words, options = nest.register(next(nest.free), "--with-name")
    dead = nest.must(*words, **options)["name"]
    nest.must("participant", "exit", dead, "--date", "2020-06-01", "--reason",
              "avliden")
    nest.refuse("participant", "follow-up", dead, "--months", "6", "--date",
                "2020-12-01", "--support", "sjukpenning")


def go_through_imports(nest):
    first, second, third, old, others = [next(nest.free) for _ in range(5)]
    words, options = nest.register(others, "--with-name")
    nest.must(*words, **options)
    marked = {"samtycke_ref": SAID[0], "namn": NAMES[1],
              f"fraga:{QUESTION}": SAID[1]}
    rows = [a_row(first, **marked),
            a_row(second, ut_datum="2019-01-01",
                  avslutsanledning="enligt_plan", **marked),
            a_row(second, skyddad="ja", **marked),
            a_row(second, samtycke="", **marked),
            a_row(second, in_datum="2012-01-01", **marked),
            a_row(second, in_forsorjning="ingen_offentlig|sjukpenning"),
            a_row(second[:-1], **marked), a_row(second + "9", **marked),
            a_row(first, insats=VOLUME, **marked),
            a_row(first, **{**marked, "in_forsorjning": "aktivitetsstod"}),
            a_row(first, kommun="9999", **marked),
            a_row(others, **EXIT, **marked),
            a_row(third, uppf6_datum="2020-12-01",
                  uppf6_forsorjning="sjukpenning",
                  **{**EXIT, "avslutsanledning": "avliden"}, **marked),
            a_row(third, **{**EXIT, "avslutsanledning": "felregistrering"},
                  **marked),
            a_row(third, uppf6_datum="2020-05-01",
                  uppf6_forsorjning="sjukpenning", **EXIT, **marked),
            a_row(third, in_forsorjning="sjukpenning|sjukpenning", **marked)]
    nest.take_in(rows, "--dry-run")
    nest.take_in(rows)
    nest.take_in(rows)
    moment = {"registrerad": "2020-02-05T12:00:00Z"}
    nest.take_in([a_row(old, **marked, **moment)], "--migrate",
                 profile="admin")
    nest.take_in([a_row(old, **marked, registrerad="2020-02-04T12:00:00Z",
                        utbildning="gymnasium")], "--migrate",
                 profile="admin")
    nest.take_in([a_row(old, **marked, registrerad="")], "--migrate",
                 profile="admin")
    nest.take_in([a_row(old, **marked)], profile="national")
    nest.do("import", "participants", nest.place.write(
        "broken.csv", f'forbund;personnummer\n"{first};{NAMES[0]}'),
        profile="import")
    nest.take_in([{"forbund": FORBUND_NUMBER, "insats": INSATS,
                   "typ": "anonym", "ar": "2020", "kvinnor": "1", "man": "2"},
                  {"forbund": FORBUND_NUMBER, "insats": INSATS,
                   "typ": "volym", "ar": "2020", "antal": "3"},
                  {"forbund": FORBUND_NUMBER, "insats": VOLUME,
                   "typ": "volym", "ar": "2020", "antal": "9",
                   "kvinnor": "1", "man": "2"}], kind="counts")
    nest.take_in([{"forbund": FORBUND_NUMBER, "namn": INSATS,
                   "startdatum": "2017-01-01", "inriktning": "individ",
                   "fokus": "forberedande", "malgrupp": "ovriga",
                   "metod": "person"}], kind="insatser", profile="admin")


def go_through_people(nest, name):
    number = nest.numbers[1]
    find = ("participant", "find", *OF_FORBUND)
    nest.must(*find, stdin=number + "\n")
    nest.refuse(*find, stdin=number + "\n", profile="admin")
    nest.refuse(*find, stdin=number[:-2] + "\n")
    nest.must("participant", "reveal", name, "--purpose", "uppfoljning")
    nest.refuse("participant", "reveal", name, "--purpose", "nyfikenhet")
    nest.refuse("participant", "reveal", name, "--purpose", "uppfoljning",
                profile="import")
    extract = ("participant", "extract", *OF_FORBUND)
    nest.do(*extract, stdin=number + "\n", profile="dataskydd")
    nest.refuse(*extract, stdin=number + "\n")
    nest.do("participant", "consent-form", *OF_FORBUND, "--insats", INSATS)
    for listed in (), ("--due",):
        nest.do("participant", "list", *OF_FORBUND, *listed)
    nest.do("forbund", "export", *OF_FORBUND, "-o", "everything",
            "--identities", profile="dataskydd")
    nest.refuse("forbund", "export", *OF_FORBUND, "-o", "more", "--identities")


def go_through_erasures(nest, name):
    by_samordnare = ("participant", "withdraw-consent", name)
    nest.refuse(*by_samordnare, profile="national")
    nest.must(*by_samordnare)
    nest.refuse("participant", "show", name)
    # Whoever has withdrawn stays out with an older consent.
    words, options = nest.register(nest.numbers[1], "--with-name")
    nest.refuse(*words, **options)
    other = next(nest.free)
    words, options = nest.register(other, "--with-name")
    erased = nest.must(*words, **options)["name"]
    nest.refuse("participant", "erase", erased, "--reason", "gallring",
                profile="dataskydd")
    nest.must("participant", "erase", erased, "--reason", "begaran",
              profile="dataskydd")
    keep_for(nest.place, 12)
    nest.do("retention", "run", *OF_FORBUND, "--dry-run", profile="dataskydd")
    nest.do("retention", "run", *OF_FORBUND, profile="dataskydd")


def go_through_backups(nest):
    """With everybody in them; good ones, and those that are refused."""
    def admin(*words, **options):
        return nest.do(*words, profile="admin", **options)
    source = ("--key-source", str(nest.place.folder / "key-source"))
    listed = ("--erasures", str(nest.place.folder / "data/erasures.log"))
    admin("keys", "status")
    check.assertEqual(admin("keys", "rotate").status, 0)
    check.assertEqual(admin("backup", COPY).status, 0)
    nest.refuse("backup", "more")
    admin("backup", COPY)
    check.assertEqual(admin("backup", "--verify", COPY, *source).status, 0)
    restore = ("restore", COPY, RESTORED, *source, *listed)
    check.assertEqual(admin(*restore).status, 0)
    admin(*restore)
    broken = nest.place.parent / "broken-copy"
    shutil.copytree(nest.place.parent / COPY, broken)
    whole = (broken / "stegvis.backup").read_bytes()
    (broken / "stegvis.backup").write_bytes(whole[:-300])
    nest.refuse("backup", "--verify", str(broken), *source)


def go_through_sealed_reports(nest):
    """Two revisions of a year with erased people in it."""
    def admin(*words, **options):
        return nest.do(*words, profile="admin", **options)
    seal = ("report", "seal", *OF_FORBUND, "--year")
    admin(*seal, "2199")
    check.assertEqual(admin(*seal, "2020", "-o", "first.json").status, 0)
    admin("count", "set", *OF_FORBUND, "--year", "2020", "--insats", INSATS,
          "--kind", "anonym", "--women", "5", "--men", "5")
    second = nest.must(*seal, "2020", profile="admin")["report"]["name"]
    check.assertTrue(second.endswith("-r2"), second)
    admin("report", "list")
    admin("report", "fetch", second, "-o", "second.json")
    admin("report", "key", *OF_FORBUND, "-o", "public.pem")
    admin("report", "verify", "second.json", "--key", "public.pem")
    for words in ("differences", second), ("recompute", second):
        check.assertEqual(admin("report", *words).status, 0)


def go_through_releases(nest):
    """Of the förbund, with everything that is kept."""
    def admin(*words):
        outcome = nest.do("report", *words, profile="admin")
        check.assertEqual(outcome.status, 0, outcome)
    publish = ("--year", "2020", "--publish", "--format", "html")
    admin(*publish, *OF_FORBUND, "-o", "release.html")
    admin(*publish, "-o", "nation.html")
    admin("releases")
    for release in nest.must("report", "releases", profile="admin")["releases"]:
        admin("release", release["name"], "--by", "SEX")
        admin("proof", release["name"], "-o", "proof.json", "--key-file",
              "proof.pem")
        admin("verify", "proof.json", "--key", "proof.pem")


def go_through_a_rollup(nest):
    """Of one node, this one."""
    profiles = nest.place.folder / "profiles"
    node = re.sub(r'(?m)^(ca|cert|key) *= *"(.*)"$',
                  lambda found: f'{found[1]} = "{profiles / found[2]}"',
                  (profiles / "national.toml").read_text())
    nest.place.write("nodes.toml",
                     f'[[node]]\nforbund = ["{FORBUND_NUMBER}"]\n{node}')
    (nest.place.parent / "keys").mkdir()
    nest.do("report", "key", *OF_FORBUND, "-o", f"keys/{FORBUND_NUMBER}.pem",
            profile="national")
    outcome = nest.do("rollup", "--year", "2020", "--nodes", "nodes.toml",
                      "--by", "SEX", profile=None)
    check.assertEqual(outcome.status, 0, outcome)
    # A förbund's own is out for 2020.
    publish = ("--nodes", "nodes.toml", "--publish", "--proof", "sum.json")
    nest.refuse("rollup", "--year", "2020", *publish, profile=None)
    nest.do("rollup", "--year", "2019", *publish, profile=None)


def go_through_the_rest(nest):
    """What is not about a person, beside people's data all the same."""
    def admin(*words, **options):
        return nest.do(*words, profile="admin", **options)
    admin("forbund", "create", "--name", "Norr", "--org-number", ORG_NUMBER,
          "--start", "2015-01-01")
    admin("forbund", "create", "--name", "Norr", "--org-number", ORG_NUMBER,
          "--start", "2015-01-01")
    # A person's number where an organisation's belongs.
    admin("forbund", "create", "--name", "Syd", "--org-number",
          nest.numbers[0][2:8] + "-" + nest.numbers[0][8:], "--start",
          "2015-01-01")
    admin("forbund", "update", *OF_FORBUND, "--contact", SAID[3])
    admin("forbund", "list")
    admin("forbund", "show", *OF_FORBUND)
    admin("insats", "create", *OF_FORBUND, "--name", INSATS, "--start",
          "2016-01-01", "--orientation", "individ", "--focus", "forberedande",
          "--target-group", "ovriga", "--method", "person")
    admin("insats", "create", *OF_FORBUND, "--name", "Nät", "--start",
          "2016-01-01", "--orientation", "struktur", "--focus",
          "utbildning", "--target-group", "ovriga", "--method", "person")
    one = ("--insats", INSATS, *OF_FORBUND)
    admin("insats", "update", *one, "--description", "Ny text")
    admin("insats", "list", *OF_FORBUND)
    admin("insats", "show", *one)
    admin("insats", "end", *one, "--date", "2016-06-01")
    admin("insats", "suggest-method", "--structural", "ja", "--steered", "ja",
          "--team", "ja")
    admin("question", "add", *OF_FORBUND, "--text", QUESTION, "--type", "text",
          "--start", "2015-01-01", "--asked", "in")
    admin("question", "list", *OF_FORBUND)
    admin("question", "end", *OF_FORBUND, "--text", QUESTION, "--date",
          "2030-01-01")
    role = ("--user", "samordnare", *OF_FORBUND, "--role")
    admin("user", "grant", *role, "forbund_admin")
    admin("user", "grant", "--user", "extra", *OF_FORBUND, "--role", "analyst")
    admin("user", "revoke", "--user", "extra", *OF_FORBUND, "--role",
          "analyst")
    admin("user", "list")
    count = ("count", "set", *OF_FORBUND, "--year", "2020", "--insats")
    admin(*count, INSATS, "--kind", "anonym", "--women", "2", "--men", "1")
    admin(*count, INSATS, "--kind", "volym", "--total", "2")
    admin(*count, VOLUME, "--kind", "anonym", "--women", "2", "--men", "1")
    admin("count", "list", *OF_FORBUND, "--insats", INSATS)
    for words in (("--year", "2020"), ("--year", "2020", "--by", "FARG"),
                  ("--year", "2020", "--where", f"KOMMUN={nest.numbers[0]}"),
                  ("--year", "2020", "--where", f"FARG={NAMES[0]}")):
        nest.do("report", *words, profile="national")
    go_through_sealed_reports(nest)
    go_through_releases(nest)
    go_through_a_rollup(nest)
    nest.do("codes", "list")
    admin("status")
    for words in (("list",), ("head", "-o", "heads.json"),
                  ("verify", "--head", "heads.json")):
        nest.do("audit", *words, profile="dataskydd")
    admin("keys", "share", "--of", "2", "--need", "2", "-o", "shares")
    admin("keys", "drill", "shares/andel-1.txt", "shares/andel-2.txt")
    admin("keys", "recover", "--key-source", "again", "shares/andel-1.txt",
          "shares/andel-2.txt")
    nest.do("demo", "generate", "--seed", "1", "--scale", "1", "demo")
    nest.take_in([{"namn": "Väst", "organisationsnummer": "1"}],
                 kind="forbund", profile="admin")


def commands_of(place, *words):
    """Every command there is, by what help says."""
    told = place.stegvis(*words, "--help", profile=None)
    part = told.partition("\nKommandon:\n")[2].partition("\n\n")[0]
    names = re.findall(r"(?m)^  (\S+)", part)
    if not names:
        return {words}
    return set().union(*(commands_of(place, *words, name) for name in names))


def keep_for(place, months):
    place.stegvis("forbund", "update", *OF_FORBUND, "--retention-months",
                  str(months))


def make_ready(place):
    make_everything(place)
    keep_for(place, 240)
    place.stegvis("insats", "create", *OF_FORBUND, "--name", VOLUME,
                  "--start", "2016-01-01", "--orientation", "individ",
                  "--focus", "forberedande", "--target-group", "ovriga",
                  "--method", "volym")
    place.stegvis("user", "grant", "--user", "samordnare", "--role",
                  "samordnare", *OF_FORBUND, "--insats", VOLUME)
    place.stegvis("question", "add", *OF_FORBUND, "--text", QUESTION,
                  "--type", "text", "--start", "2015-01-01", "--asked", "in")
    place.stegvis("question", "add", *OF_FORBUND, "--text", NUMBER_QUESTION,
                  "--type", "tal", "--start", "2015-01-01", "--asked", "in")


def reasons_there_are(place):
    proto = Path(__file__).parents[2] / "proto/stegvis/v1/reasons.proto"
    return set(re.findall(r"(?m)^  REASON_(\w+) = ", proto.read_text()))


@story("Canaries.GoThroughEverythingAndAreFoundNowhere")
def canaries_go_through_everything(place):
    nest = Aviary(place)
    nest.restart()
    make_ready(place)
    name = go_through_participations(nest)
    go_through_registrations(nest)
    go_through_imports(nest)
    go_through_people(nest, name)
    go_through_backups(nest)
    go_through_erasures(nest, name)
    go_through_the_rest(nest)

    faults = nest.faults() + nest.open_files_faults()
    place.kill()
    faults += nest.faults()
    check.assertEqual(faults, [])

    ran = {outcome.words[:n] for outcome in place.outcomes for n in (1, 2)}
    check.assertEqual(commands_of(place) - ran, set(), "not gone through")
    provoked = nest.provoked()
    there_are = reasons_there_are(place)
    check.assertEqual(there_are - provoked - set(NOT_PROVOKED), set(),
                      "neither provoked nor explained")
    check.assertEqual(provoked & set(NOT_PROVOKED), set(),
                      "provoked after all")
    # What was searched is there.
    place.start()
    people = place.json("report", "--year", "2020",
                        profile="national")["participants"]
    check.assertGreaterEqual(people["started"]["total"], 2)


@story("Canaries.EveryFormOfAMarkIsFoundWherePlanted")
def every_form_is_found(place):
    number, name = invented_numbers(1)[0], NAMES[0]
    traces = Traces([number], [name])
    planted = forms_of_number(number) | forms_of_text(name)
    check.assertGreater(len(planted), 100)
    for form in planted:
        around = os.urandom(64) + form + os.urandom(64)
        check.assertNotEqual(traces.in_bytes(around, "planted"), [],
                             "a form that is not found")
    for path in place.files():
        check.assertEqual(traces.in_bytes(path.read_bytes(), path.name), [])
    database = place.folder / "data/stegvis.db"
    database.write_bytes(database.read_bytes() + number.encode("utf-16-be"))
    check.assertEqual(len(traces.in_files(place.files())), 1)


def memory_of(pid):
    """What a process holds, region by region. Root alone may look."""
    regions = []
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            start, end = [int(part, 16) for part in
                          line.split()[0].split("-")]
            if line.split()[1][0] != "r" or "[v" in line:
                continue
            try:
                memory.seek(start)
                regions.append((line, memory.read(end - start)))
            except OSError:  # A guard page, or what is gone meanwhile.
                continue
    return regions


@story("Canaries.NoCoreIsDumpedWhateverTheLimit")
def no_core_is_dumped(place):
    place.stop()
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    place.start()
    process = place.server
    limits = Path(f"/proc/{process.pid}/limits").read_text()
    check.assertRegex(limits, r"(?m)^Max core file size +0 +0 ")
    os.kill(process.pid, signal.SIGSEGV)
    _, status = os.waitpid(process.pid, 0)
    process.returncode, place.server = -signal.SIGSEGV, None
    process.stdout.close()
    check.assertEqual(os.WTERMSIG(status), signal.SIGSEGV)
    check.assertFalse(os.WCOREDUMP(status), "a core was dumped")


def flags_of(pid):
    """What the kernel knows of each region, by where it begins."""
    text = Path(f"/proc/{pid}/smaps").read_text()
    return {int(region[1], 16): region[2].split() for region in re.finditer(
        r"(?ms)^([0-9a-f]+)-[0-9a-f]+ .*?^VmFlags:([ \w]*)$", text)}


@story("Canaries.TheKeySourceIsInMemoryOnceAndLocked")
def the_key_source_is_in_memory_once(place):
    nest = Aviary(place)
    make_ready(place)
    nest.take_in([a_row(number, namn=NAMES[0]) for number in nest.numbers])
    place.json("report", "--year", "2020", profile="national")
    text = (place.folder / "key-source").read_text().split()[-1]
    check.assertEqual(len(text), 64)
    regions = memory_of(place.server.pid)
    held = [line for line, content in regions
            if text.encode() in content or text.upper().encode() in content]
    check.assertEqual(held, [])
    found = [int(line.split("-")[0], 16) for line, content in regions
             for _ in range(content.count(bytes.fromhex(text)))]
    check.assertEqual(len(found), 1)
    flags = flags_of(place.server.pid)[found[0]]
    check.assertIn("dd", flags, "it would be in a dump")
    most, _ = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if most == resource.RLIM_INFINITY or most >= 2 ** 21:
        check.assertIn("lo", flags, "it may be swapped out")
