"""Interval propagation: what each relation says of each of its variables, given
the intervals of the others, rounded to whole numbers, again and again."""

import numpy as np

from system import UNBOUNDED, Contradiction

_TOLERANCE = 1e-5
_KNOWN = UNBOUNDED / 100  # A bound beyond it is none.
_MOST_SWEEPS = 200


class _Part:
    """Some relations of the system, laid out for sweeping."""

    def __init__(self, system, relations):
        matrix = system.matrix
        if relations is not None:
            matrix = matrix[relations]
            self.low = system.relation_low[relations]
            self.high = system.relation_high[relations]
        else:
            self.low, self.high = system.relation_low, system.relation_high
        sizes = np.diff(matrix.indptr)
        keep = sizes > 0
        self.low, self.high, sizes = (self.low[keep], self.high[keep],
                                      sizes[keep])
        self.starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
        self.values, self.columns = matrix.data, matrix.indices
        self.rows = np.repeat(np.arange(len(sizes)), sizes)
        self.order = np.argsort(self.columns, kind="stable")
        ordered = self.columns[self.order]
        first = np.flatnonzero(np.diff(ordered, prepend=-1))
        self.column_starts, self.touched = first, ordered[first]

    def sweep(self, low, high):
        """Tightens both; the variables that changed."""
        if len(self.rows) == 0:
            return np.zeros(0, int)
        up = self.values > 0
        at_low, at_high = low[self.columns], high[self.columns]
        least = self.values * np.where(up, at_low, at_high)
        most = self.values * np.where(up, at_high, at_low)
        rest_low = np.add.reduceat(least, self.starts)[self.rows] - least
        rest_high = np.add.reduceat(most, self.starts)[self.rows] - most
        # low <= value * x + rest <= high
        one = (self.high[self.rows] - rest_low) / self.values
        other = (self.low[self.rows] - rest_high) / self.values
        new_high = self._by_column(np.where(up, one, other), np.minimum)
        new_low = self._by_column(np.where(up, other, one), np.maximum)
        return self._tighten(low, high, np.ceil(new_low - _TOLERANCE),
                             np.floor(new_high + _TOLERANCE))

    def _by_column(self, numbers, best):
        return best.reduceat(numbers[self.order], self.column_starts)

    def _tighten(self, low, high, new_low, new_high):
        touched = self.touched
        lower = (new_high < high[touched]) & (new_high < _KNOWN)
        higher = (new_low > low[touched]) & (new_low > -_KNOWN)
        high[touched[lower]] = new_high[lower]
        low[touched[higher]] = new_low[higher]
        return touched[lower | higher]


def propagate(system, changed=None):
    """Tightens the bounds of `system` until nothing moves; Contradiction when a
    variable is left without a value. `changed`: only these have news."""
    low, high = system.low, system.high
    by_column = None
    part = _Part(system, None) if changed is None else None
    for _ in range(_MOST_SWEEPS):
        if part is None:
            if by_column is None:
                by_column = system.matrix.tocsc()
            relations = np.unique(by_column[:, changed].indices)
            part = _Part(system, relations)
        changed = part.sweep(low, high)
        if np.any(low[changed] > high[changed]):
            worst = changed[np.argmax(low[changed] - high[changed])]
            raise Contradiction(int(worst))
        if len(changed) == 0:
            return
        part = None
