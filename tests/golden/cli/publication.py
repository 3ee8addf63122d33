"""stegvis report --publish and what belongs to it: what everybody may see, and
the proof that nobody can be told from it."""

import base64
import hashlib
import json
import subprocess

from people import a_number
from setting import (FORBUND, FORBUND_NUMBER, INSATS, OF_FORBUND, a_row,
                     csv_text, make_everything, squeezed)
from stories import check, story

YEAR = ("--year", "2020")
PUBLISH = ("report", *YEAR, *OF_FORBUND, "--publish")
NATION = ("report", *YEAR, "--publish")
OTHER, OTHER_NUMBER = "Samordningsförbundet Norr", "222000-0018"
PROOF_TYPE = "application/vnd.stegvis.release-proof+protobuf"
DIMENSIONS = {"SEX", "AGE_GROUP", "EDUCATION", "REFERRED_BY", "FOCUS",
              "TARGET_GROUP", "MONTHS_ON_SUPPORT", "FORBUND", "YEAR",
              "END_REASON"}
MAY_NOT = ("Det här får du inte göra, eller så finns det inte. Be förbundets "
           "administratör om rätt roll.")

# What came of people: the support before and after, hours of work after, and
# how many of each sex. Some are few.
OUTCOMES = [("sjukpenning", "ingen_offentlig", "40", 14, 12),
            ("sjukpenning", "sjukpenning", "", 9, 3),
            ("forsorjningsstod", "ingen_offentlig", "40", 8, 10),
            ("forsorjningsstod", "forsorjningsstod", "", 2, 7),
            ("aktivitetsstod", "studiestod", "", 1, 2)]


def an_ended(serial, before="sjukpenning", after="ingen_offentlig", work="40",
             forbund=FORBUND_NUMBER):
    """Somebody who began and ended in 2020; an even serial is a woman's."""
    return a_row(a_number("19800101", serial), forbund=forbund,
                 in_forsorjning=before, ut_datum="2020-09-01",
                 avslutsanledning="enligt_plan", ut_forsorjning=after,
                 ut_arbete=work)


def enter(place, rows):
    place.stegvis("import", "participants",
                  place.write("people.csv", csv_text(rows)), profile="import")


def enter_all(place, forbund=FORBUND_NUMBER, first=100):
    women, men = iter(range(first, 999, 2)), iter(range(first + 1, 999, 2))
    enter(place, [an_ended(next(serials), before, after, work, forbund)
                  for before, after, work, *many in OUTCOMES
                  for serials, count in zip((women, men), many)
                  for _ in range(count)])


def make_people(place):
    make_everything(place)
    enter_all(place)


def make_other(place):
    """A second förbund, with people of its own."""
    place.stegvis("forbund", "create", "--name", OTHER, "--org-number",
                  OTHER_NUMBER, "--start", "2015-01-01")
    place.stegvis("insats", "create", "--forbund", OTHER_NUMBER, "--name",
                  INSATS, "--start", "2016-01-01", "--orientation", "individ",
                  "--focus", "forberedande", "--target-group", "ovriga",
                  "--method", "person")
    enter_all(place, OTHER_NUMBER, first=500)


def published(place, *words, order=PUBLISH, profile="admin"):
    """What is written as JSON, and what is said of it."""
    outcome = place.run(*order, *words, "--format", "json", profile=profile)
    check.assertEqual(outcome.status, 0, outcome)
    return outcome.out, outcome.err


def the_release(place, **options):
    """The name of the one that is out."""
    releases = place.json("report", "releases", **options)["releases"]
    check.assertEqual(len(releases), 1, releases)
    return releases[0]["name"]


def counts(message):
    """Every count that is printed, with its place in the message."""
    if isinstance(message, list):
        for i, part in enumerate(message):
            yield from ((f"{i}.{place}", n) for place, n in counts(part))
    elif isinstance(message, dict):
        for key, part in message.items():
            if key in ("total", "women", "men"):
                if key not in message.get("withheld", []):
                    yield key, part
            else:
                yield from ((f"{key}.{place}", n) for place, n in counts(part))


def withheld(message):
    return json.dumps(message).count('"withheld": ["')


# ------------------------------------------------------------------- to publish


