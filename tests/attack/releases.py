"""Releases of the demo data: one that keeps only the rules about small counts,
which the attacker breaks, and one in which there is nothing to find."""

import re
import subprocess
from pathlib import Path

from stories import check, story

HERE = Path(__file__).resolve().parent
YEAR = "2020"
DIMENSIONS = ("SEX", "AGE_GROUP", "EDUCATION", "REFERRED_BY",
              "MONTHS_ON_SUPPORT", "FOCUS", "TARGET_GROUP", "INSATS",
              "FORBUND", "YEAR", "END_REASON")


def true_report(place):
    """The file of a small förbund's."""
    place.stegvis("demo", "generate", "--seed", "1", "csv", profile=None)
    for kind in ("forbund", "insatser"):
        place.stegvis("import", kind, f"csv/{kind}.csv")
    for kind in ("participants", "counts"):
        place.stegvis("import", kind, "--migrate", f"csv/{kind}.csv")
    nation = place.json("report", "--year", YEAR, "--by", "FORBUND",
                        profile="national")
    small = min(nation["breakdowns"],
                key=lambda row: row["participants"]["base"]["total"])
    by = [word for name in DIMENSIONS for word in ("--by", name)]
    return place.write("true.json", place.stegvis(
        "report", "--year", YEAR, "--forbund", small["value"], *by,
        "--format", "json", profile="national"))


def python(place, *words):
    """Debian's, which has scipy."""
    done = subprocess.run(["/usr/bin/python3", "-B", *map(str, words)],
                          cwd=place.parent, capture_output=True, text=True)
    check.assertEqual(done.stderr, "")
    return done.returncode, done.stdout


def attack(place, release, *words):
    return python(place, HERE / "run", release, "--truth", "true.json", *words)


def check_naive(place):
    status, made = python(place, HERE / "naive.py", "true.json")
    check.assertEqual(status, 0)
    # Not one count of 1-4 stands in it.
    check.assertEqual(re.findall(r'"(?:total|women|men)": [1-4][,}]', made), [])
    place.write("naive.json", made)

    # 2 would be that the truth breaks a rule or an interval.
    status, found = attack(place, "naive.json")
    check.assertEqual(status, 1, found)
    listed = [tuple(map(int, numbers)) for numbers in re.findall(
        r": (\d+)\.\.(\d+) \(truly (\d+)\)", found)]
    check.assertTrue([low for low, high, _ in listed if low == high], found)
    check.assertEqual([each for each in listed
                       if not each[0] <= each[2] <= each[1]], [])


def check_careful(place):
    status, made = python(place, HERE / "careful.py", "true.json")
    check.assertEqual(status, 0)
    place.write("careful.json", made)

    _, found = attack(place, "careful.json", "--seconds", "8")
    check.assertIn("\nnarrowed: 0\n", found)
    safe = int(re.search(r"two whole solutions: (\d+)", found)[1])
    few = int(re.search(r"(\d+) counts are 1-4", found)[1])
    check.assertGreater(safe, few // 2, found)


@story("Attack.BreaksANaiveReleaseAndNotOneThatWithholdsEverything")
def breaks_a_naive_release_and_not_one_that_withholds_everything(place):
    true_report(place)
    check_naive(place)
    check_careful(place)
