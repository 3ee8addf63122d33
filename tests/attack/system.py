"""Whole numbers, what bounds them, and the relations between them.

    low <= x <= high,  relation_low <= A x <= relation_high

Relations have names, so that one can be left out and a broken one be told.
"""

import numpy as np
from scipy import sparse

UNBOUNDED = 1e9
ZERO = 0  # The variable that is always zero.


class Contradiction(Exception):
    """No numbers fit what was printed."""


class System:
    def __init__(self):
        self._low, self._high, self._count = [np.zeros(1)], [np.zeros(1)], 1
        self._rows, self._columns, self._values = [], [], []
        self._bounds, self._names, self.relations = [], [], 0
        self._tightened = []
        self._name_numbers = {}

    # ---------------------------------------------------------- variables

    def add_variables(self, low, high):
        """The numbers of the new variables."""
        self._low.append(low)
        self._high.append(high)
        first, self._count = self._count, self._count + len(low)
        return np.arange(first, self._count)

    def tighten(self, variables, low, high):
        """Says more of variables that are there."""
        self._tightened.append((variables, low, high))

    # ---------------------------------------------------------- relations

    def add(self, name, columns, values, low, high):
        """A relation for each row of `columns`, all with the coefficients
        `values`; `low` and `high` for all or for each."""
        columns = np.atleast_2d(columns)
        count, width = columns.shape
        if count == 0 or width == 0:
            return
        self._rows.append(np.repeat(
            np.arange(self.relations, self.relations + count), width))
        self._columns.append(columns.ravel())
        self._values.append(np.tile(np.asarray(values, float), count))
        self._bounds.append((np.broadcast_to(np.float64(low), count),
                             np.broadcast_to(np.float64(high), count)))
        number = self._name_numbers.setdefault(name, len(self._name_numbers))
        self._names.append(np.full(count, number, np.int16))
        self.relations += count

    def add_sums(self, name, whole, parts, low=0.0, high=0.0):
        """whole - sum of parts lies in [low, high], at each place."""
        columns = np.column_stack([whole, *parts])
        self.add(name, columns, [1.0] + [-1.0] * len(parts), low, high)

    def add_equal(self, name, one, other):
        self.add(name, np.column_stack([one, other]), [1.0, -1.0], 0, 0)

    def close(self):
        """Nothing more is added."""
        self.low = np.concatenate(self._low)
        self.high = np.concatenate(self._high)
        for variables, low, high in self._tightened:
            np.maximum.at(self.low, variables, low)
            np.minimum.at(self.high, variables, high)
        shape = (self.relations, self._count)
        if self.relations:
            self.matrix = sparse.csr_matrix(
                (np.concatenate(self._values),
                 (np.concatenate(self._rows), np.concatenate(self._columns))),
                shape)
            self.matrix.sum_duplicates()
            self.matrix.eliminate_zeros()
            self.relation_low = np.concatenate([b[0] for b in self._bounds])
            self.relation_high = np.concatenate([b[1] for b in self._bounds])
            self.names = np.concatenate(self._names)
        else:
            self.matrix = sparse.csr_matrix(shape)
            self.relation_low = self.relation_high = np.zeros(0)
            self.names = np.zeros(0, np.int16)
        self.name_texts = list(self._name_numbers)
        self._rows = self._columns = self._values = self._bounds = None
        return self

    def forget(self, relations):
        """They need not hold."""
        self.relation_low[relations] = -UNBOUNDED
        self.relation_high[relations] = UNBOUNDED

    def name(self, relation):
        return self.name_texts[self.names[relation]]

    def broken_by(self, x, tolerance=1e-5):
        """The relations that `x` breaks, and the variables out of bounds."""
        sums = self.matrix @ x
        broken = np.flatnonzero((sums < self.relation_low - tolerance) |
                                (sums > self.relation_high + tolerance))
        outside = np.flatnonzero((x < self.low - tolerance) |
                                 (x > self.high + tolerance))
        return broken, outside
