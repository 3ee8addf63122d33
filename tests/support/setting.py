"""What stories begin with: a förbund, insatser, and files of rows."""

import re

FORBUND = "Samordningsförbundet Exempel"
FORBUND_NUMBER = "222000-1230"
OF_FORBUND = ("--forbund", FORBUND_NUMBER)
INSATS = "Vägen in"


def make_forbund(place, number=FORBUND_NUMBER, name=FORBUND, *words):
    """The name of the resource."""
    return place.json("forbund", "create", "--name", name, "--org-number",
                      number, "--start", "2015-01-01", *words)["name"]


def make_insats(place, title=INSATS, orientation="individ", method="person",
                focus="forberedande"):
    """The name of the resource; its förbund is there."""
    return place.json(
        "insats", "create", *OF_FORBUND, "--name", title, "--start",
        "2016-01-01", "--orientation", orientation, "--focus", focus,
        "--target-group", "ovriga", "--method", method)["name"]


def make_samordnare(place, insats=INSATS):
    place.stegvis("user", "grant", "--user", "samordnare", "--role",
                  "samordnare", *OF_FORBUND, "--insats", insats)


def make_everything(place):
    """A förbund with an insats for people, and its samordnare."""
    make_forbund(place)
    make_insats(place)
    make_samordnare(place)


def a_row(number, **cells):
    """A participant as files have them, ended or not."""
    return {"forbund": FORBUND_NUMBER, "insats": INSATS,
            "personnummer": number, "samtycke": "2020-01-02",
            "in_datum": "2020-02-03", "in_forsorjning": "sjukpenning",
            **cells}


def csv_text(rows):
    """The rows under every column that one of them has."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [columns] + [[row.get(name, "") for name in columns]
                         for row in rows]
    return "".join(";".join(map(str, line)) + "\n" for line in lines)


def register(place, number, *words, insats=INSATS, entry="2020-02-03",
             **options):
    """Registers somebody as the samordnare; the participation."""
    return place.json(
        "participant", "register", *OF_FORBUND, "--insats", insats,
        "--consent", "2020-01-02", "--entry", entry, "--support",
        "sjukpenning", *words, profile="samordnare", stdin=number + "\n",
        **options)


def started(place, year="2020"):
    """How many the report says have started."""
    report = place.json("report", "--year", year, profile="national")
    return report["participants"]["started"]["total"]


def steady(text):
    """`text` with what is new in every run written as [id] and [time]."""
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "[id]", text)
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "[time]", text)


def squeezed(text):
    """A table whose columns do not move with what stands in other rows."""
    return re.sub(r"(?<=\S) {2,}", "  ", text)


def without(message, *fields):
    """A message without the fields that are new in every run."""
    moving = {"etag", "createTime", "updateTime", "knownTime", *fields}
    return {key: value for key, value in message.items() if key not in moving}


def import_sums(outcome):
    """What an import says of its rows: how many, new, completed, unchanged,
    refused; when migrating also those with unknown support before."""
    table = outcome.out.split("\n\n")[0]
    rows = [re.split(" {2,}", line) for line in table.splitlines()]
    labels = [row[0] for row in rows]
    assert labels[:5] == ["rader", "nya", "kompletterade", "oförändrade",
                          "avvisade"], f"no summary: {outcome}"
    return tuple(int(re.sub(r"\s", "", row[1])) for row in rows)
