"""Two runners of the reminders at once: the database lets one of them write."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from threading import Barrier, Thread

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from pledges.models import SentReminder
from tests.factories.pledges import make_promises
from tests.factories.site import Municipality

UNIT = "trygghet@sandviken.example"


@pytest.mark.django_db(transaction=True)
def test_two_runners_at_once_send_one_mail(committed_site: Municipality) -> None:
    make_promises(committed_site.home, reminder_email=UNIT)
    mail.outbox.clear()
    gate = Barrier(2)

    def runner() -> None:
        try:
            gate.wait()
            call_command("send_followup_reminders", stdout=StringIO())
        except CommandError:
            pass  # the other one is sending it
        finally:
            connection.close()

    with time_machine.travel(datetime(2026, 6, 2, 9, tzinfo=UTC), tick=False):
        threads = [Thread(target=runner) for _each in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert [each.to for each in mail.outbox] == [[UNIT]]
    assert SentReminder.objects.get().sent_at is not None
