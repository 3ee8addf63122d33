"""stegvis question."""

from people import a_number
from setting import (OF_FORBUND, make_everything, make_forbund, register,
                     steady, without)
from stories import check, story

ADDED = """\
Fråga   Vilken färg?
Svar    val
Val     röd, blå
Ställs  ut
Från    2015-01-01
Till    2034-12-31
Resurs  forbund/[id]/questions/[id]
"""

LISTED = """\
fråga            svar    val       ställs     från        till
Hur många barn?  tal               in         2015-01-01
Vilken färg?     val     röd, blå  ut         2015-01-01  2034-12-31
Hur gick det?    text              in och ut  2015-01-01
Bor du själv?    ja-nej            in         2015-01-01
"""


def add(place, text, kind, asked, *words):
    return place.stegvis("question", "add", "--text", text, "--type", kind,
                         "--start", "2015-01-01", "--asked", asked, *words)


@story("Command.QuestionsOfEveryKindAreAddedListedAndEnded")
def questions_of_every_kind_are_added_listed_and_ended(place):
    make_forbund(place)
    check.assertEqual(place.stegvis("question", "list"),
                      "Förbundet har inga egna frågor.\n")
    add(place, "Bor du själv?", "ja-nej", "in", "--position", "9")
    add(place, "Hur gick det?", "text", "bada", "--position", "3")
    added = add(place, "Vilken färg?", "val", "ut", "--position", "2",
                "--choice", "röd", "--choice", "blå", "--end", "2034-12-31")
    check.assertEqual(steady(added), ADDED)
    add(place, "Hur många barn?", "tal", "in", "--position", "1")
    check.assertEqual(place.stegvis("question", "list"), LISTED,
                      "they are asked by their position")

    messages = place.json("question", "list", *OF_FORBUND)["questions"]
    check.assertEqual(
        without(messages[1], "name"),
        {"text": "Vilken färg?", "answerType": "ANSWER_TYPE_CHOICE",
         "choices": ["röd", "blå"], "startDate": "2015-01-01",
         "endDate": "2034-12-31", "position": 2, "askedEntry": False,
         "askedExit": True})

    ended = place.stegvis("question", "end", "--text", "vilken färg?",
                          "--date", "2020-12-31")
    check.assertEqual(steady(ended),
                      ADDED.replace("2034-12-31", "2020-12-31"))
    check.assertEqual(place.stegvis("question", "list"),
                      LISTED.replace("2034-12-31", "2020-12-31"))


@story("Command.QuestionsAreRefusedWithReason")
def questions_are_refused_with_reason(place):
    make_forbund(place)
    add(place, "Hur gick det?", "text", "bada")
    listed = place.stegvis("question", "list")

    def refusal(text, kind, *words, **options):
        return place.refusal(
            "question", "add", "--text", text, "--type", kind, "--start",
            "2015-01-01", "--asked", "in", *words, **options)

    check.assertEqual(
        refusal("Hur gick det?", "tal"),
        "Frågan finns redan. Använd den som finns, eller formulera den "
        "annorlunda.")
    check.assertEqual(refusal("Vilken?", "val"),
                      "svarsval: Uppgiften saknas. Fyll i den.")
    check.assertEqual(refusal("Hur många?", "tal", "--choice", "ett"),
                      "svarsval: Uppgiften får inte anges här. Ta bort den.")
    check.assertEqual(
        refusal("Hur?", "fritext", expect=2),
        "värdet för --type är inte giltigt. Se stegvis question add --help.")
    check.assertEqual(
        place.refusal("question", "end", "--text", "Varför?", "--date",
                      "2020-12-31"),
        'Frågan "Varför?" finns inte. Se frågorna med: stegvis question list.')
    check.assertEqual(
        place.refusal("question", "end", "--text", "Hur gick det?", "--date",
                      "2014-12-31"),
        "slutdatum: Slutet ligger före början. Rätta det ena av datumen.")
    check.assertEqual(place.stegvis("question", "list"), listed,
                      "something was changed")


@story("Command.AnEndedQuestionIsNotAskedButAnswered")
def an_ended_question_is_not_asked_but_answered(place):
    make_everything(place)
    add(place, "Hur många barn?", "tal", "in")
    early = register(place, a_number("19800101", 100), "--answer",
                     "Hur många barn?=2")
    place.stegvis("question", "end", "--text", "Hur många barn?", "--date",
                  "2020-12-31")
    check.assertEqual(
        place.refusal(
            "participant", "register", *OF_FORBUND, "--insats", "Vägen in",
            "--consent", "2021-01-02", "--entry", "2021-01-02", "--support",
            "sjukpenning", "--answer", "Hur många barn?=2",
            profile="samordnare", stdin=a_number("19900202", 101) + "\n"),
        "fråga: Frågan ställs inte vid det tillfället. Ta bort svaret, eller "
        "se frågorna med: stegvis question list.")
    check.assertIn("  Hur många barn?  2\n",
                   place.stegvis("participant", "show", early["name"],
                                 profile="samordnare"))
