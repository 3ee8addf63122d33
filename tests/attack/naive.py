#!/usr/bin/python3
"""Makes a naive release of a true report: a block with base < 20 prints its
base alone, counts 1-4 are withheld, and nothing more. It is not safe; it is
there for the attacker to be shown to break it.

    naive.py TRUE_REPORT.json > RELEASE.json
"""

import copy
import json
import sys

from cells import SEXES
from reading import SMALL_BASE, load

_SHARES = {"before": ("shareBefore",),
           "after": ("shareAfter", "shareAfterLow", "shareAfterHigh")}
_LEAST_FLOW = 5


def _is_small(number):
    return 1 <= number <= 4


def withhold(count):
    """The same count without what is 1-4."""
    shown = {sex: count[sex] for sex in SEXES
             if sex in count and not _is_small(int(count[sex]))}
    hidden = [sex for sex in SEXES if sex in count and sex not in shown]
    return {"withheld": hidden, **shown}


def _both(one, other):
    """The sexes that both counts print."""
    return [sex for sex in SEXES if sex in one and sex in other]


def _withhold_support(row):
    before, after = [withhold(row[when]) for when in ("before", "after")]
    change = {sex: row["change"][sex] for sex in _both(before, after)}
    row.update(before=before, after=after, change={"withheld": [], **change})
    if "total" not in change:
        row.pop("changePercent", None)
        row.pop("changePercentagePoints", None)


def _withhold_occupation(row):
    for when, shares in _SHARES.items():
        row[when] = withhold(row[when])
        if "total" not in row[when]:
            for share in shares:
                row.pop(share, None)


def _withhold_block(block):
    people = block["participants"]
    for name, count in people.items():
        if isinstance(count, dict):
            people[name] = withhold(count)
    if any("total" not in people.get(name, {"total": 0})
           for name in ("started", "registered")):
        people.pop("coverage", None)
    for row in block["occupation"]:
        _withhold_occupation(row)
    for part in ("support", "supportGroups"):
        for row in block[part]:
            _withhold_support(row)
    for row in (block["beganOrIncreased"], *block["followUp"]):
        for name, count in row.items():
            if isinstance(count, dict):
                row[name] = withhold(count)


def _release_block(block):
    base = block["participants"]["base"]
    if int(base["total"]) < SMALL_BASE:
        return {**{name: block[name] for name in ("dimension", "value")
                   if name in block}, "participants": {"base": withhold(base)}}
    block = copy.deepcopy(block)
    block.pop("cost", None)
    _withhold_block(block)
    return block


_OF_REPORT = ("forbund", "from", "to", "asOf", "excludedEndReasons")


def release(report):
    made = _release_block({name: part for name, part in report.items()
                           if name not in ("breakdowns", "flows")})
    made.update({name: report[name] for name in _OF_REPORT if name in report})
    made["published"] = True
    if "occupation" in made:
        made["flows"] = [
            {**flow, "count": {"total": flow["count"]["total"]}}
            for flow in report["flows"]
            if int(flow["count"]["total"]) >= _LEAST_FLOW]
    made["breakdowns"] = [_release_block(row) for row in report["breakdowns"]]
    return made


if __name__ == "__main__":
    json.dump(release(load(sys.argv[1])), sys.stdout, ensure_ascii=False)
