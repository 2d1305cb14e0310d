"""What a public page shows, and in which form."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from cms.gate import actions
from cms.reading.notices import in_language
from tests.factories.pages import publish
from tests.factories.people import person
from tests.factories.town import ARABIC_SLUG, publish_copies
from tests.strict_html import faults

TAGS = ("sv", "fi", "ar", "so")
SWEDISH = (
    "/",
    "/nyheter/",
    "/service/",
    "/nyheter/nya-lampor/",
    "/nyheter/bara-svenska/",
    "/nyheter/nya-tider/",
    "/nyheter/nytt/",
)
EVERY_PAGE = [
    (f"/{tag}{path}" if tag != "sv" else path) for tag in TAGS for path in SWEDISH
]


@pytest.fixture
def get(client):
    """Get an address and follow what is a redirect."""
    return lambda path, **headers: client.get(path, follow=True, headers=headers)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def notices(response):
    return [
        mark
        for notice in soup(response).find_all(class_="passport__notice")
        for mark in notice["class"]
        if mark.startswith("passport__notice--")
    ]


def test_links_lead_to_the_readers_pages(town, get):
    html = soup(get("/fi/nyheter/uudet-lamput/"))

    paragraph = html.find(class_="text")
    service, other, _file = paragraph.find_all("a")
    assert (service["href"], service.get("hreflang")) == ("/fi/palvelu/", None)
    assert (other["href"], other["hreflang"]) == ("/fi/nyheter/bara-svenska/", "sv")
    assert "det inställda" in paragraph.text
    assert "cms:" not in str(html)


def test_list_of_links_drops_what_was_withdrawn(town, get):
    links = soup(get("/nyheter/nya-lampor/")).find(class_="links").find_all("a")

    assert [link.text for link in links] == [
        "Service", "Bara svenska", "Polisen", "Planen",
    ]  # fmt: skip


def test_link_disappears_when_its_target_is_withdrawn(town, client):
    actions.withdraw(town.plain, by=person("approver"))

    html = soup(client.get("/nyheter/nya-lampor/"))

    assert "/nyheter/bara-svenska/" not in [a["href"] for a in html.find_all("a")]
    assert "mer" in html.find(class_="text").text


@pytest.mark.parametrize(
    ("path", "entries"),
    [
        ("/", [("Nyheter", "/nyheter/", None), ("Service", "/service/", None)]),
        ("/fi/", [("Nyheter", "/fi/nyheter/", "sv"), ("Palvelu", "/fi/palvelu/", None)]),
        ("/ar/", [("Nyheter", "/ar/nyheter/", "sv"), ("Service", "/ar/service/", "sv")]),
    ],
)  # fmt: skip
def test_menu_has_the_readers_titles_or_marks_its_swedish(town, client, path, entries):
    links = soup(client.get(path)).find(class_="menu").find_all("a")

    assert [(a.text, a["href"], a.get("lang")) for a in links] == entries


def test_breadcrumbs_lead_up_in_the_readers_language(town, client):
    html = soup(client.get("/fi/nyheter/uudet-lamput/")).find(class_="breadcrumbs")

    assert [a["href"] for a in html.find_all("a")] == ["/fi/", "/fi/nyheter/"]


def test_changed_contact_block_shows_on_every_page_at_once(town, client):
    """R-09."""
    publish(town.contact, visiting_street="Smedsgatan 23")

    for path in ("/nyheter/nya-lampor/", "/so/nyheter/nya-lampor/"):
        assert "Smedsgatan 23" in client.get(path).content.decode()


@pytest.mark.parametrize(("tag", "lang"), [("fi", "fi"), ("so", "sv")])
def test_contact_block_is_translated_or_marked(town, get, tag, lang):
    block = soup(get(f"/{tag}/nyheter/nya-lampor/")).find(class_="contact")

    assert block.find(class_="contact__name").parent.get("lang", tag) == lang


def test_outdated_translation_says_so_and_current_does_not(town, client):
    assert "passport__notice--outdated" in notices(
        client.get("/fi/nyheter/uudet-ajat/")
    )
    assert notices(client.get("/fi/nyheter/uudet-lamput/")) == [
        "passport__notice--human"
    ]


def test_change_of_wording_needs_no_notice(town, client):
    assert notices(client.get("/fi/nyheter/vanha/")) == ["passport__notice--human"]


def test_critical_change_is_said_first(town, client):
    publish(town.lamps, ingress="Ring 112.", significance="critical")

    assert "passport__notice--critical" in notices(
        client.get("/fi/nyheter/uudet-lamput/")
    )


def test_notices_are_in_the_readers_language(town, get):
    for tag in ("fi", "ar", "so"):
        (expected,) = in_language(tag, ["not_translated"])
        text = soup(get(f"/{tag}/nyheter/bara-svenska/")).find(class_="passport").text
        assert " ".join(expected.text.split()) in " ".join(text.split())


def test_index_lists_every_article_and_marks_fallbacks(town, client):
    cards = soup(client.get("/fi/nyheter/")).find_all(class_="card")

    titles = {card.a.text: (card.a["href"], card.get("lang")) for card in cards}
    assert titles["Uudet lamput"] == ("/fi/nyheter/uudet-lamput/", None)
    assert titles["Bara svenska"] == ("/fi/nyheter/bara-svenska/", "sv")
    assert "Inställt" not in titles
    assert len(cards) == 4


def test_long_index_is_read_page_by_page(town, client):
    publish_copies(town.plain, 20)
    seen = []

    path = "/nyheter/"
    while path:
        html = soup(client.get(path))
        seen += [card.a["href"] for card in html.find_all(class_="card")]
        following = html.find("a", rel="next")
        path = following and following["href"]

    assert len(seen) == len(set(seen)) == 24
    assert seen[-1] == "/nyheter/nr-1/"
    second = soup(client.get("/so/nyheter/?page=2"))
    assert len(second.find_all(class_="card")) == 4
    assert second.find("a", rel="prev")["href"] == "/so/nyheter/"


@pytest.mark.parametrize(
    "number", ["0", "-1", "2", "x", "", "1.5", "٢", "²", "9" * 22, "1e3", "1&page=9"]
)
def test_page_of_a_list_that_is_not_there(town, client, number):
    assert client.get(f"/nyheter/?page={number}").status_code == 404


def test_article_has_no_second_page(town, client):
    assert client.get("/nyheter/nya-lampor/?page=2").status_code == 404
    assert client.get("/nyheter/nya-lampor/?page=1").status_code == 200


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_page_is_strict_html(town, get, path):
    """One h1, no jumps, unique ids, nothing a browser has to mend."""
    assert faults(get(path).content.decode()) == []


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_link_of_ours_is_answered(town, get, path):
    """Files aside, and the statement that the town lacks."""
    html = soup(get(path))

    hrefs = {a["href"].split("#")[0] for a in html.find_all("a")}
    pages = {href for href in hrefs if href.startswith("/")}
    for href in pages:
        if not href.startswith("/media/files/") and "tillganglighet" not in href:
            assert get(href).status_code == 200, href


@pytest.mark.parametrize("path", ["/", "/fi/nyheter/uudet-lamput/", "/x/", "/nyheter"])
def test_browser_may_do_nothing_but_show_the_page(town, client, path):
    response = client.get(path)

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"unsafe|\*|https?:", policy)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"]
    assert response["Permissions-Policy"]


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_page_runs_nothing_inline_and_loads_nothing_from_others(town, get, path):
    html = soup(get(path))

    assert not html.find_all("style")
    assert not html.find_all(style=True)
    loaded = [tag["src"] for tag in html.find_all(src=True)]
    loaded += [tag["href"] for tag in html.find_all("link", rel=["stylesheet", "icon"])]
    assert all(
        address.startswith(("/static/", "/media/", "/media/files/"))
        for address in loaded
    )
    data = {"type": "application/ld+json"}
    programs = [tag for tag in html.find_all("script") if tag.attrs != data]
    assert all(not tag.text.strip() for tag in programs)


@pytest.mark.parametrize(
    "path", ["/", "/fi/nyheter/uudet-lamput/", "/nyheter/", "/x/", "/nyheter/installt/"]
)
def test_nothing_but_the_address_changes_a_page(town, client, path):
    """T21: neither language, cookies, host names of proxies nor odd parameters."""
    plain = client.get(path)
    client.cookies["django_language"] = "ar"
    client.cookies["sessionid"] = "x"

    for headers in (
        {"Accept-Language": "ar"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
        {"X-Forwarded-For": "1.2.3.4", "Authorization": "Bearer x"},
        {"Accept": "application/json"},
    ):
        other = client.get(path, headers=headers)
        assert (other.status_code, other.content) == (plain.status_code, plain.content)
    assert client.get(f"{path}?utm_source=x&lang=ar").content == plain.content


@pytest.mark.parametrize("path", [*SWEDISH, "/fi/", "/x/", "/nyheter", "/robots.txt"])
def test_public_answer_sets_no_cookie_and_varies_by_none(town, client, path):
    client.force_login(person("admin"))
    response = client.get(path)

    assert not response.cookies
    assert "Set-Cookie" not in response
    vary = response.get("Vary", "").lower()
    assert "cookie" not in vary
    assert "accept-language" not in vary


def test_page_may_be_kept_by_caches_for_a_short_while(town, client):
    assert client.get("/")["Cache-Control"].startswith("public, max-age=0,")


@pytest.mark.parametrize(
    "path", ["/", "/x/", "/nyheter", "/nyheter/installt/", "/livez"]
)
def test_head_is_get_without_a_body(town, client, path):
    get, head = client.get(path), client.head(path)

    assert head.status_code == get.status_code
    assert head.content == b""
    assert head.headers == get.headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", ["/", "/x/", "/livez", "/robots.txt"])
def test_public_pages_are_only_read(town, path, method):
    """405 also for a form that has no token of ours."""
    response = getattr(Client(enforce_csrf_checks=True), method)(path)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_canonical_address_is_encoded(town, client):
    html = soup(client.get(f"/ar/nyheter/{ARABIC_SLUG}/"))

    expected = f"http://testserver{quote(f'/ar/nyheter/{ARABIC_SLUG}/')}"
    assert html.find("link", rel="canonical")["href"] == expected


def test_hreflang_joins_translations_only(town, client):
    """R-06."""
    html = soup(client.get("/nyheter/nya-lampor/"))

    tags = [link["hreflang"] for link in html.find_all("link", hreflang=True)]
    assert tags == ["sv", "fi", "ar", "x-default"]


def test_first_publication_is_shown_beside_the_update(town, client):
    """R-38."""
    with time_machine.travel("2018-02-02 09:00+01:00", tick=False):
        page = town.site.live_article(slug="datum")
    with time_machine.travel("2018-03-05 10:00+01:00", tick=False):
        publish(page, ingress="Nytt.")

    foot = soup(client.get("/nyheter/datum/")).find(class_="page-foot__dates").text

    assert "2018-03-05 10.00" in foot
    assert "2018-02-02" in foot or "2 februari 2018" in foot
