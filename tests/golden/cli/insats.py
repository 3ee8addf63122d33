"""stegvis insats."""

from people import a_number
from setting import (INSATS, OF_FORBUND, make_forbund, make_insats,
                     make_samordnare, register, steady, without)
from stories import check, story

CREATED = """\
Namn                 Team Framåt
Beskrivning          En väg
Från                 2020-01-01
Inriktning           individ
Fokus                Förberedande insatser
Målgrupp             Unga med psykisk ohälsa, Nyanlända
Metod                person
ESF                  ja
Parter               Kommunen, Regionen
Planerade deltagare  2020: 40
Resurs               forbund/[id]/insatser/[id]
"""

UPDATED = """\
Namn                 Team Uppåt
Beskrivning          En väg
Från                 2020-01-01
Till                 2035-12-31
Inriktning           individ
Fokus                Annan
Målgrupp             Övriga
Metod                person
ESF                  ja
Parter               Kommunen, Regionen
Planerade deltagare  2020: 50, 2021: 20
Resurs               forbund/[id]/insatser/[id]
"""

LISTED = """\
namn        inriktning  metod   från        till        fokus
Team Uppåt  individ     person  2020-01-01  2035-12-31  Annan
Nätverket   struktur    volym   2016-01-01              Dialog/kommunikation
"""

UPDATED_MESSAGE = {
    "title": "Team Uppåt", "description": "En väg", "startDate": "2020-01-01",
    "endDate": "2035-12-31", "orientation": "ORIENTATION_INDIVIDUAL",
    "focus": "annan_individ", "targetGroups": ["ovriga"],
    "registrationMethod": "REGISTRATION_METHOD_PERSONAL", "esfFinanced": True,
    "parties": ["Kommunen", "Regionen"],
    "plannedYears": [{"year": 2020, "participants": 50},
                     {"year": 2021, "participants": 20}]}


@story("Command.InsatsIsCreatedChangedShownAndListed")
def insats_is_created_changed_shown_and_listed(place):
    make_forbund(place)
    created = place.stegvis(
        "insats", "create", *OF_FORBUND, "--name", "Team Framåt", "--start",
        "2020-01-01", "--orientation", "individ", "--focus", "forberedande",
        "--target-group", "unga_psykisk_ohalsa", "--target-group", "nyanlanda",
        "--method", "person", "--esf", "ja", "--planned", "2020=40", "--party",
        "Kommunen", "--party", "Regionen", "--description", "En väg")
    check.assertEqual(steady(created), CREATED)

    updated = place.stegvis(
        "insats", "update", *OF_FORBUND, "--insats", "Team Framåt", "--name",
        "Team Uppåt", "--end", "2035-12-31", "--focus", "annan_individ",
        "--target-group", "ovriga", "--planned", "2020=50", "--planned",
        "2021=20")
    check.assertEqual(steady(updated), UPDATED)

    make_insats(place, "Nätverket", "struktur", "volym", "dialog")
    shown = place.stegvis("insats", "show", "--insats", "team uppåt")
    check.assertEqual(shown, updated)
    check.assertEqual(place.stegvis("insats", "list", *OF_FORBUND), LISTED)

    message = place.json("insats", "show", "--insats", "Team Uppåt")
    check.assertEqual(without(message, "name"), UPDATED_MESSAGE)
    check.assertIn(message, place.json("insats", "list")["insatser"])


