"""The words of charts, by the names that documents use for what they mean."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_noop

UNITS = {
    "percent": gettext_noop("per cent"),
    "index_0_6": gettext_noop("index from 0 to 6"),
    "count": gettext_noop("number"),
    "rate_per_1000": gettext_noop("per 1,000 inhabitants"),
}
POLARITIES = {
    "higher_is_better": gettext_noop("Higher is better"),
    "lower_is_better": gettext_noop("Lower is better"),
}
SOURCES = {
    "police": gettext_noop("Police"),
    "ntu": gettext_noop("National survey (NTU)"),
    "municipal": gettext_noop("Municipality"),
    "scb": gettext_noop("Statistics Sweden"),
}
DIMENSIONS = {
    "gender": gettext_noop("Gender"),
    "age": gettext_noop("Age"),
    "area": gettext_noop("Area"),
}
GROUPS = {"women": gettext_noop("Women"), "men": gettext_noop("Men")}


class Change(StrEnum):
    """What happened from the first to the last year that can be compared."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    UNCERTAIN = "uncertain"
    NOTHING_YET = "nothing_yet"
    NEW_METHOD = "new_method"


SENTENCES = {
    Change.BETTER: gettext_noop(
        "Better: the result was %(last)s in %(last_year)s and %(first)s in "
        "%(first_year)s."
    ),
    Change.WORSE: gettext_noop(
        "Worse: the result was %(last)s in %(last_year)s and %(first)s in "
        "%(first_year)s."
    ),
    Change.UNCHANGED: gettext_noop(
        "Unchanged: the result was %(last)s in %(last_year)s and %(first)s in "
        "%(first_year)s."
    ),
    Change.UNCERTAIN: gettext_noop(
        "No certain change: the result was %(last)s in %(last_year)s and %(first)s in "
        "%(first_year)s. The difference is so small that it may be chance."
    ),
    Change.NOTHING_YET: gettext_noop(
        "The result was %(last)s in %(last_year)s. There is nothing to compare it "
        "with yet."
    ),
    Change.NEW_METHOD: gettext_noop(
        "The result was %(last)s in %(last_year)s. The method is new, so it cannot be "
        "compared with earlier years."
    ),
}
