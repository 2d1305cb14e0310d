"""The index can be thrown away: it follows from the log."""

from __future__ import annotations

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import connection

from cms.search import database
from cms.search.models import Entry, Word
from tests.cms.log.entries import withdraw
from tests.cms.search.texts import publish_text, search, titles

pytestmark = pytest.mark.django_db

ENTRY = ("key", "locale", "type", "listed", "configuration", "title", "lead", "body")


def contents():
    words = Word.objects.values_list("locale", "word", "folded")
    return set(Entry.objects.values_list(*ENTRY)), set(words)


@pytest.fixture
def texts():
    publish_text("Gatlampor", "Alla lampor lyser.")
    publish_text("Lamput", "Kaikki lamput palavat.", locale="fi")
    withdraw(publish_text("Borttaget"))


def test_rebuilding_gives_what_following_gave(texts, capsys):
    before = contents()
    Entry.objects.all().delete()
    Word.objects.all().delete()

    call_command("rebuild_search")

    assert contents() == before
    assert f"{Entry.objects.count()} pages" in capsys.readouterr().out


@pytest.mark.extension("pg_trgm")
def test_without_trigrams_parts_of_words_are_found_and_it_says_so(site, texts):
    assert run_checks(tags=[Tags.database], databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute(database.DROP_FUNCTION)
        cursor.execute(database.BY_PARTS)

    found = run_checks(tags=[Tags.database], databases=["default"])

    assert "cms_search.W001" in [message.id for message in found]
    assert titles(search("lampor")) == ["Gatlampor"]
