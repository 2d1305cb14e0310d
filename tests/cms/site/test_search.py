"""The search page, and the way to it from every page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from cms.site.search import search_path
from tests.factories.pages import make_emergency, make_standard, publish
from tests.factories.translations import translate
from tests.strict_html import faults

pytestmark = pytest.mark.django_db


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def test_the_form_is_on_every_page_and_leads_to_the_readers_search(site, client):
    for path, action in (("/", "/sok/"), ("/fi/", "/fi/search/"), ("/nej/", "/sok/")):
        form = soup(client.get(path)).find("form", role="search")
        assert (form["action"], form["method"]) == (action, "get")
        assert form.find("label")["for"] == form.find("input", {"name": "q"})["id"]


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/sok", "/sok/"),
        ("/search/?q=a", "/sok/?q=a"),
        ("/sv/search/", "/sok/"),
        ("/fi/sok/?q=%C3%B6", "/fi/search/?q=%C3%B6"),
        ("/FI/search/", "/fi/search/"),
    ],
)
def test_other_spellings_lead_to_the_address(site, client, asked, there):
    answer = client.get(asked)

    assert (answer.status_code, answer.headers["Location"]) == (301, there)


def test_a_page_called_search_below_another_is_a_page(site, client):
    publish(make_standard(site.index, title="Sök i arkivet", slug="sok"))

    assert "Sök i arkivet" in client.get("/nyheter/sok/").text
    assert client.get("/uk/search/").status_code == 404


def test_hits_are_marked_with_their_language(site, client):
    lamps = site.live_article(title="<b>Gatubelysning</b> & Storvik")
    site.live_article(title="Storvik")
    translate(lamps, "ar", {"title": "الإنارة في Storvik"})

    answer = client.get("/ar/search/", {"q": "Storvik"})
    page = soup(answer)

    own, swedish = page.select(".hit")
    assert own.get("lang") is None
    assert (swedish["lang"], swedish["dir"]) == ("sv", "ltr")
    assert swedish.find(class_="hit__facts")["lang"] == "ar"
    assert own.find("a")["href"].startswith("/ar/")
    assert [mark.text for mark in page.select(".hit h3 mark")] == ["Storvik"] * 2
    assert [h.name for h in page.select("main h1, main h2, main h3")] == [
        "h1", "h2", "h3", "h2", "h3",
    ]  # fmt: skip
    assert "2" in page.find(role="status").text
    assert "Storvik" not in page.title.text
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "public" not in answer.headers["Cache-Control"]
    assert faults(answer.text) == []
    assert "&lt;b&gt;" in client.get("/sok/?q=storvik").text


def test_nothing_found_says_so_and_helps(site, client):
    page = soup(client.get("/sok/", {"q": '"><script>xyzzy'}))

    assert page.find(role="status").text
    assert page.find(class_="search-help")
    assert page.find("input", {"name": "q"})["value"] == '"><script>xyzzy'
    assert not page.find("main").find("script")


def test_a_search_that_finds_help_is_kept_by_nobody(site, client):
    publish(make_emergency())
    publish(
        make_standard(site.home, title="Skyddat boende", sensitivity="safety_critical")
    )

    kept = client.get("/sok/", {"q": "skyddat boende"}).headers["Cache-Control"]

    assert kept == "private, no-store"


def test_pages_of_hits(site, client, monkeypatch):
    monkeypatch.setattr("cms.site.search.PAGE_SIZE", 1)
    site.live_article(title="Kvarter ett")
    site.live_article(title="Kvarter två")

    first = soup(client.get("/sok/?q=kvarter"))
    onward = first.find("a", rel="next")["href"]
    second = soup(client.get(onward))

    assert second.find("a", rel="prev")["href"] == "/sok/?q=kvarter"
    titles = {page.find(class_="hit__title").text for page in (first, second)}
    assert titles == {"Kvarter ett", "Kvarter två"}
    for page in ("3", "0", "-1", "x", "٣", "9" * 30):
        assert client.get("/sok/", {"q": "kvarter", "page": page}).status_code == 404


def test_any_question_gets_an_answer(site, client):
    for text in ("", " ", "\u202e", "a" * 3000, "'", "🧨", "%", "-x"):
        assert client.get(search_path("fi"), {"q": text}).status_code == 200
    assert client.get("/sok/?q=%00").status_code == 400
    assert client.get("/sok/?q=%ff").status_code == 400
