"""Which database a question goes to."""

from __future__ import annotations

import pytest
from django.db import router as django_router
from django.test import RequestFactory

from cms.database import router
from cms.database.middleware import is_public_read
from cms.log.models import Publication


@pytest.fixture
def replica(settings, monkeypatch) -> set[str]:
    """A replica by name; the databases in the set do not answer."""
    monkeypatch.setitem(settings.DATABASES, router.REPLICA, {})
    silent: set[str] = set()
    monkeypatch.setattr(router, "answers", lambda alias: alias not in silent)
    return silent


def test_everything_goes_to_the_primary_unless_marked(replica):
    assert router.reader() == "default"
    assert django_router.db_for_read(Publication) == "default"


def test_marked_reads_go_to_the_replica_and_writes_never(replica):
    with router.reading_from_replica() as name:
        assert name == router.reader() == "replica"
        assert django_router.db_for_read(Publication) == "replica"
        assert django_router.db_for_write(Publication) == "default"
    assert router.reader() == "default"


def test_object_of_the_replica_is_written_to_the_primary(replica):
    with router.reading_from_replica():
        row = Publication()
        row._state.db = "replica"
    assert django_router.db_for_write(Publication, instance=row) == "default"
    assert django_router.allow_relation(row, Publication())


def test_primary_stands_in_for_the_replica(replica):
    replica.add("replica")
    with router.reading_from_replica() as name:
        assert name == "default"


def test_one_answer_is_not_put_together_from_two_databases(replica):
    replica.add("replica")
    with router.reading_from_replica():
        replica.clear()
        with router.reading_from_replica() as inner:
            assert inner == "default"


def test_without_a_replica_the_primary_is_read(settings):
    with router.reading_from_replica() as name:
        assert name == "default"


def test_replica_is_never_migrated():
    assert django_router.allow_migrate("default", "log")
    assert not django_router.allow_migrate("replica", "log")


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/", True),
        ("HEAD", "/fi/uutiset/", True),
        ("GET", "/api/v1/pages", True),
        ("POST", "/api/v1/reports", False),
        ("GET", "/admin/pages/", False),
        ("GET", "/media/files/x/plan.pdf", False),
        ("GET", "/forhandsvisning/abc", False),
        ("GET", "/api/v1/preview/abc", False),
        ("GET", "/static/site.css", False),
        ("GET", "/readyz", False),
    ],
)
def test_public_reads_are_known_by_method_and_path(method, path, expected):
    assert is_public_read(RequestFactory().generic(method, path)) is expected
