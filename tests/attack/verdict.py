"""From releases, and what is true where that is known, to what a reader finds
out."""

from dataclasses import dataclass

import numpy as np

import between
import bounds
import cells
from cells import BASE, WIDTH, places
from reading import WHOLE
from relations import Model
from search import BASES, FLOWS, INSIDE, WHOLES, Search
from solving import Reduced
from system import UNBOUNDED, ZERO, Contradiction
from walk import Walk

FEW = (1, 4)  # What a reader must not learn of a count.


class Defect(Exception):
    """What is true breaks a relation: the attacker has one wrong."""


@dataclass
class Finding:
    """A cell, the values that fit, and the true one (None: not told)."""
    name: str
    low: int
    high: int
    truth: int = None

    def __str__(self):
        true = "" if self.truth is None else f" (truly {self.truth})"
        return f"{self.name}: {self.low}..{self.high}{true}"


class Attack:
    """`truths` stand in the order of `releases`, or are None."""

    def __init__(self, releases, truths=None, without=(), seconds=300.0,
                 known_insatser=None, search=True):
        self.model = Model(releases, without, known_insatser)
        self.system = self.model.system
        self._name_variables()
        self.true = None if truths is None else self._true_cells(truths)
        if truths is not None:
            self._forget_what_is_not_so()
            self._check("before bounds")
        self._propagate()
        if not search:
            return
        self.targets = self._targets()
        x = None if truths is None else self._complete()
        # One förbund alone is small enough for programmes.
        walk = (Walk(self.model, self.system)
                if len({release.forbund for release in releases}) > 1 else None)
        self.search = Search(self.system, self.targets, x, self._layer(),
                             self._owner(), seconds, walk)

    def run(self):
        try:
            self.search.run()
        except Contradiction as contradiction:
            raise Contradiction(
                self._label(contradiction.args[0])) from contradiction
        if self.true is not None:
            self._check("after the search")
        return self

    def _propagate(self):
        try:
            bounds.propagate(self.system)
        except Contradiction as contradiction:
            raise Contradiction(
                self._label(contradiction.args[0])) from contradiction

    # ------------------------------------------------- names of variables

    def _name_variables(self):
        self._block = np.full(len(self.system.low), -1)
        self._at = np.zeros(len(self.system.low), int)
        self._keys = list(self.model.cells)
        for number in reversed(range(len(self._keys))):
            variables = self.model.cells[self._keys[number]]
            self._block[variables] = number
            self._at[variables] = np.arange(WIDTH)
        self._flow = {int(variable): (number, place)
                      for number, flows in self.model.flows.items()
                      if flows is not None
                      for place, variable in enumerate(flows)}

    def _label(self, variable):
        if int(variable) in self._flow:
            number, place = self._flow[int(variable)]
            before, after = divmod(place, len(cells.FLOW_TO))
            return (f"{self.model.releases[number].name}/flows/"
                    f"{cells.FLOW_FROM[before]}/{cells.FLOW_TO[after]}/total")
        number, (dimension, value) = self._keys[self._block[variable]]
        where = f"{dimension}/{value}" if dimension else "whole"
        return (f"{self.model.releases[number].name}/{where}/"
                f"{cells.name_of(self._at[variable])}")

    def _owner(self):
        """The release of each variable; -1 for the nation's, which move with
        whatever förbund move."""
        owner = np.full(len(self.system.low), -1)
        releases = self.model.releases
        first = {}  # Those of a förbund move together.
        for number, release in enumerate(releases):
            first.setdefault(release.forbund, number)
        for number, (release, _) in enumerate(self._keys):
            if len(first) == 1 or not releases[release].national:
                owner[self._block == number] = first[releases[release].forbund]
        for variable, (release, _) in self._flow.items():
            if len(first) == 1 or not releases[release].national:
                owner[variable] = first[releases[release].forbund]
        return owner

    def _layer(self):
        layer = np.full(len(self.system.low), INSIDE)
        for (_, key), variables in self.model.cells.items():
            bases = variables[places((BASE,))]
            layer[bases] = np.maximum(layer[bases], BASES)
            if key == WHOLE:
                layer[variables] = WHOLES
        layer[list(self._flow)] = FLOWS
        return layer

    # ---------------------------------------------------------- the truth

    def _true_cells(self, truths):
        truths = [*truths, *(between.truth(truths[each.earlier],
                                           truths[each.later])
                             for each in self.model.between)]
        true = np.full(len(self.system.low), np.nan)
        for (number, key), variables in self.model.cells.items():
            true[variables] = truths[number].blocks.get(key, np.zeros(WIDTH))
        for number, flows in self.model.flows.items():
            if flows is None:
                continue
            for before in cells.SOURCES:
                for after in cells.PRINTED_TO:
                    true[flows[cells.flow(before, after)]] = (
                        truths[number].flows.get((before, after), 0))
        true[ZERO] = 0
        return true

    def _forget_what_is_not_so(self):
        """Of those who came between two releases, where some were corrected."""
        for each in self.model.between:
            variables = np.concatenate([
                self.model.cells[each.number, key]
                for key in self.model.releases[each.number].blocks])
            fewer = variables[self.true[variables] < 0]
            self.system.low[fewer] = -UNBOUNDED
            broken, _ = self.system.broken_by(
                np.where(np.isnan(self.true), self.system.low, self.true))
            self.system.forget(np.intersect1d(broken, each.doubtful))

    def _check(self, when):
        unknown = np.isnan(self.true)
        broken, outside = self.system.broken_by(
            np.where(unknown, self.system.low, self.true))
        outside = outside[~unknown[outside]]
        touched = abs(self.system.matrix) @ unknown.astype(float) > 0
        broken = broken[~touched[broken]]
        if len(broken) or len(outside):
            raise Defect(when + ": " + "; ".join(
                [self._told(relation) for relation in broken[:20]] +
                [f"{self._label(variable)} is {self.true[variable]:.0f}, not "
                 f"{self.system.low[variable]:.0f}.."
                 f"{self.system.high[variable]:.0f}"
                 for variable in outside[:20]]))

    def _told(self, relation):
        row = self.system.matrix[relation]
        terms = [f"{value:+g} {self._label(variable)}"
                 f"[{self.true[variable]:.0f}]"
                 for variable, value in zip(row.indices[:12], row.data)
                 if variable != ZERO]
        return f"{self.system.name(relation)}: {' '.join(terms)}"

    def _complete(self):
        """The truth as a whole solution: flows over groups, which no report
        prints, are found so that they fit."""
        x = np.where(np.isnan(self.true), self.system.low, self.true)
        reduced = Reduced(self.system, x)
        unknown = np.flatnonzero(np.isnan(self.true[reduced.open]))
        for piece in reduced.pieces(unknown):
            # Those in a group are never more than those with its sources.
            found = reduced.part(piece, far=np.inf).whole_solution(
                np.full(len(piece), -1.0), 120.0)
            if found is None:
                raise Defect("no flows over groups fit what is true, near " +
                             self._label(reduced.open[piece[0]]))
            reduced.x[piece] = found
        x[reduced.open] = reduced.x
        broken, outside = self.system.broken_by(x)
        if len(broken) or len(outside):
            raise Defect("the completed truth: " + "; ".join(
                self.system.name(relation) for relation in broken[:20]))
        return x

    # ------------------------------------------------------------ targets

    def _countable(self):
        """The variables that are counts of people: all cells, and the flows
        that a true report prints."""
        countable = self._block >= 0
        for variable, (_, place) in self._flow.items():
            _, after = divmod(place, len(cells.FLOW_TO))
            before = cells.FLOW_FROM[place // len(cells.FLOW_TO)]
            countable[variable] = (before in cells.SOURCES and
                                   cells.FLOW_TO[after] in cells.PRINTED_TO)
        countable[ZERO] = False
        return countable

    def _targets(self):
        """What is truly 1-4; without truth, what may be."""
        low, high = ((self.true, self.true) if self.true is not None else
                     (self.system.low, self.system.high))
        with np.errstate(invalid="ignore"):
            few = (high >= FEW[0]) & (low <= FEW[1])
        return np.flatnonzero(self._countable() & few)

    # ----------------------------------------------------------- findings

    def finding(self, variable):
        true = None
        if self.true is not None and not np.isnan(self.true[variable]):
            true = int(self.true[variable])
        return Finding(self._label(variable), int(self.system.low[variable]),
                       int(self.system.high[variable]), true)

    def narrowed(self):
        """Without truth only what is 1-4 whatever the truth is."""
        found = self.search.narrowed()
        if self.true is None:
            found = found[(self.system.low[found] >= FEW[0]) &
                          (self.system.high[found] <= FEW[1])]
        return [self.finding(variable) for variable in found]

    def perhaps(self):
        """Without truth: narrow, and 1-4 is among the values."""
        if self.true is not None:
            return []
        sure = {finding.name for finding in self.narrowed()}
        return [finding for finding in map(self.finding,
                                           self.search.narrowed())
                if finding.name not in sure]

    def withheld(self):
        """The cells that are not printed and have several values left."""
        return np.flatnonzero(self._countable() &
                              (self.system.low < self.system.high))

    def open(self):
        return [self.finding(variable) for variable in self.search.open()]

    def cell(self, name, number=0):
        """The finding of a cell by "dimension/value/count/sex" in a release;
        "whole/count/sex"."""
        parts = name.split("/")
        key = WHOLE if parts[0] == "whole" else (parts[0], parts[1])
        rest = parts[1:] if parts[0] == "whole" else parts[2:]
        place = cells.at("/".join(rest[:-1]), cells.SEXES.index(rest[-1]))
        return self.finding(self.model.cells[number, key][place])

    def flow(self, before, after, number=0):
        return self.finding(self.model.flows[number][cells.flow(before,
                                                                after)])