@story("Command.ReportPublishWithholdsWhatIsSmall")
def report_publish_withholds_what_is_small(place):
    make_people(place)
    text, said = published(place)
    report = json.loads(text)
    check.assertTrue(report["published"])
    check.assertEqual({row["dimension"] for row in report["breakdowns"]},
                      DIMENSIONS | {"INSATS"})
    small = [(where, n) for where, n in counts(report) if 0 < n < 5]
    check.assertEqual(small, [], "small counts are printed")
    check.assertGreater(withheld(report), 0, "nothing is withheld")
    check.assertGreater(len(list(counts(report))), 50, "next to nothing is "
                        "printed")

    name = the_release(place)
    check.assertTrue(name.endswith("/releases/2020-r1"), name)
    lines = said.splitlines()
    check.assertEqual(lines[0], f"Publicerad: {name} (revision 1).")
    check.assertRegex(
        lines[1],
        r"\AAv [\d\u00a0 ]+ antal är [1-9]\d* skyddade för att de är små, och "
        r"\d+ därutöver så att de små inte går att räkna ut\.\Z")
    # True counts are told to those who may see them, as before.
    check.assertFalse(place.json("report", *YEAR, *OF_FORBUND)["published"])


@story("Command.ReportPublishNeedsAFileItCanWrite")
def report_publish_needs_a_file_it_can_write(place):
    make_people(place)
    check.assertEqual(
        place.refusal(*PUBLISH, "-o", "nowhere/2020.json"),
        "Filen nowhere/2020.json går inte att skriva. Kontrollera mappen, "
        "rättigheterna och disken.")
    check.assertEqual(place.json("report", "releases")["releases"], [])


@story("Command.ReportPublishAgainGivesTheSame")
def report_publish_again_gives_the_same(place):
    make_people(place)
    first, _ = published(place)
    name = the_release(place)
    again, said = published(place)
    check.assertEqual(again, first, "not the same bytes")
    check.assertTrue(said.startswith(
        f"Den förra publiceringen står kvar: {name} (revision 1). Inget antal "
        "har ändrats.\nAv "), said)
    place.stop()
    place.start()
    check.assertEqual(
        place.stegvis("report", "release", name, "--format", "json"), first)
    check.assertEqual(the_release(place), name)


@story("Command.ReportPublishOfASealedReportSaysTheSame")
def report_publish_of_a_sealed_report_says_the_same(place):
    make_people(place)
    place.stegvis("report", "seal", *YEAR, *OF_FORBUND)
    # It is made of what was sealed, whatever came later.
    enter(place, [an_ended(serial) for serial in range(300, 330)])
    report = json.loads(published(place)[0])
    check.assertEqual(report["participants"]["base"]["total"], 68)
    check.assertEqual(report["participants"].get("coverage"), 1,
                      "no coverage of a sealed report")
    work = report["occupation"][0]
    check.assertEqual(work.get("shareAfter"), 44 / 68, "no share of a sealed "
                      "report")
    for measure in "shareAfterLow", "shareAfterHigh":
        check.assertIn(measure, work)


@story("Command.ReportPublishLeavesTheEarlierWhereABaseChangedByFew")
def report_publish_leaves_the_earlier_where_a_base_changed_by_few(place):
    make_people(place)
    first, _ = published(place)
    name = the_release(place)
    enter(place, [an_ended(300)])
    again, said = published(place)
    check.assertEqual(again, first, "not the same bytes")
    lines = said.splitlines()
    check.assertEqual(
        lines[0], f"Den förra publiceringen står kvar: {name} (revision 1).")
    check.assertIn("ändrats med färre än 10", lines[1])
    check.assertIn("  hela rapporten, underlag 68 → 69", lines)
    check.assertIn("  kön: Kvinnor, underlag 34 → 35", lines)
    check.assertEqual(the_release(place), name)

    enter(place, [an_ended(serial) for serial in range(301, 321)])
    second, said = published(place)
    check.assertNotEqual(second, first)
    check.assertTrue(said.startswith(
        f"Publicerad: {name[:-1]}2 (revision 2).\nAv "), said)
    # What was out is not forgotten, and the proof is of both together.
    check.assertEqual(
        place.stegvis("report", "release", name, "--format", "json"), first)
    later = name[:-1] + "2"
    place.stegvis("report", "proof", later, "-o", "later.json", "--key-file",
                  "later.pem")
    told = place.stegvis("report", "verify", "later.json", "--key",
                         "later.pem", profile=None)
    check.assertIn("bevisade genom addition", told)
    check.assertIn("tillsammans med 1 tidigare publicering av samma år", told)


