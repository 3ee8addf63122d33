#!/usr/bin/env python3
"""Makes CSV files that are valid, small and full of edges.

    random_data.py SEED DIR

Writes forbund.csv, insatser.csv and, in the order they are to be imported,
participants-1.csv and -2.csv, counts-1.csv and -2.csv (with `registrerad`, for
--migrate) and participants-3.csv and counts-3.csv (without).
"""
import csv
import datetime
import os
import random
import sys
import zoneinfo

SWEDEN = zoneinfo.ZoneInfo("Europe/Stockholm")
UTC = datetime.timezone.utc
Day = datetime.date
FIRST, LAST = Day(2013, 1, 1), Day(2020, 12, 31)
# What was recorded later stands in the second file.
SECOND_FILE = datetime.datetime(2017, 6, 1, tzinfo=UTC)

SOURCES = ["sjukpenning", "rehabiliteringspenning", "sjukersattning",
           "aktivitetsersattning", "a_kassa", "aktivitetsstod",
           "utvecklingsersattning", "etableringsersattning", "forsorjningsstod",
           "studiestod", "foraldrapenning", "annan_offentlig"]
ALONE = ["ingen_offentlig", "uppgift_saknas"]
EDUCATION = ["", "ej_grundskola", "grundskola", "gymnasium",
             "eftergymnasial_kort", "eftergymnasial_lang", "uppgift_saknas"]
REFERRED_BY = ["", "arbetsformedlingen", "forsakringskassan", "kommun",
               "region", "egen", "annan"]
REASONS = ["enligt_plan", "annan_insats", "sjukdom", "foraldraledighet",
           "flytt", "egen_begaran", "ovrigt"]
TARGET_GROUPS = ["langtidssjukskrivna", "unga_aktivitetsersattning",
                 "langtidsarbetslosa", "nollplacerade", "nyanlanda", "ovriga"]
FOCUS_INDIVIDUAL = ["rehab_arbete_utbildning", "forberedande",
                    "kartlaggning_individ", "forebyggande", "annan_individ"]
FOCUS_STRUCTURAL = ["utbildning", "dialog", "kartlaggning", "annan_struktur"]
MONTHS = ["", "0", "1", "3", "4", "6", "7", "12", "13", "24", "25", "36", "37",
          "60", "61", "1200"]

PARTICIPANT_COLUMNS = [
    "forbund", "insats", "personnummer", "skyddad", "samtycke", "kommun",
    "in_datum", "in_forsorjning", "in_arbete", "in_studier", "in_arbetssokande",
    "utbildning", "manader_i_forsorjning", "remittent", "ut_datum",
    "avslutsanledning", "ut_forsorjning", "ut_arbete", "ut_studier",
    "ut_arbetssokande", "uppf6_datum", "uppf6_forsorjning", "uppf6_arbete",
    "uppf6_studier", "uppf6_arbetssokande", "uppf12_datum",
    "uppf12_forsorjning", "uppf12_arbete", "uppf12_studier",
    "uppf12_arbetssokande", "samtycke_ref", "namn"]
COUNT_COLUMNS = ["forbund", "insats", "typ", "ar", "kvinnor", "man", "antal"]


def luhn_digit(digits):
    total = 0
    for index, digit in enumerate(digits):
        times = int(digit) * (2 if index % 2 == 0 else 1)
        total += times // 10 + times % 10
    return str(-total % 10)


