#!/usr/bin/python3
"""Makes a release that withholds every count that is not zero: so careful that
it is of no use, but there must be nothing to find in it.

    careful.py TRUE_REPORT.json > RELEASE.json
"""

import copy
import json
import sys

from cells import SEXES
from naive import release
from reading import load


def _hide(message, true):
    hidden = [sex for sex in SEXES if int(true.get(sex, 0)) != 0]
    for sex in hidden:
        message.pop(sex, None)
    message["withheld"] = hidden


def _hide_all(shown, true):
    """Counts are messages that have or had a total."""
    for name in list(shown):
        if name.startswith(("share", "change", "coverage")):
            del shown[name]
        elif isinstance(shown[name], dict) and "withheld" in shown[name]:
            _hide(shown[name], true[name])
        elif isinstance(shown[name], dict):
            _hide_all(shown[name], true[name])
        elif isinstance(shown[name], list) and name != "forbund":
            for row, true_row in zip(shown[name], true[name]):
                if isinstance(row, dict):
                    _hide_all(row, true_row)


def withhold_everything(report):
    made = copy.deepcopy(release(report))
    flows = made.pop("flows", [])
    _hide_all(made, report)
    made["flows"] = [{"from": flow["from"], "to": flow["to"],
                      "count": {"withheld": ["total"]}} for flow in flows]
    return made


if __name__ == "__main__":
    json.dump(withhold_everything(load(sys.argv[1])), sys.stdout,
              ensure_ascii=False)
