"""Searching through the API."""

from __future__ import annotations

import pytest

from cms.gate import actions
from tests.factories.pages import publish
from tests.factories.people import person
from tests.factories.translations import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client):
    return lambda **query: client.get("/api/v1/search", query)


def test_what_a_front_end_gets(site, get):
    lamps = site.live_article(title="Gatubelysning", ingress="Vi byter <lampor> & mer.")
    site.live_article(title="Mer om gatubelysning")
    translate(lamps, "fi", {"title": "Katuvalot", "ingress": "Vaihdamme lamput."})

    own = get(q="katuvalot", lang="FI").json()["items"]
    found = get(q="gatubelysning", lang="fi", limit=1)
    rest = get(q="gatubelysning", lang="fi", cursor=found.json()["next_cursor"]).json()

    assert [(hit["title"], hit["lang"], hit["state"]) for hit in own] == [
        ("Katuvalot", "fi", "current")
    ]
    assert found.headers["Cache-Control"].startswith("public")
    assert (found.json()["total"], found.json()["total_is_exact"]) == (2, True)
    hits = found.json()["items"] + rest["items"]
    assert rest["next_cursor"] is None
    assert [hit["lang"] for hit in hits] == ["sv", "sv"]
    assert {hit["state"] for hit in hits} == {"current", "missing"}
    [snippet] = [h["snippet"] for h in hits if h["title"] == "Gatubelysning"]
    assert "".join(piece["text"] for piece in snippet) == "Vi byter <lampor> & mer."
    assert get(q="gatubelysning", type="home.home").json()["items"] == []


def test_nobody_finds_the_title_of_what_is_not_public(site, get):
    secret = site.article(title="HEMLIGT", slug="hemligt")
    seen = []

    def look():
        seen.append(get(q="HEMLIGT", lang="fi").json()["total"])

    look()
    secret = publish(secret)
    look()
    translate(secret, "fi", {"title": "HEMLIGT suomeksi"}, submit=False)
    look()
    actions.withdraw(secret, by=person("approver"))
    look()
    assert seen == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("query", "status", "named"),
    [
        ({}, 422, "q"),
        ({"q": "a" * 201}, 422, "q"),
        ({"q": "a", "cursor": "zzz"}, 422, "cursor"),
        ({"q": "a", "cursor": "MA"}, 422, "cursor"),
        ({"q": "a", "limit": "51"}, 422, "limit"),
        ({"q": "a", "type": "x"}, 422, "type"),
        ({"q": "a", "sida": "2"}, 422, "sida"),
        ({"q": "a", "lang": "xx"}, 404, "xx"),
        ({"q": "a\x00"}, 400, "text"),
    ],
)
def test_a_question_that_makes_no_sense(site, get, query, status, named):
    answer = get(**query)

    assert answer.status_code == status
    assert named in answer.json()["detail"]
    assert answer.headers["Content-Type"] == "application/problem+json"
