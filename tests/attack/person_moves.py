"""What changes in the counts of a block when a person is another than was told,
or one more stands in it: {count: how much}, without the sexes."""

import itertools

import numpy as np

import cells
from cells import (ALONE, ANY, BASE, BEGAN, GROUP_OF_SOURCE, INCREASED,
                   INDIVIDUALS, KEPT, MONTHS, ONGOING, REGISTERED, SOURCES,
                   STARTED, STEADY, follow_up, group, occupation, support,
                   unanswered)

_PUBLIC = [source for source in SOURCES if source not in ALONE]
# Where somebody works or studies; else the class.
_WORK = (("ARBETE",), ("STUDIER",), ("ARBETE", "STUDIER"))
_SITUATIONS = (*_WORK, ("ARBETSSOKANDE",), ("OVRIG",))
UNION = "ARBETE_ELLER_STUDIER"


# What else a person who has ended may count as.
_MORE = ({}, {INDIVIDUALS: 1}, {STARTED: 1, REGISTERED: 1},
         {INDIVIDUALS: 1, STARTED: 1, REGISTERED: 1})


def source_sets(most=2):
    """What a person may have: one of ALONE, or some of the others."""
    yield from ((source,) for source in ALONE)
    for size in range(1, most + 1):
        yield from itertools.combinations(_PUBLIC, size)


def with_groups(sources):
    """The keys under which one who has `sources` is counted."""
    if sources[0] in ALONE:
        return set(sources)
    return {*sources, *(GROUP_OF_SOURCE[source] for source in sources), ANY}


def supported(sources, when):
    return {(support if key in SOURCES else group)(key, when): 1
            for key in with_groups(sources)}


def _keys(situation):
    return (*situation, UNION) if situation in _WORK else situation


def occupations():
    """Every way to be occupied before and after."""
    for before, after in itertools.product(_SITUATIONS, repeat=2):
        found = {occupation(key, "before"): 1 for key in _keys(before)}
        found.update({occupation(key, "after"): 1 for key in _keys(after)})
        if after not in _WORK:
            yield found
        elif before not in _WORK:
            yield {**found, BEGAN: 1}
        else:
            yield {**found, KEPT: 1, INCREASED: 1}
            yield {**found, KEPT: 1, STEADY: 1}


def _followed(months):
    due, answered = [follow_up(months, what) for what in ("due", "answered")]
    yield {due: 1, unanswered(months): 1}
    for what in ("workOrStudy", "seeking", "other"):
        yield {due: 1, answered: 1, follow_up(months, what): 1}


def follow_ups():
    yield {}
    for first in _followed(MONTHS[0]):
        yield first
        for last in _followed(MONTHS[1]):
            yield {**first, **last}


def difference(one, other):
    found = {count: one.get(count, 0) - other.get(count, 0)
             for count in {*one, *other}}
    return {count: number for count, number in found.items() if number}


def _differences(states):
    """Each of them once, in one of its two directions."""
    found = {}
    for one, other in itertools.combinations(list(states), 2):
        move = difference(one, other)
        back = frozenset((count, -number) for count, number in move.items())
        if move and back not in found:
            found.setdefault(frozenset(move.items()), move)
    return sorted(found.values(), key=lambda move: (len(move),
                                                    sorted(move.items())))


def unnamed():
    """Who is not registered with a number, or has not ended."""
    yield {STARTED: 1, REGISTERED: 1}
    yield {ONGOING: 1}
    yield {ONGOING: 1, STARTED: 1, REGISTERED: 1}
    yield {cells.ANONYMOUS: 1, REGISTERED: 1}
    yield {cells.VOLUME: 1, REGISTERED: 1}
    yield {cells.VOLUME: 1, REGISTERED: 1, cells.STRUCTURAL: 1}
    yield {cells.STRUCTURAL: 1}


def moves():
    """Everything that can change alone; the simple ones first."""
    for when in cells.WHEN:
        yield from _differences([supported(sources, when)
                                 for sources in source_sets()])
    yield from _differences(occupations())
    yield from _differences(follow_ups())
    yield from unnamed()
    yield {INDIVIDUALS: 1}


class Persons:
    """Persons at random; likely ones more often. `weight` says how many there
    are of a count."""

    def __init__(self, random, weight):
        self.random = random
        sets = list(source_sets())
        self.parts = [[supported(sources, when) for sources in sets]
                      for when in cells.WHEN] + [list(occupations()),
                                                 list(follow_ups())]
        self.likely = [np.array([min((weight(count) for count in state),
                                     default=1.0) + 1.0 for state in states])
                       for states in self.parts]

    def one_with(self, count):
        """Who is in `count`, where one who has ended can be."""
        found = {BASE: 1, **_MORE[self.random.integers(len(_MORE))]}
        for states, likely in zip(self.parts, self.likely):
            inside = np.array([count in state for state in states])
            share = likely * inside if inside.any() else likely
            found.update(states[self.random.choice(
                len(states), p=share / share.sum())])
        return found
