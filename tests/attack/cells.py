"""The counts of a block, and their places.

A block (the whole of a release, or a row of a breakdown) is a row of WIDTH
numbers: each count by sex. Some counts stand in no report but follow from it by
subtraction; they are cells like the others.
"""

SEXES = ("total", "women", "men")
TOTAL, WOMEN, MEN = range(3)

# Source and group, as in domain.md section 4.
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
SOURCES = tuple(GROUP_OF_SOURCE)
ALONE = ("ingen_offentlig", "uppgift_saknas")  # With no other source.
GROUPS = ("OHALSA", "ARBETSMARKNAD", "EKONOMISKT_BISTAND", "OVRIG")
ANY = "ANY_PUBLIC"
CLASSES = ("ARBETE_ELLER_STUDIER", "ARBETSSOKANDE", "OVRIG")
OCCUPATIONS = ("ARBETE_ELLER_STUDIER", "ARBETE", "STUDIER", "ARBETSSOKANDE",
               "OVRIG")
WHEN = ("before", "after")
MONTHS = (6, 12)
STRUCTURAL_FOCUS = ("utbildning", "dialog", "kartlaggning", "annan_struktur")
INDIVIDUAL_FOCUS = ("rehab_arbete_utbildning", "forberedande",
                    "kartlaggning_individ", "forebyggande", "annan_individ")

BASE = "participants/base"
STARTED = "participants/started"
ONGOING = "participants/ongoing"
INDIVIDUALS = "participants/individuals"
ANONYMOUS = "participants/anonymous"
VOLUME = "participants/volume"
STRUCTURAL = "participants/structuralVolume"
REGISTERED = "participants/registered"
BEGAN = "beganOrIncreased/began"
INCREASED = "beganOrIncreased/increased"
# Nowhere printed: those who work or study after and did before, and of those
# the ones whose hours did not grow.
KEPT = "beganOrIncreased/workOrStudyAfter-began"
STEADY = "beganOrIncreased/workOrStudyAfter-began-increased"

# The same count under two names, where the release excludes nobody besides.
ALSO_CALLED = {
    "participants/ended": BASE,
    "beganOrIncreased/workOrStudyAfter":
        "occupation/ARBETE_ELLER_STUDIER/after",
}


def occupation(key, when):
    return f"occupation/{key}/{when}"


def support(key, when):
    return f"support/{key}/{when}"


def group(key, when):
    return f"supportGroups/{key}/{when}"


def follow_up(months, what):
    return f"followUp/{months}/{what}"


def unanswered(months):
    """Nowhere printed: due, and not followed up."""
    return follow_up(months, "due-answered")


WITH_EXIT = tuple(
    [BASE] +
    [occupation(key, when) for key in OCCUPATIONS for when in WHEN] +
    [BEGAN, INCREASED, KEPT, STEADY] +
    [support(key, when) for key in SOURCES for when in WHEN] +
    [group(key, when) for key in (*GROUPS, ANY) for when in WHEN] +
    [follow_up(months, what) for months in MONTHS
     for what in ("due", "answered", "workOrStudy", "seeking", "other",
                  "due-answered")])
MOVING = (STARTED, ONGOING)  # Also of those who have no exit.
UNNAMED = (ANONYMOUS, VOLUME, STRUCTURAL, REGISTERED)
SOME_SEX_UNKNOWN = (VOLUME, STRUCTURAL, REGISTERED)
COUNTS = (*MOVING, INDIVIDUALS, *UNNAMED, *WITH_EXIT)
WIDTH = 3 * len(COUNTS)
SUBTRACTED = (KEPT, STEADY, unanswered(6), unanswered(12))

_PLACE = {name: place for place, name in enumerate(COUNTS)}


def at(count, sex=TOTAL):
    """The place of a count in a block."""
    return 3 * _PLACE[ALSO_CALLED.get(count, count)] + sex


def places(counts, sexes=(TOTAL, WOMEN, MEN)):
    return [at(count, sex) for count in counts for sex in sexes]


def name_of(place):
    return f"{COUNTS[place // 3]}/{SEXES[place % 3]}"


# ------------------------------------------------------------------- flows

# Who had what before, and has or does what after: the printed pairs of sources,
# WORK and STUDY, and what lies over them (groups, any source, work or study),
# which no release prints.
FLOW_FROM = (*SOURCES, *GROUPS, ANY)
FLOW_TO = (*SOURCES, *GROUPS, ANY, "WORK", "STUDY", "WORK_OR_STUDY")
PRINTED_TO = (*SOURCES, "WORK", "STUDY")
FLOW_WIDTH = len(FLOW_FROM) * len(FLOW_TO)


def flow(before, after):
    """The place of a pair among the flows of a release."""
    return FLOW_FROM.index(before) * len(FLOW_TO) + FLOW_TO.index(after)


def _at_key(key, when):
    if key in SOURCES:
        return at(support(key, when))
    if key in (*GROUPS, ANY):
        return at(group(key, when))
    return at(occupation({"WORK": "ARBETE", "STUDY": "STUDIER"}.get(
        key, "ARBETE_ELLER_STUDIER"), when))


def before_of_flow(key):
    return _at_key(key, "before")


def after_of_flow(key):
    return _at_key(key, "after")
