"""Whatever staff do, in whatever order: readers meet what was approved, and lose nothing.

A walk is a number: the same one does the same again. ``WALKS=50`` tries so many.
"""

from __future__ import annotations

import os
import random
import sqlite3

import pytest

from cms.log import entries
from cms.log.models import Head, Publication
from tests.factories.pages import make_index, publish
from tests.factories.site import Municipality
from tests.walk import copies
from tests.walk.readers import Readers
from tests.walk.staff import Staff

STEPS = 45
#: After so many steps it is looked at even if nothing was published, and all of it.
NOW_AND_THEN = 5


@pytest.mark.parametrize("walk", range(int(os.environ.get("WALKS", "2"))))
def test_readers_meet_what_was_approved_and_lose_nothing(site: Municipality, walk: int):
    choose = random.Random(walk)  # noqa: S311 - no secret
    archive = publish(make_index(site.home, title="Arkiv", slug="arkiv"))
    for _article in range(3):
        site.live_article()
    staff, readers = Staff(site, archive, choose), Readers()
    copy = sqlite3.connect(":memory:")
    readers.words()
    rows = Publication.objects.count()
    for step in range(1, STEPS + 1):
        staff.act()
        so_far = "\n".join(staff.history)
        is_thorough = step % NOW_AND_THEN == 0
        before, rows = rows, Publication.objects.count()
        if rows != before or is_thorough:
            approved = set().union(*staff.approved.values())
            met = readers.words()
            unseen = {at: found - approved for at, found in met.items()}
            assert {at: words for at, words in unseen.items() if words} == {}, so_far
        if is_thorough:
            assert readers.lost() == {}, so_far
            assert list(entries.verify()) == [], so_far
            copies.bring_up_to_date(copy, stopped_after=choose.randrange(1, 60))
    copies.bring_up_to_date(copy)
    assert copies.differing(copy) == [], so_far
    assert len(readers.met) > 4, so_far


def test_word_that_nobody_was_shown_is_found(site: Municipality):
    page = site.live_article(title="ord1svx")

    met = Readers().words()

    assert met[page.public_path()] == {"ord1svx"}
    assert [at for at, words in met.items() if at.startswith("/api/") and words]


def test_address_that_answers_nothing_is_found(site: Municipality):
    readers = Readers()
    readers.words()
    Head.objects.all().delete()

    assert set(readers.lost().values()) == {404}
