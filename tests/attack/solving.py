"""Whole-number solutions of a system, found from one that is known by moving
some variables while the others stand still."""

import copy
import time

import numpy as np
from scipy import optimize, sparse
from scipy.sparse import csgraph

_WHOLE = 1e-5  # This near is whole.
_KNOWN = 1e7  # A bound beyond it is none.
_FAR = 8.0
_MOST_HOPS = 4
_MOST_MENDED = 400  # Variables near what is not whole.
_MOST_WHOLE = 800   # Variables that HiGHS makes whole in time.
_MOST_DIVES = 30
SPAN = 4  # A cell whose values span so much is safe.


class Reduced:
    """What propagation has left open: the variables that still have several
    values, and the relations that can still say something about them."""

    def __init__(self, system, x=None):
        self.open = np.flatnonzero(system.low < system.high)
        self.place = np.full(len(system.low), -1)
        self.place[self.open] = np.arange(len(self.open))
        self.low, self.high = system.low[self.open], system.high[self.open]
        fixed = np.where(system.low < system.high, 0, system.low)
        rest = system.matrix @ fixed
        matrix = system.matrix[:, self.open].tocsr()
        low, high = system.relation_low - rest, system.relation_high - rest
        up, down = matrix.maximum(0), matrix.minimum(0)
        least = up @ self.low + down @ self.high
        most = up @ self.high + down @ self.low
        keep = ((np.diff(matrix.indptr) > 0) &
                ((least < low - _WHOLE) | (most > high + _WHOLE)))
        self.matrix, self.row_low, self.row_high = (
            matrix[keep], low[keep], high[keep])
        self.by_column = self.matrix.tocsc()
        self.x = None if x is None else x[self.open].copy()

    def part(self, variables, still=True, far=_FAR):
        """The relations that touch `variables`; the other variables stand
        still where x has them, or else lie anywhere in their intervals."""
        columns = self.by_column[:, variables]
        rows = np.unique(columns.indices)
        matrix = columns.tocsr()[rows]
        low, high = self.row_low[rows].copy(), self.row_high[rows].copy()
        if still:
            rest = self.matrix[rows] @ self.x - matrix @ self.x[variables]
            part = Part(self, variables, matrix, low - rest, high - rest)
            # To move a little is enough, and no move is without end.
            part.low = np.maximum(part.low, self.x[variables] - far)
            part.high = np.minimum(part.high, self.x[variables] + far)
            return part
        low, high = self._widened(rows, variables, low, high)
        return Part(self, variables, matrix, low, high)

    def _widened(self, rows, variables, low, high):
        others = self.matrix[rows].copy()
        inside = np.zeros(len(self.open), bool)
        inside[variables] = True
        others.data[inside[others.indices]] = 0
        up, down = others.maximum(0), others.minimum(0)
        return (low - (up @ self.high + down @ self.low),
                high - (up @ self.low + down @ self.high))

    def pieces(self, variables):
        """`variables` by what hangs together when all others stand still."""
        if len(variables) == 0:
            return []
        columns = self.by_column[:, variables]
        rows, inverse = np.unique(columns.indices, return_inverse=True)
        width = len(variables)
        graph = sparse.coo_matrix(
            (np.ones(len(inverse)),
             (np.repeat(np.arange(width), np.diff(columns.indptr)),
              inverse + width)), (width + len(rows),) * 2)
        _, labels = csgraph.connected_components(graph, directed=False)
        labels = labels[:width]
        order = np.argsort(labels, kind="stable")
        cuts = np.flatnonzero(np.diff(labels[order])) + 1
        return [variables[piece] for piece in np.split(order, cuts)]

    def around(self, variable, most_variables):
        """The variables nearest to `variable`, over relations."""
        found = np.array([variable])
        while True:
            rows = np.unique(self.by_column[:, found].indices)
            wider = np.union1d(np.unique(self.matrix[rows].indices), found)
            if len(wider) == len(found):
                return found
            if len(wider) > most_variables:
                return found if len(found) > 1 else wider[:]
            found = wider


def _finite(bounds):
    """HiGHS is told of no bound that is none."""
    return np.where(bounds > _KNOWN, np.inf,
                    np.where(bounds < -_KNOWN, -np.inf, bounds))


