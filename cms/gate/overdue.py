"""What the clock was to publish and could not: who is told, and where it is seen.

An approved revision keeps its time until it is public. One whose time has passed either
is refused, or nothing carries out what is due.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import log, registry
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from cms.gate import permissions, rules
from cms.gate.errors import NotAllowed, Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)
#: What is written into the audit log of the text, once for a revision.
REFUSED, STAYED = "gate.refused_when_due", "gate.stayed_when_expired"
#: The clock comes every minute; later than this it has been here and gone.
_GRACE = timedelta(minutes=5)


@dataclass(frozen=True)
class Overdue:
    """A revision that should be public and is not, and why as far as is known."""

    obj: Any
    revision: Revision

    @property
    def title(self) -> str:
        return self.revision.object_str

    @property
    def since(self) -> datetime | None:
        return self.revision.approved_go_live_at

    @property
    def reasons(self) -> list[str]:
        told = _told(self.obj, self.revision).first()
        return [told.data["reason"]] if told else []


def _revisions() -> QuerySet[Revision]:
    late = timezone.now() - _GRACE
    return Revision.objects.filter(approved_go_live_at__lt=late)


def nothing_is_overdue() -> bool:
    """Say whether everything that was to be public by now is; for `/readyz`."""
    return not _revisions().exists()


def concerning(user: User) -> list[Overdue]:
    """Return what is overdue in the languages of ``user``, oldest first."""
    found = []
    for revision in _revisions().order_by("approved_go_live_at"):
        obj = revision.content_object
        if obj is not None and _is_theirs(obj, user):
            found.append(Overdue(obj, revision))
    return found


def _is_theirs(obj: Any, user: User) -> bool:
    try:
        permissions.require(obj, "edit", user)
    except NotAllowed:
        return False
    return True


def tell(
    obj: Any, revision: Revision, refusal: Refused, *, what: str = REFUSED
) -> None:
    """Tell whoever approved and whoever submitted a revision why the clock left it.

    ``REFUSED``: it is not public; ``STAYED``: it still is. Once: what is refused every
    minute is told of the first time.
    """
    if _told(obj, revision, what).exists():
        return
    log(obj, what, revision=revision, data={"reason": refusal.message})
    for person in _concerned(obj, revision):
        _write_to(person, obj, revision, refusal, stays=what == STAYED)


def _told(obj: Any, revision: Revision, what: str = REFUSED) -> Any:
    entries = registry.get_logs_for_instance(obj)
    return entries.filter(action=what, revision=revision)


def _concerned(obj: Any, revision: Revision) -> list[User]:
    decision = rules.decisions_about(obj).filter(revision_number=revision.pk).first()
    review = revision.task_states.select_related("workflow_state__requested_by").first()
    people = {
        decision.decided_by if decision else None,
        review.workflow_state.requested_by if review else revision.user,
    }
    return [each for each in people if each and each.is_active and each.email]


def _write_to(
    person: User, obj: Any, revision: Revision, refusal: Refused, *, stays: bool
) -> None:
    profile = UserProfile.get_for_user(person)
    if not profile.rejected_notifications:
        return
    with translation.override(profile.get_preferred_language()):
        subject = (
            _("Still public: %(title)s") if stays else _("Not published: %(title)s")
        )
        subject %= {"title": revision.object_str}
        address = AdminURLFinder(person).get_edit_url(obj) or ""
        context = {
            "title": revision.object_str,
            "stays": stays,
            "due": obj.expire_at if stays else revision.approved_go_live_at,
            "reason": refusal.message,
            "address": settings.WAGTAILADMIN_BASE_URL + address,
        }
        body = render_to_string("gate/mail/not_published.txt", context)
    try:
        EmailMessage(subject=subject, body=body, to=[person.email]).send()
    except OSError:
        logger.exception("Nobody could be told: %s", subject)
