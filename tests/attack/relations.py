"""Turns releases into a system: variables for every cell, and every relation
that follows from domain.md section 5. README.md lists them."""

import calendar
import datetime

import numpy as np

import between
import block_rules
import cells
import flow_rules
from cells import BASE, INDIVIDUALS, ONGOING, STARTED, WIDTH, at, places
from reading import SMALL_BASE, WHOLE
from system import UNBOUNDED, ZERO, System

OF_INSATS = ("FOCUS", "TARGET_GROUP", "INSATS", "FORBUND")
PARTITIONS = ("AGE_GROUP", "EDUCATION", "REFERRED_BY", "MONTHS_ON_SUPPORT",
              "FOCUS", "INSATS", "FORBUND", "END_REASON", "YEAR")
BY_EXIT = ("END_REASON", "YEAR")  # Those without exit stand in no row.
_EXACT_PARTS = places((*cells.WITH_EXIT,))


class Model:
    """The system, and where each cell of each release is in it."""

    nobody = np.zeros(WIDTH, int) + ZERO  # A row that is not there.

    def __init__(self, releases, without=(), known_insatser=None):
        self.without = frozenset(without)
        self.releases = list(releases)
        self.known_insatser = known_insatser
        self.system = System()
        self.exact, self.counting = block_rules.forms(self.without)
        self.cells = {}  # (release, key) -> a variable for each place
        self.flows = {}  # release -> a variable for each flow, or None
        order = sorted(range(len(releases)),
                       key=lambda number: releases[number].national)
        for number in order:
            self.lay_out(number)
        self._add_rules()
        self.between = [between.Between(self, *pair)
                        for pair in between.pairs(releases)]
        for each in self.between:
            each.add()
        self.system.close()

    def uses(self, rule):
        return rule not in self.without

    def add_rule(self, rule, *arguments, how=None):
        if self.uses(rule):
            (how or self.system.add)(rule, *arguments)

    # ------------------------------------------------- where cells lie

    def lay_out(self, number):
        release = self.releases[number]
        keys = sorted(release.blocks, key=lambda key: key != WHOLE)
        for key in keys:
            block = release.blocks[key]
            self.cells[number, key] = self._variables(number, key, block)
            self._read_derived(number, key, block)
        self.flows[number] = flow_rules.variables(self, number)

    def _variables(self, number, key, block):
        same = self._same_as(number, key)
        low, high = self._bounds(number, key, block)
        if same is None:
            return self.system.add_variables(low, high)
        mapped, own = same.copy(), np.flatnonzero(same < 0)
        mapped[own] = self.system.add_variables(low[own], high[own])
        # What is printed of a cell under two names is known of one.
        self.system.tighten(mapped, low, high)
        return mapped

    def _bounds(self, number, key, block):
        low, high = block.low.copy(), block.high.copy()
        if not self.uses("withheld-is-positive"):
            low[(low == 1) & (high > SMALL_BASE)] = 0
        if block.base_alone and not self.uses("small-base"):
            big = high == SMALL_BASE - 1
            high[big & (low < high)] = UNBOUNDED
        nobody = self._nobody(number, key, block)
        high[nobody] = np.minimum(high[nobody], 0)
        return low, high

    def _nobody(self, number, key, block):
        """The places that are zero in a block whatever is printed."""
        dimension, value = key
        found = []
        if dimension not in (*OF_INSATS, "SEX", ""):
            found += places(cells.UNNAMED)
        if dimension == "FOCUS" and self.uses("focus-orientation"):
            if value in cells.STRUCTURAL_FOCUS:
                found += [place for place in range(WIDTH) if place // 3 !=
                          at(cells.STRUCTURAL) // 3]
            if value in cells.INDIVIDUAL_FOCUS:
                found += places((cells.STRUCTURAL,))
        if dimension == "INSATS" and self.uses("insats-method"):
            if any(block.low[at(BASE, sex)] > 0 for sex in range(3)):
                found += places((cells.VOLUME, cells.STRUCTURAL))
        if dimension == "YEAR" and self.uses("year-of-exit"):
            found += self._nobody_of_year(number, value)
        found += self._nobody_due(number, key)
        return found

    def _nobody_of_year(self, number, value):
        if int(value) == self.releases[number].year:
            return places((ONGOING,))
        return places((*cells.WITH_EXIT, INDIVIDUALS))

    def _nobody_due(self, number, key):
        found = []
        for months in cells.MONTHS:
            dead = key == ("END_REASON", "avliden") and self.uses("dead-due")
            if dead or self._due(number, months) == "nobody":
                found += places(cells.follow_up(months, what) for what in (
                    "due", "answered", "workOrStudy", "seeking", "other",
                    "due-answered"))
        return found

    def _due(self, number, months):
        """Whether "everybody", "nobody" or "some" of those who ended in the
        year and did not die can be due for a follow-up."""
        release = self.releases[number]
        if release.as_of is None or not self.uses("due-by-day"):
            return "some"
        first = _add_months(datetime.date(release.year, 1, 1), months)
        last = _add_months(datetime.date(release.year, 12, 31), months)
        if last <= release.as_of:
            return "everybody"
        return "some" if first <= release.as_of else "nobody"

    def _same_as(self, number, key):
        """For a block whose cells are those of another: their variables, -1
        where the cell is its own."""
        release, (dimension, value) = self.releases[number], key
        whole = self.cells.get((number, WHOLE))
        if dimension == "SEX" and self.uses("sex-rows"):
            return _of_sex(whole, value)
        if dimension == "FORBUND" and not release.national:
            return whole if self.uses("forbund-row") else None
        if dimension == "FORBUND" and self.uses("forbund-whole"):
            other = self.whole_of_forbund(number, value)
            return None if other is None else self.cells[other, WHOLE]
        if (dimension == "YEAR" and int(value) == release.year and
                self.uses("year-of-exit")):
            same = whole.copy()
            same[places((STARTED, ONGOING, *cells.UNNAMED))] = -1
            return same
        return None

    def whole_of_forbund(self, nation, name):
        """The release of a förbund that shows the same moment."""
        for number, release in enumerate(self.releases):
            if (not release.national and release.forbund == (name,) and
                    self.same_moment(nation, number)):
                return number
        return None

    def same_moment(self, one, other):
        a, b = self.releases[one], self.releases[other]
        return a.year == b.year and a.as_of == b.as_of

    def _read_derived(self, number, key, block):
        variables = self.cells[number, key]
        for form, low, high in block.derived:
            self.add_rule("derived", variables[list(form)], list(form.values()),
                      low, high)
        if key[0] == "SEX" and block.coverage:
            whole = self.cells[number, WHOLE]
            for count in (cells.VOLUME, cells.REGISTERED):
                self.add_rule("coverage-by-sex", whole[places((count,))],
                          [1, -1, -1], 0, 0)

    # ------------------------------------------------------- relations

    def add_people(self, number):
        """What holds for any people, in a release that is not printed."""
        keys = [key for key in self.cells
                if key[0] == number and not self._is_copy(*key)]
        self._add_block_forms(np.array([self.cells[key] for key in keys]),
                              keys)
        self._add_rows(number, self.releases[number])

    def _add_rules(self):
        keys = [key for key in self.cells if not self._is_copy(*key)]
        blocks = np.array([self.cells[key] for key in keys])
        self._add_block_forms(blocks, keys)
        self._add_somebody(blocks, keys)
        for number, release in enumerate(self.releases):
            self._add_rows(number, release)
            self._add_due(number, release)
            flow_rules.add(self, number)
            if release.national:
                self._add_nation(number, release)

    def _is_copy(self, number, key):
        same = self._same_as(number, key)
        return same is not None and key[0] != "YEAR"

    def _add_block_forms(self, blocks, keys):
        named = np.array([key[0] in (*OF_INSATS, "SEX", "")
                          for _, key in keys])
        for forms, high in ((self.exact, 0), (self.counting, UNBOUNDED)):
            for form, name in forms:
                counted = block_rules.touches((form, name), cells.UNNAMED)
                of = blocks[named] if counted else blocks
                self.system.add(name, of[:, list(form)], list(form.values()),
                                0, high)

    def _add_somebody(self, blocks, keys):
        """Where somebody is in the base there is an individual; and a row in
        which nothing is stands in no release."""
        for sex in range(3):
            positive = [self.releases[n].blocks[key].low[at(BASE, sex)] > 0
                        for n, key in keys]
            self.add_rule("an-individual", blocks[positive][:, [
                at(INDIVIDUALS, sex)]], [1], 1, UNBOUNDED)
        rows = np.array([key != WHOLE for _, key in keys])
        something = [at(count) for count in (
            STARTED, ONGOING, BASE, cells.ANONYMOUS, cells.VOLUME,
            cells.STRUCTURAL)]
        self.add_rule("row-not-empty", blocks[rows][:, something], [1] * 6, 1,
                  UNBOUNDED)

    def rows_of(self, number, dimension):
        return {key[1]: self.cells[number, key]
                for key in self.releases[number].blocks if key[0] == dimension}

    def _add_rows(self, number, release):
        whole = self.cells[number, WHOLE]
        for dimension in PARTITIONS:
            rows = list(self.rows_of(number, dimension).values())
            if rows and not (dimension == "FORBUND" and not release.national):
                self._add_partition(dimension, whole, rows)
        self._add_targets(whole,
                          list(self.rows_of(number, "TARGET_GROUP").values()))
        self._add_without_exit(number)
        if self.known_insatser is not None and not release.national:
            self._add_known_insatser(number)

    def _add_partition(self, dimension, whole, rows):
        exact = list(_EXACT_PARTS)
        if dimension in OF_INSATS:
            exact += places(cells.UNNAMED)
        if dimension not in BY_EXIT:
            exact += places(cells.MOVING)
        if dimension == "FORBUND":
            exact += places((INDIVIDUALS,))
        self.add_rule(f"rows-of-{dimension}", whole[exact],
                  [row[exact] for row in rows], how=self.system.add_sums)
        some = places((INDIVIDUALS,))
        if dimension != "FORBUND":
            self.add_rule("individuals-of-rows", whole[some],
                      [row[some] for row in rows], -UNBOUNDED, 0,
                      how=self.system.add_sums)
            self._add_parts_of("individuals-of-rows", _repeated(whole, rows),
                               [np.array(rows)], individuals_alone=True)

    def _add_parts_of(self, rule, wholes, parts, individuals_alone=False):
        """In each row the people of `parts` (a list of blocks), none in two of
        them, are some of the whole's."""
        if not self.uses(rule):
            return
        for form, name in _single_cells() + self.counting:
            used, values = list(form), list(form.values())
            if individuals_alone and used[0] // 3 != at(INDIVIDUALS) // 3 and (
                    name != "individuals"):
                continue
            self.system.add(
                rule, np.hstack([wholes[:, used], *[p[:, used] for p in parts]]),
                values + [-v for v in values] * len(parts), 0, UNBOUNDED)

    def _add_targets(self, whole, rows):
        """Each insats is in one target group or more."""
        if not rows:
            return
        self._add_parts_of("target-group-in-whole", _repeated(whole, rows),
                           [np.array(rows)])
        for form, name in _single_cells() + self.counting:
            if name == "individuals":
                continue  # Returning to another group is returning no more.
            used, values = list(form), list(form.values())
            self.add_rule("target-groups-cover",
                      np.concatenate([whole[used], *[r[used] for r in rows]]),
                      values + [-v for v in values] * len(rows), -UNBOUNDED, 0)

    def _add_without_exit(self, number):
        """Who has no exit has neither year nor end reason, and is ongoing."""
        whole = self.cells[number, WHOLE]
        rows = {dimension: list(self.rows_of(number, dimension).values())
                for dimension in BY_EXIT}
        moving = places(cells.MOVING)
        for found in filter(None, rows.values()):
            self.add_rule("without-exit", whole[moving], [r[moving] for r in found],
                      0, UNBOUNDED, how=self.system.add_sums)
            for sex in range(3):
                pair = [at(ONGOING, sex), at(STARTED, sex)]
                self.add_rule("without-exit",
                          np.concatenate([b[pair] for b in [whole, *found]]),
                          [1, -1] + [-1, 1] * len(found), 0, UNBOUNDED)
        if all(rows.values()):
            one, other = [rows[dimension] for dimension in BY_EXIT]
            columns = np.column_stack([r[moving] for r in (*one, *other)])
            self.add_rule("exit-has-reason", columns,
                      [1] * len(one) + [-1] * len(other), 0, 0)
        self._add_years(number)

    def _add_years(self, number):
        """Who ends in a later year is ongoing; who ended in this one and
        started in it is among those who ended."""
        for value, row in self.rows_of(number, "YEAR").items():
            this = int(value) == self.releases[number].year
            for sex in range(3):
                more = row[at(BASE if this else ONGOING, sex)]
                self.add_rule("year-of-exit", [more, row[at(STARTED, sex)]],
                          [1, -1], 0, UNBOUNDED)

    def _add_due(self, number, release):
        for months in cells.MONTHS:
            if self._due(number, months) != "everybody":
                continue
            due = places((cells.follow_up(months, "due"),))
            for value, row in self.rows_of(number, "END_REASON").items():
                if value != "avliden":
                    self.add_rule("due-by-day", row[due], row[places((BASE,))],
                              how=self.system.add_equal)
        if self._due(number, 12) == "everybody":
            one, other = [places((cells.follow_up(months, "due"),))
                          for months in cells.MONTHS]
            for key in release.blocks:
                block = self.cells[number, key]
                self.add_rule("due-by-day", block[one], block[other],
                          how=self.system.add_equal)

    # ------------------------------------------------ nation and förbund

    def _add_nation(self, number, release):
        found = {name: self.whole_of_forbund(number, name)
                 for name in release.forbund}
        for key, block in release.blocks.items():
            if key[0] in ("FORBUND", "SEX"):
                continue  # Whole blocks that are the same ones.
            parts = [self._part(other, key) for other in found.values()
                     if other is not None]
            known = [part for part in parts if part is not None]
            if not known:
                continue
            variables = self.cells[number, key]
            if len(known) == len(release.forbund):
                self.add_rule("nation-rows", variables, known,
                          how=self.system.add_sums)
            else:
                self._add_parts_of("nation-rows", variables[None],
                                   [part[None] for part in known])

    def _part(self, number, key):
        """A row that is not there has nobody in it; None when the release has
        no row of the dimension, so that it may not have been asked for."""
        if (number, key) in self.cells:
            return self.cells[number, key]
        if key == WHOLE or self.rows_of(number, key[0]):
            return self.nobody
        return None

    def _add_known_insatser(self, number):
        """For a reader who knows the focus and target groups of insatser."""
        rows = self.rows_of(number, "INSATS")
        name = self.releases[number].forbund[0]
        counts = [place for place in range(WIDTH)
                  if place // 3 != at(INDIVIDUALS) // 3]
        for dimension in ("FOCUS", "TARGET_GROUP"):
            for value, block in self.rows_of(number, dimension).items():
                inside = [rows[insats] for insats in rows if value in
                          self.known_insatser[name, insats][dimension]]
                self.add_rule("known-insatser", block[counts],
                          [row[counts] for row in inside],
                          how=self.system.add_sums)


def _single_cells():
    return [({place: 1}, "") for place in range(WIDTH)]


def _repeated(whole, rows):
    return np.broadcast_to(whole, (len(rows), WIDTH))


def _of_sex(whole, value):
    sex = {"women": cells.WOMEN, "men": cells.MEN}[value]
    same = np.full(WIDTH, ZERO)
    of_sex = whole[np.arange(sex, WIDTH, 3)]
    same[np.arange(0, WIDTH, 3)] = of_sex
    same[np.arange(sex, WIDTH, 3)] = of_sex
    return same


def _add_months(day, months):
    """31 August + 6 months is the last of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))
