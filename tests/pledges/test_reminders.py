"""Reminders: the right mail on the right day, once, to the right people."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from cms.gate import actions
from pledges import reminders
from pledges.models import Partner, PledgeProgramme, SentReminder
from tests.factories.pages import fresh, publish
from tests.factories.pledges import Promises, make_programme, make_promises, make_report
from tests.factories.site import Municipality
from tests.stages.stage import stage

UNIT = "trygghet@sandviken.example"
POLICE = "polis@sandviken.example"
Capture = Callable[..., AbstractContextManager[Any]]


@stage
def watched_promises_of_the_module(site_of_the_module: Municipality) -> Promises:
    """A programme with addresses: tertial 1 2026 is due on 15 June."""
    promises = make_promises(site_of_the_module.home, reminder_email=UNIT)
    Partner.objects.filter(pk=promises.police.pk).update(reminder_email=POLICE)
    return promises


@pytest.fixture
def promises(watched_promises_of_the_module: Promises, db: None) -> Promises:
    """Tertial 1 2026 is due on 15 June, tertial 2 on 15 October."""
    return watched_promises_of_the_module.reloaded()


def at(year: int, month: int, day: int, hour: int = 9) -> time_machine.travel:
    """A moment where nothing else happens; hours are UTC."""
    moment = datetime(year, month, day, hour, tzinfo=UTC)
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def run(django_capture_on_commit_callbacks: Capture) -> Callable[[], list[Any]]:
    """Let the tasks of a run be carried out, and return the mails it sent."""

    def carry_out() -> list[Any]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            reminders.enqueue_due()
        return list(mail.outbox)

    return carry_out


@pytest.mark.parametrize(
    ("day", "subject", "to"),
    [
        (date(2026, 5, 31), "", []),
        (date(2026, 6, 1), "Uppföljning att skriva", [UNIT]),
        (date(2026, 6, 15), "Uppföljning att skriva", [UNIT]),
        (date(2026, 6, 16), "Uppföljningen är försenad", [UNIT]),
        (date(2026, 6, 29), "Uppföljningen är försenad", [UNIT]),
        (date(2026, 6, 30), "Uppföljning saknas", [UNIT, POLICE]),
    ],
)
def test_each_day_has_its_mail(
    promises: Promises, run: Any, day: date, subject: str, to: list[str]
) -> None:
    with at(day.year, day.month, day.day):
        sent = run()
    assert sorted(each.to[0] for each in sent) == sorted(to)
    assert all(each.subject.startswith(subject) for each in sent)


def test_a_mail_says_what_and_where(promises: Promises, run: Any) -> None:
    with at(2026, 6, 16):
        (sent,) = run()
    assert "Tertial 1 2026" in sent.subject
    assert "15 juni 2026" in sent.body
    assert f"/admin/pages/add/pledges/followup/{promises.programme.pk}/" in sent.body
    assert "/admin/follow-pledges/" in sent.body
    assert "&" not in sent.body


def test_every_mail_is_sent_once(promises: Promises, run: Any) -> None:
    with at(2026, 6, 2):
        assert len(run()) == 1
        assert run() == []
    with at(2026, 6, 3):
        assert run() == []
    with at(2026, 6, 16):
        assert len(run()) == 1
    assert SentReminder.objects.filter(sent_at__isnull=False).count() == 2


def test_the_day_is_that_of_the_residents(promises: Promises, run: Any) -> None:
    """In June it is midnight in Sandviken at ten in the evening by UTC."""
    with at(2026, 5, 31, hour=21):
        assert run() == []
    with at(2026, 5, 31, hour=22):
        assert len(run()) == 1


def test_a_written_follow_up_needs_no_mail(promises: Promises, run: Any) -> None:
    make_report(promises, "Tertial 1 2026")
    with at(2026, 6, 30):
        assert run() == []


def test_without_a_unit_whoever_answers_for_the_page_is_reminded(
    site: Municipality, promises: Promises, run: Any
) -> None:
    PledgeProgramme.objects.update(reminder_email="", page_owner=site.people.editor2)
    with at(2026, 6, 2):
        assert [each.to for each in run()] == [["editor2@example.org"]]


def test_with_nobody_to_remind_nothing_is_sent(promises: Promises, run: Any) -> None:
    PledgeProgramme.objects.update(reminder_email="")
    with at(2026, 6, 2):
        assert run() == []


def test_a_programme_that_is_not_public_reminds_nobody(
    promises: Promises, run: Any
) -> None:
    make_programme(
        promises.index, parties=[promises.police], reminder_email="utkast@example.org"
    )
    actions.withdraw(fresh(promises.programme))
    with at(2026, 6, 2):
        assert run() == []


def test_an_address_that_is_still_a_draft_is_not_used(
    promises: Promises, run: Any
) -> None:
    draft = fresh(promises.programme).get_latest_revision_as_object()
    draft.reminder_email = "ny@example.org"
    draft.save_revision()
    with at(2026, 6, 2):
        assert [each.to for each in run()] == [[UNIT]]


def test_the_same_address_gets_one_mail(promises: Promises, run: Any) -> None:
    Partner.objects.update(reminder_email=UNIT)
    with at(2026, 6, 30):
        assert [each.to for each in run()] == [[UNIT]]


def test_a_mail_that_failed_is_tried_again(
    promises: Promises, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: Any) -> None:
        raise ConnectionRefusedError

    with at(2026, 6, 2):
        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.EmailMessage.send", away)
            assert run() == []
        assert SentReminder.objects.filter(sent_at__isnull=True).count() == 1
        assert len(run()) == 1


def test_a_mail_that_is_not_true_any_more_is_dropped(
    promises: Promises, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: Any) -> None:
        raise ConnectionRefusedError

    with at(2026, 6, 2), monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", away)
        run()
    with at(2026, 6, 16):
        (sent,) = run()
    assert sent.subject.startswith("Uppföljningen är försenad")
    assert not SentReminder.objects.filter(sent_at__isnull=True).exists()


def test_a_day_that_was_moved_reminds_by_the_new_one(
    promises: Promises, run: Any
) -> None:
    draft = fresh(promises.programme).get_latest_revision_as_object()
    rows = list(draft.planned_followups.all())
    rows[0].due_on = date(2026, 7, 15)
    publish(promises.programme, planned_followups=rows)
    with at(2026, 6, 16):
        assert run() == []
    with at(2026, 7, 1):
        assert len(run()) == 1


def test_a_dry_run_sends_and_remembers_nothing(promises: Promises) -> None:
    out = StringIO()
    mail.outbox.clear()
    with at(2026, 6, 30):
        call_command("send_followup_reminders", "--dry-run", stdout=out)
    assert UNIT in out.getvalue()
    assert POLICE in out.getvalue()
    assert not SentReminder.objects.exists()
    assert mail.outbox == []


def test_a_name_with_a_line_break_cannot_write_headers(
    promises: Promises, run: Any
) -> None:
    publish(promises.programme, title="Löften\nBcc: alla@example.org")
    with at(2026, 6, 2):
        (sent,) = run()
    assert "\n" not in sent.subject
    assert sent.recipients() == [UNIT]
