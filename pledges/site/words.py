"""How a promise goes, as readers are told (C-3).

Each state has a word, an icon of its own shape and a tone; a colour never says
anything that the word does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cms.site.formatting import format_number
from pledges.choices import DialogueCategory, Outcome, Phase, Punctuality, Status
from pledges.reading.pledges import Target
from pledges.staff_choices import TargetOp


@dataclass(frozen=True)
class Mark:
    """A state as readers meet it: the word in their language, an icon and a tone."""

    word: str
    icon: str
    tone: str


_STATUSES: dict[Status, tuple[str, str]] = {
    Status.NOT_STARTED: ("state-empty", "plain"),
    Status.ONGOING: ("state-ongoing", "going"),
    Status.RECURRING: ("state-recurring", "going"),
    Status.DONE: ("state-done", "good"),
    Status.PARTLY: ("state-half", "short"),
    Status.NOT_DONE: ("state-cross", "bad"),
    Status.DELAYED: ("state-late", "short"),
    Status.CANCELLED: ("state-stopped", "bad"),
}
_PHASES = {
    Phase.PLANNED: ("state-empty", "plain"),
    Phase.SIGNED: ("state-signed", "plain"),
    Phase.ONGOING: ("state-ongoing", "going"),
    Phase.ENDED: ("state-ended", "plain"),
    Phase.WITHDRAWN: ("state-stopped", "bad"),
}
_OUTCOMES = {
    Outcome.FULFILLED: ("state-done", "good"),
    Outcome.PARTLY: ("state-half", "short"),
    Outcome.NOT_FULFILLED: ("state-cross", "bad"),
    Outcome.NOT_ASSESSED: ("state-waiting", "plain"),
}
_PUNCTUALITIES = {
    Punctuality.PUBLISHED: ("state-done", "good"),
    Punctuality.UPCOMING: ("state-empty", "plain"),
    Punctuality.LATE: ("state-late", "short"),
    Punctuality.MISSING: ("state-missing", "short"),
}
#: In a sentence; the staff's words for the same choice stand before a number by itself.
_TARGETS: dict[str, str] = {
    TargetOp.MIN: gettext_noop("at least %(number)s"),
    TargetOp.EXACT: gettext_noop("exactly %(number)s"),
    TargetOp.MAX: gettext_noop("at most %(number)s"),
}


def status_mark(status: Status | None) -> Mark:
    """Return how an activity stands; without a report nothing is claimed."""
    if status is None:
        return Mark(_("Not reported yet"), "state-waiting", "plain")
    return Mark(str(status.label), *_STATUSES[status])


def phase_mark(phase: Phase) -> Mark:
    return Mark(str(phase.label), *_PHASES[phase])


def outcome_mark(outcome: str | None) -> Mark | None:
    """Return how a pledge went, or nothing while nobody has said so."""
    if outcome is None or outcome not in Outcome:
        return None
    found = Outcome(outcome)
    return Mark(str(found.label), *_OUTCOMES[found])


def punctuality_mark(punctuality: Punctuality) -> Mark:
    return Mark(str(punctuality.label), *_PUNCTUALITIES[punctuality])


def dialogue_name(kind: str) -> str:
    """Return what kind of dialogue it was; nothing for a kind that nobody knows."""
    return str(DialogueCategory(kind).label) if kind in DialogueCategory else ""


def target_words(target: Target, tag: str) -> str:
    """Return «minst 10», «exakt 8» or «högst 5»."""
    return _(_TARGETS[target.op]) % {"number": format_number(target.value, tag)}


def result_words(*, is_met: bool, op: str, ended: bool, value: Decimal | None) -> str:
    """Say in words how a result compares with its target."""
    if value is None:
        return ""
    if is_met:
        return _("Within the target") if op == TargetOp.MAX else _("The target is met")
    return (
        _("The target is not met")
        if ended or op == TargetOp.MAX
        else _("The target is not met yet")
    )
