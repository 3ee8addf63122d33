"""stegvis report as a workbook, as a page and as JSON-stat: files for other
programs, read here by programs that share nothing with the client."""

import csv
import html.parser
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from report import REPORT, make_data
from setting import FORBUND_NUMBER, make_insats
from stories import check, story

TOP = Path(__file__).resolve().parents[3]
NODE_MODULES = TOP / "build/node/node_modules"
READER = NODE_MODULES / "jsonstat-toolkit"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# Names that are something else to a page, a spreadsheet, a terminal.
HOSTILE = ['</script><b>&"', "=1+1", "@SUM(A1)", "[x](y) 'z'"]


def make_hostile(place):
    make_data(place)
    for name in HOSTILE:
        make_insats(place, name)
    # Somebody in each, so that each has a row.
    place.stegvis(
        "import", "counts", place.write("hostile.csv", "".join(
            ["forbund;insats;typ;ar;kvinnor;man\n"] +
            ['%s;"%s";anonym;2020;30;20\n' %
             (FORBUND_NUMBER, name.replace('"', '""'))
             for name in HOSTILE])))


def written(place, form, *words, report=("report", "--year", "2020")):
    name = f"report.{form}"
    check.assertEqual(place.stegvis(*report, *words, "--format", form, "-o",
                                    name, profile="national"), "")
    return place.parent / name


# ------------------------------------------------------------------- workbooks


class Workbook:
    """The cells of each sheet by name, texts as str and numbers as float."""

    def __init__(self, path):
        self.file = zipfile.ZipFile(path)
        check.assertIsNone(self.file.testzip())
        self.texts = ["".join(text.text or "" for text in item.iter(MAIN + "t"))
                      for item in self.part("xl/sharedStrings.xml")]
        names = [sheet.get("name")
                 for sheet in self.part("xl/workbook.xml").iter(MAIN + "sheet")]
        self.sheets = {name: self.rows(f"xl/worksheets/sheet{i + 1}.xml")
                       for i, name in enumerate(names)}
        self.charts = [self.part(name) for name in self.file.namelist()
                       if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]

    def part(self, name):
        return ElementTree.fromstring(self.file.read(name))

    def rows(self, name):
        sheet = self.part(name)
        check.assertEqual(list(sheet.iter(MAIN + "f")), [], "a formula")
        return [[self.value(cell) for cell in row.iter(MAIN + "c")]
                for row in sheet.iter(MAIN + "row")]

    def value(self, cell):
        value = cell.find(MAIN + "v")
        if value is None:
            return None
        if cell.get("t") == "s":
            return self.texts[int(value.text)]
        check.assertIsNone(cell.get("t"), "neither a number nor a text")
        return float(value.text)

    def row(self, sheet, label):
        """What stands after `label`."""
        found = [row[1:] for row in self.sheets[sheet] if row[0] == label]
        check.assertEqual(len(found), 1, f"{label} in {sheet}")
        return found[0]


@story("Command.ReportAsAWorkbook")
def report_as_a_workbook(place):
    make_data(place)
    book = Workbook(written(place, "xlsx", "--by", "SEX", "--by", "INSATS",
                            "--by", "YEAR", report=REPORT))
    check.assertEqual(list(book.sheets), [
        "Översikt", "Sysselsättning", "Försörjning", "Flöden", "Uppföljning",
        "Kön", "Insats", "Avslutsår", "Om siffrorna", "Diagramdata"])
    check.assertEqual(book.row("Översikt", "Registrerade"), [36, 9, 7])
    check.assertEqual(book.row("Översikt", "volym"), [20, "–", "–"])
    work = book.row("Sysselsättning", "Arbete eller studier")
    check.assertEqual(work[:5], [1, 0.1, 5, 0.5, 40])
    check.assertAlmostEqual(work[5], 0.236593, 6)
    check.assertAlmostEqual(work[7], 5 / 35, 14)
    check.assertAlmostEqual(work[8], 30 / 35, 14)
    check.assertEqual(book.row("Försörjning", "Sjukpenning"),
                      [5, 3, -2, "för få för att säga", -20])
    check.assertEqual(book.row("Kön", "Kvinnor")[3:5],
                      ["för få för att säga"] * 2)
    check.assertEqual(
        [row[:3] for row in book.sheets["Flöden"]
         if row[:2] == ["Sjukpenning", "arbete"]], [["Sjukpenning", "arbete", 2]])
    check.assertIn(["Streck (–)", "okänt eller går inte att räkna"],
                   book.sheets["Om siffrorna"])


