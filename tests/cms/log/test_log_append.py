"""What appending writes, demands and refuses."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cms.log import chain, entries
from cms.log.models import Head, Publication
from tests.cms.log.entries import (
    NOON,
    append,
    follow,
    make_entry,
    page_document,
    withdraw,
)

pytestmark = pytest.mark.django_db


def test_first_row_follows_the_genesis_hash():
    publication = append()

    assert publication.previous_hash == "0" * 64
    assert publication.row_hash == chain.row_hash(publication)


def test_each_row_names_the_row_before_it():
    first, second = append(), append(path="/kontakt/")

    assert second.previous_hash == first.row_hash
    assert second.pk > first.pk


def test_row_hashes_the_same_when_read_back():
    source = append()
    written = append(
        path="/fi/uutiset/",
        locale="fi",
        key=str(source.key).upper(),
        document=page_document(title="Näin \\u0000 ei käy", sort_key="ö"),
        origin="machine_edited",
        review="approved",
        reviewed_on=NOON.date(),
        source_publication_id=source.pk,
        content_updated_at=NOON.replace(microsecond=1),
    )

    stored = Publication.objects.get(pk=written.pk)

    assert chain.content_hash(stored) == written.content_hash
    assert chain.row_hash(stored) == written.row_hash


def test_content_hash_is_the_same_when_the_same_text_is_published_again():
    first = append()

    assert follow(first).content_hash == first.content_hash


@pytest.mark.parametrize(
    "change",
    [
        {"path": "/annat/"},
        {"title": "Annat"},
        {"document": page_document(title="Annat")},
        {"review": "approved"},
        {"origin": "machine"},
        {"reviewed_on": NOON.date()},
        {"content_updated_at": NOON.replace(minute=1)},
    ],
)
def test_content_hash_changes_with_text_and_passport(change):
    first = append()

    assert follow(first, **change).content_hash != first.content_hash


@pytest.mark.django_db(transaction=True)
def test_append_is_refused_outside_a_transaction():
    with pytest.raises(RuntimeError, match="open transaction"):
        entries.append(make_entry(), at=NOON)


def test_append_needs_few_queries(django_assert_max_num_queries):
    first = append()

    # Five for the log and its heads; what listens to it (the index of search, the
    # outbox of webhooks) takes three.
    with transaction.atomic(), django_assert_max_num_queries(8):
        entries.append(make_entry(path="/kontakt/"), at=NOON)
    # One more, to compare what the text names now with what it named before.
    with transaction.atomic(), django_assert_max_num_queries(9):
        entries.append(make_entry(key=first.key, significance="wording"), at=NOON)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"path": "nyheter/"}, "begins and ends with a slash"),
        ({"path": "/nyheter"}, "begins and ends with a slash"),
        ({"kind": "block", "path": "/nyheter/"}, "A block has no path"),
        ({"action": "move", "significance": "content"}, "A move changes no text"),
        ({"action": "withdraw"}, "empty document"),
        ({"action": "withdraw", "document": {}}, "Cannot withdraw"),
        ({"action": "move", "significance": "wording"}, "Cannot move"),
        ({"document": {"duration": 1.5}}, "decimal number 1.5"),
        ({"document": {"text": "a\0b"}}, "NUL"),
        ({"document": {"number": float("nan")}}, "not JSON compliant"),
        ({"content_updated_at": datetime(2018, 2, 2)}, "time zone"),  # noqa: DTZ001
    ],
)
def test_entry_is_refused_when_it_makes_no_sense(change, message):
    with pytest.raises(ValueError, match=message):
        append(**change)


@pytest.mark.parametrize(
    "change",
    [{"action": "erase"}, {"origin": "oracle"}, {"kind": "x"}, {"title": "x" * 256}],
)
def test_entry_is_refused_when_a_field_is_invalid(change):
    with pytest.raises(ValidationError):
        append(**change)


def test_withdrawal_is_refused_when_it_names_another_path():
    first = append()

    with pytest.raises(ValueError, match="repeats the path"):
        follow(first, action="withdraw", document={}, path="/annat/")


def test_path_is_refused_when_another_public_page_has_it():
    append()

    with pytest.raises(IntegrityError, match="head_one_public_page_per_path"):
        append()


def test_path_is_free_again_when_its_page_is_withdrawn():
    withdraw(append())

    assert append().path == "/nyheter/"


def test_blocks_share_the_empty_path():
    append(kind="block", path="", type="core.contact", document={"name": "Växeln"})
    append(kind="block", path="", type="core.contact", document={"name": "Turistbyrån"})

    assert Head.objects.public().count() == 2
    assert not Head.objects.pages().exists()


def test_the_database_refuses_a_fork_of_the_chain():
    first = append()
    fork = Publication.objects.get(pk=first.pk)
    fork.pk, fork.key, fork.row_hash = None, uuid4(), "f" * 64
    fork._state.adding = True

    with pytest.raises(IntegrityError, match="previous_hash"), transaction.atomic():
        fork.save()


def test_append_rolls_back_with_its_transaction():
    with transaction.atomic():
        entries.append(make_entry(), at=NOON)
        transaction.set_rollback(True)

    assert not Publication.objects.exists()
    assert append().previous_hash == chain.GENESIS
