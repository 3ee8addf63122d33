"""Finds traces of marked people in bytes, in every form in which a program
might have written them down."""

import base64
import re
import struct
import unicodedata
from urllib.parse import quote

SHORTEST = 6  # Bytes; a shorter form stands in encrypted bytes by chance.


def in_base64(text):
    """What is left of `text` whatever stands around it."""
    for shift in range(3):
        coded = base64.b64encode(b"x" * shift + text)
        # Only what no neighbour can change.
        yield coded[4 if shift else 0:len(coded) // 4 * 4 - 4]


def in_letters(text):
    """A text in the ways texts are written."""
    yield text.encode()
    for width in ("utf-16-le", "utf-16-be"):
        yield text.encode(width)
    yield text.encode().hex().encode()
    yield text.encode().hex().upper().encode()
    yield from in_base64(text.encode())


def as_integer(value):
    for order in "<>":
        yield struct.pack(order + "q", value)
        yield struct.pack(order + "d", value)
    length = (value.bit_length() + 7) // 8
    for order in ("little", "big"):
        yield value.to_bytes(length, order)
    yield b"%x" % value
    yield b"%X" % value
    yield bytes((value >> 7 * i & 0x7f) | (0x80 if value >> 7 * (i + 1) else 0)
                for i in range((value.bit_length() + 6) // 7))


def forms_of_number(number):
    """Of twelve digits: also without century, with signs and blanks, turned
    around, as integers, and digit by digit."""
    ten = number[2:]
    texts = {number[::-1], ten[::-1], number[8:] + number[:8],
             ten[6:] + ten[:6], number[:4] + "-" + number[4:6] + "-" +
             number[6:8] + "-" + number[8:]}
    for text in (number, ten):
        texts |= {text[:-4] + sign + text[-4:] for sign in ("", "-", "+", " ")}
    found = {form for text in texts for form in in_letters(text)}
    for text in (number, ten):
        found |= set(as_integer(int(text)))
        digits = [int(digit) for digit in text]
        found.add(bytes(digits))
        found.add(bytes(digits[i] * 16 + digits[i + 1]
                        for i in range(0, len(digits), 2)))
    return {form for form in found if len(form) >= SHORTEST}


def forms_of_text(text):
    """Of a name or what somebody wrote: composed or not, small and capital,
    and as in addresses."""
    found = set()
    for written in (text, text.upper(), text.lower(),
                    unicodedata.normalize("NFD", text)):
        found |= set(in_letters(written))
        found |= {quote(written).encode(), quote(written).lower().encode()}
        # As protobuf and C escape it.
        found.add("".join(chr(b) if b < 128 else "\\%o" % b
                          for b in written.encode()).encode())
    return {form for form in found if len(form) >= SHORTEST}


def any_of(forms, depth=2):
    """A pattern that matches each of them. By first bytes: thousands of
    alternatives in a row would be tried one after the other everywhere."""
    if depth == 0 or b"" in forms:
        return b"|".join(map(re.escape, forms))
    ends = {}
    for form in sorted(forms):
        ends.setdefault(form[:1], []).append(form[1:])
    return b"|".join(re.escape(first) + b"(?:" + any_of(rest, depth - 1) + b")"
                     for first, rest in ends.items())


class Traces:
    """Of people by their numbers, and of texts."""

    def __init__(self, numbers, texts):
        self.forms = {form for number in numbers
                      for form in forms_of_number(number)}
        for text in texts:
            self.forms |= forms_of_text(text)
        self._pattern = re.compile(any_of(self.forms))

    def in_bytes(self, content, what):
        """Where traces are: never which."""
        return [f"{what}: a marked value at {found.start()}"
                for found in self._pattern.finditer(content)]

    def in_files(self, paths):
        return [fault for path in paths
                for fault in self.in_bytes(path.read_bytes(), path.name)]