@story("Command.ChartsOfAWorkbookShowItsNumbers")
def charts_of_a_workbook_show_its_numbers(place):
    make_data(place)
    book = Workbook(written(place, "xlsx", "--by", "SEX", report=REPORT))
    # Overview, occupation, support twice, flows, follow-up, sex.
    check.assertEqual(len(book.charts), 7)
    for chart in book.charts:
        for series in chart.iter(CHART + "ser"):
            ranges = [f.text for f in series.iter(CHART + "f")]
            check.assertTrue(all(r.startswith("Diagramdata!") for r in ranges),
                             f"a chart of {ranges}")
        least = [axis.find(f"{CHART}scaling/{CHART}min")
                 for axis in chart.iter(CHART + "valAx")]
        check.assertEqual([axis.get("val") for axis in least], ["0"],
                          "an axis that does not begin at 0")
    data = book.sheets["Diagramdata"]
    check.assertEqual(data[0], ["Sysselsättning före och efter", "före",
                                "efter"])
    check.assertEqual(data[1], ["Arbete eller studier", 0.1, 0.5])
    # Of each sex there are too few: no bar, and so no number.
    rows = [row for row in data if row[:1] == ["Kvinnor"]]
    check.assertEqual(rows, [["Kvinnor"]])


@story("Command.AWorkbookNeedsAFile")
def a_workbook_needs_a_file(place):
    check.assertEqual(
        place.refusal("report", "--year", "2020", "--format", "xlsx",
                      profile="national", expect=2),
        "En arbetsbok (--format xlsx) skrivs till en fil: ange -o FIL.")


@story("Command.TheLeastBaseOfAShareCanBeChosen")
def the_least_base_of_a_share_can_be_chosen(place):
    make_data(place)
    too_few = "för få för att säga"
    told = place.stegvis(*REPORT, "--least-base", "11", profile="national")
    check.assertRegex(told, rf"Arbete eller studier +1  {too_few} +5  {too_few}")
    told = place.stegvis(*REPORT, "--least-base", "0", profile="national")
    check.assertNotIn(f"  {too_few}  ", told)
    # What other programs read keeps its numbers.
    check.assertEqual(place.json(*REPORT, profile="national"),
                      place.json(*REPORT, "--least-base", "99",
                                 profile="national"))


# ----------------------------------------------------------------------- pages


class Page(html.parser.HTMLParser):
    """Elements as (name, attributes), the texts of cells, and whether every
    element that was opened was closed."""

    VOID = {"meta"}

    def __init__(self, text):
        super().__init__()
        self.elements, self.cells, self.open, self.row = [], [], [], None
        self.feed(text)
        self.close()
        check.assertEqual(self.open, [], "elements are not closed")
        ids = [a["id"] for _, a in self.elements if "id" in a]
        check.assertEqual(len(ids), len(set(ids)), "an id stands twice")
        for _, attributes in self.elements:
            for name in ("aria-labelledby", "href"):
                for id_ in attributes.get(name, "").split():
                    check.assertIn(id_.lstrip("#"), ids)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID and not self.get_starttag_text().endswith("/>"):
            self.open.append(tag)
        if tag == "tr":
            self.cells.append([])
        if tag in ("td", "th"):
            self.cells[-1].append("")

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        check.assertEqual(self.open.pop(), tag, "elements overlap")

    def handle_data(self, data):
        if self.open and self.open[-1] in ("td", "th"):
            self.cells[-1][-1] += data

    def count(self, tag):
        return sum(name == tag for name, _ in self.elements)


@story("Command.ReportAsAPage")
def report_as_a_page(place):
    make_data(place)
    text = written(place, "html", "--by", "YEAR", report=REPORT).read_text()
    page = Page(text)
    check.assertIn(("html", {"lang": "sv"}), page.elements)
    for tag in ("script", "link", "img", "iframe"):
        check.assertEqual(page.count(tag), 0, tag)
    check.assertNotRegex(text, r"https?:|url\(|@import|\son\w+=")
    check.assertIn(["Arbete eller studier", "1", "10,0 %", "5", "50,0 %",
                    "+40,0", "23,7–76,3 %", "14,3–85,7 %"], page.cells)
    # Each picture says what it shows.
    named = [a for name, a in page.elements
             if name == "svg" and a.get("role") == "img"]
    check.assertEqual(len(named), page.count("figure"))
    check.assertEqual(page.count("desc"), len(named))
    check.assertEqual(place.stegvis(*REPORT, "--by", "YEAR", "--format", "html",
                                    profile="national"), text,
                      "-o writes something else")


