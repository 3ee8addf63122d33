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
# What moves: the cells of rows, with their bases, with wholes, with flows; and
# of so many förbund at once.
INSIDE, BASES, WHOLES, FLOWS = range(4)
_TOGETHER = {INSIDE: 8, BASES: 4, WHOLES: 2, FLOWS: 2}
_FRAMES = (INSIDE, BASES, BASES, WHOLES, BASES, FLOWS)
_PATIENCE = 20.0  # Seconds for one programme of many cells.
_CYCLES = 8
_WORTH_IT = 0.9  # Another cycle, when this one left less open than so.
_NEAR = (400, 2000)  # Variables around a stubborn cell.
_ENOUGH_TO_TELL = 200
_EDGE = 1e-5
_WALKING = 0.85    # Of the time, at most.
_STRIDES = 40      # Between two looks at what a walk still has to find.
_FROM_START = 400  # Strides, before a walk begins anew.
_WORTH_WALKING = 0.002  # The share of what is open that _STRIDES must settle.
_TIRED = 3         # Times that they did not.
_PROVING = 0.5     # Of the time after the walk is for cells one at a time.


class Search:
    """`targets` are variables of the system; `x` a whole-number solution, or
    None; `layer` says of each variable in what frame it first moves; `owner` the
    number of its release; `walk` finds solutions without programmes."""

    def __init__(self, system, targets, x, layer, owner, seconds, walk=None):
        self.walk = walk
        self.system, self.targets = system, targets
        self.layer, self.owner = layer, owner
        self.deadline = time.monotonic() + seconds
        self.proofs = [0, 0]  # Programmes without and with whole numbers.
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
        pushing = self.deadline
        if self.walk is not None and self.reduced.x is not None:
            self._walk(time.monotonic() + _WALKING * self.left())
            pushing = time.monotonic() + (1 - _PROVING) * self.left()
        for near in _NEAR:
            if self.reduced.x is not None:
                self._rounds(pushing)
            self._stubborn(near, whole=False)
        self._stubborn(_NEAR[0], whole=True)

    def _walk(self, until):
        """As long as it finds solutions that say something new."""
        start = self.system.low.copy()
        start[self.reduced.open] = self.reduced.x
        strides, tired = 0, 0
        while tired < _TIRED and time.monotonic() < until:
            before = self.open()
            if len(before) == 0:
                return
            if strides % _FROM_START == 0:
                self.walk.stand(start)
            self.walk.aim(before)
            for _ in range(_STRIDES):
                self.walk.stride()
                np.minimum(self.least, self.walk.x, out=self.least)
                np.maximum(self.most, self.walk.x, out=self.most)
            strides += _STRIDES
            found = len(before) - len(self.open())
            tired = 0 if found > _WORTH_WALKING * len(before) else tired + 1

    def _rounds(self, until):
        for _ in range(_CYCLES):
            before = len(self.open())
            if before == 0:
                return
            for frame in _FRAMES:
                for some in self._frames(frame):
                    if time.monotonic() > until:
                        return
                    self._push(some)
            if len(self.open()) > _WORTH_IT * before or self.late():
                return

    def _frames(self, frame):
        """The variables that may move at once."""
        owner = self.owner[self.reduced.open]
        may = self.layer[self.reduced.open] <= frame
        releases = self.random.permutation(np.unique(owner[owner >= 0]))
        together = _TOGETHER[frame]
        for first in range(0, len(releases), together):
            some = releases[first:first + together]
            chosen = np.isin(owner, some) | (owner < 0)
            yield np.flatnonzero(chosen & may)
            if self.late() or len(self.open()) == 0:
                return

    def _push(self, some):
        wanted = np.zeros(len(self.system.low), bool)
        wanted[self.open()] = True
        wanted = wanted[self.reduced.open]
        batch = []
        for piece in self.reduced.pieces(some):
            if self.late():
                return
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
            found = part.whole_solution(goal,
                                        seconds=min(_PATIENCE, self.left()))
            if found is not None:
                self.reduced.x[some] = found
                self._remember(some)

    # ------------------------------------------------- one cell at a time

    def _stubborn(self, near, whole):
        proved = 0
        for variable in self.open():
            if self.late():
                break
            if self._is_open(variable):
                proved += self._settle(variable, near, whole)
            if proved >= _ENOUGH_TO_TELL:
                self._again()
                proved = 0
        if proved:
            self._again()

    def _is_open(self, variable):
        return (self.most[variable] - self.least[variable] < SPAN and
                self.system.high[variable] - self.system.low[variable] >= SPAN
                and self.reduced.place[variable] >= 0)

    def _settle(self, variable, near, whole):
        """Whether its interval became narrower."""
        place = self.reduced.place[variable]
        around = self.reduced.around(place, near)
        goal = (around == place).astype(float)
        narrower = self._prove(variable, around, goal, whole)
        if not self._is_open(variable) or self.reduced.x is None:
            return narrower
        part = self.reduced.part(around)
        for sign in (1, -1):
            found = part.whole_solution(sign * goal, seconds=3.0)
            if found is not None:
                self.reduced.x[around] = found
                self._remember(around)
        return narrower

    def _prove(self, variable, around, goal, whole):
        part = self.reduced.part(around, still=False)
        self.proofs[whole] += 1
        system, place = self.system, self.reduced.place[variable]
        _, least = part.solve(goal, whole, seconds=5.0)
        _, most = part.solve(-goal, whole, seconds=5.0)
        if self.reduced.x is not None:
            # A bound that a known solution breaks would be the solver's fault.
            known = self.least[variable], self.most[variable]
            if least > known[0] + _EDGE or -most < known[1] - _EDGE:
                return False
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
