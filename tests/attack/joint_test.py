#!/usr/bin/python3
"""A nation of three förbund, held together: what only the joint view tells, and
what the walk may say of it."""

import sys
import unittest

import numpy as np

import cells
from cells import BASE, INDIVIDUALS, REGISTERED, STARTED, WIDTH, at
from person_moves import supported
from reading import UNBOUNDED, WHOLE, Block, Release, Truth
from verdict import Attack

SICK = "AGE_GROUP/60+/support/sjukpenning/after/women"
# Of each age: women and men with sjukpenning, women and men with a-kassa.
PEOPLE = {"A": {"60+": (5, 6, 7, 9), "20-24": (8, 7, 9, 8)},
          "B": {"60+": (7, 8, 6, 6), "20-24": (9, 9, 8, 7)},
          "C": {"60+": (2, 9, 8, 7), "20-24": (9, 6, 8, 9)}}


def person(source):
    """One who ended as she began but for her support."""
    return {BASE: 1, INDIVIDUALS: 1, STARTED: 1,
            **{cells.occupation("ARBETSSOKANDE", when): 1
               for when in cells.WHEN},
            **supported(("ingen_offentlig",), "before"),
            **supported((source,), "after")}


def counted(numbers):
    found = np.zeros(WIDTH)
    kinds = [(source, sex) for source in ("sjukpenning", "a_kassa")
             for sex in (cells.WOMEN, cells.MEN)]
    for number, (source, sex) in zip(numbers, kinds):
        for count, one in person(source).items():
            found[[at(count), at(count, sex)]] += one * number
    return found


def truth(name):
    """Of a förbund; of the nation without a name."""
    names = (name,) if name else tuple(PEOPLE)
    blocks = {("AGE_GROUP", age): sum(counted(PEOPLE[each][age])
                                      for each in names)
              for age in ("60+", "20-24")}
    blocks[WHOLE] = sum(blocks.values())
    for count in cells.places((REGISTERED,)):
        blocks[WHOLE][count] = blocks[WHOLE][
            count - at(REGISTERED) + at(STARTED)]
    return Truth(names, 2020, blocks, {})


def release(true, rows_printed):
    """Wholes are printed, without flows; what is withheld is not zero."""
    blocks = {}
    for key, values in true.blocks.items():
        hidden = (values > 0) & (key != WHOLE and not rows_printed)
        blocks[key] = Block(np.where(hidden, 1, values),
                            np.where(hidden, UNBOUNDED, values),
                            base_alone=key == WHOLE)
    return Release(true.forbund, 2020, None, blocks, {})


def attack(printed, names=("", *PEOPLE)):
    """Of the releases `names`; those in `printed` show their rows."""
    truths = [truth(name) for name in names]
    releases = [release(true, name in printed)
                for true, name in zip(truths, names)]
    return Attack(releases, truths, seconds=20)


class Joint(unittest.TestCase):
    def test_what_two_foerbund_print_tells_of_the_third(self):
        joint = attack(printed=("", "A", "B")).run()

        found = {finding.name: (finding.low, finding.high)
                 for finding in joint.narrowed()}
        self.assertEqual(found["C/" + SICK], (2, 2))

    def test_no_release_alone_tells_it(self):
        for names in (("C",), ("",), ("A", "B", "C")):
            with self.subTest(names):
                alone = attack(("", "A", "B"), names).run()
                self.assertEqual(list(map(str, alone.narrowed())), [])

    def test_nothing_is_told_where_all_three_withhold(self):
        joint = attack(printed=("",)).run()

        self.assertGreater(len(joint.targets), 0)
        self.assertEqual(list(map(str, joint.narrowed())), [])
        self.assertEqual(list(map(str, joint.open())), [])


class Walking(unittest.TestCase):
    def test_needs_no_programme_where_people_can_change_places(self):
        joint = attack(printed=("",))
        search = joint.search
        search._walk(float("inf"))

        self.assertEqual(search.proofs, [0, 0])
        self.assertEqual(len(search.open()), 0)

    def test_stops_at_solutions_only_and_leaves_the_nation_as_printed(self):
        joint = attack(printed=("",))
        walk, system = joint.search.walk, joint.system
        start = joint._complete()
        walk.stand(start)
        walk.aim(joint.targets)

        seen = 0
        for _ in range(30):
            walk.stride()
            broken, outside = system.broken_by(walk.x)
            self.assertEqual((len(broken), len(outside)), (0, 0))
            self.assertEqual(np.abs(walk.x - np.round(walk.x)).max(), 0)
            seen += (walk.x != start).any()
        self.assertGreater(seen, 0, "it never went anywhere")

    def test_takes_back_what_breaks_a_relation(self):
        joint = attack(printed=("",))
        walk = joint.search.walk
        start = joint._complete()
        walk.stand(start)
        walk.aim(joint.targets)
        # Room where there is none: every step is too long.
        walk.table.room = lambda vector: np.full((2, len(walk.table.keys)), 9.)

        for _ in range(5):
            walk.stride()
            broken, outside = joint.system.broken_by(walk.x)
            self.assertEqual((len(broken), len(outside)), (0, 0))


if __name__ == "__main__":
    sys.exit(unittest.main())
