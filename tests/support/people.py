"""Invented people: numbers that are valid and nobody's."""

import random
import re

WRITTEN = re.compile(r"(?<!\d)(?:\d\d)?(\d{6})[-+]?(\d{4})(?!\d)")

_handed_out = {}  # The last ten digits, and which person it is.


def check_digit(nine):
    total = 0
    for place, digit in enumerate(nine):
        product = int(digit) * (2 if place % 2 == 0 else 1)
        total += product // 10 + product % 10
    return str((10 - total % 10) % 10)


def a_number(birth, serial):
    """Of somebody born on the day `birth`, YYYYMMDD. An even serial is a
    woman's."""
    nine = birth[2:] + "%03d" % serial
    ten = nine + check_digit(nine)
    _handed_out.setdefault(ten, len(_handed_out) + 1)
    return birth[:2] + ten


def invented_numbers(count):
    """Different ones: serials counted up, births spread out."""
    chosen = random.Random(20200115)
    numbers = {}  # In the order they were made.
    while len(numbers) < count:
        birth = "%04d%02d%02d" % (
            chosen.randint(1950, 1999), chosen.randint(1, 12),
            chosen.randint(1, 28))
        numbers[a_number(birth, 100 + len(numbers) % 900)] = None
    return list(numbers)


def veiled(text):
    """`text` with every number that was handed out, in any written form, as
    [person 1], [person 2] …: for what is printed when a test fails."""
    def veil(found):
        person = _handed_out.get("".join(found.groups()))
        return found[0] if person is None else f"[person {person}]"
    return WRITTEN.sub(veil, text)