class Part:
    def __init__(self, reduced, variables, matrix, low, high):
        self.variables, self.matrix = variables, matrix
        self.row_low, self.row_high = low, high
        self.low = reduced.low[variables]
        self.high = reduced.high[variables]

    def solve(self, objective, whole=False, seconds=10.0):
        """The variables' values that make `objective` least, and a bound below
        it; (None, bound) when none are found."""
        result = optimize.milp(
            objective,
            bounds=optimize.Bounds(_finite(self.low), _finite(self.high)),
            constraints=optimize.LinearConstraint(
                self.matrix, _finite(self.row_low),
                _finite(self.row_high)),
            integrality=np.ones(len(objective)) if whole else None,
            # The presolve of HiGHS 1.2 calls whole programmes infeasible that
            # are not.
            options={"time_limit": seconds, "mip_rel_gap": 1e-6,
                     "presolve": not whole})
        if result.status == 2:
            return None, np.inf  # Nothing fits.
        bound = -np.inf
        if result.status == 0:
            bound = result.fun
        elif getattr(result, "mip_dual_bound", None) is not None and whole:
            bound = result.mip_dual_bound
        return result.x, bound

    def whole_solution(self, objective, seconds=10.0):
        """A whole-number solution that is good for `objective`, or None."""
        end = time.monotonic() + seconds
        x, _ = self.solve(objective, seconds=seconds)
        if x is None:
            return None
        found = self._rounded(x)
        if found is None:
            found = self._mended(x, objective, seconds)
        if found is None and time.monotonic() < end:
            found = self._dived(x, objective, end - time.monotonic())
        if found is None and len(objective) <= _MOST_WHOLE:
            x, _ = self.solve(objective, whole=True, seconds=seconds)
            found = None if x is None else self._rounded(x)
        return found

    def _rounded(self, x):
        rounded = np.round(x)
        near = np.abs(x - rounded).max() < _WHOLE
        return rounded if near and self.fits(rounded) else None

    def _dived(self, x, objective, seconds):
        """Fixes what is whole, and of the rest what is nearly so, until all
        is."""
        end = time.monotonic() + seconds
        low, high = self.low.copy(), self.high.copy()
        part = self._like(low, high)
        for _ in range(_MOST_DIVES):
            off = np.abs(x - np.round(x))
            loose = np.flatnonzero(off >= _WHOLE)
            if len(loose) == 0:
                return self._rounded(x)
            # Whole ones may move again a little, so that the others can.
            nearest = loose[np.argsort(off[loose])[:max(1, len(loose) // 4)]]
            low[nearest] = high[nearest] = np.round(x[nearest])
            x, _ = part.solve(objective, seconds=seconds)
            if x is None or time.monotonic() > end:
                return None
        return None

    def _like(self, low, high):
        other = copy.copy(self)
        other.low, other.high = low, high
        return other

    def _mended(self, x, objective, seconds):
        """`x` made whole near where it is not."""
        broken = np.abs(x - np.round(x)) >= _WHOLE
        x = np.round(x)
        for _ in range(_MOST_HOPS):
            rows = self.matrix[:, broken].getnnz(1) > 0
            broken = broken | (self.matrix[rows].getnnz(0) > 0)
            if broken.sum() > _MOST_MENDED:
                return None
            some = np.flatnonzero(broken)
            rows = np.flatnonzero(self.matrix[:, some].getnnz(1))
            matrix = self.matrix[rows][:, some]
            rest = self.matrix[rows] @ x - matrix @ x[some]
            near = self._like(self.low[some], self.high[some])
            near.matrix = matrix
            near.row_low = self.row_low[rows] - rest
            near.row_high = self.row_high[rows] - rest
            found, _ = near.solve(objective[some], whole=True,
                                  seconds=seconds / 4)
            if found is not None:
                mended = x.copy()
                mended[some] = np.round(found)
                return mended if self.fits(mended) else None
        return None

    def fits(self, x):
        sums = self.matrix @ x
        return bool(np.all(sums >= self.row_low - _WHOLE) and
                    np.all(sums <= self.row_high + _WHOLE) and
                    np.all(x >= self.low) and np.all(x <= self.high))
