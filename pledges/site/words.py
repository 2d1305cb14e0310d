"""The words for how a promise goes, marked for translation (C-3).

Each state has a word, an icon of its own shape and a tone; a colour never says
anything that the word does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cms.site.formatting import format_number
from pledges.accounts import Phase, Punctuality, Status
from pledges.reading.pledges import Target


@dataclass(frozen=True)
class Mark:
    """A state as readers meet it: the word in their language, an icon and a tone."""

    word: str
    icon: str
    tone: str


_STATUSES: dict[Status | None, tuple[str, str, str]] = {
    Status.NOT_STARTED: (gettext_noop("Not started"), "state-empty", "plain"),
    Status.ONGOING: (gettext_noop("In progress"), "state-ongoing", "going"),
    Status.RECURRING: (gettext_noop("Continuous"), "state-recurring", "going"),
    Status.DONE: (gettext_noop("Completed"), "state-done", "good"),
    Status.PARTLY: (gettext_noop("Partly completed"), "state-half", "short"),
    Status.NOT_DONE: (gettext_noop("Not completed"), "state-cross", "bad"),
    Status.DELAYED: (gettext_noop("Delayed"), "state-late", "short"),
    Status.CANCELLED: (gettext_noop("Cancelled"), "state-stopped", "bad"),
    None: (gettext_noop("Not reported yet"), "state-waiting", "plain"),
}
_PHASES = {
    Phase.PLANNED: (gettext_noop("Planned"), "state-empty", "plain"),
    Phase.SIGNED: (gettext_noop("Signed"), "state-signed", "plain"),
    Phase.ONGOING: (gettext_noop("In progress"), "state-ongoing", "going"),
    Phase.ENDED: (gettext_noop("Ended"), "state-ended", "plain"),
    Phase.WITHDRAWN: (gettext_noop("Withdrawn"), "state-stopped", "bad"),
}
_OUTCOMES = {
    "fulfilled": (gettext_noop("Fulfilled"), "state-done", "good"),
    "partly": (gettext_noop("Partly fulfilled"), "state-half", "short"),
    "not_fulfilled": (gettext_noop("Not fulfilled"), "state-cross", "bad"),
    "not_assessed": (gettext_noop("Not assessed"), "state-waiting", "plain"),
}
_PUNCTUALITIES = {
    Punctuality.PUBLISHED: (gettext_noop("Published"), "state-done", "good"),
    Punctuality.UPCOMING: (gettext_noop("Still to come"), "state-empty", "plain"),
    Punctuality.LATE: (gettext_noop("Late"), "state-late", "short"),
    Punctuality.MISSING: (gettext_noop("Missing"), "state-missing", "short"),
}
_DIALOGUES = {
    "meeting": gettext_noop("Meeting"),
    "street": gettext_noop("In the street"),
    "digital": gettext_noop("On the web"),
    "staff": gettext_noop("With staff"),
    "school": gettext_noop("At school"),
    "young": gettext_noop("With young people"),
    "walk": gettext_noop("Safety walk"),
}
_TARGETS = {
    "min": gettext_noop("at least %(number)s"),
    "exact": gettext_noop("exactly %(number)s"),
    "max": gettext_noop("at most %(number)s"),
}


def _mark(found: tuple[str, str, str]) -> Mark:
    word, icon, tone = found
    return Mark(_(word), icon, tone)


def status_mark(status: Status | None) -> Mark:
    """Return how an activity stands; without a report nothing is claimed."""
    return _mark(_STATUSES[status])


def phase_mark(phase: Phase) -> Mark:
    return _mark(_PHASES[phase])


def outcome_mark(outcome: str | None) -> Mark | None:
    """Return how a pledge went, or nothing while nobody has said so."""
    found = _OUTCOMES.get(outcome or "")
    return _mark(found) if found else None


def punctuality_mark(punctuality: Punctuality) -> Mark:
    return _mark(_PUNCTUALITIES[punctuality])


def dialogue_name(kind: str) -> str:
    """Return what kind of dialogue it was; nothing for a kind that nobody knows."""
    known = _DIALOGUES.get(kind)
    return _(known) if known else ""


def target_words(target: Target, tag: str) -> str:
    """Return «minst 10», «exakt 8» or «högst 5»."""
    return _(_TARGETS[target.op]) % {"number": format_number(target.value, tag)}


def result_words(*, is_met: bool, op: str, ended: bool, value: Decimal | None) -> str:
    """Say in words how a result compares with its target."""
    if value is None:
        return ""
    if is_met:
        return _("Within the target") if op == "max" else _("The target is met")
    return (
        _("The target is not met")
        if ended or op == "max"
        else _("The target is not met yet")
    )
