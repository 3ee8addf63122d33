"""Tiny releases: a few printed counts in blocks of which nothing else is told,
not even that it is withheld."""

import reading

HIDDEN = "withheld"


def count(*numbers):
    """total, women, men; HIDDEN is withheld, None is not told."""
    named = dict(zip(("total", "women", "men"), numbers))
    return {"withheld": [sex for sex, n in named.items() if n == HIDDEN],
            **{sex: n for sex, n in named.items()
               if n is not None and n != HIDDEN}}


def _row(rows, key, name):
    for row in rows:
        if row[name] == key:
            return row
    rows.append({name: key})
    return rows[-1]


def block(counts, alone=False, coverage=None):
    """`counts` by path, as "support/sjukpenning/before"."""
    made = {"participants": {}, "occupation": [], "support": [],
            "supportGroups": [], "beganOrIncreased": {}, "followUp": []}
    if not alone:
        made["occupation"].append({"key": "ARBETE"})
    if coverage is not None:
        made["participants"]["coverage"] = coverage
    for path, numbers in counts.items():
        part, *rest = path.split("/")
        if not isinstance(numbers, tuple):
            numbers = (numbers,)
        if part in ("participants", "beganOrIncreased"):
            made[part][rest[0]] = count(*numbers)
        elif part == "followUp":
            _row(made[part], int(rest[0]), "months")[rest[1]] = count(*numbers)
        else:
            _row(made[part], rest[0], "key")[rest[1]] = count(*numbers)
    return made


def small(*base):
    return block({"participants/base": base}, alone=True)


def release(whole, rows=None, flows=(), forbund=("A",),
            as_of="2020-06-01T12:00:00Z", **more):
    """`rows` by (dimension, value)."""
    made = {"forbund": list(forbund), "from": "2020-01-01",
            "to": "2020-12-31", "asOf": as_of, **whole, **more}
    made["flows"] = [{"from": before, "to": after, "count": count(number)}
                     for before, after, number in flows]
    made["breakdowns"] = [{"dimension": dimension, "value": value, **row}
                          for (dimension, value), row in (rows or {}).items()]
    return reading.read_release(made)
