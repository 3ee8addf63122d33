"""Two releases of the same förbund, or of the nation, and year: what the later
one holds is what the earlier one holds and those who came between.

Those who came between are a release that nobody printed: people, of whom the
same holds as of others. But corrections and erasures are no people; with the
truth at hand, what is not true of them is not taken to be known.
"""

from dataclasses import replace

import numpy as np

import cells
from cells import WIDTH
from reading import UNBOUNDED, WHOLE, Block, Release, Truth


def pairs(releases):
    """Those that follow each other, as numbers."""
    found, newest = [], {}
    for number in sorted(range(len(releases)), key=lambda n: (
            releases[n].as_of is not None, releases[n].as_of)):
        release = releases[number]
        if release.as_of is None:
            continue
        subject = release.forbund, release.year
        if subject in newest and (
                releases[newest[subject]].as_of != release.as_of):
            found.append((newest[subject], number))
        newest[subject] = number
    return found


def unprinted(earlier, later):
    """The release of those between."""
    blocks = {key: Block(np.zeros(WIDTH), np.full(WIDTH, UNBOUNDED))
              for key in (*later.blocks, *earlier.blocks)}
    return Release(later.forbund, later.year, None, blocks, None,
                   f"between {earlier.name} and {later.as_of}")


def truth(earlier, later):
    nobody = np.zeros(WIDTH)
    return Truth(later.forbund, later.year,
                 {key: later.blocks.get(key, nobody) -
                  earlier.blocks.get(key, nobody)
                  for key in (*later.blocks, *earlier.blocks)}, {})


class Between:
    """Adds the release to a model that has the two of them."""

    def __init__(self, model, earlier, later):
        self.model, self.earlier, self.later = model, earlier, later
        releases = model.releases
        for number in (earlier, later):
            release = releases[number]
            releases[number] = replace(
                release, title=release.title or
                f"{release.name} {release.as_of}")
        self.number = len(releases)
        releases.append(unprinted(releases[earlier], releases[later]))
        model.lay_out(self.number)

    def add(self):
        """The relations, and which of the system's they are: those that must
        hold, and those that hold if nobody was corrected or erased."""
        model, system = self.model, self.model.system
        for key in model.releases[self.number].blocks:
            columns = [model.cells.get((number, key), model.nobody)
                       for number in (self.later, self.earlier, self.number)]
            model.add_rule("earlier-and-later", np.column_stack(columns),
                           [1, -1, -1], 0, 0)
        first = system.relations
        if model.uses("earlier-and-later"):
            model.add_people(self.number)
            self._add_flows()
        self.doubtful = np.arange(first, system.relations)

    def _add_flows(self):
        """Of a pair no fewer than before, and no more of those between than
        were there before, or after."""
        model = self.model
        later, earlier = (model.flows[n] for n in (self.later, self.earlier))
        if later is None or earlier is None:
            return
        whole = model.cells[self.number, WHOLE]
        for before in cells.SOURCES:
            for after in cells.PRINTED_TO:
                place = cells.flow(before, after)
                both = [later[place], earlier[place]]
                model.add_rule("earlier-and-later", both, [1, -1], 0,
                               UNBOUNDED)
                for end in (cells.before_of_flow(before),
                            cells.after_of_flow(after)):
                    model.add_rule("earlier-and-later", [whole[end], *both],
                                   [1, -1, 1], 0, UNBOUNDED)
