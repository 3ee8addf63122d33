"""What holds between the flows of a release and its whole.

Those who had a source before are people with a situation after, and those who
have one after had a situation before: both follow the rules of a block, and so
do all the others. Flows count both sexes together.
"""

import collections

import numpy as np

import cells
from cells import (ANY, BASE, FLOW_FROM, FLOW_TO, FLOW_WIDTH, GROUPS, SOURCES,
                   at)
from reading import WHOLE
from system import UNBOUNDED

_MOST_ABSENT = 4  # A pair that is not printed.


def variables(model, number):
    """One for each flow; None where they are not told of."""
    release = model.releases[number]
    if release.flows is None or release.blocks[WHOLE].base_alone:
        return None
    low = np.zeros(FLOW_WIDTH)
    high = np.full(FLOW_WIDTH, UNBOUNDED)
    for before in SOURCES:
        for after in cells.PRINTED_TO:
            place = cells.flow(before, after)
            found = release.flows.get((before, after), (0, _MOST_ABSENT))
            low[place], high[place] = found
    if not model.uses("absent-flow"):
        high[high == _MOST_ABSENT] = UNBOUNDED
    if not model.uses("withheld-flow"):
        low[high == UNBOUNDED] = 0
    return model.system.add_variables(low, high)


def _support_forms():
    """({key: coefficient}, exact) over sources, groups, ANY and None, which is
    everybody."""
    alone = {key: 1 for key in cells.ALONE}
    yield {ANY: 1, **alone, None: -1}, True
    for group in GROUPS:
        inside = [source for source in SOURCES
                  if cells.GROUP_OF_SOURCE[source] == group]
        for source in inside:
            yield {group: 1, source: -1}, False
        yield {**{source: 1 for source in inside}, group: -1}, False
        yield {ANY: 1, group: -1}, False
    yield {**{group: 1 for group in GROUPS}, ANY: -1}, False
    for key in (*SOURCES, *GROUPS, ANY):
        yield {key: 1}, False


def _after_forms():
    yield from _support_forms()
    union, parts = "WORK_OR_STUDY", ("WORK", "STUDY")
    for part in parts:
        yield {union: 1, part: -1}, False
        yield {part: 1}, False
    yield {"WORK": 1, "STUDY": 1, union: -1}, False
    yield {None: 1, union: -1}, False


def add(model, number):
    flows = model.flows[number]
    if flows is None:
        return
    whole = model.cells[number, WHOLE]
    flow = lambda before, after: flows[cells.flow(before, after)]
    before = {key: whole[cells.before_of_flow(key)] for key in FLOW_FROM}
    after = {key: whole[cells.after_of_flow(key)] for key in FLOW_TO}
    everybody = whole[at(BASE)]
    found = collections.defaultdict(list)
    for key in FLOW_FROM:
        some = {other: flow(key, other) for other in FLOW_TO}
        _add_people(found, "flows-after", _after_forms(),
                    {**some, None: before[key]}, {**after, None: everybody})
    for key in FLOW_TO:
        some = {other: flow(other, key) for other in FLOW_FROM}
        _add_people(found, "flows-before", _support_forms(),
                    {**some, None: after[key]}, {**before, None: everybody})
    for (rule, values, high), columns in found.items():
        model.add_rule(rule, np.array(columns), values, 0, high)
    if model.releases[number].national:
        _add_nation(model, number)


def _add_people(found, rule, forms, some, all_of_them):
    """`some` are people, and so are the others of `all_of_them`."""
    for form, exact in forms:
        values = tuple(form.values())
        columns = [some[key] for key in form]
        others = [all_of_them[key] for key in form]
        found[rule, values, 0 if exact else UNBOUNDED].append(columns)
        if not exact:
            found[rule, values + tuple(-v for v in values),
                  UNBOUNDED].append(others + columns)


def _add_nation(model, number):
    release = model.releases[number]
    parts = [model.flows[other] for name in release.forbund
             if (other := model.whole_of_forbund(number, name)) is not None
             and model.flows[other] is not None]
    if not parts:
        return
    complete = len(parts) == len(release.forbund)
    model.add_rule("nation-flows", model.flows[number], parts, 0,
               0 if complete else UNBOUNDED, how=model.system.add_sums)
