"""What the gate answers when it says no.

A refusal is not Django's ``PermissionDenied``: Wagtail turns that one into a silent
redirect. :class:`cms.gate.middleware.RefusalMiddleware` turns a refusal into a
page (or JSON) with its status and its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Issue:
    """One reason why a text is not fit to be published.

    ``field`` is the field or block path concerned, or an empty string.
    """

    code: str
    message: str
    field: str = ""


class Refused(Exception):
    """An action that was not carried out. Nothing was changed.

    ``status`` is the HTTP status of the answer, ``code`` a stable name for programs,
    ``message`` a sentence in the reader's language.
    """

    status = 403
    code = "refused"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        if code:
            self.code = code


class NotAllowed(Refused):
    """The person may not do this to this object."""

    code = "not_allowed"


class OwnWork(NotAllowed):
    """Somebody else must decide: the person wrote or submitted this text (R-47)."""

    code = "own_work"


class NotApproved(NotAllowed):
    """No recorded approval covers this revision."""

    code = "not_approved"


class Conflict(Refused):
    """The state has changed since the person looked: look again, then decide."""

    status = 409
    code = "conflict"


class AlreadyDecided(Conflict):
    """The review is over, or never was: somebody else was quicker."""

    code = "already_decided"


class StaleRevision(Conflict):
    """The revision that was read is no longer the one under review."""

    code = "stale_revision"

    def __init__(self, message: str, *, read_id: int, latest_id: int | None) -> None:
        super().__init__(message)
        self.read_id = read_id
        self.latest_id = latest_id


class NotFit(Refused):
    """The text cannot be submitted or published as it is; ``issues`` say why."""

    status = 422
    code = "not_fit"

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__(" ".join(issue.message for issue in issues))
        self.issues = list(issues)


def refused_deletion(error: ProtectedError | RestrictedError) -> Conflict:
    """Say in words what the database said: other texts, drafts too, rest on this."""
    found = error.args[1] if len(error.args) > 1 else []
    names = ", ".join(sorted({str(each) for each in found})[:5])
    text = _("It cannot be deleted, because it is used in: %(names)s.")
    return Conflict(text % {"names": names}, code="in_use")
