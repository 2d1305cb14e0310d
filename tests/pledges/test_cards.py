"""Cards in the text of an article: keys alone, whatever they show."""

from __future__ import annotations

import json

import pytest

from cms.core.blocks.from_document import body_value
from cms.kinds.references import named
from pledges.blocks import BLOCKS
from tests.factories.pages import publish
from tests.factories.pledges import (
    make_focus_area,
    make_focus_index,
    make_indicator,
    make_place,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(site, promises):
    """What each type of card shows, by the name of the block."""
    return {
        "pledge_card": promises.pledge,
        "focus_area_card": publish(
            make_focus_area(publish(make_focus_index(site.home)))
        ),
        "chart": publish(make_indicator()),
        "places": publish(make_place()),
    }


@pytest.fixture
def article(site, shown):
    body = body_value(
        [
            {"type": "pledge_card", "page": shown["pledge_card"].pk},
            {"type": "focus_area_card", "page": shown["focus_area_card"].pk},
            {"type": "chart", "indicators": [shown["chart"].pk]},
            {"type": "places", "heading": "Här", "places": [shown["places"].pk]},
        ]
    )
    return site.article(body=json.dumps(body))


def test_a_card_is_the_key_of_what_it_shows(article, shown):
    blocks = {block["type"]: block for block in article.document()["body"]}

    assert set(blocks) == {each.kind.type_name for each in BLOCKS}
    for kind, block in blocks.items():
        (member,) = set(block) - {"type", "id", "heading"}
        assert block[member] == [str(shown[kind].translation_key)]


def test_the_log_knows_what_cards_show(article, shown):
    names = named(article.kind, article.document())
    keys = {key for relation, key in names if relation == "card"}

    assert keys == {str(each.translation_key) for each in shown.values()}


def test_a_card_of_what_was_deleted_is_left_out(article, shown):
    shown["chart"].delete()
    shown["focus_area_card"].delete()

    kinds = [block["type"] for block in type(article).objects.get().document()["body"]]

    assert kinds == ["pledge_card", "places"]
