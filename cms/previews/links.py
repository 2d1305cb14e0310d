"""Making, opening and revoking preview links.

A link is bound to one revision. It shows exactly that one, whatever is written after
it, and nothing any more once that text, or a later one of the same page and language,
has been published (T19).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from cms.engine import localize
from cms.gate import actions, permissions, rules
from cms.gate.errors import Conflict, Issue, NotFit
from cms.gate.models import Decision
from cms.previews.models import PreviewLink

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: For how many days a link may be made; the first is what the form proposes.
LIVES = (7, 1, 14, 30)
#: What every secret begins with, so that logs and scanners can tell one.
PREFIX = "utkast_"
_SECRET_BYTES = 24
_KEPT = timedelta(days=90)
_NOTED = timedelta(minutes=1)


@dataclass(frozen=True)
class Draft:
    """What a link shows: the text of its revision, as it would be published."""

    link: PreviewLink
    text: Any


def of_text(obj: Any, *, by: User) -> QuerySet[PreviewLink]:
    """Return the links to drafts of ``obj``, newest first, for who may edit it."""
    permissions.require(obj, "edit", by)
    return PreviewLink.objects.filter(
        revision__in=Revision.objects.for_instance(obj)
    ).select_related("revision", "created_by")


@transaction.atomic
def make(
    obj: Any, *, by: User, days: int = LIVES[0], note: str = ""
) -> tuple[PreviewLink, str]:
    """Make a link to the draft of ``obj`` as it stands; return it and its secret.

    The secret is known now and never again. Raises ``NotAllowed`` for who may not edit
    or review the text, ``Conflict`` when there is no draft of it that is not public.
    """
    obj = actions.lock(obj)
    permissions.require(obj, "edit", by)
    if days not in LIVES:
        raise NotFit([Issue("days", _("A link lives for 30 days at most."))])
    revision = _draft_of(obj)
    if revision is None or _has_been_public(obj, revision):
        raise Conflict(
            _("There is no draft to show: the text is public as it stands, or empty.")
        )
    secret = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    now = timezone.now()
    # Who was sent what is not kept for longer than anybody asks.
    PreviewLink.objects.filter(expires_at__lt=now - _KEPT).delete()
    link = PreviewLink.objects.create(
        token_hash=_hash(secret),
        revision=revision,
        created_by=by,
        expires_at=now + timedelta(days=days),
        note=note,
    )
    log(instance=obj, action="cms_previews.make", user=by, revision=revision)
    return link, secret


def _draft_of(obj: Any) -> Revision | None:
    """Return the revision under review, else the newest text.

    What is translated at the desk is no revision before it is submitted, so one is made
    of it. Nobody is its writer: whoever sends a link may still decide about the text.
    """
    if task_state := rules.review_in_progress(obj):
        return task_state.revision
    translation = None if rules.is_source(obj) else localize.translation_of(obj)
    if translation is None:
        return obj.get_latest_revision()
    draft, latest = localize.preview_instance(translation), obj.get_latest_revision()
    if latest and latest.as_object().rendering() == draft.rendering():
        return latest
    return draft.save_revision(clean=False, changed=False)


def _has_been_public(obj: Any, revision: Revision) -> bool:
    """Say whether this text, or a later one, was approved and its time has come.

    Decisions are never taken back, so a withdrawal opens no link again.
    """
    due = Q(go_live_at=None) | Q(go_live_at__lte=timezone.now())
    return (
        rules.decisions_about(obj)
        .filter(due, outcome=Decision.Outcome.APPROVED)
        .filter(revision_number__gte=revision.pk)
        .exists()
    )


@transaction.atomic
def revoke(link: PreviewLink, *, by: User) -> None:
    """Let a link show nothing any more; raises ``NotAllowed`` as :func:`make` does."""
    obj = link.revision.content_object
    permissions.require(obj, "edit", by)
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        log(
            instance=obj,
            action="cms_previews.revoke",
            user=by,
            revision=link.revision,
        )


def open_link(secret: str) -> Draft | None:
    """Return what the link with this secret shows; nothing, whatever the reason is."""
    link = _open(token_hash=_hash(secret))
    if link is None:
        return None
    _note_use(link)
    return Draft(link, link.revision.as_object())


def is_open(link_id: int) -> bool:
    """Say whether a link shows its text still."""
    return _open(pk=link_id) is not None


def _open(**which: Any) -> PreviewLink | None:
    link = (
        PreviewLink.objects.select_related("revision")
        .filter(
            revoked_at=None,
            expires_at__gt=timezone.now(),
            created_by__is_active=True,
            **which,
        )
        .first()
    )
    obj = link.revision.content_object if link else None
    if link is None or obj is None or _has_been_public(obj, link.revision):
        return None
    return link


def _note_use(link: PreviewLink) -> None:
    """Keep when the link was last used, to the minute: reading is not for writing."""
    now = timezone.now()
    if link.last_used_at is None or link.last_used_at < now - _NOTED:
        PreviewLink.objects.filter(pk=link.pk).update(last_used_at=now)


def is_shown(revision: Revision) -> bool:
    """Say whether a link shows this revision, so that nobody may write over it."""
    return PreviewLink.objects.filter(
        revision=revision, revoked_at=None, expires_at__gt=timezone.now()
    ).exists()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
