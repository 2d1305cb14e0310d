"""Mail is left to a worker, tried again, and never sent of what was undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.gate.outgoing_mail import PAUSES
from cms.settings.parts.tasks import QUEUED_MAIL, mail_backend, task_backends

pytestmark = pytest.mark.django_db


class AwayMailServer(BaseEmailBackend):
    """Takes nothing."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError("nobody there")


@pytest.fixture(autouse=True)
def through_workers(settings) -> None:
    settings.EMAIL_BACKEND = QUEUED_MAIL


def letter() -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        "Att granska", "En sida väntar.", to=["a@example.org"], bcc=["b@example.org"],
        reply_to=["svar@example.org"], headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    message.attach_alternative("<p>En sida väntar.</p>", "text/html")
    return message


def work() -> None:
    """Do what a worker does with the oldest task."""
    row = DBTaskResult.objects.order_by("enqueued_at").first()
    row.delete()
    row.task.call(*row.task_result.args, **row.task_result.kwargs)


def test_letter_waits_for_a_worker_and_arrives_whole():
    letter().send()
    assert mail.outbox == []

    work()

    (sent,) = mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    assert (sent.subject, sent.body) == ("Att granska", "En sida väntar.")
    assert sent.recipients() == ["a@example.org", "b@example.org"]
    assert sent.reply_to == ["svar@example.org"]
    assert sent.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert [tuple(each) for each in sent.alternatives] == [
        ("<p>En sida väntar.</p>", "text/html")
    ]


def test_letter_about_what_was_undone_is_never_sent():
    with transaction.atomic():
        letter().send()
        transaction.set_rollback(True)

    assert not DBTaskResult.objects.exists()


def test_mail_server_that_is_away_is_tried_for_a_day_and_then_told(settings):
    settings.CMS_MAIL_BACKEND = f"{__name__}.AwayMailServer"
    letter().send()
    for pause in PAUSES:
        before = timezone.now()
        work()
        (later,) = DBTaskResult.objects.all()
        assert before + pause <= later.run_after <= timezone.now() + pause

    with pytest.raises(ConnectionRefusedError):
        work()
    assert sum(PAUSES[1:], PAUSES[0]).total_seconds() >= 23 * 3600


def test_attachment_is_refused_where_it_is_written():
    message = EmailMessage("Fil", "Se bilaga.", to=["a@example.org"])
    message.attach("plan.txt", "x", "text/plain")

    with pytest.raises(ValueError, match="attachments"):
        message.send()


def test_first_look_needs_no_worker():
    sqlite = "django.db.backends.sqlite3"

    assert mail_backend(sqlite, "direct") == "direct"
    tasks = task_backends(sqlite)
    assert tasks["background"] == tasks["default"]
