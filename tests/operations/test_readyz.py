"""What is said of the service to whoever watches over it (P10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms import __version__
from cms.database import health
from cms.database.reachability import breakers
from cms.delivery import version
from cms.gate.outgoing_mail import send_mail
from cms.site import health as site_health
from tests.operations.cluster import database_on, empty_cluster


class OneVersion:
    """A board that knows of one publication, or of none."""

    def __init__(self, number: int) -> None:
        self._version = version.pack(number, "ab" * 32, 0)

    def version(self) -> bytes:
        return self._version if any(self._version[:8]) else version.NOTHING


#: Seconds for one check and for all: a busy machine is not a broken one.
UNHURRIED = 30.0, 60.0
IN_SERVICE = health._FOR_ONE, health._FOR_ALL


def limit(monkeypatch: pytest.MonkeyPatch, each: float, together: float) -> None:
    monkeypatch.setattr(health, "_FOR_ONE", each)
    monkeypatch.setattr(health, "_FOR_ALL", together)


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(site_health, "_GOOD_FOR", 0.0)
    limit(monkeypatch, *UNHURRIED)
    breakers.clear()
    yield
    breakers.clear()


def ask(client: Any) -> tuple[int, dict[str, Any]]:
    response = client.get("/readyz")
    assert response["Cache-Control"] == "no-store"
    return response.status_code, response.json()


@pytest.mark.django_db
def test_everything_in_order(client):
    status, body = ask(client)

    assert (status, body["status"]) == (200, "ok")
    assert body["version"] == __version__
    assert {"primary", "migrations", "disk", "tasks"} <= set(body["checks"])


@pytest.mark.django_db
def test_task_that_nobody_takes_is_told_and_readers_are_served(client):
    result = send_mail.enqueue({"to": ["a@example.org"]})
    assert ask(client)[1]["checks"]["tasks"] == "ok"
    long_ago = timezone.now() - timedelta(hours=1)
    DBTaskResult.objects.filter(pk=result.id).update(enqueued_at=long_ago)

    status, body = ask(client)

    assert (status, body["status"]) == (200, "degraded")
    assert body["checks"]["tasks"] == "degraded"


@pytest.mark.django_db
def test_task_that_was_put_off_is_not_late(client):
    result = send_mail.enqueue({"to": ["a@example.org"]})
    now = timezone.now()
    DBTaskResult.objects.filter(pk=result.id).update(
        enqueued_at=now - timedelta(hours=1), run_after=now - timedelta(seconds=5)
    )

    assert ask(client)[1]["checks"]["tasks"] == "ok"


@pytest.mark.django_db
def test_full_disk_is_told(client, monkeypatch):
    monkeypatch.setattr(site_health, "_LEAST_FREE_SHARE", 2.0)
    monkeypatch.setattr(site_health, "_LEAST_FREE_BYTES", 2**80)

    assert ask(client)[1]["checks"]["disk"] == "degraded"


@pytest.mark.django_db
def test_missing_migration_is_told(client, monkeypatch):
    newer = health._newest_migrations() | {("log", "9999_tomorrow")}
    monkeypatch.setattr(health, "_newest_migrations", lambda: newer)

    assert ask(client)[1]["checks"]["migrations"] == "degraded"


def test_hung_database_is_told_in_time_and_kept_answers_count(
    client, monkeypatch, settings, django_db_blocker
):
    settings.CMS_DATABASE_PATIENCE = 0.6
    limit(monkeypatch, *IN_SERVICE)
    client.raise_request_exception = False
    with (
        empty_cluster() as cluster,
        django_db_blocker.unblock(),
        database_on(cluster, "postgres"),
    ):
        ask(client)
        cluster.hang()
        monkeypatch.setattr(site_health, "board", lambda: OneVersion(7))
        status, body = ask(client)
        assert (status, body["status"]) == (200, "degraded")
        assert body["checks"]["primary"] == "degraded"

        monkeypatch.setattr(site_health, "board", lambda: OneVersion(0))
        status, body = ask(client)
        assert (status, body["status"]) == (503, "unavailable")
        assert str(cluster.folder) not in str(body)

        page, api = client.get("/fi/jotain/"), client.post("/api/v1/reports", {})
        assert (page.status_code, page["Retry-After"]) == (503, "5")
        assert api["Content-Type"] == "application/problem+json"
        cluster.go_on()
