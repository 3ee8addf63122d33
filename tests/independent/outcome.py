#!/usr/bin/env python3
"""Computes the outcome report from CSV files alone.

Written from domain.md section 5 in the simplest way, and shares nothing with
the server: two programs that agree are seldom wrong in the same way.

    outcome.py --data DIR --from 2020-01-01 --to 2020-12-31 [--forbund NAME ...]
               [--where DIM=VALUE ...] [--by DIM ...] [--exclude-reason CODE ...]
               [--as-of DAY-OR-MOMENT] [--sees-no-persons]

DIR holds forbund.csv, insatser.csv, participants*.csv and counts*.csv (read in
the order of their names, as they were imported). A row without `registrerad`
counts as recorded when it was imported, that is now: as of anything earlier it
is not known.
"""
import argparse
import collections
import csv
import datetime
import glob
import json
import math
import os
import zoneinfo

SWEDEN = zoneinfo.ZoneInfo("Europe/Stockholm")

GROUP_OF_SOURCE = {
    "sjukpenning": "OHALSA",
    "rehabiliteringspenning": "OHALSA",
    "sjukersattning": "OHALSA",
    "aktivitetsersattning": "OHALSA",
    "a_kassa": "ARBETSMARKNAD",
    "aktivitetsstod": "ARBETSMARKNAD",
    "utvecklingsersattning": "ARBETSMARKNAD",
    "etableringsersattning": "ARBETSMARKNAD",
    "forsorjningsstod": "EKONOMISKT_BISTAND",
    "studiestod": "OVRIG",
    "foraldrapenning": "OVRIG",
    "annan_offentlig": "OVRIG",
    "ingen_offentlig": "INGEN",
    "uppgift_saknas": "OKAND",
}
GROUPS = ["OHALSA", "ARBETSMARKNAD", "EKONOMISKT_BISTAND", "OVRIG"]

AGE_CLASSES = [(0, 15, "0-15"), (16, 19, "16-19"), (20, 24, "20-24"),
               (25, 29, "25-29"), (30, 39, "30-39"), (40, 49, "40-49"),
               (50, 59, "50-59"), (60, 999, "60+")]
MONTH_CLASSES = [(0, 0, "0"), (1, 3, "1-3"), (4, 6, "4-6"), (7, 12, "7-12"),
                 (13, 24, "13-24"), (25, 36, "25-36"), (37, 60, "37-60"),
                 (61, 9999, "61+")]

# A person has these; an insats or a förbund does not, so counts of people about
# whom nothing is known cannot be told apart by them.
PERSON_DIMENSIONS = {"AGE_GROUP", "EDUCATION", "REFERRED_BY", "KOMMUN",
                     "MONTHS_ON_SUPPORT", "YEAR", "END_REASON"}
INSATS_DIMENSIONS = {"INSATS", "FOCUS", "TARGET_GROUP", "FORBUND"}


# ---------------------------------------------------------------- small things


def add_months(day, months):
    """31 August + 6 months is the last of February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(day.day, last))


def years_between(birth, day):
    return (day.year - birth.year -
            ((day.month, day.day) < (birth.month, birth.day)))


def class_of(number, classes):
    for low, high, name in classes:
        if low <= number <= high:
            return name
    raise ValueError(number)


def parse_day(text):
    return datetime.date.fromisoformat(text)


def parse_moment(text):
    """RFC 3339; a Z is as good as +00:00."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def end_of_day(day):
    nextday = day + datetime.timedelta(days=1)
    start = datetime.datetime(nextday.year, nextday.month, nextday.day,
                              tzinfo=SWEDEN)
    # As a moment, not as a wall clock: those differ when summer time begins.
    return (start.astimezone(datetime.timezone.utc) -
            datetime.timedelta(microseconds=1))