@story("Command.ReportPublishShowsTheBreakdownsThatAreChosen")
def report_publish_shows_the_breakdowns_that_are_chosen(place):
    make_people(place)
    rows = json.loads(published(place, "--by", "sex", "--by", "INSATS")[0])
    check.assertEqual([row["dimension"] for row in rows["breakdowns"]],
                      ["SEX", "SEX", "INSATS"])
    name = the_release(place)

    whole = place.run("report", "release", name)
    check.assertEqual(whole.status, 0, whole)
    hint = ("Tabellen visar bara helheten. Uppdelningarna visas med --by, och "
            "står alla i de andra\nformerna (--format).\n")
    check.assertTrue(whole.err.startswith("Publicerad 20"), whole.err)
    check.assertIn(f": {name} (revision 1).\nAv ", whole.err)
    check.assertTrue(whole.err.endswith(hint), whole.err)
    check.assertIn("Gjord för publicering", whole.out)
    check.assertNotIn(INSATS, whole.out)
    by = place.run("report", "release", name, "--by", "INSATS")
    check.assertIn(INSATS, by.out)
    check.assertNotIn("Tabellen", by.err)

    for form in "csv", "json-stat", "html", "xlsx":
        check.assertEqual(
            place.stegvis("report", "release", name, "--format", form, "-o",
                          f"release.{form}"), "")
        content = (place.parent / f"release.{form}").read_bytes()
        check.assertGreater(len(content), 5000, form)
        if form in ("csv", "html"):
            check.assertIn("..", content.decode(), form)
        if form != "xlsx":
            check.assertIn(INSATS, content.decode(), form)


@story("Command.ReportPublishOfTheNationKnowsItsForbund")
def report_publish_of_the_nation_knows_its_forbund(place):
    make_people(place)
    make_other(place)
    text, said = published(place, order=NATION, profile="national")
    check.assertTrue(said.startswith(
        "Publicerad: forbund/-/releases/2020-r1 (revision 1).\nAv "), said)
    report = json.loads(text)
    check.assertEqual(sorted(report["forbund"]), sorted([FORBUND, OTHER]))
    check.assertEqual(report["participants"]["base"]["total"], 2 * 68)
    check.assertEqual({row["dimension"] for row in report["breakdowns"]},
                      DIMENSIONS)
    check.assertEqual([n for _, n in counts(report) if 0 < n < 5], [])

    # A förbund is safe beside it; of the last one too few are left.
    published(place)
    [release] = place.json("report", "releases", *OF_FORBUND)["releases"]
    place.stegvis("report", "proof", release["name"], "-o", "one.json", "--key-file",
                  "one.pem")
    check.assertIn("bevisade genom addition",
                   place.stegvis("report", "verify", "one.json", "--key",
                                 "one.pem", profile=None))
    refused = place.run("report", *YEAR, "--forbund", OTHER, "--publish")
    check.assertEqual((refused.status, refused.out), (1, ""), refused)
    named, *names = refused.err.splitlines()
    check.assertEqual(named, "De här antalen skulle gå att räkna ut. Bara för "
                      "er som publicerar:")
    check.assertIn("tillsammans med det som redan är publicerat", names.pop())
    check.assertEqual(names, ["  flows/support.aktivitetsstod.before/"
                              "support.studiestod.after"])
    listed = squeezed(place.stegvis("report", "releases", *YEAR))
    check.assertIn("hela landet  2020  1  ", listed)
    check.assertEqual(
        place.stegvis("report", "releases", "--year", "2019"),
        "Inget är publicerat.\n")

    said = place.run("report", "proof", "forbund/-/releases/2020-r1", "-o",
                     "nation.json", "--key-file", "nation.pem",
                     profile="national")
    check.assertEqual((said.status, said.out), (0, ""), said)
    told = place.stegvis("report", "verify", "nation.json", "--key",
                         "nation.pem", profile=None)
    check.assertIn("forbund/-/releases/2020-r1", told)
    check.assertIn("bevisade genom addition", told)


