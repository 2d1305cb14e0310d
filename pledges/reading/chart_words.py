"""What readers of a chart are told in words."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_noop


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
