"""Publication at a time, and the end of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction, Revision

from cms.gate import actions
from cms.gate.errors import NotFit
from cms.log.models import Publication
from cms.reading.pages import Gone, Reading, read_path
from tests.factories.pages import (
    edit,
    fresh,
    make_contact,
    publish,
    schedule,
    submit,
)
from tests.factories.people import person
from tests.factories.translations import translate


@pytest.fixture
def tomorrow():
    return timezone.now() + timedelta(days=1)


def on(moment: datetime) -> int:
    """Let the clock act at ``moment``; return how much was published."""
    with time_machine.travel(moment, tick=False):
        return actions.publish_due()


def test_scheduled_page_is_public_when_its_time_has_come(site, tomorrow):
    article = schedule(site.article(), at=tomorrow)
    path = article.public_path()
    early = (on(tomorrow - timedelta(minutes=1)), read_path(path))

    late = on(tomorrow)

    assert early == (0, None)
    assert late == 1
    assert isinstance(read_path(path), Reading)


def test_public_text_stays_until_the_scheduled_one_comes(site, tomorrow):
    article = site.live_article(title="Nu")
    schedule(article, at=tomorrow, title="Sedan")
    before = read_path(article.public_path()).title

    on(tomorrow)

    assert (before, read_path(article.public_path()).title) == ("Nu", "Sedan")


def test_later_draft_does_not_disturb_what_is_scheduled(site, tomorrow):
    article = schedule(site.article(title="Godkänd"), at=tomorrow)
    submit(article, title="Under granskning")

    on(tomorrow)

    assert read_path(article.public_path()).title == "Godkänd"


def test_clock_publishes_once(site, tomorrow):
    schedule(site.article(), at=tomorrow)

    assert (on(tomorrow), on(tomorrow + timedelta(minutes=1))) == (1, 0)


def test_newer_publication_replaces_what_was_scheduled(site, tomorrow):
    article = schedule(site.article(title="Planerad"), at=tomorrow)
    publish(article, title="Brådskande")

    on(tomorrow)

    assert read_path(article.public_path()).title == "Brådskande"


def test_unscheduled_page_is_not_published(site, client, tomorrow):
    article = schedule(site.article(), at=tomorrow)
    client.force_login(person("approver"))

    client.post(
        f"/admin/pages/{article.pk}/revisions/{article.latest_revision_id}/unschedule/"
    )

    assert on(tomorrow) == 0


@pytest.mark.parametrize("username", ["editor", "translator_fi", "reviewer_fi"])
def test_others_do_not_unschedule(site, client, tomorrow, username):
    article = schedule(site.article(), at=tomorrow)
    client.force_login(person(username))

    client.post(
        f"/admin/pages/{article.pk}/revisions/{article.latest_revision_id}/unschedule/"
    )

    assert on(tomorrow) == 1


def test_time_in_the_form_publishes_nothing_by_itself(site, tomorrow):
    article = site.article()
    edit(article, go_live_at=tomorrow)

    assert on(tomorrow + timedelta(days=1)) == 0
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_withdrawn_page_is_not_published_by_the_clock(site, tomorrow):
    article = site.live_article()
    schedule(article, at=tomorrow, title="Planerad")
    actions.withdraw(article, by=person("approver"))

    assert on(tomorrow) == 0
    assert isinstance(read_path(article.public_path()), Gone)


def test_scheduled_translation_goes_with_its_original(site, tomorrow):
    article = site.live_article()
    finnish = translate(article, "fi", approve=False)
    actions.approve(
        finnish,
        by=person("reviewer_fi"),
        revision_id=finnish.latest_revision_id,
        go_live_at=tomorrow,
    )
    actions.withdraw(article, by=person("approver"))

    assert on(tomorrow) == 0


def test_one_refused_page_does_not_hold_the_others_up(site, tomorrow, caplog):
    refused = schedule(site.article(), at=tomorrow)
    PageViewRestriction.objects.create(page=refused, restriction_type="login")
    other = schedule(site.article(), at=tomorrow + timedelta(minutes=1))

    assert on(tomorrow + timedelta(hours=1)) == 1
    assert isinstance(read_path(other.public_path()), Reading)
    assert read_path(refused.public_path()) is None
    assert "due but not fit" in caplog.text


def test_deleted_block_does_not_hold_the_others_up(site, tomorrow):
    """Wagtail leaves the revisions of a deleted snippet behind."""
    block = schedule(make_contact(), at=tomorrow)
    article = schedule(site.article(), at=tomorrow + timedelta(minutes=1))
    block.delete()

    assert on(tomorrow + timedelta(hours=1)) == 1
    assert isinstance(read_path(article.public_path()), Reading)


def test_expired_page_is_withdrawn_in_every_language(site, tomorrow):
    article = publish(site.article(), expire_at=tomorrow)
    finnish = translate(article, "fi")
    before = Publication.objects.count()

    with time_machine.travel(tomorrow + timedelta(minutes=1)):
        call_command("publish_scheduled")
        call_command("publish_scheduled")

    paths = (article.public_path(), finnish.public_path())
    assert [type(read_path(path)) for path in paths] == [Gone, Gone]
    assert Publication.objects.count() == before + 2
    assert fresh(article).expired


def test_new_day_is_put_on_record(site, tomorrow, capsys):
    """Other opening hours are told until their day is over."""
    day = timezone.localdate(tomorrow)
    hours = {"date": day, "closed": True, "note": ""}
    contact = publish(make_contact(exceptions=[("exception", hours)]))

    with time_machine.travel(tomorrow + timedelta(days=1)):
        call_command("publish_scheduled")
        call_command("publish_scheduled")

    of_contact = Publication.objects.filter(key=contact.translation_key)
    actions_of_it = [row.action for row in of_contact]
    assert actions_of_it == ["publish", "calendar"]
    said = capsys.readouterr().out.splitlines()
    assert [line.split(", ")[-1] for line in said] == [
        "1 changed with the calendar.",
        "0 changed with the calendar.",
    ]


def test_unfit_text_is_not_scheduled(site, tomorrow):
    with pytest.raises(NotFit):
        schedule(site.article(ingress=" "), at=tomorrow)