@story("Command.NamesAreTextsInEveryForm")
def names_are_texts_in_every_form(place):
    make_hostile(place)
    names = set(HOSTILE)
    page = Page(written(place, "html", "--by", "INSATS").read_text())
    check.assertLessEqual(names, {row[0] for row in page.cells})
    check.assertEqual(page.count("b") + page.count("script"), 0)
    book = Workbook(written(place, "xlsx", "--by", "INSATS"))
    check.assertLessEqual(names, {row[0] for row in book.sheets["Insats"]})
    with open(written(place, "csv", "--by", "INSATS"), encoding="utf-8") as file:
        values = {row["value"] for row in csv.DictReader(file, delimiter=";")}
    check.assertLessEqual({"'=1+1", "'@SUM(A1)", '</script><b>&"'}, values)
    rows = [dataset for dataset in
            read_by_another(written(place, "json-stat", "--by", "INSATS"))
            if dataset["label"] == "Deltagare, uppdelat på insats"]
    check.assertLessEqual(names, {cell["INSATS"] for cell in rows[0]["cells"]})


# ------------------------------------------------------------------- JSON-stat


def read_by_another(path):
    """The datasets, as the npm package jsonstat-toolkit understands them."""
    check.assertTrue(READER.exists(), "tests/support/node_packages installs it")
    read = subprocess.run(
        ["node", TOP / "tests/golden/cli/read_json_stat.cjs", READER, path],
        stdout=subprocess.PIPE, check=True)
    return json.loads(read.stdout)


def cells_of(datasets, label):
    """Value and status by the categories of a dataset, in order."""
    found = [one for one in datasets if one["label"] == label]
    check.assertEqual(len(found), 1, label)
    return {tuple(cell[name] for name in found[0]["dimensions"]):
            (cell["value"], cell["status"]) for cell in found[0]["cells"]}


def check_counts(report, part, cells):
    """Every count of the JSON report stands in the dataset."""
    compared = 0
    for row in report[part]:
        key = str(row.get("key", row.get("months")))
        for measure, count in row.items():
            if not isinstance(count, dict):
                continue
            for sex in ("total", "women", "men"):
                check.assertEqual(cells[key, measure, sex],
                                  (count.get(sex), None), f"{part} {key}")
                compared += 1
    check.assertGreater(compared, 0, f"nothing to compare in {part}")


@story("Command.ReportAsJsonStatIsReadByAnother")
def report_as_json_stat_is_read_by_another(place):
    make_data(place)
    report = place.json(*REPORT, "--by", "SEX", profile="national")
    datasets = read_by_another(
        written(place, "json-stat", "--by", "SEX", report=REPORT))
    for part, label in (("occupation", "Sysselsättning"),
                        ("support", "Försörjning"),
                        ("supportGroups", "Försörjning i grupper"),
                        ("followUp", "Uppföljning efter avslut")):
        check_counts(report, part, cells_of(datasets, label))
    shares = cells_of(datasets, "Sysselsättning, andelar")
    for row in report["occupation"]:
        for measure, share in row.items():
            if measure.startswith("share"):
                check.assertEqual(shares[row["key"], measure][0], share)
    people = cells_of(datasets, "Deltagare")
    check.assertEqual(people["registered", "total"], (36, None))
    check.assertEqual(people["volume", "women"], (None, None), "unknown")
    flows = cells_of(datasets, "Förflyttningar")
    for flow in report["flows"]:
        check.assertEqual(flows[flow["from"], flow["to"], "total"][0],
                          flow["count"]["total"])
    check.assertEqual(sum(cell[0] for place_, cell in flows.items()
                          if place_[2] == "total"),
                      sum(flow["count"]["total"] for flow in report["flows"]))
    by_sex = cells_of(datasets, "Deltagare, uppdelat på kön")
    for row in report["breakdowns"]:
        check.assertEqual(by_sex[row["value"], "base", "total"][0],
                          row["participants"]["base"]["total"])


# ------------------------------------------------------------------- demo data


