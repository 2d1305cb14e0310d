"""What a worker does with what is due (P7, T51)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import signal
from datetime import timedelta
from threading import Event
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from cms.log.models import Publication
from cms.reading.models import Language
from cms.webhooks import sending, worker
from cms.webhooks.models import Delivery, Endpoint
from cms.webhooks.worker import Pace, Worker
from tests.cms.log.entries import append, follow, withdraw

DAY = timedelta(hours=24)


def deliver(times: int = 100) -> int:
    """Work through what is due now; return how many attempts were made."""
    one = Worker()
    while one.attempts < times and one.deliver_next():
        pass
    return one.attempts


def make_due() -> None:
    """Let the time pass that failed deliveries and their endpoints wait."""
    Delivery.objects.waiting().update(next_attempt_at=timezone.now())
    Endpoint.objects.update(rests_until=None)


def age(delivery: Delivery, by: timedelta) -> None:
    then = timezone.now() - by
    Delivery.objects.filter(pk=delivery.pk).update(created_at=then)
    Delivery.objects.filter(pk=delivery.pk, attempts__gt=0).update(
        first_attempt_at=then
    )


def only_delivery() -> Delivery:
    return Delivery.objects.get()


def test_a_publication_notes_its_deliveries_in_one_statement_more(endpoint):
    Endpoint.objects.create(name="Skylten", url=endpoint.url)
    page = append()
    assert statements(follow, page) == ["SELECT", "INSERT"]
    Endpoint.objects.update(enabled=False)
    assert statements(follow, page) == ["SELECT"]
    assert Delivery.objects.count() == 4


def statements(act, *arguments) -> list[str]:
    """The first words of the statements about our tables."""
    with CaptureQueriesContext(connection) as queries:
        act(*arguments)
    asked = [query["sql"] for query in queries if "cms_webhooks" in query["sql"]]
    return [sql.split()[0] for sql in asked]


def test_what_cannot_be_noted_is_not_published(endpoint):
    with (
        patch.object(Delivery.objects, "bulk_create", side_effect=RuntimeError("full")),
        pytest.raises(RuntimeError, match="full"),
    ):
        append()

    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        ({}, 4),
        ({"types": ["articles.article"]}, 3),
        ({"languages": ["fi"]}, 4),  # see what is told of answers in a language
        ({"actions": ["withdraw"]}, 1),
        ({"actions": ["publish", "withdraw"], "types": ["home.standard"]}, 1),
        ({"enabled": False}, 0),
    ],
)
def test_an_endpoint_is_told_of_what_it_asked_for(endpoint, wishes, told):
    Endpoint.objects.update(**wishes)
    page = append()
    append(locale="fi", path="/fi/uutiset/")
    append(type="home.standard", path="/om/")
    withdraw(page)

    assert Delivery.objects.count() == told


def test_receiver_of_a_language_is_told_what_changes_answers_in_it(
    endpoint, receiver, settings
):
    settings.CMS_OFFERED_LANGUAGES = "cms.api.changes.offered_languages"
    for tag in ("sv", "fi", "ar"):
        locale, _created = Locale.objects.get_or_create(language_code=tag)
        Language.objects.create(locale=locale, tag=tag, html_lang=tag, visible=True)
    Endpoint.objects.update(languages=["fi"])
    block = append(kind="block", path="", type="core.contact", document={})
    follow(block, locale="ar")
    page = append()
    assert deliver() == 2

    told = [message.body for message in receiver.messages]
    assert [each["key"] for each in told] == [str(block.key), str(page.key)]
    assert {a["lang"] for each in told for a in each["affects"]} == {"fi"}
    assert not Delivery.objects.waiting().exists()


def test_a_message_is_signed_with_every_secret(endpoint, receiver):
    Endpoint.objects.update(previous_secret=sending.new_secret())
    endpoint.refresh_from_db()
    page = append()
    assert deliver() == 1

    (message,) = receiver.messages
    assert message.id == str(only_delivery().pk)
    assert message.headers[":path"] == "/hook?from=cms"
    assert message.headers["host"] == f"127.0.0.1:{receiver.server_port}"
    assert message.headers["content-type"] == "application/json"
    assert (
        abs(int(message.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    )
    assert message.body["id"] == page.pk
    assert message.body["title"] == "Nyheter"
    signed = f"{message.id}.{message.headers['webhook-timestamp']}.".encode()
    expected = [
        base64.b64encode(
            hmac.new(
                base64.b64decode(secret.removeprefix("whsec_")),
                signed + message.raw,
                hashlib.sha256,
            ).digest()
        ).decode()
        for secret in (endpoint.secret, endpoint.previous_secret)
    ]
    assert message.headers["webhook-signature"] == " ".join(
        f"v1,{value}" for value in expected
    )
    delivery = only_delivery()
    assert (delivery.state, delivery.last_status) == ("delivered", 204)
    assert delivery.delivered_at


def test_a_page_keeps_its_order_and_holds_up_no_other(endpoint, receiver):
    """The first page's first message fails; its second waits, the other page goes."""
    first = append()
    second = follow(first)
    other = append(path="/annat/")
    finnish = append(key=first.key, locale="fi", path="/fi/uutiset/")
    receiver.answer = lambda message: 500 if message.body["id"] == first.pk else 204

    assert deliver() == 3
    assert receiver.told == [first.pk, other.pk, finnish.pk]
    ids = [message.id for message in receiver.messages]
    receiver.answer = lambda message: 200
    make_due()
    assert deliver() == 2
    assert receiver.told[3:] == [first.pk, second.pk]
    assert receiver.messages[3].id == ids[0], "the same delivery has the same id"


