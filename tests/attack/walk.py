"""A walk over whole solutions: people of two rows change places in many förbund
at once, so that the rows of the nation stay or move no further than they may.

Every solution that it stops at is held against every relation of all releases
before it counts, so no step needs to be right: one that is not is taken back.
"""

import collections

import numpy as np

import cells
import person_moves
from block_table import INSIDE, SEX_PATTERNS, BlockTable

_FAR = 8          # As often as a move is made at once.
_TRIES = 3        # To find a walk's wrong steps.
_STEPS = 24       # Moves between two looks at every relation.
_BASES = 0.35     # The share of moves in which somebody is moved.
_ALONE = 0.5      # Of moves that need no second row.
_FEW_MOVES = 25   # The simple ones that change a count,
_SIMPLE = 0.6     # and how often one of them is taken.


class Walk:
    def __init__(self, model, system):
        self.table, self.system = BlockTable(model), system
        self.random = np.random.default_rng(1)
        self.places, self.turn = (np.zeros(0, int), np.zeros(0)), False
        self.grids = [grid for group in _groups(model) for dimension in INSIDE
                      for grid in _grids(self.table, group, dimension)]
        self.moves = _moves_by_count()

    def stand(self, x):
        self.x = x.copy()
        self.table.stand(x)
        size = self.table.x.sum(1)
        self.persons = person_moves.Persons(
            self.random, lambda count: size[cells.at(count)])

    def stride(self):
        """Some moves. Those of a breakdown in which a relation does not hold
        after them are taken back."""
        before = self.table.state()
        for _ in range(_STEPS):
            self._step()
        x = self.x.copy()
        x[self.table.cells] = self.table.x
        for _ in range(_TRIES):
            broken, outside = self.system.broken_by(x)
            if len(broken) == 0 and len(outside) == 0:
                self.x = x
                return
            touched = np.union1d(self.system.matrix[broken].indices, outside)
            self._take_back(x, touched, before)
        self.table.restore(before, np.ones(len(self.table.keys), bool))

    def _take_back(self, x, touched, before):
        """Dimensions stand each for itself as long as wholes stand."""
        moved = np.zeros(len(x), bool)
        moved[touched[x[touched] != self.x[touched]]] = True
        hit = moved[self.table.cells].any(0)
        rows = np.isin(self.table.dimension, self.table.dimension[hit])
        taken = self.table.cells[:, rows]
        x[taken] = self.x[taken]
        self.table.restore(before, rows)

    def aim(self, variables):
        """Moves are to be such as move these: each up, or each down, as chance
        has it; and the next time the other way."""
        wanted = np.zeros(len(self.x), bool)
        wanted[variables] = True
        hits = np.flatnonzero(wanted[self.table.cells].any(1))
        often = wanted[self.table.cells].sum(1)[hits]
        self.places = hits, often / max(1, often.sum())
        self.ways = (-self.ways if self.turn else self.random.choice(
            [-1.0, 1.0], self.table.cells.shape))
        self.turn = not self.turn
        self.gains = np.where(wanted[self.table.cells], self.ways, 0.0)

    def _move(self, place):
        """A move that changes the count at `place`, and whether one row alone
        may make it: in any breakdown, in target groups."""
        count = cells.COUNTS[place // 3]
        if count == cells.BASE or self.random.random() < _BASES:
            return self.persons.one_with(count), False, True
        moves = self.moves[count]
        simple = self.random.random() < _SIMPLE
        number = self.random.integers(
            min(len(moves), _FEW_MOVES) if simple else len(moves))
        single = count == cells.INDIVIDUALS
        return moves[number], single, single

    def _step(self):
        hits, shares = self.places
        if len(hits) == 0:
            return
        place = self.random.choice(hits, p=shares)
        move, *single = self._move(place)
        vector = self.table.vector(move, self._pattern(place % 3))
        up, down = self.table.room(vector)
        gain = self.table.gain(vector, self.gains)
        for grid in self.grids:
            alone = (single[grid.covers] and
                     self.random.random() < _ALONE)
            some, times = grid.choose(up, down, gain, alone, self.random)
            if len(some):
                self.table.shift(some, times, vector)

    def _pattern(self, sex):
        fitting = [pattern for pattern in SEX_PATTERNS if pattern[sex]]
        return fitting[self.random.integers(len(fitting))]


def _moves_by_count():
    found = collections.defaultdict(list)
    for move in person_moves.moves():
        for count in move:
            found[count].append(move)
    return found


def _groups(model):
    """(nation or None, whether all of it is there, förbund): releases that the
    nation's rows hold together."""
    found, seen = [], set()
    for number, release in enumerate(model.releases):
        if not release.national:
            continue
        parts = [model.whole_of_forbund(number, name)
                 for name in release.forbund]
        known = [part for part in parts if part is not None]
        if known and not seen & set(known):
            found.append((number, len(known) == len(parts), known))
            seen |= {number, *known}
    rest = [number for number in range(len(model.releases))
            if number not in seen]
    return found + ([(None, True, rest)] if rest else [])


def _grids(table, group, dimension):
    """One for all, where there are such rows."""
    nation, complete, forbund = group
    numbers = ([] if nation is None else [nation]) + forbund
    values = sorted({value for number, (name, value) in table.keys
                     if name == dimension and number in set(numbers)})
    if not values:
        return
    place = np.array([[table.index.get((number, (dimension, value)), -1)
                       for value in values] for number in numbers])
    covers = dimension == "TARGET_GROUP"
    if nation is not None and (place[0] >= 0).any():
        yield Grid(place[1:], place[0], complete, covers)
        return
    # Rows of nobody else's: the first of each förbund, the second, ...
    own = place if nation is None else place[1:]
    own = np.take_along_axis(own, np.argsort(own < 0, 1, "stable"), 1)
    yield Grid(own[:, (own >= 0).any(0)], None, True, covers)


class Grid:
    """The blocks of a breakdown, `place[forbund, value]`; -1 is none."""

    def __init__(self, place, nation, complete, covers):
        self.place, self.nation = place, nation
        self.complete, self.covers = complete, covers

    def choose(self, up, down, gain, alone, random):
        """(blocks, how often the move is made there): in each pair of rows what
        one gets the other loses."""
        order = random.permutation(self.place.shape[1])
        half = len(order) if alone else len(order) // 2
        to, off = order[:half], (None if alone else order[half:2 * half])
        if half == 0:
            return np.zeros(0, int), np.zeros(0)
        rise, fall = self._pair_room(self.place, to, off, up, down)
        if alone:
            fall[:] = 0  # The rows may sum to more, never to less.
        times = _somewhere(-fall, rise, self._gain(gain, to, off), random)
        nation = None
        if self.nation is not None:
            nation = self._balance(times, rise, fall, to, off, up, down,
                                   random)
        return self._blocks(times, nation, to, off)

    def _pair_room(self, place, to, off, up, down):
        there = lambda room, rows: np.where(rows >= 0, room[rows], 0.0)
        rise, fall = there(up, place[..., to]), there(down, place[..., to])
        if off is not None:
            rise = np.minimum(rise, there(down, place[..., off]))
            fall = np.minimum(fall, there(up, place[..., off]))
        return rise, fall

    def _gain(self, gain, to, off):
        there = lambda rows: np.where(rows >= 0, gain[rows], 0.0)
        found = there(self.place[:, to])
        return found if off is None else found - there(self.place[:, off])

    def _balance(self, times, rise, fall, to, off, up, down, random):
        """Lessens some of `times` so that the nation's rows may follow; how
        often they make the move."""
        most, least = self._pair_room(self.nation, to, off, up, down)
        if off is None:
            least[:] = 0
        if not self.complete:
            most[:] = least[:] = 0
        total = times.sum(0)
        wanted = np.clip(total, -least, most)
        order = random.permutation(len(times))
        for sign, can in ((1, fall), (-1, rise)):
            room = (can + sign * times)[order]
            need = np.maximum(sign * (total - wanted), 0)
            before = np.cumsum(room, 0) - room
            times[order] -= sign * np.clip(need - before, 0, room)
        return times.sum(0)

    def _blocks(self, times, nation, to, off):
        place = self.place
        if nation is not None:
            place = np.vstack([place, self.nation])
            times = np.vstack([times, nation])
        found, often = [place[:, to]], [times]
        if off is not None:
            found.append(place[:, off])
            often.append(-times)
        rows, often = np.concatenate(found, 1), np.concatenate(often, 1)
        moved = often != 0
        return rows[moved], often[moved]


def _somewhere(low, high, gain, random):
    """Where most is gained; where nothing is, anywhere."""
    share = np.clip(random.random(low.shape) * 2 - 0.5, 0, 1)
    share = np.where(gain > 0, 1.0, np.where(gain < 0, 0.0, share))
    # No move is without end, and a small one does.
    low, high = np.maximum(low, -_FAR), np.minimum(high, _FAR)
    return np.round(low + (high - low) * share)
