"""stegvis status, and stegvis codes."""

from people import a_number
from setting import a_row, csv_text, make_everything, make_forbund, started
from stories import check, story

LISTS = ["FOCUS_INDIVIDUAL", "FOCUS_STRUCTURAL", "TARGET_GROUP",
         "SUPPORT_SOURCE", "SUPPORT_GROUP", "EDUCATION", "END_REASON",
         "REFERRING_PARTY", "AGE_GROUP", "MONTHS_ON_SUPPORT",
         "CORRECTION_REASON", "PURPOSE", "COST_TYPE", "FINANCIER_GROUP"]

PURPOSES = """\
lista    kod             namn                          grupp  gäller
PURPOSE  registrering    Registrering av deltagande
PURPOSE  uppfoljning     Uppföljning av deltagande
PURPOSE  rattelse        Rättelse av uppgifter
PURPOSE  registerutdrag  Registerutdrag till personen
Version 1
"""


def numbers(place):
    status = place.json("status")
    return {key: int(status[key]) for key in
            ("forbund", "facts", "feedPosition", "factPosition",
             "auditEntries", "unreadable")}


@story("Command.StatusCountsWhatIsThere")
def status_counts_what_is_there(place):
    before = numbers(place)
    check.assertEqual((before["forbund"], before["facts"]), (0, 0))
    make_everything(place)
    make_forbund(place, "222000-1248", "Andra")
    rows = [a_row(a_number("19800101", serial)) for serial in range(100, 107)]
    place.stegvis("import", "participants",
                  place.write("people.csv", csv_text(rows)), profile="import")
    # The report waits for the facts.
    check.assertEqual(started(place), 7)

    after = numbers(place)
    check.assertEqual((after["forbund"], after["facts"]), (2, 7))
    check.assertEqual(after["unreadable"], 0)
    check.assertEqual(after["factPosition"], after["feedPosition"])
    # Two förbund, an insats, a grant and seven rows, each a change.
    check.assertEqual(after["feedPosition"] - before["feedPosition"], 11)
    check.assertGreater(after["auditEntries"], before["auditEntries"])

    table = place.stegvis("status")
    check.assertIn("\nFörbund                        2\n", table)
    check.assertIn("\nFakta i minnet                 7\n", table)
    check.assertIn("\nPoster som inte går att öppna  0\n", table)
    check.assertEqual(
        place.refusal("status", profile="samordnare"),
        "Det här får du inte göra, eller så finns det inte. Be förbundets "
        "administratör om rätt roll.")


@story("Command.CodesAreListedByList")
def codes_are_listed_by_list(place):
    every = place.json("codes", "list")["codes"]
    check.assertEqual(list(dict.fromkeys(code["list"] for code in every)),
                      LISTS)
    for name in LISTS:
        some = place.json("codes", "list", "--list", name)["codes"]
        check.assertEqual(
            some, [code for code in every if code["list"] == name])
    # Who may do nothing else may read them.
    check.assertEqual(place.stegvis("codes", "list", "--list", "PURPOSE",
                                    profile="samordnare"), PURPOSES)
    check.assertEqual(place.stegvis("codes", "list", "--list", "purpose"),
                      PURPOSES)
    check.assertEqual(place.refusal("codes", "list", "--list", "COLOUR"),
                      "Listan COLOUR finns inte. Välj bland: "
                      f"{', '.join(LISTS)}.")
