"""Figures and states in words, for staff."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledges.accounts import Status
from pledges.documents.figures import number
from pledges.standing import Standing

STATUS_WORDS = {
    Status.NOT_STARTED: gettext_lazy("Not started"),
    Status.ONGOING: gettext_lazy("In progress"),
    Status.RECURRING: gettext_lazy("Continuous"),
    Status.DONE: gettext_lazy("Completed"),
    Status.PARTLY: gettext_lazy("Partly completed"),
    Status.NOT_DONE: gettext_lazy("Not completed"),
    Status.DELAYED: gettext_lazy("Delayed"),
    Status.CANCELLED: gettext_lazy("Cancelled"),
}
TARGET_WORDS = {
    "min": gettext_lazy("At least"),
    "exact": gettext_lazy("Exactly"),
    "max": gettext_lazy("At most"),
}


def status_words(status: str) -> str:
    return str(STATUS_WORDS.get(Status(status), status)) if status else ""


def figure(value: Decimal | None) -> str:
    """Return a number with a decimal comma: the staff's languages have one."""
    return (number(value) or "").replace(".", ",")


def target(standing: Standing) -> str:
    """Return «At least 10 vandringar», or that there is no target."""
    if standing.target is None:
        return _("No target")
    words = TARGET_WORDS[standing.op]
    return f"{words} {figure(standing.target)} {standing.unit}".strip()
