"""Wrong usage, and what keeps a command from reaching its server: one line on
stderr that says what, where and how to mend."""

from people import a_number, veiled
from setting import INSATS, OF_FORBUND
from stories import check, story

SOMEBODY = a_number("19800101", 100)


@story("Command.AnUnknownCommandIsNamed")
def an_unknown_command_is_named(place):
    for words in ("reprot",), ("reprot", "--year", "2020"), (
            "forbund", "crate"), ("import", "people", "people.csv"):
        line = place.refusal(*words, expect=2)
        wrong = words[0] if words[0] == "reprot" else words[1]
        check.assertIn(wrong, line, f"{words} is not told what is wrong")
        check.assertIn("--help", line)


@story("Command.WrongUsageEndsWithTwo")
def wrong_usage_ends_with_two(place):
    for words, line in (
            ((), "ett kommando saknas. Se stegvis --help."),
            (("forbund",), "ett kommando saknas. Se stegvis forbund --help."),
            (("report", "--yaer", "2020"),
             "okänt argument: --yaer. Se stegvis report --help."),
            (("status", "--format", "xml"),
             "värdet för --format är inte giltigt. Se stegvis status --help."),
            (("user", "revoke", "--user"),
             "--user har fel antal värden. Se stegvis user revoke --help."),
            (("participant", "show"),
             "NAMN saknas. Se stegvis participant show --help."),
            (("import", "insatser", "insatser.csv", "--migrate"),
             "okänt argument: --migrate. Se stegvis import insatser "
             "--help.")):
        check.assertEqual(place.refusal(*words, expect=2), line)


@story("Command.InitIsRefusedInOneSwedishLine")
def init_is_refused_in_one_swedish_line(place):
    check.assertEqual(
        place.refusal("init", str(place.folder)),
        "Mappen är inte tom. Välj en ny eller tom mapp.")
    for words in (), ("new", "--prot", "1"), ("new", "--forbund", "Exempel"):
        line = place.refusal("init", *words, expect=2)
        check.assertRegex(line, r"\. Se stegvis.* --help\.\Z")
    check.assertFalse((place.parent / "new").exists(), "it was made")


@story("Command.AValueThatIsNoNumberNamesItsOption")
def a_value_that_is_no_number_names_its_option(place):
    for command, words, option in (
            ("count set",
             ("--insats", INSATS, "--kind", "anonym", "--year", "2020",
              "--women", "tre", "--men", "2"), "--women"),
            ("participant register",
             ("--insats", INSATS, "--consent", "2020-01-02", "--entry",
              "2020-01-02", "--work", "heltid"), "--work"),
            ("report", ("--year", "tjugo"), "--year")):
        check.assertEqual(
            place.refusal(*command.split(), *words, expect=2),
            f"värdet för {option} är inte giltigt. Se stegvis {command} "
            "--help.")


@story("Command.ANumberOnTheCommandLineIsNotRepeated")
def a_number_on_the_command_line_is_not_repeated(place):
    for words in (("participant", "find", SOMEBODY),
                  ("participant", "find", *OF_FORBUND, SOMEBODY),
                  ("participant", "register", "--insats", INSATS, SOMEBODY)):
        outcome = place.run(*words)
        check.assertEqual(outcome.status, 2, outcome)
        # What stands on stderr may be kept in a log.
        check.assertTrue(veiled(outcome.err) == outcome.err,
                         f"the number was repeated: {outcome}")


@story("Command.AMissingProfileSaysHowToChooseOne")
def a_missing_profile_says_how_to_choose_one(place):
    check.assertEqual(
        place.refusal("status", profile=None, expect=2),
        "Ingen profil är vald. Ange --profile FIL före kommandot, eller sätt "
        "STEGVIS_PROFILE.")

    def refused(name):
        return place.refusal("--profile", name, "status", profile=None)

    check.assertEqual(
        refused("nowhere.toml"),
        "Filen nowhere.toml går inte att läsa. Kontrollera att den finns och "
        "får läsas.")
    check.assertEqual(
        refused(place.write("broken.toml", "address\n")),
        "Profilen broken.toml går inte att tolka, rad 1. Rätta den.")
    check.assertEqual(
        refused(place.write("lacking.toml", 'address = "127.0.0.1:1"\n')),
        "Profilen lacking.toml saknar ca. Lägg till den.")


@story("Command.AServerThatIsAwaySaysSo")
def a_server_that_is_away_says_so(place):
    place.stop()
    address = next(line.split('"')[1] for line in
                   (place.folder / "profiles/admin.toml").read_text()
                   .splitlines() if line.startswith("address"))
    file = place.write("counts.csv",
                       "forbund;insats;typ;ar;kvinnor;man;antal\n")
    for words in (("status",), ("report", "--year", "2020"),
                  ("import", "counts", file)):
        check.assertEqual(
            place.refusal(*words),
            f"Servern på {address} svarar inte, eller godkänner inte "
            "certifikatet. Kontrollera att den är igång och att profilen hör "
            "till den.")
    place.start()
    check.assertEqual(place.json("status")["forbund"], "0")