class World:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.forbund = []
        self.insatser = []
        self.rows = [[], [], []]    # Of participants, by file.
        self.counts = [[], [], []]

    def chance(self, share):
        return self.rng.random() < share

    def between(self, first, last):
        return first + datetime.timedelta(
            days=self.rng.randint(0, (last - first).days))

    # ------------------------------------------------------ förbund, insatser

    def make_forbund(self):
        names = ["Samordningsförbundet Ett", 'Förbundet "Två"; norr',
                 "Förbund, tre", "Samordningsförbundet Fyra"]
        periods = [(Day(2005, 1, 1), None), (Day(2010, 7, 1), None),
                   (Day(2005, 1, 1), Day(2018, 12, 31)),
                   (Day(2015, 6, 1), None)]
        for index, (name, (start, end)) in enumerate(zip(names, periods)):
            nine = f"2229980{index + 10:02}"
            self.forbund.append({
                "namn": name,
                "organisationsnummer": f"{nine[:6]}-{nine[6:]}"
                                       f"{luhn_digit(nine)}",
                "startdatum": start, "slutdatum": end,
                "beskrivning": "", "kontakt": "", "kommuner": "0180|1480"})

    def make_insatser(self):
        kinds = ([("individ", "person")] * 4 + [("individ", "volym")] * 2 +
                 [("struktur", "volym")] * 2)
        for forbund in self.forbund:
            for index, (orientation, method) in enumerate(kinds):
                start = forbund["startdatum"]
                end = forbund["slutdatum"]
                if index == 1:
                    start = max(start, Day(2014, 2, 28))
                    end = min(end or LAST, Day(2019, 8, 31))
                focus = (FOCUS_INDIVIDUAL if orientation == "individ"
                         else FOCUS_STRUCTURAL)
                self.insatser.append({
                    "forbund": forbund["namn"],
                    # The same names in every förbund.
                    "namn": f"Insats {index + 1}",
                    "beskrivning": "", "startdatum": start, "slutdatum": end,
                    "inriktning": orientation,
                    "fokus": self.rng.choice(focus),
                    "malgrupp": "|".join(self.rng.sample(
                        TARGET_GROUPS, self.rng.randint(1, 3))),
                    "metod": method, "esf": self.rng.choice(["ja", "nej"]),
                    "parter": ""})

    # ---------------------------------------------------------------- persons

    def make_number(self):
        """Twelve digits: some young, some old, some born on a leap day."""
        kind = self.rng.random()
        if kind < 0.1:
            birth = Day(self.rng.choice([1976, 1988, 1996]), 2, 29)
        elif kind < 0.2:
            birth = self.between(Day(1997, 1, 1), Day(2003, 12, 31))
        elif kind < 0.23:
            birth = self.between(Day(1908, 1, 1), Day(1912, 12, 31))
        else:
            birth = self.between(Day(1948, 1, 1), Day(1998, 12, 31))
        day = birth.day + (60 if self.chance(0.1) else 0)
        ten = f"{birth:%y%m}{day:02}{self.rng.randint(1, 999):03}"
        return f"{birth.year // 100}{ten}{luhn_digit(ten)}"

    def written(self, number):
        """A form of the number that means the same in every year used here."""
        forms = [number, number[:8] + "-" + number[8:]]
        if number < "1913":
            forms.append(number[2:8] + "+" + number[8:])
        elif number >= "1930":
            forms += [number[2:], number[2:8] + "-" + number[8:]]
        return self.rng.choice(forms)

    # ------------------------------------------------------------- situations

    def hours(self):
        return self.rng.choice(["", "", "", "", "0", "0.5", "10", "20", "37.5",
                                "40", "80"])

    def situation(self, prefix, may_be_empty=False):
        kind = self.rng.random()
        if may_be_empty and kind < 0.05:
            supports = ""
        elif kind < 0.2:
            supports = self.rng.choice(ALONE)
        else:
            some = self.rng.sample(SOURCES, self.rng.choice([1, 1, 1, 2, 2, 4]))
            supports = "|".join(
                s + self.rng.choice(["", "", ":1", ":50", ":100"])
                for s in some)
        return {prefix + "forsorjning": supports, prefix + "arbete": self.hours(),
                prefix + "studier": self.hours(),
                prefix + "arbetssokande": self.rng.choice(["", "ja", "nej"])}

    # ------------------------------------------------------------------- days

    def edge_day(self, first, last):
        """A day, and often one at the edge of something."""
        edges = [Day(year, month, day) for year in range(2013, 2021)
                 for month, day in ((1, 1), (12, 31), (8, 31), (2, 28), (3, 15),
                                    (3, 1), (6, 30))]
        edges += [Day(2016, 2, 29), Day(2020, 2, 29), first, last]
        edges = [day for day in edges if first <= day <= last]
        return (self.rng.choice(edges) if self.chance(0.4)
                else self.between(first, last))

    def moment_on(self, day, not_before):
        """When something of `day` was recorded: never before its first moment
        in Sweden, often right at an edge."""
        midnight = datetime.datetime(day.year, day.month, day.day,
                                     tzinfo=SWEDEN).astimezone(UTC)
        moment = midnight + self.rng.choice([
            datetime.timedelta(0), datetime.timedelta(minutes=30),
            datetime.timedelta(days=1, microseconds=-1),
            datetime.timedelta(days=self.rng.randint(0, 60), hours=12),
            datetime.timedelta(days=self.rng.randint(0, 500), hours=9)])
        if not_before and moment <= not_before:
            moment = not_before + datetime.timedelta(
                days=self.rng.randint(0, 20), microseconds=1)
        return moment

    def moment_text(self, moment):
        zone = self.rng.choice([UTC, SWEDEN])
        text = moment.astimezone(zone).isoformat()
        return text.replace("+00:00", "Z")

    # --------------------------------------------------------- participations

    def make_history(self, insats, number):
        """The participations of one person in one insats, one after another:
        each is recorded as ended before the next is recorded at all."""
        recorded = None
        first = max(insats["startdatum"], FIRST)
        last = min(insats["slutdatum"] or LAST, LAST)
        entries = set()  # Dates that a participation still counts for.
        for _ in range(self.rng.choice([1, 1, 1, 2, 3])):
            if first > last:
                return
            entry = self.edge_day(first, last)
            if entry in entries:
                return
            done = self.make_participation(insats, number, entry, recorded)
            if done is None:
                return
            recorded, exit_day, wrong = done
            if wrong:
                first = max(entry, first)  # As if it had not been.
            else:
                entries.add(entry)
                first = exit_day

    def make_participation(self, insats, number, entry, not_before):
        """Adds its rows. Returns when its exit was recorded, the exit and
        whether it was wrong; nothing where no other may follow."""
        stages, exit_day, reason = self.make_stages(entry)
        row = {"forbund": insats["forbund"], "insats": insats["namn"],
               "kommun": self.rng.choice(["", "0180", "1480"]),
               "in_datum": entry, "skyddad": self.rng.choice(["", "nej"]),
               "utbildning": self.rng.choice(EDUCATION),
               "manader_i_forsorjning": self.rng.choice(MONTHS),
               "remittent": self.rng.choice(REFERRED_BY),
               "samtycke_ref": self.rng.choice(["", "Pärm 1; flik \"2\""]),
               "namn": self.rng.choice(["", "Påhittad Person"]),
               **self.situation("in_", may_be_empty=True)}
        # From `now_from` on, things were recorded when they were imported.
        now_from = next((i for i in range(1, len(stages) + 1)
                         if self.chance(0.1)), len(stages) + 1)
        history = {"wrong": reason == "felregistrering"}
        moment, exit_recorded = not_before, None
        for index, (day, fields) in enumerate([(entry, {})] + stages):
            row = {**row, **fields}
            if index >= now_from:
                self.add_row(row, number, None, history)
                continue
            moment = self.moment_on(day, moment)
            if index == 0:
                row["samtycke"] = self.consent_day(entry, moment)
            # What was recorded together stands in one row.
            if index + 1 < min(now_from, len(stages) + 1) and self.chance(0.4):
                continue
            self.add_row(row, number, moment, history)
            if index > 0 and exit_recorded is None:
                exit_recorded = moment
        if exit_recorded is None:
            return None
        return exit_recorded, exit_day, history["wrong"]

    def consent_day(self, entry, recorded):
        """Mostly before the entry; some days after it is allowed as well, up
        to the day it was recorded."""
        if self.chance(0.2):
            return min(recorded.astimezone(SWEDEN).date(),
                       entry + datetime.timedelta(days=10))
        return entry - datetime.timedelta(
            days=self.rng.choice([0, 0, 1, 20, 400]))

    def make_stages(self, entry):
        """What became known after the entry, as (day, fields)."""
        if self.chance(0.25):
            return [], None, None
        exit_day = self.edge_day(entry, min(
            entry + datetime.timedelta(days=self.rng.choice([0, 1, 200, 1500])),
            Day(2021, 12, 31)))
        reason = (self.rng.choice(["avliden", "felregistrering"])
                  if self.chance(0.2) else self.rng.choice(REASONS))
        fields = {"ut_datum": exit_day, "avslutsanledning": reason}
        may_be_missing = reason in ("avliden", "felregistrering")
        if not (may_be_missing and self.chance(0.6)):
            fields.update(self.situation("ut_"))
        stages = [(exit_day, fields)]
        if may_be_missing:
            return stages, exit_day, reason
        for months in (6, 12):
            if self.chance(0.4):
                day = exit_day + datetime.timedelta(
                    days=self.rng.choice([1, 30 * months, 31 * months, 500]))
                stages.append((day, {f"uppf{months}_datum": day,
                                     **self.situation(f"uppf{months}_")}))
        stages[1:] = sorted(stages[1:], key=lambda stage: stage[0])
        return stages, exit_day, reason

    def add_row(self, row, number, moment, history):
        row = {**row, "personnummer": self.written(number)}
        if moment is None:
            # Only history may leave the support out.
            row["in_forsorjning"] = row["in_forsorjning"] or "uppgift_saknas"
            self.rows[2].append((None, row, history))
            return
        row["registrerad"] = self.moment_text(moment)
        self.rows[0 if moment < SECOND_FILE else 1].append(
            (moment, row, history))

    def send_some_again(self):
        """Rows of the first file once more in the later ones: the same, or
        with what may be left out left out."""
        for _, row, history in self.rows[0]:
            if history["wrong"]:
                continue  # Once that is known, it would be a new registration.
            if self.chance(0.1):
                again = dict(row, registrerad=self.moment_text(
                    SECOND_FILE + datetime.timedelta(days=365 * 6)))
                for name in ("utbildning", "manader_i_forsorjning", "remittent",
                             "kommun", "namn", "samtycke_ref"):
                    if self.chance(0.3):
                        again[name] = ""
                self.rows[1].append((datetime.datetime.max.replace(tzinfo=UTC),
                                     again, history))

    # ----------------------------------------------------------------- counts

    def make_counts(self):
        for insats in self.insatser:
            for year in range(2013, 2021):
                if insats["startdatum"].year > year or (
                        insats["slutdatum"] and
                        insats["slutdatum"].year < year) or self.chance(0.3):
                    continue
                moment = None
                for file in range(3):
                    if file == 0 or self.chance(0.2):
                        moment = self.add_count(insats, year, file, moment)

    def add_count(self, insats, year, file, not_before):
        anonymous = insats["metod"] == "person"
        row = {"forbund": insats["forbund"], "insats": insats["namn"],
               "typ": "anonym" if anonymous else "volym", "ar": year}
        women, men = (self.rng.choice([0, 0, 1, 3, 7, 25]) for _ in range(2))
        if anonymous or self.chance(0.5):
            row.update(kvinnor=women, man=men)
            if not anonymous and self.chance(0.3):
                row["antal"] = women + men
        else:
            row["antal"] = women + men
        if file == 2:
            self.counts[2].append((None, row))
            return None
        start = not_before or datetime.datetime(year, 3, 1, 12, tzinfo=UTC)
        moment = start + datetime.timedelta(days=self.rng.randint(1, 500))
        row["registrerad"] = self.moment_text(moment)
        self.counts[file].append((moment, row))
        return moment

    # ------------------------------------------------------------------ files

    def make(self):
        self.make_forbund()
        self.make_insatser()
        numbers = sorted({self.make_number() for _ in range(150)})
        for number in numbers:
            personal = [i for i in self.insatser if i["metod"] == "person"]
            for insats in self.rng.sample(personal,
                                          self.rng.choice([1, 1, 2, 3])):
                self.make_history(insats, number)
        self.send_some_again()
        self.make_counts()

    def write(self, directory):
        write(directory, "forbund.csv", list(self.forbund[0]), self.forbund)
        write(directory, "insatser.csv", list(self.insatser[0]), self.insatser)
        for file in range(3):
            moment = ["registrerad"] if file < 2 else []
            for name, columns, rows in (
                    ("participants", PARTICIPANT_COLUMNS, self.rows[file]),
                    ("counts", COUNT_COLUMNS, self.counts[file])):
                if file < 2:
                    rows = sorted(rows, key=lambda entry: entry[0])
                write(directory, f"{name}-{file + 1}.csv", columns + moment,
                      [entry[1] for entry in rows])


def write(directory, name, columns, rows):
    with open(os.path.join(directory, name), "w", encoding="utf-8",
              newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def main():
    seed, directory = sys.argv[1:]
    os.makedirs(directory, exist_ok=True)
    world = World(int(seed))
    world.make()
    world.write(directory)


if __name__ == "__main__":
    main()