@story("Command.ReportPublishIsForThoseWhoMay")
def report_publish_is_for_those_who_may(place):
    make_people(place)
    place.stegvis("user", "grant", "--user", "samordnare", "--role", "analyst",
                  *OF_FORBUND)
    for profile in "samordnare", "national", "import", "dataskydd":
        check.assertEqual(place.refusal(*PUBLISH, profile=profile), MAY_NOT,
                          profile)
    check.assertEqual(place.refusal(*NATION, profile="samordnare"), MAY_NOT)
    check.assertEqual(place.stegvis("report", "releases"),
                      "Inget är publicerat.\n")
    published(place)
    name = the_release(place, profile="samordnare")
    place.stegvis("report", "release", name, profile="samordnare")
    for profile in "samordnare", "national":
        check.assertEqual(
            place.refusal("report", "proof", name, "-o", "proof.json",
                          profile=profile), MAY_NOT, profile)
    check.assertFalse((place.parent / "proof.json").exists(), "it was written")

    check.assertEqual(
        place.refusal("report", "--year", "2199", *OF_FORBUND, "--publish"),
        "Året är inte slut. Fastställ eller publicera rapporten när året har "
        "gått ut.")
    check.assertIn("finns inte", place.refusal(
        "report", *YEAR, "--forbund", "Inget", "--publish"))
    for words in ("release", name[:-1] + "9"), (
            "proof", name[:-1] + "9", "-o", "proof.json"):
        check.assertIn("finns inte", place.refusal("report", *words))


@story("Command.ReportPublishTakesNoChoices")
def report_publish_takes_no_choices(place):
    for option, value in (("--where", "SEX=women"),
                          ("--exclude-reason", "flytt"),
                          ("--as-of", "2021-01-01"),
                          ("--from", "2020-01-01"), ("--to", "2020-12-31")):
        check.assertEqual(
            place.refusal(*PUBLISH, option, value, expect=2),
            f"{option} går inte med --publish: det som publiceras är hela "
            "året, lika för alla, så att inga urval kan jämföras. Utelämna "
            f"{option}.")
    kommun = ("--by KOMMUN: det som publiceras delas inte upp på kommun, för "
              "grupperna blir för små. Utelämna den.")
    insats = ("--by INSATS: det som publiceras för hela landet visar inga "
              "enskilda insatser. Publicera ett förbund i stället: ange "
              "--forbund.")
    for words, line in (
            ((*PUBLISH, "--by", "kommun"), kommun),
            ((*NATION, "--by", "KOMMUN"), kommun),
            ((*NATION, "--by", "INSATS"), insats),
            (("report", "release", "forbund/-/releases/2020-r1", "--by",
              "INSATS"), insats),
            ((*PUBLISH, "--by", "FARG"), "--by FARG: dimensionen finns inte. "
             "Se stegvis report --help."),
            ((*PUBLISH, "--forbund", OTHER),
             "--publish gäller ett förbund i taget, eller utan --forbund hela "
             "landet. Kör en gång för varje."),
            (("report", "--publish", *OF_FORBUND),
             "Ange --year ÅR: det som publiceras är ett kalenderår."),
            ((*PUBLISH, "--format", "xlsx"),
             "En arbetsbok (--format xlsx) skrivs till en fil: ange -o FIL."),
            (("report", "proof", "forbund/-/releases/2020-r1"),
             "--output saknas. Se stegvis report proof --help.")):
        check.assertEqual(place.refusal(*words, expect=2), line, words)
    check.assertEqual(place.stegvis("report", "releases"),
                      "Inget är publicerat.\n")


# -------------------------------------------------------------------- the proof


def write_proof(place):
    """The proof and its key, as files; nothing else is out."""
    published(place)
    outcome = place.run("report", "proof", the_release(place), "-o",
                        "proof.json", "--key-file", "proof.pem")
    check.assertEqual((outcome.status, outcome.out), (0, ""), outcome)
    check.assertEqual(outcome.err,
                      "Beviset innehåller sanna antal och är bara för "
                      "personalen: publicera det inte.\n")
    return json.loads((place.parent / "proof.json").read_text())


def verify(name="proof.json", key="proof.pem"):
    return ("report", "verify", name, "--key", key)


@story("Command.ReportProofIsCheckedWithoutAServer")
def report_proof_is_checked_without_a_server(place):
    make_people(place)
    envelope = write_proof(place)
    check.assertEqual(envelope["payloadType"], PROOF_TYPE)
    # It is the key of the förbund's reports.
    check.assertEqual(place.stegvis("report", "key", *OF_FORBUND),
                      (place.parent / "proof.pem").read_text())
    name = the_release(place)
    place.stop()
    told = place.stegvis(*verify(), profile=None)
    check.assertTrue(told.startswith(
        "Underskriften stämmer: beviset är oförändrat.\n"), told)
    lines = squeezed(told).splitlines()
    for line in ("bevis  publicering för 2020, revision 1", f"namn  {name}",
                 f"förbund  {FORBUND}",
                 "Det publicerade är vad de sanna antalen och skydden ger.",
                 "Beviset innehåller sanna antal och är bara för personalen."):
        check.assertIn(line, lines)
    check.assertRegex(told, r"(?m)^([1-9]\d*) av \1 små antal är bevisade "
                            r"genom addition")
    content = place.json(*verify(), profile=None)
    check.assertEqual(content["truth"]["participants"]["base"]["total"], 68)


