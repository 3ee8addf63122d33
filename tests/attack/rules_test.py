#!/usr/bin/python3
"""One tiny release for each rule: with the rule a cell has the interval told,
and without it another. So none can be taken out, or stop to work, unseen."""

import sys
import unittest

import block_rules
from hand_made import HIDDEN, block, release, small
from verdict import Attack

B, S, G = "participants/base", "support", "supportGroups"
O, F = "occupation", "followUp"
NATION = ("A", "B")
LATE = "2023-06-01T12:00:00Z"


def whole(**counts):
    return release(block({path.replace("__", "/"): numbers
                          for path, numbers in counts.items()}))


def of(counts, rows=None, **more):
    return [release(block(counts), rows, **more)]


def rows_of(dimension, *values, **more):
    """A whole of 30 of whom each value but the first shows its base."""
    return of({B: 30}, {(dimension, value): block({B: 20 + place})
                        if place else small(HIDDEN)
                        for place, value in enumerate(values)}, **more)


# Rule: releases, cell of the first, its interval.
CASES = {
    "earlier-and-later": (
        of({B: 30, f"{S}/sjukpenning/after": 20}, as_of=LATE) +
        of({B: 45, f"{S}/sjukpenning/after": 23},
           as_of="2023-09-01T12:00:00Z"),
        f"2/whole/{S}/sjukpenning/after/total", (3, 3)),
    "sexes": (of({B: (30, 27, HIDDEN)}), "whole/" + B + "/men", (3, 3)),
    "sexes-of-volume": (of({"participants/volume": (9, 7, HIDDEN)}),
                        "whole/participants/volume/men", (1, 2)),
    "withheld-is-positive": (
        of({B: (30, 28, HIDDEN), "participants/volume": (9, HIDDEN, HIDDEN)}),
        "whole/participants/volume/men", (1, 8)),
    "small-base": (of({B: 90}, {("AGE_GROUP", "60+"): small(HIDDEN),
                             ("AGE_GROUP", "20-24"): block({})}),
                   "AGE_GROUP/60+/" + B + "/total", (1, 19)),
    "started": (of({"participants/ongoing": 3, B: 20,
                    "participants/started": HIDDEN}),
                "whole/participants/started/total", (1, 23)),
    "registered": (of({"participants/registered": (30, HIDDEN, HIDDEN),
                       "participants/started": 20,
                       "participants/anonymous": 8,
                       "participants/volume": (HIDDEN,) * 3}),
                   "whole/participants/volume/total", (2, 2)),
    "individuals": (of({B: 20, "participants/individuals": HIDDEN}),
                    "whole/participants/individuals/total", (1, 20)),
    "an-individual": (
        of({B: 90}, {("AGE_GROUP", "60+"): small(7),
                     ("AGE_GROUP", "20-24"): block({})}),
        "AGE_GROUP/60+/participants/individuals/total", (1, 7)),
    "classes": (of({B: 30, f"{O}/ARBETE_ELLER_STUDIER/before": 20,
                    f"{O}/ARBETSSOKANDE/before": 8}),
                f"whole/{O}/OVRIG/before/total", (2, 2)),
    "work-in-union": (of({f"{O}/ARBETE_ELLER_STUDIER/after": 7}),
                      f"whole/{O}/STUDIER/after/total", (0, 7)),
    "union-has-work": (of({f"{O}/ARBETE_ELLER_STUDIER/after": 7,
                           f"{O}/ARBETE/after": 5}),
                       f"whole/{O}/STUDIER/after/total", (2, 7)),
    "began": (of({"beganOrIncreased/workOrStudyAfter": 9,
                  "beganOrIncreased/began": 7}),
              "whole/beganOrIncreased/workOrStudyAfter-began/total", (2, 2)),
    "increased": (of({"beganOrIncreased/workOrStudyAfter": 9,
                      "beganOrIncreased/began": 2,
                      "beganOrIncreased/increased": 6}),
                  "whole/beganOrIncreased/workOrStudyAfter-began-increased"
                  "/total", (1, 1)),
    "kept-from-before": (
        of({"beganOrIncreased/workOrStudyAfter": 9,
            f"{O}/ARBETE_ELLER_STUDIER/before": 7}),
        "whole/beganOrIncreased/began/total", (2, 9)),
    "began-from-neither": (of({B: 30, f"{O}/ARBETE_ELLER_STUDIER/before": 28}),
                           "whole/beganOrIncreased/began/total", (0, 2)),
    "sources-alone": (of({B: 30, f"{G}/ANY_PUBLIC/before": 20,
                          f"{S}/ingen_offentlig/before": 8}),
                      f"whole/{S}/uppgift_saknas/before/total", (2, 2)),
    "source-in-group": (of({f"{G}/OHALSA/before": 7}),
                        f"whole/{S}/sjukpenning/before/total", (0, 7)),
    "group-has-source": (of({f"{G}/EKONOMISKT_BISTAND/before": 7}),
                         f"whole/{S}/forsorjningsstod/before/total", (7, 7)),
    "group-in-any": (of({f"{G}/ANY_PUBLIC/before": 7}),
                     f"whole/{G}/OVRIG/before/total", (0, 7)),
    "any-has-group": (
        of({f"{G}/ANY_PUBLIC/before": 7, f"{G}/OHALSA/before": 2,
            f"{G}/ARBETSMARKNAD/before": 1,
            f"{G}/EKONOMISKT_BISTAND/before": 1}),
        f"whole/{G}/OVRIG/before/total", (3, 7)),
    "due-of-base": (of({B: 30}, as_of="2021-03-01T12:00:00Z"),
                    f"whole/{F}/6/due/total", (0, 30)),
    "answered": (of({f"{F}/6/due": 9, f"{F}/6/answered": 7}, as_of=LATE),
                 f"whole/{F}/6/due-answered/total", (2, 2)),
    "answered-classes": (
        of({f"{F}/6/answered": 9, f"{F}/6/workOrStudy": 4,
            f"{F}/6/seeking": 3}, as_of=LATE),
        f"whole/{F}/6/other/total", (2, 2)),
    "due-later": (of({f"{F}/6/due": 9, B: 30}, as_of="2021-08-01T12:00:00Z"),
                  f"whole/{F}/12/due/total", (0, 9)),
    "due-by-day": (of({f"{F}/6/due": 19, B: 30}, as_of=LATE),
                   f"whole/{F}/12/due/total", (19, 19)),
    "dead-due": (of({B: 60}, {("END_REASON", "avliden"): block({B: 25}),
                          ("END_REASON", "flytt"): block({})},
                    as_of="2021-03-01T12:00:00Z"),
                 f"END_REASON/avliden/{F}/6/due/total", (0, 0)),
    "sex-rows": (of({f"{S}/sjukpenning/after": (9, 7, 2)},
                    {("SEX", "men"): block({})}),
                 f"SEX/men/{S}/sjukpenning/after/total", (2, 2)),
    "coverage-by-sex": (
        of({"participants/volume": (9, 7, HIDDEN)},
           {("SEX", "men"): block({}, coverage=0.5)}),
        "whole/participants/volume/men", (2, 2)),
    "forbund-row": (of({f"{S}/sjukpenning/after": 9},
                       {("FORBUND", "A"): block({})}),
                    f"FORBUND/A/{S}/sjukpenning/after/total", (9, 9)),
    "year-of-exit": (of({"participants/ongoing": 9},
                        {("YEAR", "2020"): block({}),
                         ("YEAR", "2021"): small(0)}),
                     "YEAR/2020/participants/ongoing/total", (0, 0)),
    "without-exit": (of({"participants/started": 9},
                        {("END_REASON", "flytt"): block({}),
                         ("YEAR", "2020"): block({})}),
                     "END_REASON/flytt/participants/started/total", (0, 9)),
    "exit-has-reason": (
        of({}, {("END_REASON", "flytt"): block({"participants/started": 9}),
                ("YEAR", "2020"): block({})}),
        "YEAR/2020/participants/started/total", (9, 9)),
    "focus-orientation": (of({"participants/structuralVolume": 9},
                             {("FOCUS", "annan_individ"): block({}),
                              ("FOCUS", "dialog"): small(0)}),
                          "FOCUS/annan_individ/participants/structuralVolume"
                          "/total", (0, 0)),
    "insats-method": (of({"participants/volume": 9},
                         {("INSATS", "x"): small(7), ("INSATS", "y"): small(0),
                          ("INSATS", "z"): small(15)}),
                      "INSATS/x/participants/volume/total", (0, 0)),
    "row-not-empty": (of({"participants/started": 0}, {("EDUCATION", "gymnasium"): small(0),
                           ("EDUCATION", "grundskola"): block({})}),
                      "EDUCATION/gymnasium/participants/ongoing/total",
                      (1, 1e9)),
    "individuals-of-rows": (
        of({B: 60, "participants/individuals": 50},
           {("EDUCATION", "gymnasium"): block({B: 25}),
            ("EDUCATION", "grundskola"): block({})}),
        "EDUCATION/gymnasium/participants/individuals/total", (15, 25)),
    "target-group-in-whole": (
        of({f"{S}/sjukpenning/after": 9},
           {("TARGET_GROUP", "nyanlanda"): block({}),
            ("TARGET_GROUP", "ovriga"): block({})}),
        f"TARGET_GROUP/ovriga/{S}/sjukpenning/after/total", (0, 9)),
    "target-groups-cover": (
        of({f"{S}/sjukpenning/after": 9},
           {("TARGET_GROUP", "nyanlanda"): block(
               {f"{S}/sjukpenning/after": 7}),
            ("TARGET_GROUP", "ovriga"): block({})}),
        f"TARGET_GROUP/ovriga/{S}/sjukpenning/after/total", (2, 9)),
    "forbund-whole": (
        [release(block({}), {("FORBUND", "A"): block({})}, forbund=NATION),
         release(block({f"{S}/sjukpenning/after": 9}))],
        f"FORBUND/A/{S}/sjukpenning/after/total", (9, 9)),
    "nation-rows": (
        [release(block({}), {("EDUCATION", "gymnasium"): block(
            {f"{S}/sjukpenning/after": 9})}, forbund=NATION),
         release(block({}), {("EDUCATION", "gymnasium"): block(
             {f"{S}/sjukpenning/after": 7})}),
         release(block({}), {("EDUCATION", "gymnasium"): block({})},
                 forbund=("B",))],
        f"2/EDUCATION/gymnasium/{S}/sjukpenning/after/total", (2, 2)),
}
for _dimension, _values in {
        "AGE_GROUP": ("60+", "20-24"), "EDUCATION": ("gymnasium", "grundskola"),
        "REFERRED_BY": ("egen", "kommun"), "MONTHS_ON_SUPPORT": ("0", "1-3"),
        "FOCUS": ("annan_individ", "forberedande"), "INSATS": ("x", "y"),
        "END_REASON": ("flytt", "sjukdom")}.items():
    CASES[f"rows-of-{_dimension}"] = (
        rows_of(_dimension, *_values), f"{_dimension}/{_values[0]}/{B}/total",
        (9, 9))
