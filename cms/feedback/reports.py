"""Error reports: received from readers, handled by staff, forgotten in time (R-41–R-44)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.feedback import mail, throttle
from cms.feedback.models import ErrorReport
from cms.feedback.plain_text import one_line, plain
from cms.feedback.subjects import Subject
from cms.gate.errors import AlreadyDecided, NotAllowed
from cms.log.models import Publication
from cms.reading.languages import source_code
from cms.reading.models import Language
from cms.reading.pages import Library, Reading, read_key

if TYPE_CHECKING:
    import uuid

    from django.contrib.auth.models import User

MAX_TEXT = 5_000
MAX_CONTACT = 200
_BIGGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Told:
    """What a reader wrote. ``publication`` is the version they read, if they say so."""

    text: str
    kind: str = Subject.OTHER
    contact: str = ""
    publication: int | None = None


def reportable(
    key: uuid.UUID, language: Language, library: Library | None = None
) -> Reading | None:
    """Return the page that a reader may report, as they read it.

    Not a safety-critical one: nothing may tell of it on the way, so there is only mail,
    which names nothing.
    """
    reading = read_key(key, language, library)
    if not isinstance(reading, Reading) or reading.is_sensitive:
        return None
    return reading


def receive(reading: Reading, told: Told, *, client: str) -> ErrorReport:
    """Keep what a reader says is wrong with a page, and tell who answers for it.

    Raises ``TooMany``. The text has letters in it and is no longer than ``MAX_TEXT``.
    """
    throttle.count(client, "report")
    with transaction.atomic():
        report, is_new = _kept(reading, told)
        if is_new:
            report.unsent_to.set(mail.mailboxes_for(reading))
            mail.send_soon()
    return report


def _kept(reading: Reading, told: Told) -> tuple[ErrorReport, bool]:
    """Return the report, and whether nobody has said the same before."""
    text, contact = plain(told.text), one_line(told.contact)[:MAX_CONTACT]
    now = timezone.now()
    # The unique constraint lets one of several writers make the row.
    report, is_new = ErrorReport.objects.get_or_create(
        key=reading.key,
        locale=reading.served.code,
        text_hash=_same_words(text),
        handled_at=None,
        defaults={
            "publication": _publication(reading, told.publication),
            "title": reading.title,
            "path": reading.path,
            "kind": told.kind,
            "text": text,
            "contact": contact,
            "last_received_at": now,
        },
    )
    if not is_new:
        same = ErrorReport.objects.filter(pk=report.pk)
        same.update(count=F("count") + 1, last_received_at=now)
        same.filter(contact="").update(contact=contact)
    return report, is_new


def _same_words(text: str) -> str:
    """Return a name for a text that does not depend on case, spaces and lines."""
    words = " ".join(text.casefold().split())
    return hashlib.sha256(words.encode()).hexdigest()


def _publication(reading: Reading, said: int | None) -> int:
    """Return the version that was read, if it is one of this page, else the present."""
    if said is None or not 0 < said <= _BIGGEST_ID:
        return reading.publication
    versions = Publication.objects.filter(pk=said, key=reading.key)
    return said if versions.exists() else reading.publication


# --- the staff ---


def visible_to(user: User) -> QuerySet[ErrorReport]:
    """Return the reports that ``user`` may read and handle.

    Who writes Swedish answers for every page; others for those in their languages.
    Raises ``NotAllowed`` for somebody who writes nothing.
    """
    codes = _languages_of(user)
    if not codes:
        raise NotAllowed(_("You do not work in any language."))
    if source_code() in codes:
        return ErrorReport.objects.all()
    return ErrorReport.objects.filter(locale__in=codes)


def may_read(user: User) -> bool:
    """Say whether there are reports for ``user``."""
    return bool(_languages_of(user))


def _languages_of(user: User) -> set[str]:
    policy = policy_registry.get_by_type(Page)
    pages = policy.instances_user_has_permission_for(user, "change")
    codes: Any = pages.filter(depth=2).values_list("locale__language_code", flat=True)
    return set(codes)


@transaction.atomic
def handle(report: ErrorReport, *, by: User, note: str) -> ErrorReport:
    """Put on record that a report is dealt with, and how.

    Raises ``NotAllowed`` for somebody who may not read it, ``AlreadyDecided`` when
    somebody else was quicker.
    """
    found = visible_to(by).select_for_update(of=("self",)).filter(pk=report.pk).first()
    if found is None:
        raise NotAllowed(_("This report is about a language that you do not work in."))
    if found.handled_at:
        raise AlreadyDecided(_("Somebody else has handled this report meanwhile."))
    report = found
    report.handled_at, report.handled_by = timezone.now(), by
    report.handling_note = plain(note)
    report.save(update_fields=["handled_at", "handled_by", "handling_note"])
    report.unsent_to.clear()
    return report


def forget(*, before_days: int | None = None) -> int:
    """Delete the reports that nobody has sent for so long; return how many.

    A free text may hold anything about anybody, so nothing of a report is kept (R-43).
    """
    days = settings.CMS_REPORT_RETENTION_DAYS if before_days is None else before_days
    past = timezone.now() - timedelta(days=days)
    throttle.forget_senders()
    _all, by_model = ErrorReport.objects.filter(last_received_at__lt=past).delete()
    return by_model.get(ErrorReport._meta.label, 0)
