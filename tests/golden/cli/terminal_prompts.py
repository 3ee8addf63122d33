"""What is asked on a terminal, and what the answers do."""

from people import a_number
from setting import FORBUND, INSATS, OF_FORBUND, make_everything, register
from stories import check, story

SOMEBODY = a_number("19800101", 100)

FIND = ("participant", "find", *OF_FORBUND)
ASKS_NUMBER = "Personnummer (visas inte): "
REVOKE = ("user", "revoke", "--user", "samordnare", "--role", "samordnare",
          *OF_FORBUND, "--insats", INSATS)
ASKS_REVOKE = ("Ta bort rollen samordnare från samordnare för "
               f"{FORBUND}: {INSATS}? (ja/nej) ")


@story("Command.TheNumberIsAskedForAndNeverShown")
def the_number_is_asked_for_and_never_shown(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]
    terminal = place.terminal(*FIND, profile="samordnare")
    terminal.wait_for(ASKS_NUMBER)
    terminal.wait_for_silence()
    terminal.type(SOMEBODY)
    outcome = place.leave(terminal, *FIND)
    check.assertEqual(outcome.status, 0, outcome)
    check.assertTrue(outcome.out.startswith(ASKS_NUMBER + "\nin "), outcome)
    check.assertIn(name, outcome.out)


@story("Command.TheNumberIsAskedForOnceNothingIsShown")
def the_number_is_asked_for_once_nothing_is_shown(place):
    make_everything(place)
    terminal = place.terminal(*FIND, profile="samordnare")
    # The question cannot come; so what goes before it is seen for sure.
    terminal.hold_output()
    terminal.wait_for_silence()
    terminal.release_output()
    terminal.wait_for(ASKS_NUMBER)
    terminal.type(SOMEBODY)
    check.assertEqual(place.leave(terminal, *FIND).status, 0)


@story("Command.TheEchoComesBackWhateverTheAnswer")
def the_echo_comes_back_whatever_the_answer(place):
    make_everything(place)
    # A number; none, at the end of the input; and an interruption.
    for keys in SOMEBODY.encode() + b"\n", b"\x04", b"\x03":
        terminal = place.terminal(*FIND, profile="samordnare")
        terminal.wait_for(ASKS_NUMBER)
        terminal.wait_for_silence()
        terminal.press(keys)
        place.leave(terminal, *FIND)
        check.assertTrue(terminal.left_echoing,
                         f"the terminal stays silent after {keys[-1:]}")


@story("Command.RevokingAsksFirst")
def revoking_asks_first(place):
    make_everything(place)
    granted = place.stegvis("user", "list")
    for answer in "nej", "N":
        outcome = place.on_terminal(*REVOKE, answers=[(ASKS_REVOKE, answer)])
        check.assertEqual(outcome.status, 1, outcome)
        check.assertEqual(
            outcome.out,
            f"{ASKS_REVOKE}{answer}\nstegvis user revoke: Inget är ändrat.\n")
    # Whoever goes away has not agreed.
    terminal = place.terminal(*REVOKE)
    terminal.wait_for(ASKS_REVOKE)
    terminal.press(b"\x04")
    check.assertEqual(place.leave(terminal, *REVOKE).status, 1)
    check.assertEqual(place.stegvis("user", "list"), granted,
                      "something was changed")

    # What is neither is asked again.
    outcome = place.on_terminal(
        *REVOKE, answers=[(ASKS_REVOKE, "kanske"), (ASKS_REVOKE, "ja")])
    check.assertEqual(outcome.status, 0, outcome)
    check.assertIn("samordnare är inte längre samordnare.\n", outcome.out)
    check.assertNotEqual(place.stegvis("user", "list"), granted)


@story("Command.YesIsNotAsked")
def yes_is_not_asked(place):
    make_everything(place)
    outcome = place.on_terminal(*REVOKE, "--yes")
    check.assertEqual(outcome.out, "samordnare är inte längre samordnare.\n")
    check.assertEqual(outcome.status, 0)
    # Nor is what comes out of a pipe.
    place.stegvis("question", "add", "--text", "Hur gick det?", "--type",
                  "text", "--start", "2015-01-01", "--asked", "ut")
    ended = place.run("question", "end", "--text", "Hur gick det?", "--date",
                      "2020-12-31", stdin="nej\n")
    check.assertEqual((ended.status, ended.err), (0, ""))


@story("Command.EndingAndCorrectingAskFirst")
def ending_and_correcting_ask_first(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]
    place.stegvis("participant", "exit", name, "--date", "2020-06-30",
                  "--reason", "enligt_plan", "--support", "ingen_offentlig",
                  profile="samordnare")
    place.stegvis("question", "add", "--text", "Hur gick det?", "--type",
                  "text", "--start", "2015-01-01", "--asked", "ut")
    for user, question, change, show in (
            ("admin", f"Avsluta {INSATS} den 2020-12-31?",
             ("insats", "end", "--insats", INSATS, "--date", "2020-12-31"),
             ("insats", "show", "--insats", INSATS)),
            ("admin", "Sluta ställa frågan efter 2020-12-31?",
             ("question", "end", "--text", "Hur gick det?", "--date",
              "2020-12-31"),
             ("question", "list")),
            ("samordnare",
             "Rätta deltagandet? Det tidigare finns kvar i historiken.",
             ("participant", "correct", name, "--moment", "ut", "--reason",
              "skrivfel", "--work", "20"),
             ("participant", "show", name))):
        before = place.stegvis(*show, profile=user)
        asked = f"{question} (ja/nej) "
        refused = place.on_terminal(*change, answers=[(asked, "nej")],
                                    profile=user)
        check.assertEqual(refused.status, 1, refused)
        check.assertTrue(refused.out.endswith("Inget är ändrat.\n"), refused)
        check.assertEqual(place.stegvis(*show, profile=user), before, change)

        agreed = place.on_terminal(*change, answers=[(asked, "ja")],
                                   profile=user)
        check.assertEqual(agreed.status, 0, agreed)
        check.assertNotEqual(place.stegvis(*show, profile=user), before,
                             change)


@story("Command.TheMethodIsProposedAfterThreeQuestions")
def the_method_is_proposed_after_three_questions(place):
    outcome = place.on_terminal("insats", "suggest-method", answers=[
        ("strukturer mellan parterna snarare än med människor? (ja/nej) ",
         "nej"),
        ("ett team med samordnare och egen arbetsmetod? (ja/nej) ", "j"),
        ("en styrgrupp eller en samordnare? (ja/nej) ", "ja")])
    check.assertEqual(outcome.status, 0, outcome)
    check.assertIn("\nFörslag: person\n", outcome.out)
