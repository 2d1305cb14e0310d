"""Places on a page: a list that says everything, and what the map is given."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders

from cms.site.middleware import site_policy
from tests.factories.pages import fresh, make_emergency, publish
from tests.factories.places import EXACT

PAGES = {
    "sv": "/nyheter/nu-tands-lamporna/",
    "fi": "/fi/nyheter/valot-syttyvat/",
    "ar": f"/ar/nyheter/{quote('المصابيح')}/",
    "so": "/so/nyheter/nu-tands-lamporna/",
}
TILES = "https://kartor.example/{z}/{x}/{y}.png"


def get(client, tag="sv"):
    response = client.get(PAGES[tag])
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def item(page, name):
    """The entry of the list with this name."""
    (found,) = [
        each
        for each in page.find_all(class_="place")
        if each.find(class_="place__name").get_text() == name
    ]
    return found


def test_list_says_everything(places, client):
    page = get(client)

    tunnel = item(page, "Gångtunneln vid stationen")
    path = item(page, "Cykelvägen västerut")

    assert page.find("section", class_="places-block").h2.get_text() == "Platserna"
    assert len(page.find_all(class_="place")) == len(places.all)
    for words in (
        "Sandviken",
        "Tunneln har fått starkare lampor.",
        "Sandvikens kommun",
    ):
        assert words in tunnel.get_text()
    assert tunnel.find("time")["datetime"] == "2018-11-20"
    assert [each["alt"] for each in tunnel.find_all("img")] == [
        "En mörk tunnel", "Tunneln med ljusa väggar",
    ]  # fmt: skip
    assert path.find("a")["href"] == "https://felanmalan.example/"
    assert path.find("a")["rel"] == ["external"]


def test_state_of_the_lighting_is_in_words_beside_the_icon(places, client):
    page = get(client)
    words = {}
    for name in ("Gångtunneln vid stationen", "Cykelvägen västerut", "Bron i Årsunda"):
        badge = item(page, name).find(class_="place__light")
        assert badge.svg["aria-hidden"] == "true"
        words[name] = badge.get_text().strip()

    assert all(words.values())
    assert len(set(words.values())) == len(words)
    assert item(page, "Parken i Hammarby").find(class_="place__light") is None


def test_reader_gets_their_language_or_a_marked_swedish(places, client):
    page = get(client, "ar")

    own = item(page, "نفق المشاة عند المحطة").find(class_="place__name")
    other = item(page, "Bron i Årsunda").find(class_="place__name")

    assert "lang" not in own.attrs
    assert (other["lang"], other["dir"]) == ("sv", "ltr")


def language_of(element):
    return element.get("lang") or element.find_parent(lang=True)["lang"]


def test_name_in_the_readers_language_on_a_page_in_swedish(places, client):
    """Nobody has translated the page to Somali: words of the site are, places are not."""
    page = get(client, "so")

    entry = item(page, "Bron i Årsunda")

    assert page.main["lang"] == "sv"
    assert language_of(entry.find(class_="place__name")) == "sv"
    assert language_of(entry.find(class_="place__facts")) == "so"


def test_owner_is_named_officially_and_explained(places, client):
    owner = item(get(client, "fi"), "Bron i Årsunda").dd

    assert " ".join(owner.get_text().split()) == "Trafikverket (valtion tienpitäjä)"


def test_rename_of_a_place_shows_on_the_page_at_once(places, client):
    publish(fresh(places.track), name="Motionsspåret i Järbo")

    assert item(get(client), "Motionsspåret i Järbo")
    assert "Elljusspåret" not in client.get(PAGES["sv"]).content.decode()


def test_map_is_given_what_is_on_the_map_and_no_more_exactly(places, client):
    page = get(client)

    given = [json.loads(each["data-place"]) for each in page.select("[data-place]")]

    assert [each["precision"] for each in given] == ["street", "street", "area", "area"]
    assert given[2]["geometry"]["coordinates"] == [16.74, 60.52]
    assert "data-place" not in item(page, "Parken i Hammarby").attrs
    assert not any(f"{value:.3f}" in str(page) for value in EXACT)


def test_nothing_on_the_page_runs_or_styles_inline(places, client):
    html = client.get(PAGES["sv"]).content.decode()

    # Data for search engines is no program.
    program = r"<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\")"
    assert not re.search(rf"<style|\sstyle=|\son\w+=|{program}", html)


def test_everything_the_map_loads_is_ours(places, client):
    page = get(client)
    frame = page.select_one("[data-places]")

    addresses = [frame["data-leaflet-script"], frame["data-leaflet-style"]]
    addresses += [each["src"] for each in page.find_all("script", src=True)]
    addresses += [each["href"] for each in page.find_all("link", rel="stylesheet")]

    for address in addresses:
        assert address.startswith("/static/")
        assert finders.find(address.removeprefix("/static/"))
    assert "data-images" not in frame.attrs


def test_page_without_places_loads_no_map(places, client):
    html = client.get("/nyheter/").content.decode()

    assert "places.css" not in html
    assert "map.js" not in html
    assert "leaflet" not in html


def test_page_whose_places_are_not_on_the_map_has_the_list_alone(places, client):
    shown = [("places", {"heading": "", "places": [places.hidden]})]
    publish(fresh(places.article), body=shown)

    page = get(client)

    assert item(page, "Parken i Hammarby")
    assert page.select_one("[data-places]") is None
    assert "map.js" not in str(page)


def test_preview_shows_a_draft_as_readers_would_meet_it(places, rf):
    draft = fresh(places.bridge)
    draft.measure = "Ärendet är skickat."

    response = draft.serve_preview(rf.get("/"), "")
    page = BeautifulSoup(response.content, "html.parser")

    entry = item(page, "Bron i Årsunda")
    assert "Ärendet är skickat." in entry.get_text()
    assert "Trafikverket" in entry.dd.get_text()
    assert page.select_one("[data-place]") == entry
    assert not any(f"{value:.3f}" in str(page) for value in EXACT)


# --- images behind the places ---


def test_no_other_host_may_be_asked_by_default(places, client):
    policy = client.get(PAGES["sv"])["Content-Security-Policy"]

    assert "img-src 'self';" in policy
    assert "://" not in policy


def test_map_images_come_from_the_host_that_is_set(places, client, settings):
    settings.CMS_MAP_TILES_URL = TILES
    settings.CMS_MAP_ATTRIBUTION = "© Kartverket, https://kartor.example/villkor <b>"

    response = client.get(PAGES["sv"])
    page = BeautifulSoup(response.content, "html.parser")
    attribution = page.template.find(class_="map__attribution")

    assert page.select_one("[data-places]")["data-images"] == TILES
    assert (
        "img-src 'self' https://kartor.example;" in response["Content-Security-Policy"]
    )
    assert attribution.a["href"] == "https://kartor.example/villkor"
    assert attribution.b is None


def test_safety_critical_page_asks_nobody_for_a_map(places, client, settings):
    settings.CMS_MAP_TILES_URL = TILES
    publish(make_emergency())
    publish(fresh(places.article), sensitivity="safety_critical")

    response = client.get(PAGES["sv"])

    assert "kartor.example" not in response.content.decode()
    assert "kartor.example" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "host"),
    [("", ""), ("/tiles/{z}/{x}/{y}.png", ""), (TILES, " https://kartor.example")],
)
def test_policy_names_the_host_of_the_images_alone(settings, address, host):
    settings.CMS_MAP_TILES_URL = address

    assert f"img-src 'self'{host};" in site_policy("'none'")
    assert "img-src 'self';" in site_policy("'none'", with_maps=False)
