"""The change feed: what happened since, and nothing that readers cannot see."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Locale

from cms.log.models import Publication
from cms.reading import affected
from cms.reading.models import Language
from cms.webhooks.changes import ChangeEntry
from tests.cms.api.problems import assert_problem
from tests.cms.log.entries import append, follow, page_document, withdraw

URL = "/api/v1/changes"


@pytest.fixture(autouse=True)
def languages(db):
    """Readers are offered Swedish, Finnish and easy Swedish, not yet Ukrainian."""
    for tag in ("sv", "fi", "sv-x-lattlast", "uk"):
        locale, _created = Locale.objects.get_or_create(language_code=tag)
        Language.objects.get_or_create(
            locale=locale,
            defaults={"tag": tag, "html_lang": tag, "visible": tag != "uk"},
        )


def feed(**query):
    answer = Client().get(URL, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_changes_come_oldest_first_and_say_where_to_go_on():
    rows = [append(path=f"/{number}/") for number in range(5)]
    ids = [row.pk for row in rows]
    first = feed(since=ids[0] - 1, limit=2)
    assert [item["id"] for item in first["items"]] == ids[:2]
    assert first["next"] == ids[1]
    rest = feed(since=first["next"])
    assert [item["id"] for item in rest["items"]] == ids[2:]
    assert rest["next"] == ids[-1]
    assert feed(since=rest["next"]) == {"items": [], "next": ids[-1]}


def test_an_entry_says_what_happened():
    page = append(title="Nya lampor", locale="sv-x-lattlast", path="/sv-x-lattlast/a/")
    moved = follow(page, action="move", path="/sv-x-lattlast/b/", title="Nya lampor")
    first, second = feed(since=page.pk - 1)["items"]

    assert set(first) == set(ChangeEntry.model_fields)
    assert second == {
        "id": moved.pk,
        "key": str(page.key),
        "lang": "sv-x-lattlast",
        "kind": "page",
        "type": "articles.article",
        "action": "move",
        "path": "/sv-x-lattlast/b/",
        "previous_path": "/sv-x-lattlast/a/",
        "title": "Nya lampor",
        "significance": "wording",
        "published_at": moved.published_at.isoformat().replace("+00:00", "Z"),
        "content_hash": moved.content_hash,
        "affects": [
            {"key": str(page.key), "lang": tag} for tag in ("fi", "sv", "sv-x-lattlast")
        ],
        "affects_all": True,
    }
    assert first["previous_path"] is None


def test_every_change_of_the_address_says_the_one_before():
    """A new end of the address comes with a publication, not with a move."""
    page = append(path="/a/")
    follow(page, path="/b/")
    follow(page, path="/b/", title="Nytt namn")
    withdraw(follow(page, action="move", path="/c/"))
    entries = feed(since=page.pk - 1)["items"]

    before = [entry["previous_path"] for entry in entries]
    assert before == [None, "/a/", None, "/b/", None]


def test_the_feed_names_nothing_that_is_no_longer_public():
    """Neither a withdrawn page nor what a title once was (T17)."""
    gone = append(path="/hemligt/", title="Hemligt")
    withdraw(gone)
    renamed = append(path="/b/", title="Felaktigt namn")
    follow(renamed, title="Rätt namn")
    block = append(kind="block", path="", type="core.contact", title="Ett namn")
    answer = Client().get(URL, {"since": gone.pk - 1})

    titles = [item["title"] for item in answer.json()["items"]]
    assert titles == [None, None, None, "Rätt namn", None]
    assert answer.json()["items"][-1]["path"] is None
    assert answer.json()["items"][-1]["key"] == str(block.key)
    for word in ("Hemligt", "Felaktigt", "Ett namn", "approver"):
        assert word not in answer.content.decode()


def test_a_language_that_readers_are_not_offered_is_left_out():
    hidden = append(locale="uk", path="/uk/novyny/")
    shown = append(locale="fi", path="/fi/uutiset/")
    swedish = append(type="home.standard", path="/om/")

    assert [i["id"] for i in feed(since=hidden.pk - 1)["items"]] == [
        shown.pk,
        swedish.pk,
    ]
    finnish = feed(since=hidden.pk - 1, lang="FI")["items"]
    assert [i["lang"] for i in finnish] == ["fi", "sv"]
    assert {a["lang"] for i in finnish for a in i["affects"]} == {"fi"}
    only = feed(since=hidden.pk - 1, type="home.standard")
    assert [item["id"] for item in only["items"]] == [swedish.pk]
    assert feed(since=hidden.pk - 1, lang="fi")["next"] == swedish.pk
    assert_problem(Client().get(URL, {"lang": "uk"}), 404)
    Language.objects.filter(tag="uk").update(visible=True)
    assert feed(since=hidden.pk - 1, lang="uk")["items"][0]["id"] == hidden.pk


def test_words_of_a_language_change_answers_of_those_who_read_it():
    """Easy Swedish falls back to Swedish, Finnish does too; nothing falls back to Finnish."""
    contact = append(kind="block", path="", type="core.contact", document={})
    named = page_document(contact_block=str(contact.key))
    page = append(path="/om/", type="home.standard", document=named)
    finnish = append(
        key=contact.key, kind="block", path="", type="core.contact",
        locale="fi", document={},
    )  # fmt: skip

    first, *_rest, last = feed(since=contact.pk - 1)["items"]

    assert last["id"] == finnish.pk
    told = {(a["key"], a["lang"]) for a in last["affects"]}
    assert told == {(str(key), "fi") for key in (contact.key, page.key)}
    swedish = {a["lang"] for a in first["affects"] if a["key"] == str(page.key)}
    assert swedish == {"sv", "fi", "sv-x-lattlast"}


def test_an_empty_log_has_no_changes():
    assert feed() == {"items": [], "next": 0}


def test_a_place_beyond_the_end_leads_back_to_the_end():
    newest = append()
    assert feed(since=2**63 - 1) == {"items": [], "next": newest.pk}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "-1"),
        ("since", str(2**63)),
        ("since", "9" * 4000),
        ("since", "1.5"),
        ("since", ""),
        ("since", "nyss"),
        ("limit", "0"),
        ("limit", "1001"),
        ("type", "x" * 101),
        ("lang", "x" * 36),
        ("page", "2"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(name, value):
    problem = assert_problem(Client().get(URL, {name: value}), 422)
    assert [error["parameter"] for error in problem["errors"]] == [name]


def test_page_that_leaves_a_list_is_told_where_it_was_listed():
    area, other = (append(path=f"/{n}/", type="pledges.focus_area") for n in "ab")
    article = append(path="/c/", document=page_document(focus_areas=[str(area.key)]))
    moved = follow(article, document=page_document(focus_areas=[str(other.key)]))
    (entry,) = feed(since=moved.pk - 1)["items"]

    assert {a["key"] for a in entry["affects"]} >= {str(area.key), str(other.key)}


def test_more_pages_than_can_be_named_are_all_pages(monkeypatch):
    monkeypatch.setattr(affected, "MOST", 3)
    block = append(kind="block", path="", type="core.contact", document={})
    named = page_document(contact_block=str(block.key))
    for number in range(4):
        append(path=f"/{number}/", type="home.standard", document=named)
    entry = feed(since=block.pk - 1)["items"][0]

    assert entry["affects_all"]
    assert {a["key"] for a in entry["affects"]} == {str(block.key)}
    assert affected.keys(Publication.objects.filter(pk=block.pk)) is None


def test_the_feed_costs_the_same_whatever_its_length(django_assert_max_num_queries):
    for number in range(12):
        page = append(path=f"/{number}/")
        follow(page, action="move", path=f"/ny-{number}/")
    for limit in (1, 24):
        with django_assert_max_num_queries(10):
            feed(since=page.pk - 24, limit=limit)
