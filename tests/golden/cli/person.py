"""stegvis participant find, reveal and consent-form: who somebody is."""

import stat

from people import a_number, veiled
from setting import INSATS, OF_FORBUND, make_everything, register, squeezed
from stories import check, story

SOMEBODY = a_number("19800101", 100)
ANOTHER = a_number("19900202", 101)

NOT_PERMITTED = ("Det här får du inte göra, eller så finns det inte. Be "
                 "förbundets administratör om rätt roll.")


@story("Command.SomebodyIsFoundByEveryWrittenFormOfTheNumber")
def somebody_is_found_by_every_written_form_of_the_number(place):
    make_everything(place)
    name = register(place, SOMEBODY)["name"]
    find = ("participant", "find", *OF_FORBUND)
    ten = SOMEBODY[2:]
    for written in (SOMEBODY, f"{SOMEBODY[:8]}-{SOMEBODY[8:]}", ten,
                    f"{ten[:6]}-{ten[6:]}", f"  {SOMEBODY} \n"):
        for user in "samordnare", "dataskydd":
            found = place.json(*find, profile=user, stdin=written)
            check.assertEqual(
                [one["name"] for one in found["participations"]], [name])
    # A plus sign: a hundred years earlier, and so somebody else.
    for written in ANOTHER, f"{ten[:6]}+{ten[6:]}":
        check.assertEqual(
            place.stegvis(*find, profile="dataskydd", stdin=written),
            "Inga deltaganden att visa.\n")
    check.assertEqual(
        place.refusal(*find, profile="dataskydd",
                      stdin=f"{SOMEBODY[:8]} {SOMEBODY[8:]}"),
        "personnummer: Numret är inte skrivet som ett personnummer. Skriv "
        "ÅÅÅÅMMDDNNNN eller ÅÅMMDD-NNNN, utan mellanslag och bokstäver.")
    for user in "admin", "import", "national":
        check.assertEqual(
            place.refusal(*find, profile=user, stdin=SOMEBODY), NOT_PERMITTED,
            user)


@story("Command.APersonIsRevealedForAPurpose")
def a_person_is_revealed_for_a_purpose(place):
    make_everything(place)
    name = register(place, SOMEBODY + "\nGulnäbb Prövare",
                    "--with-name")["name"]
    entries = int(place.json("status")["auditEntries"])
    reveal = ("participant", "reveal", name, "--purpose")
    for user in "samordnare", "dataskydd":
        check.assertEqual(
            veiled(squeezed(place.stegvis(*reveal, "uppfoljning",
                                          profile=user))),
            f"Personnummer  {veiled(SOMEBODY)}\nNamn  Gulnäbb Prövare\n")
    check.assertEqual(int(place.json("status")["auditEntries"]), entries + 2,
                      "not every look was recorded")

    for user in "admin", "import", "national":
        check.assertEqual(
            place.refusal(*reveal, "uppfoljning", profile=user), NOT_PERMITTED,
            user)
    check.assertEqual(
        place.refusal(*reveal, "nyfikenhet", profile="dataskydd"),
        "ändamål: Koden finns inte. Se vilka som finns med: stegvis codes "
        "list.")
    check.assertEqual(
        place.refusal(*reveal[:3], profile="dataskydd", expect=2),
        "--purpose saknas. Se stegvis participant reveal --help.")


@story("Command.AConsentFormIsWrittenToAFile")
def a_consent_form_is_written_to_a_file(place):
    form = ("participant", "consent-form")
    names = ("--forbund", "Exempel", "--insats", INSATS)
    # Neither a profile nor a server is needed.
    place.stop()
    printed = place.stegvis(*form, *names, profile=None)
    check.assertIn(f"Förbund:       Exempel\nInsats:        {INSATS}\n",
                   printed)
    check.assertEqual(place.stegvis(*form, *names, "-o", "form.txt",
                                    profile=None), "")
    written = place.parent / "form.txt"
    check.assertEqual(written.read_text(), printed)
    check.assertEqual(stat.S_IMODE(written.stat().st_mode), 0o600)
    check.assertEqual(
        place.refusal(*form, "-o", "nowhere/form.txt", profile=None),
        "Filen nowhere/form.txt går inte att skriva. Kontrollera mappen, "
        "rättigheterna och disken.")
