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


def naming(**members):
    return page_document(**members)


def rows():
    return set(HeadReference.objects.values_list("relation", "key"))


def test_relations_links_and_cards_are_named():
    text = {
        "contact_block": LAMP,
        "references": {"partners": [POLICE]},
        "body": [
            {"type": "paragraph", "html": f'<p><a href="cms:{AREA}">här</a></p>'},
            {"type": "pledge_card", "pledges": [AREA]},
        ],
        "activities": {"1": {"description_html": f'<a href="cms:{LAMP}">x</a>'}},
    }

    assert sorted(references.named(text)) == sorted(
        [
            ("contact", LAMP),
            ("partners", POLICE),
            ("link", AREA),
            ("card", AREA),
            ("link", LAMP),
        ]
    )


def test_a_new_text_replaces_what_the_old_one_named():
    first = append(document=naming(references={"partners": [POLICE, LAMP]}))
    follow(first, document=naming(references={"partners": [LAMP, AREA]}))

    named = {("partners", uuid.UUID(LAMP)), ("partners", uuid.UUID(AREA))}
    assert named <= rows()
    assert ("partners", uuid.UUID(POLICE)) not in rows()


def test_what_is_withdrawn_names_nothing():
    first = append(document=naming(references={"partners": [POLICE]}))
    assert [h.key for h in references.public_users(uuid.UUID(POLICE))] == [first.key]

    withdraw(first)

    assert not references.public_users(uuid.UUID(POLICE)).exists()
    assert not rows()


def test_the_index_can_be_derived_from_the_log_again():
    append(document=naming(references={"partners": [POLICE]}))
    before = rows()
    HeadReference.objects.all().delete()

    entries.rebuild_heads()

    assert rows() == before
    assert Head.objects.count() == 1