@story("Command.InsatsIsRefusedWithReason")
def insats_is_refused_with_reason(place):
    make_forbund(place)
    make_insats(place)
    listed = place.stegvis("insats", "list")

    def create(title, orientation, focus, group="ovriga", **options):
        return place.refusal(
            "insats", "create", "--name", title, "--start", "2020-01-01",
            "--orientation", orientation, "--focus", focus, "--target-group",
            group, "--method", "person", **options)

    check.assertEqual(
        create(INSATS, "individ", "forberedande"),
        "En insats med det namnet finns redan i förbundet. Välj ett annat "
        "namn, eller använd den som finns.")
    check.assertEqual(
        create("Ny", "struktur", "dialog"),
        "metod: En strukturinriktad insats kan bara registreras som volym. "
        "Välj metoden volym.")
    # The focus depends on the orientation.
    check.assertEqual(
        create("Ny", "individ", "dialog", "okand_grupp"),
        "fokus: Koden finns inte. Se vilka som finns med: stegvis codes list. "
        "målgrupp: Koden finns inte. Se vilka som finns med: stegvis codes "
        "list.")
    check.assertEqual(
        create("Ny", "grupp", "dialog", expect=2),
        "värdet för --orientation är inte giltigt. Se stegvis insats create "
        "--help.")
    check.assertEqual(
        place.refusal("insats", "update", "--insats", INSATS, expect=2),
        "Säg vad som ska ändras, till exempel --name NAMN.")
    check.assertEqual(
        place.refusal("insats", "update", "--insats", INSATS, "--planned",
                      "2020", expect=2),
        "--planned 2020: skriv ÅR=ANTAL, till exempel 2026=40.")
    # Method, orientation and ESF are for ever.
    check.assertEqual(
        place.refusal("insats", "update", "--insats", INSATS, "--method",
                      "volym", expect=2),
        "okänt argument: --method. Se stegvis insats update --help.")
    check.assertEqual(
        place.refusal("insats", "show", "--insats", "Okänd"),
        "Insatsen Okänd finns inte i Samordningsförbundet Exempel, eller så "
        "får du inte se den. Se insatserna med: stegvis insats list.")
    check.assertEqual(place.stegvis("insats", "list"), listed,
                      "something was changed")


@story("Command.InsatsEndsOnceNobodyTakesPart")
def insats_ends_once_nobody_takes_part(place):
    make_forbund(place)
    make_insats(place)
    make_samordnare(place)
    somebody = a_number("19800101", 100)
    name = register(place, somebody)["name"]
    end = ("insats", "end", "--insats", INSATS, "--date")

    check.assertEqual(
        place.refusal(*end, "2020-06-30"),
        "Det finns deltaganden som pågår efter den dagen. Avsluta dem först, "
        "eller välj en senare dag.")
    check.assertEqual(place.json("insats", "show", "--insats", INSATS)
                      ["endDate"], "")

    place.stegvis("participant", "exit", name, "--date", "2020-06-30",
                  "--reason", "enligt_plan", "--support", "ingen_offentlig",
                  profile="samordnare")
    check.assertEqual(
        place.refusal(*end, "2014-12-31"),
        "slutdatum: Slutet ligger före början. Rätta det ena av datumen.")
    check.assertIn("Till        2020-06-30\n",
                   place.stegvis(*end, "2020-06-30"))
    check.assertEqual(
        place.refusal(
            "participant", "register", *OF_FORBUND, "--insats", INSATS,
            "--consent", "2020-07-01", "--entry", "2020-07-02", "--support",
            "sjukpenning", profile="samordnare", stdin=somebody + "\n"),
        "datum in: Dagen ligger utanför insatsens tid. Rätta datumet, eller "
        "insatsens start och slut.")


# By the answers to: structural? a team of its own? steered?
PROPOSALS = {
    "ja ja ja": ("volym", "arbetar med strukturer mellan parterna"),
    "ja ja nej": ("volym", "arbetar med strukturer mellan parterna"),
    "ja nej ja": ("volym", "arbetar med strukturer mellan parterna"),
    "ja nej nej": ("volym", "arbetar med strukturer mellan parterna"),
    "nej ja ja": ("person", "ett team med samordnare och egen arbetsmetod"),
    "nej ja nej": ("person", "ett team med samordnare och egen arbetsmetod"),
    "nej nej ja": ("volym", "har inget eget team med egen arbetsmetod"),
    "nej nej nej": ("volym", "har varken styrgrupp eller samordnare"),
}


@story("Command.InsatsMethodIsProposedForEveryAnswer")
def insats_method_is_proposed_for_every_answer(place):
    for answers, (method, why) in PROPOSALS.items():
        structural, team, steered = answers.split()
        words = ("insats", "suggest-method", "--structural", structural,
                 "--team", team, "--steered", steered)
        said = place.stegvis(*words).splitlines()
        check.assertEqual(said[0], f"Förslag: {method}", answers)
        check.assertIn(why, said[1], answers)
        check.assertEqual(said[2],
                          "Det är ett förslag. Ni bestämmer själva.")
        kind = {"volym": "VOLUME", "person": "PERSONAL"}[method]
        check.assertEqual(place.json(*words)["registrationMethod"],
                          f"REGISTRATION_METHOD_{kind}", answers)
    check.assertEqual(
        place.refusal("insats", "suggest-method", "--team", "ja", expect=2),
        "Frågorna kan bara ställas i en terminal. Ange svaren som val, se "
        "--help.")