CASES["rows-of-FORBUND"] = (rows_of("FORBUND", "A", "B", forbund=NATION),
                            f"FORBUND/A/{B}/total", (9, 9))

# The same of flows: releases, release, before, after, interval.
FLOWS = {
    "absent-flow": (of({}), 0, "a_kassa", "WORK", (0, 4)),
    "withheld-flow": (of({}, flows=[("a_kassa", "WORK", HIDDEN)]), 0,
                      "a_kassa", "WORK", (5, 14 * 4)),
    # Everybody has some source after, and had some before; 13 pairs are absent.
    "flows-after": (of({f"{S}/a_kassa/before": 70},
                       flows=[("a_kassa", "sjukpenning", HIDDEN)]), 0,
                    "a_kassa", "sjukpenning", (70 - 13 * 4, 70)),
    "flows-before": (of({f"{S}/sjukpenning/after": 70},
                        flows=[("a_kassa", "sjukpenning", HIDDEN)]), 0,
                     "a_kassa", "sjukpenning", (70 - 13 * 4, 70)),
    "nation-flows": (
        [release(block({}), forbund=NATION,
                 flows=[("a_kassa", "WORK", 9)]),
         release(block({}), flows=[("a_kassa", "WORK", 7)]),
         release(block({}), forbund=("B",))], 2, "a_kassa", "WORK", (2, 2)),
}


