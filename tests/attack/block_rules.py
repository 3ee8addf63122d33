"""What holds inside every block: linear forms over its cells.

A form is ({place: coefficient}, name). EXACT forms are zero; COUNTING forms
count somebody, so they are never below zero, and what they count in a part of
the people is never more than in all of them. Each is there for the total, for
women and for men.
"""

import cells
from cells import (ANONYMOUS, ANY, BASE, BEGAN, GROUPS, INCREASED, INDIVIDUALS,
                   KEPT, MONTHS, ONGOING, REGISTERED, SOURCES, STARTED, STEADY,
                   VOLUME, WHEN, at, follow_up, group, occupation, support,
                   unanswered)


def _form(sex, plus, minus, name):
    found = {}
    for sign, counts in ((1, plus), (-1, minus)):
        for count in counts:
            found[at(count, sex)] = found.get(at(count, sex), 0) + sign
    return found, name


def _support_forms(sex, when):
    exact = [((group(ANY, when), *[support(key, when) for key in cells.ALONE]),
              (BASE,), "sources-alone")]
    counting = []
    for key in GROUPS:
        inside = [support(source, when) for source in SOURCES
                  if cells.GROUP_OF_SOURCE[source] == key]
        counting += [((group(key, when),), (source,), "source-in-group")
                     for source in inside]
        counting.append((inside, (group(key, when),), "group-has-source"))
        counting.append(((group(ANY, when),), (group(key, when),),
                         "group-in-any"))
    counting.append(([group(key, when) for key in GROUPS], (group(ANY, when),),
                     "any-has-group"))
    return exact, counting


def _occupation_forms(sex, when):
    union = occupation("ARBETE_ELLER_STUDIER", when)
    parts = [occupation(key, when) for key in ("ARBETE", "STUDIER")]
    exact = [([occupation(key, when) for key in cells.CLASSES], (BASE,),
              "classes")]
    counting = [((union,), (part,), "work-in-union") for part in parts]
    counting.append((parts, (union,), "union-has-work"))
    return exact, counting


def _began_forms():
    before, after = [occupation("ARBETE_ELLER_STUDIER", when) for when in WHEN]
    exact = [((KEPT, BEGAN), (after,), "began"),
             ((STEADY, INCREASED), (KEPT,), "increased")]
    counting = [((before,), (KEPT,), "kept-from-before"),
                ((BASE,), (before, BEGAN), "began-from-neither")]
    return exact, counting


def _follow_up_forms():
    exact, counting = [], []
    for months in MONTHS:
        due, answered = [follow_up(months, what)
                         for what in ("due", "answered")]
        exact.append(((answered, unanswered(months)), (due,), "answered"))
        exact.append(([follow_up(months, what) for what in
                       ("workOrStudy", "seeking", "other")], (answered,),
                      "answered-classes"))
        counting.append(((BASE,), (due,), "due-of-base"))
    counting.append(((follow_up(6, "due"),), (follow_up(12, "due"),),
                     "due-later"))
    return exact, counting


def _people_forms(sex):
    """Of those who have been registered with a number."""
    exact, counting = [], [((ONGOING, BASE), (STARTED,), "started"),
                           ((BASE,), (INDIVIDUALS,), "individuals")]
    for more_exact, more_counting in (
            *[_support_forms(sex, when) for when in WHEN],
            *[_occupation_forms(sex, when) for when in WHEN],
            _began_forms(), _follow_up_forms()):
        exact += more_exact
        counting += more_counting
    return exact, counting


def forms(without=()):
    """EXACT and COUNTING; `without` names of rules to leave out. The forms that
    touch anonymous and volume counts are those of UNNAMED_RULES."""
    exact, counting = [], []
    for sex in range(3):
        more_exact, more_counting = _people_forms(sex)
        exact += [_form(sex, *parts) for parts in more_exact]
        counting += [_form(sex, *parts) for parts in more_counting]
        exact.append(_form(sex, (STARTED, ANONYMOUS, VOLUME), (REGISTERED,),
                           "registered"))
    for count in cells.COUNTS:
        total, women, men = [at(count, sex) for sex in range(3)]
        form = {total: 1, women: -1, men: -1}
        if count in cells.SOME_SEX_UNKNOWN:
            counting.append((form, "sexes-of-volume"))
        else:
            exact.append((form, "sexes"))
    return ([form for form in exact if form[1] not in without],
            [form for form in counting if form[1] not in without])


def touches(form, counts):
    found = set(cells.places(counts))
    return any(place in found for place in form[0])
