"""Reads releases and true reports from the outcome report's JSON."""

import datetime
import json
import math
import zoneinfo
from dataclasses import dataclass, field

import numpy as np

import cells
from cells import BASE, SEXES, WIDTH, at

UNBOUNDED = 1e9  # More people than there are.
SMALL_BASE = 20  # A block with fewer prints its base alone.
WHOLE = ("", "")
_SWEDEN = zoneinfo.ZoneInfo("Europe/Stockholm")
_ROUNDING = 1e-6  # Of a printed share times a count.


@dataclass
class Block:
    """What is known of each cell, and printed numbers that follow from cells:
    ({place: coefficient}, low, high)."""
    low: np.ndarray
    high: np.ndarray
    base_alone: bool = False
    coverage: bool = False
    derived: list = field(default_factory=list)
    printed: set = field(default_factory=set)  # Counts that have a message.


@dataclass
class Release:
    forbund: tuple
    year: int
    as_of: datetime.date
    blocks: dict  # (dimension, value) -> Block
    flows: dict   # (from, to) -> (low, high), but absent pairs; or None.
    title: str = ""

    @property
    def national(self):
        return len(self.forbund) > 1

    @property
    def name(self):
        if self.title:
            return self.title
        return "nation" if self.national else self.forbund[0]


class Unreadable(Exception):
    """A file that is no outcome report as interface.md describes it."""


def _counts(block):
    """(count, message) for every count of a block."""
    for name, message in block.get("participants", {}).items():
        if isinstance(message, dict):
            yield f"participants/{name}", message
    for row in block.get("occupation", ()):
        for when in cells.WHEN:
            yield cells.occupation(row["key"], when), row.get(when, {})
    for name, message in (block.get("beganOrIncreased") or {}).items():
        yield f"beganOrIncreased/{name}", message
    for part in ("support", "supportGroups"):
        for row in block.get(part, ()):
            for when in cells.WHEN:
                yield f"{part}/{row['key']}/{when}", row.get(when, {})
    for row in block.get("followUp", ()):
        for what in ("due", "answered", "workOrStudy", "seeking", "other"):
            yield cells.follow_up(row["months"], what), row.get(what, {})


def _place(count, sex):
    try:
        return at(count, sex)
    except KeyError:
        raise Unreadable(f"{count} is a count that nobody told of") from None


def _read_cell(found, count, sex, message):
    place = _place(count, sex)
    low, high = 0.0, 0.0
    if SEXES[sex] in message:
        low = high = float(message[SEXES[sex]])
    elif SEXES[sex] in message.get("withheld", ()):
        low, high = 1.0, UNBOUNDED
    elif count not in [*cells.SOME_SEX_UNKNOWN] or sex == cells.TOTAL:
        return  # Not said: nothing known.
    # A sum of volume counts none of which has a sex: nobody of known sex.
    found.low[place] = max(found.low[place], low)
    found.high[place] = min(found.high[place], high)


def read_block(block):
    found = Block(np.zeros(WIDTH), np.full(WIDTH, UNBOUNDED))
    found.base_alone = not block.get("occupation")
    found.coverage = "coverage" in block.get("participants", {})
    for count, message in _counts(block):
        if found.base_alone and count != BASE:
            continue
        found.printed.add(count)
        for sex in range(3):
            _read_cell(found, count, sex, message)
    if found.base_alone:
        # Over-bound also what is nowhere printed of so few.
        for sex in range(3):
            place = at(BASE, sex)
            found.high[place] = min(found.high[place], SMALL_BASE - 1)
    else:
        found.low[at(BASE)] = max(found.low[at(BASE)], SMALL_BASE)
        found.derived = list(_derived(block, found))
    return found


# --------------------------------------------- numbers made of counts


def _equal(form):
    return form, -_ROUNDING, _ROUNDING


def _change_forms(row, part):
    before, after = [[at(f"{part}/{row['key']}/{when}", sex)
                      for sex in range(3)] for when in cells.WHEN]
    for sex, name in enumerate(SEXES):
        change = (row.get("change") or {}).get(name)
        if change is not None:
            yield ({after[sex]: 1, before[sex]: -1}, float(change),
                   float(change))
    if row.get("changePercent") is not None:
        yield _equal({after[0]: 1, before[0]: -1 - row["changePercent"]})
    if row.get("changePercentagePoints") is not None:
        yield _equal({after[0]: 1, before[0]: -1,
                      at(BASE): -row["changePercentagePoints"]})


