"""The index of what is named by what follows the log."""

from __future__ import annotations

import uuid

import pytest

from cms.log import entries, references
from cms.log.models import Head, HeadReference
from tests.cms.log.entries import append, follow, page_document, withdraw

pytestmark = pytest.mark.django_db

POLICE = str(uuid.uuid4())
LAMP = str(uuid.uuid4())
AREA = str(uuid.uuid4())


def naming(keys):
    """An article whose link list names others."""
    links = [{"id": key, "kind": "page", "key": key, "text": ""} for key in keys]
    block = {"type": "link_list", "id": "a", "heading": "", "links": links}
    return page_document(body=[block])


def rows():
    return set(HeadReference.objects.values_list("relation", "key"))


def test_a_new_text_replaces_what_the_old_one_named():
    first = append(document=naming([POLICE, LAMP]))
    follow(first, document=naming([LAMP, AREA]))

    named = {("link", uuid.UUID(LAMP)), ("link", uuid.UUID(AREA))}
    assert named <= rows()
    assert ("link", uuid.UUID(POLICE)) not in rows()


def test_what_is_withdrawn_names_nothing():
    first = append(document=naming([POLICE]))
    assert [h.key for h in references.public_users(uuid.UUID(POLICE))] == [first.key]

    withdraw(first)

    assert not references.public_users(uuid.UUID(POLICE)).exists()
    assert not rows()


def test_the_index_can_be_derived_from_the_log_again():
    append(document=naming([POLICE]))
    before = rows()
    HeadReference.objects.all().delete()

    entries.rebuild_heads()

    assert rows() == before
    assert Head.objects.count() == 1
