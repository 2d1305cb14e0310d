"""Mail about error reports: one digest a minute for each mailbox, never one per report.

What strangers wrote stands in the body of a plain text and nowhere else.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task
from wagtail.models import Page

from cms.feedback.models import ErrorReport, Mailbox
from cms.reading.languages import name_of, source_code

if TYPE_CHECKING:
    from cms.reading.pages import Reading

logger = logging.getLogger(__name__)
PAUSE = timedelta(minutes=1)
_MOST = 50


def mailboxes_for(reading: Reading) -> list[Mailbox]:
    """Return whom to tell of an error on a page: its owner, else its contact."""
    address = next(filter(None, _addresses(reading)))
    return [Mailbox.objects.get_or_create(address=address)[0]]


def _addresses(reading: Reading) -> Iterator[str]:
    page = Page.objects.filter(
        translation_key=reading.key, locale__language_code=source_code()
    ).first()
    owner = getattr(page.specific, "page_owner", None) if page else None
    if owner and owner.is_active:
        yield owner.email
    yield (reading.contact or {}).get("email") or ""
    yield settings.CMS_REPORT_EMAIL


def send_soon() -> None:
    """Hand the mail to the background tasks; they run when this is committed."""
    send_digests.enqueue()


def send_due() -> int:
    """Send every digest that is due; return how many the mail server did not take."""
    failed = 0
    for mailbox in due():
        try:
            _send(mailbox.pk)
        except (SMTPException, OSError):
            logger.exception("A digest of error reports was not sent.")
            failed += 1
    return failed


def due() -> QuerySet[Mailbox]:
    """Return the mailboxes with something to tell that had no mail for a minute."""
    rested = Q(last_sent_at=None) | Q(last_sent_at__lte=timezone.now() - PAUSE)
    return Mailbox.objects.filter(rested, unsent__isnull=False).distinct()


@task()
def send_digests() -> None:
    """Send what is due; what comes too early waits for the next run."""
    send_due()


@transaction.atomic
def _send(mailbox_id: int) -> None:
    """Send one digest, unless somebody else is sending it or just has.

    What was not taken by the mail server is tried again by the next run.
    """
    mailboxes = Mailbox.objects.select_for_update(skip_locked=True)
    mailbox = mailboxes.filter(pk=mailbox_id).first()
    if mailbox is None or not due().filter(pk=mailbox_id).exists():
        return
    reports = list(mailbox.unsent.order_by("received_at", "pk")[:_MOST])
    _mail(mailbox, reports).send()
    mailbox.unsent.remove(*reports)
    mailbox.last_sent_at = timezone.now()
    mailbox.save(update_fields=["last_sent_at"])


def _mail(mailbox: Mailbox, reports: list[ErrorReport]) -> EmailMessage:
    """Write the mail. It is Swedish whatever the language of the process is."""
    base = settings.WAGTAILADMIN_BASE_URL
    context = {
        "reports": [
            {
                "report": report,
                "language": name_of(report.locale),
                "address": settings.CMS_PUBLIC_BASE_URL + report.path,
                "url": base + reverse("feedback:report", args=[report.pk]),
                "lines": report.text.splitlines(),
            }
            for report in reports
        ],
        "list_url": base + reverse("feedback:reports"),
        "site_name": settings.CMS_SITE_NAME,
        "days": settings.CMS_REPORT_RETENTION_DAYS,
    }
    with translation.override(source_code()):
        body = render_to_string("feedback/mail/digest.txt", context)
    number = len(reports)
    subject = "1 ny felrapport" if number == 1 else f"{number} nya felrapporter"
    return EmailMessage(
        subject=f"{subject} från {settings.CMS_SITE_NAME}",
        body=body,
        to=[mailbox.address],
    )
