"""stegvis count."""

from setting import (INSATS, make_everything, make_insats, steady, without)
from stories import check, story

OPEN = "Öppet hus"

FIRST = """\
år    typ     antal  kvinnor  män  registrerat
2020  anonym      5        3    2  [time]
"""

LISTED = """\
år    typ    antal  kvinnor  män  registrerat
2019  volym  1 050                [time]
2020  volym     90       50   40  [time]
"""


def make_places(place):
    make_everything(place)
    make_insats(place, OPEN, method="volym", focus="forebyggande")


def anonymous(year, women, men):
    return ("count", "set", "--insats", INSATS, "--kind", "anonym", "--year",
            str(year), "--women", str(women), "--men", str(men))


def volume(year, *words):
    return ("count", "set", "--insats", OPEN, "--kind", "volym", "--year",
            str(year), *words)


def registered(place):
    report = place.json("report", "--year", "2020", profile="national")
    people = report["participants"]
    return people["anonymous"]["total"], people["volume"]["total"]


@story("Command.CountIsSetOnceAndReplacedByAnother")
def count_is_set_once_and_replaced_by_another(place):
    make_places(place)
    said = place.stegvis(*anonymous(2020, 3, 2))
    check.assertEqual(steady(said), FIRST)
    check.assertEqual(registered(place), (5, 0))
    first, = place.json("count", "list", "--insats", INSATS)["counts"]
    check.assertEqual(
        without(first, "name"),
        {"kind": "COUNT_KIND_ANONYMOUS", "year": 2020, "migrated": False,
         "total": "5", "women": "3", "men": "2"})

    check.assertEqual(place.json(*anonymous(2020, 3, 2)), first,
                      "the same again is a new version")
    # A samordnare may set what has no consent.
    other = place.json(*anonymous(2020, 4, 2), profile="samordnare")
    check.assertNotEqual(other["etag"], first["etag"])
    check.assertEqual(place.json("count", "list", "--insats", INSATS)
                      ["counts"], [other], "one count for a year")
    check.assertEqual(registered(place), (6, 0))


@story("Command.CountsAreListedByYear")
def counts_are_listed_by_year(place):
    make_places(place)
    check.assertEqual(place.stegvis("count", "list", "--insats", OPEN),
                      "Inga antal att visa.\n")
    place.stegvis(*volume(2020, "--women", "50", "--men", "40"))
    place.stegvis(*volume(2019, "--total", "1050"))
    check.assertEqual(
        steady(place.stegvis("count", "list", "--insats", OPEN)), LISTED)
    check.assertEqual(registered(place), (0, 90))


@story("Command.CountsAreRefusedWithReason")
def counts_are_refused_with_reason(place):
    make_places(place)
    missing = "Uppgiften saknas. Fyll i den."
    for words, reason in (
            (volume(2020, "--total", "50", "--women", "5", "--men", "1"),
             "antal: Antalet är inte kvinnor plus män. Rätta siffrorna, eller "
             "utelämna antalet."),
            (volume(2020, "--women", "-5", "--men", "1"),
             "kvinnor: Värdet ligger utanför det tillåtna. Kontrollera det "
             "och skriv om det."),
            (anonymous(2020, 3, 2)[:-2], f"män: {missing}"),
            # The kind does not fit the insats.
            (("count", "set", "--insats", INSATS, "--kind", "volym", "--year",
              "2020", "--total", "5"),
             "Insatsen registreras per person. Registrera deltagare, eller "
             "ett antal av typen anonym."),
            (("count", "set", "--insats", OPEN, "--kind", "anonym", "--year",
              "2020", "--women", "3", "--men", "2"),
             "Insatsen registreras som volym. Registrera ett antal av typen "
             "volym.")):
        check.assertEqual(place.refusal(*words), reason)
    check.assertEqual(
        place.refusal(*volume(2199, "--total", "5")),
        "år: Året ligger i framtiden. Rätta året, eller vänta tills det har "
        "börjat.")
    check.assertEqual(
        place.refusal("count", "set", "--insats", OPEN, "--kind", "antal",
                      "--year", "2020", expect=2),
        "värdet för --kind är inte giltigt. Se stegvis count set --help.")
    check.assertEqual(registered(place), (0, 0), "something was recorded")
