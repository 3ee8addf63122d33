"""stegvis user."""

from people import a_number
from setting import (FORBUND, INSATS, OF_FORBUND, make_forbund, make_insats,
                     register, steady, without)
from stories import check, story

NOT_PERMITTED = ("Det här får du inte göra, eller så finns det inte. Be "
                 "förbundets administratör om rätt roll.")

LISTED = f"""\
användare   roll           gäller                                  sedan
admin       forbund_admin  alla förbund                            [time]
admin       operator       alla förbund                            [time]
dataskydd   dataskydd      alla förbund                            [time]
import      importer       alla förbund                            [time]
national    national       alla förbund                            [time]
samordnare  samordnare     {FORBUND}: {INSATS}  [time]
"""

OF_INSATS = ("--user", "samordnare", "--role", "samordnare", *OF_FORBUND,
             "--insats", INSATS)


@story("Command.UserIsGivenAnInsatsAndLosesIt")
def user_is_given_an_insats_and_loses_it(place):
    make_forbund(place)
    insats = make_insats(place)
    listing = ("participant", "list", *OF_FORBUND)
    check.assertEqual(place.refusal(*listing, profile="samordnare"),
                      NOT_PERMITTED)

    check.assertEqual(place.stegvis("user", "grant", *OF_INSATS),
                      "samordnare är nu samordnare.\n")
    check.assertEqual(steady(place.stegvis("user", "list")), LISTED)
    grants = place.json("user", "list")["grants"]
    check.assertIn({"user": "samordnare", "role": "ROLE_SAMORDNARE",
                    "scope": insats}, [without(grant) for grant in grants])
    somebody = register(place, a_number("19800101", 100))["name"]

    check.assertEqual(place.stegvis("user", "revoke", *OF_INSATS),
                      "samordnare är inte längre samordnare.\n")
    check.assertNotIn("samordnare", place.stegvis("user", "list"))
    for words in (listing, ("participant", "show", somebody),
                  ("participant", "exit", somebody, "--date", "2020-06-30",
                   "--reason", "enligt_plan")):
        check.assertEqual(place.refusal(*words, profile="samordnare"),
                          NOT_PERMITTED, words[1])
    check.assertEqual(place.refusal("user", "revoke", *OF_INSATS),
                      "Det finns inte. Kontrollera namnet i en lista.")


@story("Command.UserIsRefusedWhatDoesNotFit")
def user_is_refused_what_does_not_fit(place):
    make_forbund(place)
    make_insats(place)
    place.stegvis("user", "grant", *OF_INSATS)
    listed = place.stegvis("user", "list")

    def grant(role, *words, **options):
        return place.refusal("user", "grant", "--user", "samordnare", "--role",
                             role, *words, **options)

    check.assertEqual(
        grant("forbund_admin", *OF_FORBUND),
        "En användare kan inte både administrera förbundet och vara "
        "samordnare. Ta bort den andra rollen först: stegvis user revoke.")
    check.assertEqual(
        grant("samordnare", *OF_FORBUND, expect=2),
        "En samordnare hör till en insats. Ange --insats NAMN.")
    check.assertEqual(grant("analyst", expect=2),
                      "Ange --forbund NAMN, eller --forbund alla.")
    check.assertEqual(
        grant("chef", *OF_FORBUND, expect=2),
        "värdet för --role är inte giltigt. Se stegvis user grant --help.")
    # Nobody gives themselves a role.
    check.assertEqual(grant("analyst", *OF_FORBUND, profile="samordnare"),
                      NOT_PERMITTED)
    check.assertEqual(place.refusal("user", "list", profile="national"),
                      NOT_PERMITTED)
    check.assertEqual(place.stegvis("user", "list"), listed,
                      "something was changed")
