"""The blocks of some releases side by side, so that one move is tried in all of
them at once."""

import numpy as np

import cells
from cells import INDIVIDUALS, WIDTH, at
from reading import WHOLE
from relations import OF_INSATS

FAR = 1e6  # As far as anybody asks.
# What a person of one sex adds to (total, women, men), and what one of each who
# change places do.
SEX_PATTERNS = ((1, 1, 0), (1, 0, 1), (0, 1, -1))
INSIDE = ("AGE_GROUP", "EDUCATION", "REFERRED_BY", "MONTHS_ON_SUPPORT", "FOCUS",
          "INSATS", "END_REASON", "TARGET_GROUP")
_UNNAMED = {at(count) // 3 for count in cells.UNNAMED}


class BlockTable:
    """Rows of breakdowns, each with cells of its own: a column for each, those
    of insatser first."""

    def __init__(self, model):
        self.keys = sorted((key for key in model.cells if key[1][0] in INSIDE),
                           key=lambda key: key[1][0] not in OF_INSATS)
        self.index = {key: place for place, key in enumerate(self.keys)}
        self.dimension = np.array([key[0] for _, key in self.keys])
        self.cells = _columns(model, self.keys)
        self.wholes = _columns(model, [(number, WHOLE)
                                       for number, _ in self.keys])
        named = int(np.isin(self.dimension, OF_INSATS).sum())
        self._halves = (slice(0, named), slice(named, len(self.keys)))
        self.forms = np.zeros((len(model.counting), WIDTH))
        for row, (form, _) in enumerate(model.counting):
            self.forms[row, list(form)] = list(form.values())
        self._inside = self._parts_of_whole(model.counting)
        system = model.system
        self.low, self.high = system.low[self.cells], system.high[self.cells]

    def _parts_of_whole(self, counting):
        """Where a cell, and where a form, is never more than in the whole."""
        covered = self.dimension == "TARGET_GROUP"
        place = np.isin(np.arange(WIDTH), cells.places((INDIVIDUALS,)))
        form = np.array([name == "individuals" for _, name in counting])
        return place[:, None] | covered, form[:, None] | covered

    def stand(self, x):
        """Begins from the whole solution `x`."""
        self.x, whole = x[self.cells], x[self.wholes]
        self.slack = self.forms @ self.x
        of_cell, of_form = self._inside
        self.top = np.where(of_cell, np.minimum(self.high, whole), self.high)
        self.slack_top = np.where(of_form, self.forms @ whole, np.inf)

    def state(self):
        return self.x.copy(), self.slack.copy()

    def restore(self, state, some):
        self.x[:, some] = state[0][:, some]
        self.slack[:, some] = state[1][:, some]

    def vector(self, move, pattern):
        """The move, and the same without what only insatser have."""
        found = np.zeros((2, WIDTH))
        for count, number in move.items():
            place = at(count)
            for sex, sign in enumerate(pattern):
                found[0, place + sex] = number * sign
                if place // 3 not in _UNNAMED:
                    found[1, place + sex] = number * sign
        return list(zip(found, found @ self.forms.T))

    def room(self, vector):
        """How often the move fits into each block, there and back."""
        up, down = np.full((2, len(self.keys)), FAR)
        for half, (cell, form) in zip(self._halves, vector):
            places = np.flatnonzero(cell)
            if len(places) == 0:
                up[half] = down[half] = 0
                continue
            x = self.x[places, half]
            _lessen(up[half], down[half], cell[places],
                    x - self.low[places, half], self.top[places, half] - x)
            places = np.flatnonzero(form)
            slack = self.slack[places, half]
            _lessen(up[half], down[half], form[places], slack,
                    self.slack_top[places, half] - slack)
        return np.floor(up), np.floor(down)

    def gain(self, vector, gains):
        """What each block gains by the move, with so much for each cell."""
        found = np.zeros(len(self.keys))
        for half, (cell, _) in zip(self._halves, vector):
            places = np.flatnonzero(cell)
            found[half] = cell[places] @ gains[places, half]
        return found

    def shift(self, some, times, vector):
        """Makes the move so many times in each of these blocks."""
        for half, (cell, form) in zip(self._halves, vector):
            chosen = (some >= half.start) & (some < half.stop)
            for table, change in ((self.x, cell), (self.slack, form)):
                places = np.flatnonzero(change)
                table[np.ix_(places, some[chosen])] += (
                    change[places][:, None] * times[chosen])


def _columns(model, keys):
    return np.array([model.cells[key] for key in keys]
                    ).reshape(-1, WIDTH).T.copy()


def _lessen(up, down, change, below, above):
    if len(change) == 0:
        return
    change = change[:, None]
    rises, size = change > 0, abs(change)
    np.minimum(up, (np.where(rises, above, below) / size).min(0), out=up)
    np.minimum(down, (np.where(rises, below, above) / size).min(0), out=down)
