"""What could not be published when it was due: told once, and seen until it is mended."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.database import health
from cms.gate import actions
from tests.factories.pages import fresh, make_contact, publish, schedule
from tests.factories.people import person


@pytest.fixture
def refused(site):
    """A text that was approved for tomorrow and may not be public then."""
    page = schedule(site.article(title="Lampa"), at=timezone.now() + timedelta(days=1))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    mail.outbox.clear()
    return page


def tomorrow(minutes: int):
    moment = timezone.now() + timedelta(days=1, minutes=minutes)
    return time_machine.travel(moment, tick=False)


def test_approver_and_editor_are_told_once(refused):
    for minutes in (1, 2):
        with tomorrow(minutes):
            actions.publish_due()

    to = sorted(address for each in mail.outbox for address in each.to)
    assert to == ["approver@example.org", "editor@example.org"]
    assert all("Lampa" in each.subject for each in mail.outbox)
    assert all("läsa" in each.body for each in mail.outbox)
    assert all(f"/admin/pages/{refused.pk}/edit/" in each.body for each in mail.outbox)


@pytest.mark.parametrize(
    ("username", "sees"), [("approver", True), ("editor", True), ("reviewer_fi", False)]
)
def test_it_stands_first_for_those_who_work_in_the_language(
    refused, client, username, sees
):
    with tomorrow(10):
        actions.publish_due()
        client.force_login(person(username))
        shown = client.get("/admin/review/").content.decode()

    assert ("Lampa" in shown) == sees
    if sees:
        assert shown.index("Lampa") < shown.index('id="mine-heading"')


def test_readiness_says_so(refused):
    assert health.assess()["schedule"]

    with tomorrow(10):
        assert not health.assess()["schedule"]


def test_it_is_in_the_history_of_the_text(refused, client):
    with tomorrow(1):
        actions.publish_due()
        client.force_login(person("approver"))
        shown = client.get(f"/admin/pages/{refused.pk}/history/").content.decode()

    assert "Kunde inte publiceras" in shown


def test_deleted_block_is_not_overdue(site):
    block = schedule(make_contact(), at=timezone.now() + timedelta(days=1))
    block.delete()

    with tomorrow(10):
        actions.publish_due()
        assert health.assess()["schedule"]


def test_what_cannot_end_is_told_of_once(site):
    """Something came to need it after its end was approved."""
    end = timezone.now() + timedelta(days=1)
    block = publish(make_contact(name="Bygglov"), expire_at=end)
    site.live_article(title="Hit vänder du dig", contact_block=block)
    mail.outbox.clear()

    for minutes in (1, 2):
        with tomorrow(minutes):
            call_command("publish_scheduled")

    assert fresh(block).live
    to = sorted(address for each in mail.outbox for address in each.to)
    assert to == ["approver@example.org", "editor@example.org"]
    assert all("Hit vänder du dig" in each.body for each in mail.outbox)
