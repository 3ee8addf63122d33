#!/usr/bin/env python3
"""Compares two outcome reports in JSON, field by field.

    compare.py EXPECTED.json ACTUAL.json [--at-least N]

Prints every difference by its path and ends with 1 when there is one, or when
fewer than N fields were compared (a comparison of nothing agrees always). The
order of rows does not matter; shares may differ by 1e-12.
"""
import argparse
import datetime
import json
import sys

# Not in an independent calculation: where the server's feed stands, what it
# costs, and when it was asked (compared only where both say it).
NOT_COMPARED = {"feedPosition", "codeListVersion", "cost"}
TOLERANCE = 1e-12

# What tells the rows of a list apart.
KEYS = {"occupation": ["key"], "support": ["key"], "supportGroups": ["key"],
        "flows": ["from", "to"], "followUp": ["months"],
        "breakdowns": ["dimension", "value", "forbund"],
        "filters": ["dimension", "value"]}


def row_name(kind, row):
    return ",".join(str(row.get(key, "")) for key in KEYS[kind])


def flatten(value, path, kind, fields):
    """Every leaf of `value` into `fields`, by path."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if path or name not in NOT_COMPARED:
                flatten(inner, f"{path}.{name}" if path else name, name, fields)
    elif isinstance(value, list) and kind in KEYS:
        for row in value:
            place = f"{path}[{row_name(kind, row)}]"
            if place in fields:
                fields[place + " (twice)"] = True
            fields[place] = True
            flatten(row, place, "", fields)
    elif isinstance(value, list):
        # Texts: the names of förbund, codes, withheld cells.
        if value:
            fields[path] = sorted(map(str, value))
    elif path.endswith("].forbund") and value == "":
        pass  # Only INSATS rows over several förbund name one.
    else:
        fields[path] = value


def same(a, b):
    numbers = (int, float)
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, numbers) and isinstance(b, numbers):
        return abs(a - b) <= (TOLERANCE if isinstance(a, float) or
                              isinstance(b, float) else 0)
    return a == b


def differences(expected, actual):
    """What differs, as lines, and how many fields were compared."""
    fields = ({}, {})
    flatten(expected, "", "", fields[0])
    flatten(actual, "", "", fields[1])
    for side, other in (fields, fields[::-1]):
        if "asOf" in side and "asOf" not in other:
            del side["asOf"]
    lines = []
    for path in sorted(set(fields[0]) | set(fields[1])):
        a, b = (side.get(path, "absent") for side in fields)
        if path == "asOf" and moment(a) == moment(b):
            continue
        if isinstance(a, list) and isinstance(b, list):
            lines += [f"{path}: {text} is missing" for text in a
                      if text not in b]
            lines += [f"{path}: {text} is not expected" for text in b
                      if text not in a]
        elif not same(a, b):
            lines.append(f"{path}: expected {a}, got {b}")
    return lines, len(set(fields[0]) & set(fields[1]))


def moment(text):
    """To the microsecond, whatever the form."""
    return datetime.datetime.fromisoformat(
        text.replace("Z", "+00:00")).astimezone(datetime.timezone.utc)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("expected")
    parser.add_argument("actual")
    parser.add_argument("--at-least", type=int, default=1)
    options = parser.parse_args()
    reports = []
    for path in (options.expected, options.actual):
        with open(path, encoding="utf-8") as file:
            reports.append(json.load(file))
    lines, compared = differences(*reports)
    for line in lines:
        print(line)
    if compared < options.at_least:
        print(f"only {compared} fields compared, at least {options.at_least} "
              "expected")
    if lines or compared < options.at_least:
        sys.exit(1)
    print(f"{compared} fields agree")


if __name__ == "__main__":
    main()