def twelve_digits(text, today):
    """The number in one form, whatever form it was written in."""
    sign = text[-5] if text[-5] in "-+" else ""
    digits = text.replace("-", "").replace("+", "")
    if len(digits) == 12:
        return digits
    # Without century: the latest birth that is not in the future.
    for century in range(today.year // 100, 17, -1):
        full = f"{century:02}{digits}"
        if birth_day(full) <= today:
            break
    if sign == "+":
        full = f"{century - 1:02}{digits}"
    return full


def birth_day(digits):
    day = int(digits[6:8])
    if day > 60:
        day -= 60
    return datetime.date(int(digits[0:4]), int(digits[4:6]), day)


def read_rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        header = file.readline()
        delimiter = ";" if header.count(";") >= header.count(",") else ","
        file.seek(0)
        return [row for row in csv.DictReader(file, delimiter=delimiter)]


# ------------------------------------------------------------------- situation


class Situation:
    """Support sources, hours and job seeking on a date."""

    def __init__(self, supports, work, study, seeking):
        self.sources = {part.split(":")[0] for part in supports.split("|")}
        self.work = float(work.replace(",", ".")) if work else 0.0
        self.study = float(study.replace(",", ".")) if study else 0.0
        self.seeking = seeking == "ja"

    def works(self):
        return self.work > 0

    def studies(self):
        return self.study > 0

    def works_or_studies(self):
        return self.works() or self.studies()

    def seeks(self):
        return not self.works_or_studies() and self.seeking

    def other(self):
        return not self.works_or_studies() and not self.seeking

    def groups(self):
        return {GROUP_OF_SOURCE[source] for source in self.sources}

    def is_in(self, key):
        return {"ARBETE_ELLER_STUDIER": self.works_or_studies,
                "ARBETE": self.works, "STUDIER": self.studies,
                "ARBETSSOKANDE": self.seeks, "OVRIG": self.other}[key]()


def situation_of(row, prefix):
    get = lambda name: row.get(prefix + name) or ""
    return Situation(get("forsorjning") or "uppgift_saknas", get("arbete"),
                     get("studier"), get("arbetssokande"))


# --------------------------------------------------------------- participation


class Participation:
    """What is known of one participation at one moment, from its rows."""

    def __init__(self, row, number, insats):
        self.forbund = row["forbund"]
        self.insats_name = row["insats"]
        self.insats = insats
        self.number = number
        self.sex = "women" if int(number[10]) % 2 == 0 else "men"
        self.entry = parse_day(row["in_datum"])
        self.before = situation_of(row, "in_")
        self.age_group = class_of(
            years_between(birth_day(number), self.entry), AGE_CLASSES)
        self.education = row.get("utbildning") or "uppgift_saknas"
        self.referred_by = row.get("remittent") or ""
        self.kommun = row.get("kommun") or ""
        months = row.get("manader_i_forsorjning") or ""
        self.months = (class_of(int(months), MONTH_CLASSES)
                       if months else "unknown")
        self.exit = None
        self.reason = None
        self.after = None
        self.follow_ups = {}
        if row.get("ut_datum"):
            self.exit = parse_day(row["ut_datum"])
            self.reason = row["avslutsanledning"]
            self.after = situation_of(row, "ut_")
        for months in (6, 12):
            if row.get(f"uppf{months}_datum"):
                self.follow_ups[months] = situation_of(row, f"uppf{months}_")

    def values(self, dimension):
        """The values of a dimension; several only for target groups."""
        if dimension == "TARGET_GROUP":
            return self.insats["target_groups"]
        if dimension == "YEAR":
            return [str(self.exit.year)] if self.exit else []
        if dimension == "END_REASON":
            return [self.reason] if self.exit else []
        return [{"SEX": self.sex, "AGE_GROUP": self.age_group,
                 "EDUCATION": self.education, "REFERRED_BY": self.referred_by,
                 "MONTHS_ON_SUPPORT": self.months,
                 "FOCUS": self.insats["focus"], "INSATS": self.insats_name,
                 "FORBUND": self.forbund, "KOMMUN": self.kommun}[dimension]]


def fill(known, row):
    """A row sent again adds what was missing; an empty field says nothing."""
    merged = dict(known)
    for name, value in row.items():
        if value:
            merged[name] = value
    return merged


class Data:
    """Everything in the files, as known at `as_of` (None = now)."""

    def __init__(self, directory, as_of, today):
        self.as_of = as_of
        self.today = today
        self.forbund = self.read_forbund(os.path.join(directory, "forbund.csv"))
        self.insatser = {}
        for path in sorted(glob.glob(os.path.join(directory, "insatser*.csv"))):
            self.read_insatser(path)
        self.anonymous_from_withdrawals = collections.Counter()
        self.participations = self.read_participations(
            sorted(glob.glob(os.path.join(directory, "participants*.csv"))))
        self.counts = self.read_counts(
            sorted(glob.glob(os.path.join(directory, "counts*.csv"))))

    def read_forbund(self, path):
        return {row["namn"]: (parse_day(row["startdatum"]),
                              parse_day(row["slutdatum"])
                              if row.get("slutdatum") else datetime.date.max)
                for row in read_rows(path)}

    def read_insatser(self, path):
        for row in read_rows(path):
            self.insatser[row["forbund"], row["namn"]] = {
                "focus": row["fokus"],
                "target_groups": row["malgrupp"].split("|"),
                "individual": row["inriktning"] == "individ",
                "personal": row["metod"] == "person"}

    def known(self, row):
        if self.as_of is None:
            return True
        moment = row.get("registrerad")
        return bool(moment) and parse_moment(moment) <= self.as_of

    def read_participations(self, paths):
        """All rows of each participation, then what is known of it."""
        histories = {}  # A list of rows for each participation.
        open_key = {}   # förbund, insats, person, entry -> its newest history.
        for path in paths:
            for row in read_rows(path):
                number = twelve_digits(row["personnummer"], self.today)
                key = (row["forbund"], row["insats"], number, row["in_datum"])
                wrong = row.get("avslutsanledning") == "felregistrering"
                history = histories.get(open_key.get(key))
                if history is not None and history["wrong"] and not wrong:
                    history = None  # It counts as not there.
                if history is None:
                    open_key[key] = len(histories)
                    history = {"rows": [], "number": number, "wrong": False}
                    histories[open_key[key]] = history
                history["rows"].append(row)
                history["wrong"] = history["wrong"] or wrong
        known = [self.newest(history) for history in histories.values()]
        return [participation for participation in known if participation]

    def newest(self, history):
        rows = history["rows"]
        if any(row.get("avslutsanledning") == "atertaget_samtycke"
               for row in rows):
            # Everything personal is gone; a count stands instead, from the
            # moment the participation was known.
            if self.known(rows[0]):
                self.anonymous_from_withdrawals[
                    rows[0]["forbund"], rows[0]["insats"],
                    int(rows[0]["in_datum"][:4]),
                    "women" if int(history["number"][10]) % 2 == 0
                    else "men"] += 1
            return None
        merged = None
        for row in rows:
            if self.known(row):
                merged = fill(merged, row) if merged else dict(row)
        if merged is None:
            return None
        insats = self.insatser[merged["forbund"], merged["insats"]]
        return Participation(merged, history["number"], insats)

    def read_counts(self, paths):
        newest = {}
        for path in paths:
            for row in read_rows(path):
                if self.known(row):
                    newest[row["forbund"], row["insats"], row["typ"],
                           int(row["ar"])] = row
        counts = [self.count_of(key, row) for key, row in newest.items()]
        for (forbund, insats, year, sex), number in (
                self.anonymous_from_withdrawals.items()):
            counts.append({
                "forbund": forbund, "insats_name": insats, "kind": "anonym",
                "insats": self.insatser[forbund, insats], "year": year,
                "women": number if sex == "women" else 0,
                "men": number if sex == "men" else 0, "total": number})
        return counts

    def count_of(self, key, row):
        women = int(row["kvinnor"]) if row.get("kvinnor") else None
        men = int(row["man"]) if row.get("man") else None
        total = int(row["antal"]) if row.get("antal") else women + men
        return {"forbund": key[0], "insats_name": key[1], "kind": key[2],
                "insats": self.insatser[key[0], key[1]], "year": key[3],
                "women": women, "men": men, "total": total}


# ---------------------------------------------------------------------- counts


def people(participations):
    women = sum(1 for p in participations if p.sex == "women")
    return {"total": len(participations), "women": women,
            "men": len(participations) - women}


def minus(a, b):
    return {name: a[name] - b[name] for name in ("total", "women", "men")}


def counted(counts, sexes):
    """The sum of counts; of some sexes when `sexes` says which."""
    with_sex = [c for c in counts if c["women"] is not None]
    women = sum(c["women"] for c in with_sex)
    men = sum(c["men"] for c in with_sex)
    if sexes:
        women = women if "women" in sexes else 0
        men = men if "men" in sexes else 0
        return {"total": women + men, "women": women, "men": men}
    return by_sex(sum(c["total"] for c in counts), women, men)


def by_sex(total, women, men):
    """Without women and men where there are people, but none of known sex."""
    if total > 0 and women + men == 0:
        return {"total": total}
    return {"total": total, "women": women, "men": men}


def plus(*counts):
    """A total without sex adds to the total alone."""
    return by_sex(sum(c["total"] for c in counts),
                  sum(c.get("women", 0) for c in counts),
                  sum(c.get("men", 0) for c in counts))


def share(part, whole):
    return part / whole if whole else None


def wilson(part, whole):
    if not whole:
        return None, None
    z = 1.959964
    p = part / whole
    middle = p + z * z / (2 * whole)
    spread = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    divisor = 1 + z * z / whole
    return (middle - spread) / divisor, (middle + spread) / divisor


def without_none(values):
    return {key: value for key, value in values.items() if value is not None}


# ---------------------------------------------------------------------- report


class Report:
    """The parts of a report for a choice of participations and counts."""

    def __init__(self, request, as_of_day):
        self.request = request
        self.as_of_day = as_of_day

    def whole_years(self):
        start, end = self.request.start, self.request.end
        return ((start.month, start.day) == (1, 1) and
                (end.month, end.day) == (12, 31))

    def covers_year(self, year):
        return (self.request.start <= datetime.date(year, 1, 1) and
                datetime.date(year, 12, 31) <= self.request.end)

    def in_period(self, day):
        return day is not None and self.request.start <= day <= self.request.end

    def started(self, everybody):
        return [p for p in everybody if self.in_period(p.entry)]

    def ongoing(self, everybody):
        end = self.request.end
        return [p for p in everybody
                if p.entry <= end and (p.exit is None or p.exit > end)]

    def ended(self, everybody):
        return [p for p in everybody if self.in_period(p.exit)]

    def base(self, everybody):
        return [p for p in self.ended(everybody)
                if p.reason not in self.request.exclude_reason]

    def individuals(self, base):
        seen = {}
        for p in base:
            seen.setdefault((p.forbund, p.number), p)
        return list(seen.values())

    def participants(self, everybody, counts, sexes):
        """`counts` is None where they cannot be told apart."""
        base = self.base(everybody)
        started = people(self.started(everybody))
        result = {"started": started,
                  "ongoing": people(self.ongoing(everybody)),
                  "ended": people(self.ended(everybody)),
                  "base": people(base),
                  "individuals": people(self.individuals(base)),
                  "unreadable": 0}
        if counts is None:
            return result
        counts = [c for c in counts if self.covers_year(c["year"])]
        anonymous = [c for c in counts if c["kind"] == "anonym"]
        volume = [c for c in counts
                  if c["kind"] == "volym" and c["insats"]["individual"]]
        structural = [c for c in counts
                      if c["kind"] == "volym" and not c["insats"]["individual"]]
        result["anonymous"] = counted(anonymous, sexes)
        result["volume"] = counted(volume, sexes)
        result["structuralVolume"] = counted(structural, sexes)
        result["registered"] = plus(started, result["anonymous"],
                                    result["volume"])
        filtered = {d for d, _ in self.request.where} & (
            PERSON_DIMENSIONS | {"SEX"})
        every_sex_known = all(c["women"] is not None or c["total"] == 0
                              for c in volume)
        if (self.whole_years() and not filtered and
                result["registered"]["total"] and (not sexes or every_sex_known)):
            result["coverage"] = (started["total"] /
                                  result["registered"]["total"])
        return result

    def occupation(self, base, participants):
        rows = []
        for key in ("ARBETE_ELLER_STUDIER", "ARBETE", "STUDIER",
                    "ARBETSSOKANDE", "OVRIG"):
            before = people([p for p in base if p.before.is_in(key)])
            after = people([p for p in base if p.after.is_in(key)])
            low, high = wilson(after["total"], len(base))
            failed = succeeded = None
            if base and "coverage" in participants:
                others = sum(participants[kind]["total"]
                             for kind in ("anonymous", "volume"))
                failed = after["total"] / (len(base) + others)
                succeeded = (after["total"] + others) / (len(base) + others)
            rows.append(without_none({
                "key": key, "before": before, "after": after,
                "shareBefore": share(before["total"], len(base)),
                "shareAfter": share(after["total"], len(base)),
                "shareAfterLow": low, "shareAfterHigh": high,
                "shareAfterIfOthersFailed": failed,
                "shareAfterIfOthersSucceeded": succeeded}))
        return rows

    def began_or_increased(self, base):
        after = [p for p in base if p.after.works_or_studies()]
        began = [p for p in after if not p.before.works_or_studies()]
        increased = [p for p in after if p.before.works_or_studies() and
                     p.after.work + p.after.study >
                     p.before.work + p.before.study]
        return {"workOrStudyAfter": people(after), "began": people(began),
                "increased": people(increased)}

    def support_row(self, base, key, group, has):
        before = people([p for p in base if has(p.before)])
        after = people([p for p in base if has(p.after)])
        change = minus(after, before)
        return without_none({
            "key": key, "group": group, "before": before, "after": after,
            "change": change,
            "changePercent": share(change["total"], before["total"]),
            "changePercentagePoints": share(change["total"], len(base))})

    def support(self, base):
        return [self.support_row(base, source, group,
                                 lambda s, source=source: source in s.sources)
                for source, group in GROUP_OF_SOURCE.items()]

    def support_groups(self, base):
        rows = [self.support_row(base, group, "",
                                 lambda s, group=group: group in s.groups())
                for group in GROUPS]
        rows.append(self.support_row(base, "ANY_PUBLIC", "",
                                     lambda s: s.groups() & set(GROUPS)))
        return rows

    def flows(self, base):
        pairs = collections.defaultdict(list)
        for p in base:
            ends = sorted(p.after.sources)
            ends += ["WORK"] if p.after.works() else []
            ends += ["STUDY"] if p.after.studies() else []
            for source in p.before.sources:
                for end in ends:
                    pairs[source, end].append(p)
        return [{"from": source, "to": end, "count": people(who)}
                for (source, end), who in sorted(pairs.items())]

    def follow_up(self, base):
        rows = []
        for months in (6, 12):
            due = [p for p in base if p.reason != "avliden" and
                   add_months(p.exit, months) <= self.as_of_day]
            answered = [p for p in due if months in p.follow_ups]
            situation = lambda p: p.follow_ups[months]
            rows.append({
                "months": months, "due": people(due),
                "answered": people(answered),
                "workOrStudy": people(
                    [p for p in answered if situation(p).works_or_studies()]),
                "seeking": people([p for p in answered
                                   if situation(p).seeks()]),
                "other": people([p for p in answered if situation(p).other()])})
        return rows

    def block(self, everybody, counts, sexes):
        base = self.base(everybody)
        participants = self.participants(everybody, counts, sexes)
        return {"participants": participants,
                "occupation": self.occupation(base, participants),
                "beganOrIncreased": self.began_or_increased(base),
                "support": self.support(base),
                "supportGroups": self.support_groups(base),
                "followUp": self.follow_up(base)}

    def has_something(self, block):
        p = block["participants"]
        return any(p[name]["total"] for name in
                   ("started", "ongoing", "ended", "anonymous", "volume",
                    "structuralVolume") if name in p)


# ------------------------------------------------------------------- selection


def count_values(count, dimension):
    if dimension == "TARGET_GROUP":
        return count["insats"]["target_groups"]
    return [{"FOCUS": count["insats"]["focus"],
             "INSATS": count["insats_name"],
             "FORBUND": count["forbund"]}[dimension]]


def conditions(where):
    """The same dimension twice means or, different ones and."""
    wanted = collections.defaultdict(set)
    for dimension, value in where:
        wanted[dimension].add(value)
    return wanted


def select(data, request):
    """The participations and counts that the request is about."""
    wanted = conditions(request.where)
    everybody = [
        p for p in data.participations
        if p.forbund in request.forbund and p.reason != "felregistrering" and
        all(set(p.values(d)) & values for d, values in wanted.items())]
    if set(wanted) & PERSON_DIMENSIONS:
        return everybody, None, set()
    counts = [
        c for c in data.counts if c["forbund"] in request.forbund and
        all(set(count_values(c, d)) & values
            for d, values in wanted.items() if d != "SEX")]
    return everybody, counts, wanted.get("SEX", set())


def row_choices(dimension, everybody, counts, per_forbund):
    """Each value of the dimension, with who and what belongs to it."""
    per_forbund = per_forbund and dimension == "INSATS"
    key_of = lambda value, where: (value, where if per_forbund else "")
    who = collections.defaultdict(list)
    what = collections.defaultdict(list)
    for p in everybody:
        for value in p.values(dimension):
            who[key_of(value, p.forbund)].append(p)
    if dimension in INSATS_DIMENSIONS and counts is not None:
        for count in counts:
            for value in count_values(count, dimension):
                what[key_of(value, count["forbund"])].append(count)
    if dimension == "SEX":
        return [(("women", ""), who["women", ""], counts),
                (("men", ""), who["men", ""], counts)]
    may_count = dimension in INSATS_DIMENSIONS and counts is not None
    return [(key, who[key], what[key] if may_count else None)
            for key in sorted(set(who) | set(what))]


def breakdowns(report, everybody, counts, sexes, per_forbund):
    rows = []
    for dimension in report.request.by:
        for (value, forbund), who, what in row_choices(
                dimension, everybody, counts, per_forbund):
            of_sexes = sexes
            if dimension == "SEX":
                if sexes and value not in sexes:
                    continue
                of_sexes = {value}
            block = report.block(who, what, of_sexes)
            if report.has_something(block):
                row = {"dimension": dimension, "value": value}
                if forbund:
                    row["forbund"] = forbund
                rows.append({**row, **block})
    return rows


def forbund_in_report(data, report, asked):
    """Those asked for by name; else those that were there on some day of the
    period, and those of whom something is in it all the same."""
    if asked:
        return sorted(set(asked))
    named = []
    for name, (start, end) in data.forbund.items():
        who = [p for p in data.participations
               if p.forbund == name and p.reason != "felregistrering"]
        what = [c for c in data.counts if c["forbund"] == name]
        there = (start <= report.request.end and report.request.start <= end)
        if there or report.has_something(report.block(who, what, set())):
            named.append(name)
    return sorted(named)


def make(data, request, as_of_day):
    report = Report(request, as_of_day)
    request.forbund = forbund_in_report(data, report, request.forbund)
    everybody, counts, sexes = select(data, request)
    result = {"forbund": request.forbund,
              "from": request.start.isoformat(),
              "to": request.end.isoformat(), "published": False,
              "excludedEndReasons": ["felregistrering"] + [
                  reason for reason in request.exclude_reason
                  if reason != "felregistrering"],
              "filters": [{"dimension": d, "value": v}
                          for d, v in request.where]}
    block = report.block(everybody, counts, sexes)
    base = block["participants"]["base"]
    if request.sees_no_persons and request.where and base["total"] < 5:
        return {**result, "participants": {"base": base, "unreadable": 0}}
    result.update(block)
    result["flows"] = report.flows(report.base(everybody))
    result["breakdowns"] = breakdowns(report, everybody, counts, sexes,
                                      len(request.forbund) > 1)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--from", dest="start", type=parse_day, required=True)
    parser.add_argument("--to", dest="end", type=parse_day, required=True)
    parser.add_argument("--forbund", action="append", default=[])
    parser.add_argument("--where", action="append", default=[],
                        type=lambda text: tuple(text.split("=", 1)))
    parser.add_argument("--by", action="append", default=[])
    parser.add_argument("--exclude-reason", action="append", default=[])
    parser.add_argument("--as-of", default="")
    parser.add_argument("--sees-no-persons", action="store_true")
    request = parser.parse_args()

    now = datetime.datetime.now(datetime.timezone.utc)
    as_of = None
    if request.as_of:
        as_of = (end_of_day(parse_day(request.as_of))
                 if len(request.as_of) == 10 else parse_moment(request.as_of))
    today = now.astimezone(SWEDEN).date()
    as_of_day = as_of.astimezone(SWEDEN).date() if as_of else today
    data = Data(request.data, as_of, today)
    result = make(data, request, as_of_day)
    if as_of:
        result["asOf"] = as_of.isoformat()
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
