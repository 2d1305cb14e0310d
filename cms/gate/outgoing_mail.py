"""Mail that a worker hands over, so that nobody's click waits for the mail server.

A mail is written down in the transaction that is about it: undone, it is never sent,
and once committed it is tried for a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks import task

#: How long to wait before trying again. A mail server may be away for a day.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 900))


class QueuedMail(BaseEmailBackend):
    """Django's way to hand mail over: to a worker, which uses the real one."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Leave the messages to a worker; return how many."""
        number = 0
        for message in email_messages:
            send_mail.enqueue(_as_data(message))
            number += 1
        return number


@task(backend="background")
def send_mail(data: dict[str, Any], attempt: int = 0) -> None:
    """Hand one mail over; put it off when the mail server does not take it."""
    message = EmailMultiAlternatives(
        **data, connection=get_connection(settings.CMS_MAIL_BACKEND)
    )
    try:
        message.send()
    except OSError:  # SMTPException too
        if attempt == len(PAUSES):
            raise
        later = send_mail.using(run_after=timezone.now() + PAUSES[attempt])
        later.enqueue(data, attempt + 1)


def _as_data(message: EmailMessage) -> dict[str, Any]:
    if message.attachments:
        raise ValueError("A mail with attachments cannot be left to a worker.")
    alternatives = getattr(message, "alternatives", [])
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "reply_to": list(message.reply_to),
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "alternatives": [[str(content), kind] for content, kind in alternatives],
    }