def _interval(releases, cell, without):
    attack = Attack(releases, without=without, search=False)
    number = 0
    if cell[0].isdigit():
        number, cell = int(cell[0]), cell[2:]
    found = attack.cell(cell, number)
    return found.low, found.high


def _flow_interval(releases, number, before, after, without):
    found = Attack(releases, without=without, search=False).flow(
        before, after, number)
    return found.low, found.high


class Rules(unittest.TestCase):
    def test_each_rule_says_what_nothing_else_says(self):
        for rule, (releases, cell, interval) in CASES.items():
            with self.subTest(rule):
                self.assertEqual(_interval(releases, cell, ()), interval)
                self.assertNotEqual(_interval(releases, cell, {rule}),
                                    interval, "the rule is not needed")

    def test_each_rule_about_flows_says_what_nothing_else_says(self):
        for rule, (*case, interval) in FLOWS.items():
            with self.subTest(rule):
                self.assertEqual(_flow_interval(*case, ()), interval)
                self.assertNotEqual(_flow_interval(*case, {rule}), interval,
                                    "the rule is not needed")

    def test_no_rule_of_a_block_is_without_a_case(self):
        exact, counting = block_rules.forms()
        self.assertEqual({name for _, name in exact + counting} - set(CASES),
                         set())


class Derived(unittest.TestCase):
    def interval(self, made, cell, without=()):
        import reading
        made = {"forbund": ["A"], "from": "2020-01-01", "asOf": "", **made}
        return _interval([reading.read_release(made)], cell, without)

    def test_a_share_tells_its_count(self):
        made = block({B: 40})
        made["occupation"][0].update(shareAfter=0.075)
        cell = f"whole/{O}/ARBETE/after/total"
        self.assertEqual(self.interval(made, cell), (3, 3))
        self.assertEqual(self.interval(made, cell, {"derived"}), (0, 40))

    def test_an_interval_tells_its_count(self):
        import reading
        made = block({B: 40})
        made["occupation"][0].update(shareAfterHigh=reading.wilson(3, 40)[1])
        cell = f"whole/{O}/ARBETE/after/total"
        self.assertEqual(self.interval(made, cell), (3, 3))

    def test_a_change_tells_the_other_count(self):
        made = block({f"{S}/sjukpenning/before": 9})
        made["support"][0]["change"] = {"total": -7}
        cell = f"whole/{S}/sjukpenning/after/total"
        self.assertEqual(self.interval(made, cell), (2, 2))


