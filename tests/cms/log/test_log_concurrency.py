"""Many writers at once leave one chain."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from cms.log import entries
from cms.log.models import Publication
from tests.cms.log.entries import NOON, make_entry

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8
ROUNDS = 12


def _write(writer: int) -> None:
    """Append with varying haste, and roll back now and then."""
    chance = random.Random(writer)  # noqa: S311
    try:
        for number in range(ROUNDS):
            with transaction.atomic():
                entry = make_entry(path=f"/{writer}/{number}/")
                entries.append(entry, at=NOON)
                time.sleep(chance.random() / 200)
                if number % 5 == 4:
                    transaction.set_rollback(True)
    finally:
        connection.close()


def _read_feed(finished: threading.Event, seen: list[int]) -> None:
    """Follow the change feed as a subscriber does: from the last id it saw."""
    try:
        while True:
            last_round = finished.is_set()
            seen.extend(row.pk for row in entries.since(seen[-1] if seen else 0, 100))
            if last_round:
                return
    finally:
        connection.close()


def test_concurrent_appends_keep_one_chain_in_commit_order():
    """Ids in commit order means: a subscriber never misses a row."""
    finished = threading.Event()
    seen: list[int] = []
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(_read_feed, finished, seen)
        list(pool.map(_write, range(WRITERS)))
        finished.set()
        reader.result()

    ids = list(Publication.objects.values_list("pk", flat=True))
    assert len(ids) == WRITERS * (ROUNDS - ROUNDS // 5)
    assert seen == ids
    assert list(entries.verify()) == []