@story("Command.ReportVerifyFindsAChangedProof")
def report_verify_finds_a_changed_proof(place):
    make_people(place)
    envelope = write_proof(place)
    payload = envelope["payload"]
    for at in 0, len(payload) // 2, len(payload) - 8:
        other = "B" if payload[at] == "A" else "A"
        place.write("changed.json", json.dumps(envelope | {
            "payload": payload[:at] + other + payload[at + 1:]}))
        check.assertIn("changed.json: Underskriften stämmer inte",
                       place.refusal(*verify("changed.json"), profile=None))
    # A proof is not a report, whoever says so.
    place.write("changed.json", json.dumps(envelope | {
        "payloadType": PROOF_TYPE.replace("release-proof", "sealed-report")}))
    check.assertIn("changed.json: Underskriften stämmer inte",
                   place.refusal(*verify("changed.json"), profile=None))
    place.stegvis("forbund", "create", "--name", OTHER, "--org-number",
                  OTHER_NUMBER, "--start", "2015-01-01")
    place.stegvis("report", "key", "--forbund", OTHER, "-o", "other.pem")
    check.assertIn("undertecknad med en annan nyckel",
                   place.refusal(*verify(key="other.pem"), profile=None))


def varint(data, at):
    """The number that begins at `at`, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def fields(message):
    """The number and the bytes of each field of a serialised message."""
    at = 0
    while at < len(message):
        begin = at
        tag, at = varint(message, at)
        size, at = varint(message, at)
        if tag & 7 == 2:  # Of that length; else it was a number.
            at += size
        yield tag >> 3, message[begin:at]


def signed_anew(place, payload):
    """A proof signed by whoever makes keys of his own."""
    def openssl(*words, **options):
        return subprocess.run(["openssl", *words], cwd=place.parent,
                              check=True, capture_output=True,
                              **options).stdout
    openssl("genpkey", "-algorithm", "ed25519", "-out", "own.key")
    openssl("pkey", "-in", "own.key", "-pubout", "-out", "own.pem")
    der = openssl("pkey", "-in", "own.key", "-pubout", "-outform", "DER")
    (place.parent / "signed").write_bytes(
        b"DSSEv1 %d %s %d %s" % (len(PROOF_TYPE), PROOF_TYPE.encode(),
                                 len(payload), payload))
    signature = openssl("pkeyutl", "-sign", "-rawin", "-in", "signed",
                        "-inkey", "own.key")
    place.write("anew.json", json.dumps({
        "payloadType": PROOF_TYPE,
        "payload": base64.b64encode(payload).decode(),
        "signatures": [{"keyid": hashlib.sha256(der).hexdigest(),
                        "sig": base64.b64encode(signature).decode()}]}))
    return verify("anew.json", "own.pem")


@story("Command.ReportVerifyFindsAProofThatDoesNotHold")
def report_verify_finds_a_proof_that_does_not_hold(place):
    make_people(place)
    payload = base64.b64decode(write_proof(place)["payload"])
    parts = list(fields(payload))
    check.assertEqual(b"".join(part for _, part in parts), payload)
    version, release, truth, further, proofs = 1, 2, 3, 4, 7

    def without(*left_out):
        return signed_anew(place, b"".join(
            part for number, part in parts if number not in left_out))
    # As it is, it holds under any key.
    check.assertIn("beviset är oförändrat",
                   place.stegvis(*without(), profile=None))
    broken = "anew.json: Beviset håller inte: "
    line = place.refusal(*without(proofs), profile=None)
    check.assertRegex(line, r"\A" + broken +
                      r"([1-9]\d*) av \1 små antal är inte bevisade\. ")
    line = place.refusal(*without(release), profile=None)
    check.assertTrue(line.startswith(
        broken + "det publicerade är inte vad de sanna antalen och skydden "
        "ger. "), line)
    # Without its marks more would be printed than is out.
    line = place.refusal(*without(further), profile=None)
    check.assertIn("det publicerade är inte vad de sanna antalen", line)
    for missing in (version,), (truth,):
        check.assertTrue(place.refusal(*without(*missing), profile=None)
                         .startswith("anew.json: "), missing)
    check.assertIn("anew.json: Filen är ", place.refusal(
        *signed_anew(place, b"\xff\xff"), profile=None))