def wilson(part, whole):
    """Both ends of the interval, as domain.md defines it."""
    z = 1.959964
    share = part / whole
    middle = share + z * z / (2 * whole)
    spread = z * math.sqrt(share * (1 - share) / whole +
                           z * z / (4 * whole * whole))
    return [(middle + sign * spread) / (1 + z * z / whole)
            for sign in (-1, 1)]


def _interval_forms(row, base):
    """The one number of people that has this interval."""
    for end, name in enumerate(("shareAfterLow", "shareAfterHigh")):
        if (row.get(name) is None or base is None or
                "total" in row.get("after", {})):
            continue
        fitting = [part for part in range(base + 1)
                   if abs(wilson(part, base)[end] - row[name]) < 1e-9]
        place = at(cells.occupation(row["key"], "after"))
        if fitting:
            yield {place: 1}, float(fitting[0]), float(fitting[-1])


def _all_derived(block, base):
    for row in block["occupation"]:
        for when in cells.WHEN:
            share = row.get(f"share{when.capitalize()}")
            if share is not None:
                yield _equal({at(cells.occupation(row["key"], when)): 1,
                              at(BASE): -share})
        yield from _interval_forms(row, base)
    for part in ("support", "supportGroups"):
        for row in block.get(part, ()):
            yield from _change_forms(row, part)
    coverage = block["participants"].get("coverage")
    if coverage is not None:
        yield _equal({at(cells.STARTED): 1, at(cells.REGISTERED): -coverage})
    cost = block.get("cost") or {}
    if cost.get("perStarted"):
        registered = float(cost["outcomeKronor"]) / cost["perStarted"]
        yield {at(cells.REGISTERED): 1}, round(registered), round(registered)


def _derived(block, found):
    """Those that say more than the counts they are made of."""
    place = at(BASE)
    known = found.low[place] == found.high[place]
    base = int(found.low[place]) if known else None
    for form, low, high in _all_derived(block, base):
        if any(found.low[p] < found.high[p] for p in form):
            yield form, low, high


# ------------------------------------------------------------ releases


def _key(row):
    return row["dimension"], row["value"]


def _read_flow(row):
    count = row["count"]
    if (row["from"] not in cells.FLOW_FROM or
            row["to"] not in cells.PRINTED_TO):
        raise Unreadable(f"a flow from {row['from']} to {row['to']}")
    if "total" in count:
        return float(count["total"]), float(count["total"])
    return 5.0, UNBOUNDED


def _as_of_day(report):
    if not report.get("asOf"):
        return None
    # Nanoseconds are more than Python reads.
    moment = datetime.datetime.fromisoformat(
        report["asOf"][:19] + "+00:00")
    return moment.astimezone(_SWEDEN).date()


def read_release(report):
    blocks = {WHOLE: read_block(report)}
    for row in report.get("breakdowns", ()):
        blocks[_key(row)] = read_block(row)
    flows = {(row["from"], row["to"]): _read_flow(row)
             for row in report.get("flows", ())}
    return Release(tuple(sorted(report["forbund"])), int(report["from"][:4]),
                   _as_of_day(report), blocks, flows)


def _true_cells(block):
    values = np.zeros(WIDTH)
    for count, message in _counts(block):
        for sex, name in enumerate(SEXES):
            values[_place(count, sex)] = float(message.get(name, 0))
    after = cells.occupation("ARBETE_ELLER_STUDIER", "after")
    for sex in range(3):
        v = lambda count, sex=sex: values[at(count, sex)]
        values[at(cells.KEPT, sex)] = v(after) - v(cells.BEGAN)
        values[at(cells.STEADY, sex)] = v(cells.KEPT) - v(cells.INCREASED)
        for months in cells.MONTHS:
            values[at(cells.unanswered(months), sex)] = (
                v(cells.follow_up(months, "due")) -
                v(cells.follow_up(months, "answered")))
    return values


@dataclass
class Truth:
    forbund: tuple
    year: int
    blocks: dict  # (dimension, value) -> every cell
    flows: dict
    as_of: datetime.date = None


def read_truth(report):
    blocks = {WHOLE: _true_cells(report)}
    for row in report.get("breakdowns", ()):
        blocks[_key(row)] = _true_cells(row)
    flows = {(row["from"], row["to"]): float(row["count"]["total"])
             for row in report.get("flows", ())}
    return Truth(tuple(sorted(report["forbund"])), int(report["from"][:4]), blocks,
                 flows, _as_of_day(report))


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)