def test_what_was_given_up_holds_up_nothing(endpoint, receiver):
    page = append()
    receiver.answer = lambda message: 500
    deliver()
    age(only_delivery(), DAY)
    make_due()
    later = follow(page)
    receiver.answer = lambda message: 500 if message.body["id"] == page.pk else 200

    assert deliver() == 2
    given_up = Delivery.objects.get(publication=page)
    assert (given_up.state, given_up.last_obstacle) == ("parked", "refused")
    assert given_up.last_status == 500
    assert receiver.told == [page.pk, page.pk, later.pk]


def test_waits_grow_from_a_second_to_an_hour(endpoint, receiver):
    pace = Pace()
    first, last = pace.wait(1), pace.wait(400)
    assert timedelta(seconds=1) <= first <= timedelta(seconds=2)
    assert timedelta(minutes=30) <= last <= timedelta(hours=1)
    append()
    receiver.answer = lambda message: 503
    before = timezone.now()
    deliver()
    delivery = only_delivery()
    wait = delivery.next_attempt_at - before
    assert timedelta(seconds=1) <= wait < timedelta(seconds=10)
    assert deliver() == 0, "it is not due yet"


def test_a_receiver_that_fails_everything_rests(endpoint, receiver):
    """It holds up nobody else, and after a day everything that waited is given up."""
    tolerance = Pace().tolerance
    pages = [append(path=f"/{number}/") for number in range(tolerance + 2)]
    receiver.answer = lambda message: 500
    assert deliver() == tolerance + 1
    endpoint.refresh_from_db()
    assert endpoint.rests_until > timezone.now()
    assert endpoint.failures == tolerance + 1

    for delivery in Delivery.objects.all():
        age(delivery, DAY)
    fresh = append(path="/ny/")
    Endpoint.objects.update(failing_since=timezone.now() - DAY)
    make_due()
    assert deliver(1) == 1
    assert Delivery.objects.parked().count() == len(pages)
    assert Delivery.objects.waiting().get().publication_id == fresh.pk

    make_due()
    receiver.answer = lambda message: 200
    assert deliver() == 1
    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.failing_since, endpoint.rests_until) == (
        0,
        None,
        None,
    )


def test_a_language_waits_until_readers_are_offered_it(endpoint, receiver, settings):
    append(locale="uk", path="/uk/novyny/")
    assert deliver() == 0
    with patch(settings.CMS_OFFERED_LANGUAGES, return_value=["sv", "uk"]):
        assert deliver() == 1
    assert receiver.messages[0].body["lang"] == "uk"


def test_an_old_message_says_nothing_that_is_no_longer_public(endpoint, receiver):
    page = append(title="Hemlig nyhet")
    withdraw(page)
    deliver()

    assert [message.body["title"] for message in receiver.messages] == [None, None]
    assert b"Hemlig" not in receiver.messages[0].raw


def test_what_a_dead_worker_had_begun_is_taken_up_again(endpoint, receiver):
    append()
    dead = Worker()._take()
    assert deliver() == 0, "it is being attempted"
    make_due()
    assert deliver() == 1
    (message,) = receiver.messages
    assert message.id == str(dead.pk)


def test_an_endpoint_that_is_gone_or_not_in_use_gets_nothing(endpoint, receiver):
    append()
    Endpoint.objects.update(enabled=False)
    assert deliver() == 0
    Endpoint.objects.all()._raw_delete("default")
    assert deliver() == 0
    worker.tidy()
    assert not Delivery.objects.exists()


def test_what_was_delivered_is_kept_for_thirty_days(endpoint):
    for path in ("/a/", "/b/", "/c/"):
        append(path=path)
    old, recent, parked = Delivery.objects.order_by("publication_id")
    long_ago = timezone.now() - timedelta(days=31)
    rows = Delivery.objects
    rows.filter(pk=old.pk).update(state="delivered", delivered_at=long_ago)
    rows.filter(pk=recent.pk).update(state="delivered", delivered_at=timezone.now())
    rows.filter(pk=parked.pk).update(state="parked", created_at=long_ago)

    worker.tidy()

    assert set(rows.values_list("pk", flat=True)) == {recent.pk, parked.pk}


def test_the_command_delivers_what_is_due_and_says_what_failed(
    endpoint, receiver, capsys
):
    page = append()
    call_command("deliver_webhooks", "--once")
    assert capsys.readouterr().out == "1 delivered, 0 attempts failed.\n"
    receiver.answer = lambda message: 500
    follow(page)
    with pytest.raises(CommandError):
        call_command("deliver_webhooks", "--once")
    assert "0 delivered, 1 attempts failed." in capsys.readouterr().out


def test_a_worker_waits_for_its_database(endpoint, receiver, monkeypatch):
    append()
    stop, told = Event(), iter([OperationalError("gone"), OperationalError("gone")])
    take = Worker._take

    def failing_take(self):
        error = next(told, None)
        if error:
            raise error
        stop.set()
        return take(self)

    monkeypatch.setattr(Worker, "_take", failing_take)
    monkeypatch.setattr(stop, "wait", lambda seconds: None)
    # The test's transaction is on this connection.
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    Worker().run(stop, poll=0.01)

    assert len(receiver.messages) == 1


def test_a_worker_that_is_told_to_stop_finishes_its_delivery(
    endpoint, receiver, monkeypatch, capsys
):
    append(path="/a/")
    append(path="/b/")

    def answer(message):
        os.kill(os.getpid(), signal.SIGTERM)
        return 204

    receiver.answer = answer
    before = signal.getsignal(signal.SIGTERM)
    # The test's transaction is on this connection.
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    call_command("deliver_webhooks", "--poll", "0.01")

    assert capsys.readouterr().out == "1 delivered, 0 attempts failed.\n"
    assert Delivery.objects.waiting().count() == 1
    assert signal.getsignal(signal.SIGTERM) is before
