#!/usr/bin/env python3
"""Holds four reports of the demo data set against what was published.

    published.py DIR [--scale K]

DIR holds 2013.json, 2015-january.json, 2015-february.json and 2020.json. The
figures are those of domain.md section 6, rounded as they were published.
"""
import argparse
import decimal
import json
import os
import sys


def whole_percent(share):
    """Half away from zero, as in print."""
    return int(decimal.Decimal(repr(share * 100)).quantize(
        decimal.Decimal(1), rounding=decimal.ROUND_HALF_UP))


def row(rows, key):
    return next(r for r in rows if r["key"] == key)


def work_or_study(report, name):
    return whole_percent(row(report["occupation"], "ARBETE_ELLER_STUDIER")[name])


def people(report, name):
    return report["participants"][name]["total"]


def had_before(report, source):
    return row(report["support"], source)["before"]["total"]


def figures(reports, scale):
    """Name, published and reported."""
    january, february = reports["2015-january"], reports["2015-february"]
    r2013, r2020 = reports["2013"], reports["2020"]
    assistance = row(r2013["support"], "forsorjningsstod")["changePercent"]
    return [
        ("2013 work or studies before, %", 11,
         work_or_study(r2013, "shareBefore")),
        ("2013 work or studies after, %", 31,
         work_or_study(r2013, "shareAfter")),
        ("2013 forsorjningsstod, change in %", -16, whole_percent(assistance)),
        ("2015 registered as of 2016-01-16", 33500 * scale,
         people(january, "registered")),
        ("2015 personal as of 2016-01-16", 14700 * scale,
         people(january, "started")),
        ("2015 work or studies after as of 2016-01-16, %", 33,
         work_or_study(january, "shareAfter")),
        ("2015 registered as of 2016-02-26", 34400 * scale,
         people(february, "registered")),
        ("2015 personal as of 2016-02-26", 14900 * scale,
         people(february, "started")),
        ("2015 work or studies after as of 2016-02-26, %", 33,
         work_or_study(february, "shareAfter")),
        ("2020 forbund", 78, len(r2020["forbund"])),
        ("2020 registered", 24867 * scale, people(r2020, "registered")),
        ("2020 personal", 17454 * scale, people(r2020, "started")),
        ("2020 work or studies after, %", 28,
         work_or_study(r2020, "shareAfter")),
        ("2020 aktivitetsersattning before", 1589 * scale,
         had_before(r2020, "aktivitetsersattning")),
        ("2020 sjukpenning before", 3410 * scale,
         had_before(r2020, "sjukpenning")),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("directory")
    parser.add_argument("--scale", type=int, default=1)
    options = parser.parse_args()
    reports = {}
    for name in ("2013", "2015-january", "2015-february", "2020"):
        with open(os.path.join(options.directory, name + ".json"),
                  encoding="utf-8") as file:
            reports[name] = json.load(file)
    failed = False
    for name, published, reported in figures(reports, options.scale):
        agrees = published == reported
        failed = failed or not agrees
        print(f"{'ok' if agrees else 'FAILED':7} {name}: "
              f"published {published}, reported {reported}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