def some_of_the_demo(place):
    """The first förbund of the demo data with everybody in them."""
    place.stegvis("demo", "generate", "--seed", "1", "demo")
    folder = place.parent / "demo"
    names = None
    for kind in ("forbund", "insatser", "participants", "counts"):
        with open(folder / f"{kind}.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        head = rows[0]
        at = head.index("namn" if kind == "forbund" else "forbund")
        if names is None:
            names = {row[at] for row in rows[1:6]}
        with open(folder / f"{kind}.csv", "w", encoding="utf-8",
                  newline="") as file:
            csv.writer(file, delimiter=";", lineterminator="\n").writerows(
                [head] + [row for row in rows[1:] if row[at] in names])
    place.stegvis("import", "forbund", "demo/forbund.csv")
    place.stegvis("import", "insatser", "demo/insatser.csv")
    for kind in ("participants", "counts"):
        place.stegvis("import", kind, "demo/" + f"{kind}.csv", "--migrate")


@story("Command.DemoDataComesInEveryForm")
def demo_data_comes_in_every_form(place):
    some_of_the_demo(place)
    years = ("report", "--from", "2013-01-01", "--to", "2020-12-31")
    by = ("--by", "YEAR", "--by", "FORBUND", "--by", "INSATS")
    for form in ("table", "json", "csv"):
        size = written(place, form, *by, report=years).stat().st_size
        check.assertGreater(size, 1000, form)
    page = Page(written(place, "html", *by, report=years).read_text())
    lines = [a for name, a in page.elements if name == "line" and
             a.get("class") == "after-line"]
    check.assertGreater(len(lines), 1, "no line of years")
    check.assertGreater(sum(a.get("class") == "span"
                            for _, a in page.elements), 5, "no intervals")
    check.assertGreater(page.count("path"), 20, "no picture of flows")
    book = Workbook(written(place, "xlsx", *by, report=years))
    check.assertGreaterEqual(len(book.charts), 9)
    check.assertIn("Förbund", book.sheets)
    datasets = read_by_another(written(place, "json-stat", *by, report=years))
    base = cells_of(datasets, "Deltagare")["base", "total"][0]
    report = place.json(*years, profile="national")
    check.assertEqual(base, report["participants"]["base"]["total"])
    check.assertGreater(base, 1000)


# --------------------------------------------------------------- in a browser


def looked_at(path):
    """What a real browser and axe say of a page; see look_at_page.cjs."""
    browser = shutil.which("chromium")
    check.assertIsNotNone(browser, "deploy/install_packages --tests has it")
    look = subprocess.run(
        ["node", TOP / "tests/golden/cli/look_at_page.cjs", NODE_MODULES,
         browser, path], stdout=subprocess.PIPE, check=True)
    return json.loads(look.stdout)


BAD_PAGE = """<!DOCTYPE html><html><head><title>x</title></head><body>
<h1 style="width: 3000px">A heading that is wider than every window, and that
cannot be read to its end on any of them, nor on paper</h1>
<img src="nowhere.png"><p style="color: #ccc">pale</p>
<p style="position: absolute; left: 2000px">out of sight</p></body></html>"""


@story("Command.APageIsSoundInABrowser")
def a_page_is_sound_in_a_browser(place):
    some_of_the_demo(place)
    many = ("--by", "YEAR", "--by", "FORBUND", "--by", "INSATS", "--by", "SEX")
    pages = {
        "years": written(place, "html", *many, report=(
            "report", "--from", "2013-01-01", "--to", "2020-12-31")),
        "published": written(place, "html", "--publish"),
    }
    for name, path in pages.items():
        seen = looked_at(path)
        check.assertEqual(seen["asked"], [path.as_uri()], name)
        check.assertEqual(seen["said"], [], name)
        for look in seen["looks"]:
            where = (name, look["name"])
            check.assertEqual(look["violations"], [], where)
            check.assertGreater(look["held"], 20, where)
            check.assertLessEqual(look["tooWide"], 0, where)
            check.assertEqual(look["cut"], [], where)


@story("Command.ABrowserFindsWhatIsWrongWithAPage")
def a_browser_finds_what_is_wrong_with_a_page(place):
    path = place.parent / "bad.html"
    path.write_text(BAD_PAGE)
    seen = looked_at(path)
    check.assertGreater(len(seen["asked"]), 1)
    check.assertNotEqual(seen["said"], [])
    for look in seen["looks"]:
        rules = {one["rule"] for one in look["violations"]}
        check.assertLessEqual({"html-has-lang", "image-alt", "color-contrast"},
                              rules)
        check.assertGreater(look["tooWide"], 0)
        check.assertIn("out of sight", look["cut"])
