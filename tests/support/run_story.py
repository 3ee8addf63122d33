#!/usr/bin/env python3
"""Runs one story in an installation of its own.

    run_story.py FILE BIN_DIR NAME

A story fails too when a command said somebody's number where it must not: on
stdout by any but `participant reveal` and `extract`, on stderr by any at all.
"""

import runpy
import sys
import tempfile
from pathlib import Path

from installation import Installation
from people import veiled


def find(file, name):
    sys.path.insert(1, str(Path(file).parent))
    things = runpy.run_path(file).values()
    found = [thing for thing in things if getattr(thing, "story", None) == name]
    assert len(found) == 1, f"{len(found)} stories are called {name}"
    return found[0]


def check_silence(outcomes):
    for outcome in outcomes:
        command = " ".join(outcome.words[:2])
        texts = [outcome.err]
        if command not in ("participant reveal", "participant extract"):
            texts.append(outcome.out)
        for text in texts:
            assert veiled(text) == text, (
                f"somebody's number was printed: {outcome}")


def main():
    file, bin_dir, name = sys.argv[1:]
    tell = find(file, name)
    with tempfile.TemporaryDirectory() as folder:
        with Installation(bin_dir, folder) as place:
            tell(place)
            check_silence(place.outcomes)


if __name__ == "__main__":
    main()
