"""A database that is stopped, hung or locked: an answer within the time there is (P11)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from cms.database import deadlines
from cms.database.reachability import PAUSE, breakers
from tests.operations.cluster import Cluster, database_on, empty_cluster

# Far more than any of the limits below: a test that hangs must fail, not wait.
STUCK = 10.0


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with empty_cluster() as found:
        with found.connect() as setup:
            setup.execute("CREATE TABLE thing (id int)")
            setup.execute("CHECKPOINT")  # a crash loses what is not on disk
        yield found


@pytest.fixture
def there(cluster: Cluster, django_db_blocker: Any) -> Iterator[Cluster]:
    """The cluster behind Django's connection, sound before and after."""
    with django_db_blocker.unblock(), database_on(cluster, "postgres"):
        breakers.clear()
        try:
            yield cluster
        finally:
            cluster.go_on()
            breakers.clear()


def ask(sql: str = "SELECT 1") -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone() if cursor.description else None


def refused_within(seconds: float, sql: str = "SELECT 1") -> None:
    """Ask in a limit, and be told so instead of hanging."""
    alarm = threading.Timer(STUCK, lambda: None)
    alarm.start()
    with pytest.raises(OperationalError), deadlines.within(seconds):
        ask(sql)
    assert alarm.is_alive(), "it waited although it had a limit"
    alarm.cancel()


def test_statement_is_given_up_when_the_server_hangs_and_the_next_one_works(there):
    assert ask() == (1,)
    there.hang()

    refused_within(0.3)
    there.go_on()

    assert ask() == (1,)


def test_commit_and_rollback_are_given_up_too(there):
    for finish in (transaction.commit, transaction.rollback):
        transaction.set_autocommit(False)
        ask("INSERT INTO thing VALUES (1)")
        there.hang()
        with pytest.raises(OperationalError), deadlines.within(0.3):
            finish()
        there.go_on()
        connection.close()
        assert ask("SELECT count(*) FROM thing")[0] in {0, 1}


def test_atomic_block_ends_and_leaves_a_usable_connection(there):
    def hang_in_the_middle() -> None:
        with deadlines.within(0.3), transaction.atomic():
            ask()
            there.hang()
            ask()

    with pytest.raises(OperationalError):
        hang_in_the_middle()
    there.go_on()

    assert connection.connection is None
    assert ask() == (1,)


def test_connecting_is_given_up_and_the_others_do_not_even_try(there):
    there.hang()
    refused_within(0.6)

    with pytest.raises(OperationalError, match="just now"), deadlines.within(30):
        ask()


def test_sign_of_life_is_not_waited_for(there):
    ask()
    wrapper: Any = connection
    wrapper.health_check_enabled, wrapper.health_check_done = True, False
    there.hang()

    refused_within(3.0)

    assert breakers["default"].is_shut


def test_stopped_server_is_asked_again_after_a_pause(there, monkeypatch):
    ask()
    there.stop()
    connection.close()
    refused_within(1.0)
    there.start()
    with pytest.raises(OperationalError, match="just now"), deadlines.within(1.0):
        ask()

    breakers["default"].was_silent()
    monkeypatch.setattr("cms.database.reachability.monotonic", _later(PAUSE + 0.1))

    with deadlines.within(5.0):
        assert ask() == (1,)


def _later(seconds: float) -> Any:
    from time import monotonic  # noqa: PLC0415

    return lambda: monotonic() + seconds


def test_locked_table_is_given_up_and_the_database_still_counts_as_there(there):
    with there.connect() as other, other.transaction():
        other.execute("LOCK TABLE thing IN ACCESS EXCLUSIVE MODE")

        refused_within(0.3, "SELECT * FROM thing")

        assert not breakers["default"].is_shut
        connection.close()
        with deadlines.within(5.0):
            assert ask() == (1,)


def test_patience_counts_slow_answers_and_no_quick_ones(there):
    with deadlines.patience(0.5):
        for _ in range(50):
            ask()
        assert deadlines.remaining() == 0.5
        ask("SELECT pg_sleep(0.2)")
        assert deadlines.remaining() == pytest.approx(0.3, abs=0.1)
        with pytest.raises(OperationalError):
            ask("SELECT pg_sleep(30)")
        with pytest.raises(OperationalError, match="no time left"):
            ask()


def test_no_limit_outside(there):
    assert deadlines.remaining() is None
    assert ask("SELECT pg_sleep(0.2)") is not None
