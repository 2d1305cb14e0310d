"""Searching without PostgreSQL gives the same kind of answers."""

from __future__ import annotations

from uuid import uuid4

import pytest

from cms.search import reading_all
from tests.cms.search.texts import publish_text

pytestmark = pytest.mark.django_db


def keys(text: str, chain: list[str], **options):
    terms = {"limit": 20, "offset": 0, "page_type": None} | options
    return [match.key for match in reading_all.match(chain, text, **terms).found]


@pytest.mark.parametrize(
    ("asked", "word", "alike"),
    [
        ("plats", "platser", 0.83),
        ("löfte", "medborgarlöften", 0.5),
        ("belysning", "gatubelysning", 0.8),
        ("trygghet", "trygghetsundersökning", 0.89),
        ("turvallisuus", "turvallisuuden", 0.85),
        ("безпека", "безпеки", 0.75),
        ("شرطة", "والشرطة", 0.6),
        ("مكان", "أماكن", 0.0),
    ],
)
def test_words_are_as_alike_as_postgresql_says(asked, word, alike):
    assert reading_all.likeness(asked, word) == pytest.approx(alike, abs=0.01)


def test_pages_are_found_in_order_and_once():
    both, body, other = uuid4(), uuid4(), uuid4()
    publish_text("Gatubelysning", key=both)
    publish_text("Belysning på finska", key=both, locale="fi")
    publish_text("Annat", "ny belysning", key=body)
    publish_text("Ovidkommande", key=other)

    assert keys("belysning", ["sv"]) == [both, body]
    assert keys("belysning", ["fi", "sv"]) == [both, body]
    assert keys("belysning", ["fi", "sv"], limit=1, offset=1) == [body]
    assert keys("ny belysning", ["sv"]) == [body]
    assert keys("", ["sv"]) == []
