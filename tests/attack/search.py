"""Which of the cells that matter are narrowed, and which are safe.

A cell is safe once two whole-number solutions lie SPAN apart in it; it is
narrowed once its interval is proved to span less. What is neither stays open.
"""

import time

import numpy as np

import bounds
from solving import SPAN, Reduced
from system import Contradiction

_BATCH = 3000        # Variables in one programme made of small pieces.
_TOGETHER = 4        # Förbund that move at once, with all their cells.
_TOGETHER_INSIDE = 8  # The same, while bases and wholes stand still.
_ROUNDS = 12
_NEAR = (400, 3000, 25000)  # Variables around a stubborn cell.
_EDGE = 1e-5


class Search:
    """`targets` are variables of the system; `x` a whole-number solution, or
    None; `still` the variables that stand still in the quick rounds; `owner`
    the number of the release of each variable."""

    def __init__(self, system, targets, x, still, owner, seconds):
        self.system, self.targets = system, targets
        self.still, self.owner = still, owner
        self.deadline = time.monotonic() + seconds
        self.random = np.random.default_rng(1)
        self.least = np.full(len(system.low), np.inf)
        self.most = np.full(len(system.low), -np.inf)
        self.reduced = Reduced(system, x)
        if x is None:
            self.reduced.x = self._first_solution()
        self._remember(np.arange(len(self.reduced.open)))

    def _first_solution(self):
        reduced, x = self.reduced, np.zeros(len(self.reduced.open))
        for piece in reduced.pieces(np.arange(len(x))):
            part = reduced.part(piece, still=False)
            found = part.whole_solution(np.zeros(len(piece)), self.left())
            if found is None:
                return None
            x[piece] = found
        return x

    def left(self):
        return max(1.0, self.deadline - time.monotonic())

    def late(self):
        return time.monotonic() > self.deadline

    def _remember(self, some):
        if self.reduced.x is None:
            return
        variables, x = self.reduced.open[some], self.reduced.x[some]
        self.least[variables] = np.minimum(self.least[variables], x)
        self.most[variables] = np.maximum(self.most[variables], x)

    # ------------------------------------------------------------ verdicts

    def narrowed(self):
        low, high = self.system.low[self.targets], self.system.high[
            self.targets]
        return self.targets[high - low < SPAN]

    def safe(self):
        return self.targets[self.most[self.targets] -
                            self.least[self.targets] >= SPAN]

    def open(self):
        span = self.system.high - self.system.low
        known = self.most - self.least
        return self.targets[(span[self.targets] >= SPAN) &
                            (known[self.targets] < SPAN)]

    # -------------------------------------------------------------- rounds

    def run(self):
        if self.reduced.x is not None:
            self._rounds()
        self._stubborn()

    def _rounds(self):
        before = len(self.open()) + 1
        for number in range(_ROUNDS):
            if before == 0 or self.late():
                return
            inside = number < 3 or number % 4 == 3
            for some in self._frames(inside):
                self._push(some)
            now = len(self.open())
            if number > 5 and now > 0.9 * before:
                return
            before = now

    def _frames(self, inside):
        """The variables that may move at once."""
        owner = self.owner[self.reduced.open]
        may = np.ones(len(owner), bool)
        if inside:
            may = ~self.still[self.reduced.open]
        releases = self.random.permutation(np.unique(owner[owner >= 0]))
        together = _TOGETHER_INSIDE if inside else _TOGETHER
        for first in range(0, len(releases), together):
            some = releases[first:first + together]
            chosen = np.isin(owner, some) | (owner < 0)
            yield np.flatnonzero(chosen & may)
            if self.late():
                return

    def _push(self, some):
        wanted = np.zeros(len(self.system.low), bool)
        wanted[self.open()] = True
        wanted = wanted[self.reduced.open]
        batch = []
        for piece in self.reduced.pieces(some):
            if wanted[piece].any():
                batch.append(piece)
            if sum(map(len, batch)) > _BATCH:
                self._push_batch(np.concatenate(batch), wanted)
                batch = []
        if batch:
            self._push_batch(np.concatenate(batch), wanted)

    def _push_batch(self, some, wanted):
        part = self.reduced.part(some)
        objective = np.where(wanted[some],
                             self.random.choice([-1.0, 1.0], len(some)), 0.0)
        for goal in (objective, -objective):
            found = part.whole_solution(goal, seconds=3.0)
            if found is not None:
                self.reduced.x[some] = found
                self._remember(some)

    # ------------------------------------------------- one cell at a time

    def _stubborn(self):
        proved = 0
        for near in _NEAR:
            for variable in self.open():
                if self.late():
                    return
                if self._is_open(variable):
                    proved += self._settle(variable, near)
                if proved >= 200:
                    self._again()
                    proved = 0
            self._again()

    def _is_open(self, variable):
        return (self.most[variable] - self.least[variable] < SPAN and
                self.system.high[variable] - self.system.low[variable] >= SPAN
                and self.reduced.place[variable] >= 0)

    def _settle(self, variable, near):
        """Whether its interval became narrower."""
        place = self.reduced.place[variable]
        around = self.reduced.around(place, near)
        goal = (around == place).astype(float)
        narrower = self._prove(variable, around, goal)
        if not self._is_open(variable) or self.reduced.x is None:
            return narrower
        part = self.reduced.part(around)
        for sign in (1, -1):
            found = part.whole_solution(sign * goal, seconds=3.0)
            if found is not None:
                self.reduced.x[around] = found
                self._remember(around)
        if self._is_open(variable):
            narrower |= self._prove(variable, around, goal, whole=True)
        return narrower

    def _prove(self, variable, around, goal, whole=False):
        part = self.reduced.part(around, still=False)
        system, place = self.system, self.reduced.place[variable]
        _, least = part.solve(goal, whole, seconds=5.0)
        _, most = part.solve(-goal, whole, seconds=5.0)
        if np.inf in (least, most):
            raise Contradiction(int(variable))
        low = max(system.low[variable], np.ceil(least - _EDGE))
        high = min(system.high[variable], np.floor(-most + _EDGE))
        narrower = (low > system.low[variable] or
                    high < system.high[variable])
        system.low[variable] = self.reduced.low[place] = low
        system.high[variable] = self.reduced.high[place] = high
        return bool(narrower)

    def _again(self):
        """Lets what was proved tell of others."""
        bounds.propagate(self.system)
        x = None
        if self.reduced.x is not None:
            x = self.system.low.copy()
            x[self.reduced.open] = self.reduced.x
        self.reduced = Reduced(self.system, x)
