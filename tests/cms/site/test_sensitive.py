"""Pages on which somebody's safety may depend: a way out, numbers, and no traces."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from cms.reading.pages import Reading, read_path
from cms.settings.env import EnvironmentReader
from cms.site.context import page_context, report_href
from tests.factories.pages import edit, fresh, make_emergency, publish
from tests.factories.people import PASSWORD
from tests.factories.translations import translate
from tests.strict_html import faults

TITLE = "Lever du med någon som slår dig?"
INGRESS = "Det är inte ditt fel."
PATH = "/nyheter/stod/"
FINNISH = {"title": "Lyökö joku sinua?", "slug": "tuki", "SOS Alarm": "Hätäkeskus"}
REVEALING = ("Lever du", "slår", "inte ditt fel", "Lyökö")


@pytest.fixture
def numbers(site):
    return publish(make_emergency())


@pytest.fixture
def critical(site, numbers):
    """A safety-critical article, at ``/nyheter/stod/``."""
    return site.live_article(
        title=TITLE, ingress=INGRESS, slug="stod", contact_block=site.contact,
        sensitivity="safety_critical",
    )  # fmt: skip


@pytest.fixture
def finnish(critical, numbers):
    translate(numbers, "fi", FINNISH)
    return translate(critical, "fi", FINNISH)


@pytest.fixture
def ordinary(site):
    return site.live_article(title="Nya lampor", slug="nya-lampor")


@pytest.fixture
def soup(client):
    """The page at an address, as HTML."""
    return lambda path: BeautifulSoup(client.get(path).content, "html.parser")


# --- the way out ---


@pytest.mark.parametrize("path", [PATH, "/fi/nyheter/tuki/", "/ar/nyheter/stod/"])
def test_way_out_is_a_plain_link_and_comes_first_after_the_skip_link(
    finnish, soup, settings, path
):
    html = soup(path)

    skip, link, *_others = html.body.find_all("a")
    assert skip["href"] == "#content"
    assert link["href"] == settings.CMS_QUICK_EXIT_URL == "https://www.smhi.se/"
    assert set(link["rel"]) == {"noreferrer", "noopener", "nofollow"}
    assert link.text.strip()
    assert html.find(attrs={"data-quick-exit-hint": True}).has_attr("hidden")


def test_way_out_leads_where_the_municipality_says(critical, soup, settings):
    settings.CMS_QUICK_EXIT_URL = "https://example.org/vader"

    assert soup(PATH).find(class_="quick-exit").a["href"] == "https://example.org/vader"


@pytest.mark.parametrize("value", ["javascript:alert(1)", "smhi.se", "//smhi.se/"])
def test_way_out_is_a_web_address(value):
    reader = EnvironmentReader({"QUICK_EXIT_URL": value})

    with pytest.raises(Exception, match="QUICK_EXIT_URL is not"):
        reader.web_address("QUICK_EXIT_URL", "https://www.smhi.se/")


def test_script_of_the_way_out_is_small():
    from django.contrib.staticfiles import finders  # noqa: PLC0415

    found = finders.find("site/quick_exit.js")

    assert found
    assert Path(found).stat().st_size < 1024


# --- the numbers ---


def test_numbers_stand_before_the_text(critical, soup):
    main = soup(PATH).main

    assert [a["href"] for a in main.find_all("a")[:3]] == [
        "tel:112", "tel:+4620505050", "tel:11414",
    ]  # fmt: skip
    assert main.find("a").text.split() == ["112", "SOS", "Alarm"]
    assert "Ring 112 om du är i fara." in main.find(class_="emergency").text
    order = [tag.get("class") for tag in main.find_all(recursive=False)]
    assert order[0] == ["emergency"]


def test_numbers_are_in_the_readers_language(finnish, soup):
    section = soup("/fi/nyheter/tuki/").find(class_="emergency")

    assert "Hätäkeskus" in section.text
    assert not section.find(lang="sv")


def test_numbers_in_another_language_say_so(critical, soup):
    """The Somali frame around a Swedish page, where only Swedish numbers are public."""
    section = soup("/so/nyheter/stod/").find(class_="emergency")

    assert section["lang"] == "so"
    assert section.find(lang="sv").find("a")["href"] == "tel:112"


def test_new_numbers_are_on_the_page_at_once(critical, numbers, soup):
    publish(fresh(numbers), text="Ring 112 nu.")

    assert "Ring 112 nu." in soup(PATH).find(class_="emergency").text


# --- nothing that tells on the reader ---


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (PATH, "Sandvikens kommun"),
        ("/fi/nyheter/tuki/", "Sandvikenin kunta"),
        ("/ar/nyheter/stod/", "بلدية Sandviken"),
    ],
)
def test_head_of_the_page_names_the_municipality_alone(finnish, soup, path, name):
    html = soup(path)

    assert html.title.text == name
    assert html.find("meta", property="og:title")["content"] == name
    assert html.find("meta", attrs={"name": "description"}) is None
    assert html.find("meta", property="og:description") is None
    assert html.find("meta", property="og:image") is None
    assert not [word for word in REVEALING if word in str(html.head)]
    assert html.h1.text in {TITLE, FINNISH["title"]}


def test_title_for_search_engines_tells_nothing_either(critical, soup):
    publish(critical, seo_title="Slår någon dig?", search_description="Våld hemma")

    head = str(soup(PATH).head)
    assert "Slår" not in head
    assert "Våld" not in head


def test_search_engines_find_the_page_and_keep_no_copy(critical, soup):
    robots = soup(PATH).find("meta", attrs={"name": "robots"})["content"]

    assert robots == "noarchive"
    shown_in_swedish = soup("/so/nyheter/stod/")
    robots = shown_in_swedish.find("meta", attrs={"name": "robots"})["content"]
    assert robots == "noindex, noarchive"


def test_no_cache_keeps_the_page_and_no_site_learns_of_it(critical, client):
    response = client.get(PATH)

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.has_header("ETag")
    assert client.get(PATH, headers={"If-None-Match": "*"}).status_code == 200


def test_nothing_comes_from_anybody_else(critical, client, settings):
    response = client.get(PATH)

    policy = response["Content-Security-Policy"]
    assert "https:" not in policy
    assert "unsafe" not in policy
    html = BeautifulSoup(response.content, "html.parser")
    addresses = [tag["src"] for tag in html.find_all(src=True)] + [
        tag["href"] for tag in html.find_all("link") if "stylesheet" in tag["rel"]
    ]
    assert addresses
    assert not [address for address in addresses if urlsplit(str(address)).netloc]


def test_letter_to_the_municipality_does_not_name_the_page(finnish, soup):
    links = [
        unquote(a["href"])
        for a in soup("/fi/nyheter/tuki/").find_all("a")
        if "subject" in a.get("href", "")
    ]

    assert len(links) == 2
    for link in links:
        assert not [word for word in (*REVEALING, "tuki", "stod") if word in link]
        assert "Publication: " in link


def test_letter_about_an_ordinary_page_names_it(ordinary):
    reading = read_path("/nyheter/nya-lampor/")

    assert isinstance(reading, Reading)
    assert "Nya lampor" in unquote(report_href(reading, "Fel"))
    assert "/nyheter/nya-lampor/" in unquote(report_href(reading, "Fel"))


def test_page_is_well_formed(finnish, client):
    for path in (PATH, "/fi/nyheter/tuki/", "/so/nyheter/stod/"):
        assert faults(client.get(path).content.decode()) == []


# --- ordinary pages, and pages that stop being or become critical ---


def test_ordinary_page_has_none_of_it(ordinary, numbers, client):
    response = client.get("/nyheter/nya-lampor/")

    html = BeautifulSoup(response.content, "html.parser")
    assert "Nya lampor" in html.title.text
    assert not html.select(".quick-exit, .emergency, script[src*=quick_exit]")
    assert response["Cache-Control"].startswith("public")
    assert response.has_header("ETag")


def test_mark_counts_from_its_publication_on(site, ordinary, numbers, soup):
    edit(ordinary, sensitivity="safety_critical")
    assert not soup("/nyheter/nya-lampor/").select(".quick-exit")

    publish(ordinary, significance="wording", sensitivity="safety_critical")
    assert soup("/nyheter/nya-lampor/").select(".quick-exit")


def test_preview_shows_what_readers_will_see(site, numbers, client):
    draft = site.article(title=TITLE, sensitivity="safety_critical")
    edit(draft)
    client.login(username="admin", password=PASSWORD)

    response = client.get(f"/admin/pages/{draft.pk}/view_draft/")

    html = BeautifulSoup(response.content, "html.parser")
    assert html.select(".quick-exit")
    assert html.select(".emergency")


def test_page_without_numbers_still_has_the_way_out(critical):
    """A draft is looked at before anybody has written the numbers."""
    answer = read_path(PATH)
    assert isinstance(answer, Reading)
    reading = replace(answer, emergency=None)

    assert reading.is_sensitive
    assert page_context(reading)["quick_exit_url"]


# --- the API ---


def test_api_says_what_a_front_end_must_do(finnish, client):
    key = finnish.translation_key

    answer = client.get(f"/api/v1/pages/{key}?lang=fi").json()

    assert answer["sensitivity"] == "safety_critical"
    assert answer["neutral_title"] == "Sandvikenin kunta"
    assert answer["emergency"]["lang"] == "fi"
    assert answer["emergency"]["is_fallback"] is False
    first = answer["emergency"]["numbers"][0]
    assert first == {
        "id": first["id"], "label": "Hätäkeskus", "tel": "112", "display": "112",
        "note": "fi: Öppet dygnet runt, gratis.", "lang": None,
    }  # fmt: skip


def test_api_says_nothing_of_it_about_an_ordinary_page(ordinary, numbers, client):
    answer = client.get(f"/api/v1/pages/{ordinary.translation_key}").json()

    assert answer["sensitivity"] == "normal"
    assert answer["neutral_title"] is None
    assert answer["emergency"] is None
