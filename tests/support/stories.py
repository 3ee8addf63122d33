"""Marks the functions that are tests; run_story.py runs them.

    @story("Command.ForbundIsCreated")
    def forbund_is_created(place):

CMake finds them by that line (stories.cmake). `place` is an installation of its
own whose server runs.
"""

import time
import unittest

from terminal import PATIENCE

check = unittest.TestCase()
check.maxDiff = None


def story(name):
    def mark(function):
        function.story = name
        return function
    return mark


def wait_until(happened, what):
    """Asks again and again; each question takes its time."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"{what} never came"