class Searching(unittest.TestCase):
    """What only programmes find: no rule alone has it."""

    def test_three_rows_tell_of_each_other(self):
        # Women of two ages and their total are each known only in pairs.
        made = of({f"{S}/sjukpenning/after": (40, 20, 20), B: (60, 30, 30)}, {
            ("AGE_GROUP", "60+"): block(
                {f"{S}/sjukpenning/after": (HIDDEN, HIDDEN, 18)}),
            ("AGE_GROUP", "20-24"): block(
                {f"{S}/sjukpenning/after": (21, HIDDEN, HIDDEN)})})
        attack = Attack(made).run()
        found = {finding.name: (finding.low, finding.high)
                 for finding in attack.narrowed()}
        self.assertEqual(
            found["A/AGE_GROUP/20-24/support/sjukpenning/after/men"], (2, 2))

    def test_the_nation_is_known_in_any_order_of_its_foerbund(self):
        one, other = (release(block({B: 60}), forbund=forbund)
                      for forbund in (NATION, reversed(NATION)))
        self.assertEqual(one.forbund, other.forbund)

    def test_releases_that_cannot_be_true_are_told(self):
        from system import Contradiction
        with self.assertRaises(Contradiction) as caught:
            Attack(of({B: (30, 20, 11)}))
        self.assertIn("A/whole/participants/base", str(caught.exception))


if __name__ == "__main__":
    sys.exit(unittest.main())
