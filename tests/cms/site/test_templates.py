"""What a resident finds on a page, in each state of its translation."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from tests.cms.site import readings
from tests.cms.site.readings import STOCKHOLM, passport, reading

TRANSLATED = dt.datetime(2018, 2, 5, 10, 12, tzinfo=STOCKHOLM)
BASE = "https://www.sandviken.example"


def render(template: str, language: Any, **context: Any) -> Any:
    """Render in the reader's language, as the views do."""
    with translation.override(language.tag.lower()):
        html = render_to_string(template, {"language": language, **context})
    assert not re.search(
        r"<style|\sstyle=|\son\w+=|<script(?![^>]*(\ssrc=|\+json))", html
    )
    return BeautifulSoup(html, "html.parser")


def render_page(page: Any, **context: Any) -> Any:
    standard = {
        "reading": page,
        "site_name": "Sandvikens kommun",
        "report_href": "mailto:medborgarservice@sandviken.se?subject=Fel",
        "canonical_url": f"{BASE}{page.path}",
        "base_url": BASE,
        "accessibility_path": "/tillganglighetsredogorelse/",
    }
    return render("site/page.html", page.requested, **(standard | context))


def machine_page() -> Any:
    """An Arabic page that no person has read."""
    notice = ("machine", "ترجمة آلية – لم تُراجَع. النص السويدي هو المعتمد.")
    return reading(
        "ar",
        passport=passport("ar", "ar", notice, origin="machine"),
        translation_updated_at=TRANSLATED,
    )


def fallback_page() -> Any:
    """A page that Somali readers get in Swedish."""
    notices = [
        ("not_translated", "Boggan weli laguma turjumin af Soomaali."),
        ("shown_in_swedish", "Bogga waxaa lagu muujinayaa af Iswiidhish."),
        ("easy_read_available", "Bogga waxaa lagu heli karaa af Iswiidhish fudud."),
    ]
    facts = {"fallback_reason": "missing", "freshness": "missing"}
    return reading("so", "sv", passport=passport("so", "sv", *notices, **facts))


def critical_page() -> Any:
    """A Finnish page whose Swedish original has changed in something important."""
    notices = [
        ("human", "Kääntäjän kääntämä"),
        ("critical", "Lue ensin ruotsinkielinen."),
    ]
    facts = {"origin": "human", "review": "approved", "freshness": "outdated"}
    return reading(
        "fi",
        passport=passport(
            "fi", "fi", *notices, translation_updated_at=TRANSLATED, **facts
        ),
        translation_updated_at=TRANSLATED,
    )


def test_page_states_its_language_and_direction():
    """R-08."""
    page = render_page(machine_page())

    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert not page.main.has_attr("lang")
    assert len(page.find_all("h1")) == 1


def test_title_names_page_and_municipality():
    """R-18."""
    page = render_page(reading("sv"))

    assert page.title.string == f"{readings.TITLES['sv']} – Sandvikens kommun"


def test_name_of_the_municipality_is_in_the_readers_language():
    page = render_page(critical_page())

    assert page.find(class_="brand").get_text(strip=True) == "Sandvikenin kunta"
    assert page.title.string.endswith("– Sandvikenin kunta")


def test_fallback_marks_the_swedish_text_and_keeps_the_frame():
    """R-05: chrome and notice in Somali, text marked as Swedish."""
    page = render_page(fallback_page())
    note = page.find(role="note")

    assert page.html["lang"] == "so"
    assert (page.main["lang"], page.main["dir"]) == ("sv", "ltr")
    assert (page.title["lang"], note["lang"]) == ("sv", "so")
    assert page.find(class_="page-foot")["lang"] == "so"
    assert page.find(class_="contact")["lang"] == "so"
    assert "Boggan weli laguma turjumin" in note.get_text()
    assert note.a["href"] == readings.PATHS["sv-x-lattlast"]


@pytest.mark.parametrize("build", [machine_page, fallback_page])
def test_unchecked_or_missing_translation_is_kept_from_search_engines(build):
    """R-06."""
    page = render_page(build())

    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
    assert page.find_all("link", hreflang=True) == []


def test_hreflang_joins_only_real_translations():
    """R-06: neither the machine's text, nor what is missing, nor easy Swedish."""
    page = render_page(reading("sv"))
    links = {link["hreflang"]: link["href"] for link in page("link", hreflang=True)}

    assert set(links) == {"sv", "fi", "en", "x-default"}
    assert links["x-default"] == links["sv"] == BASE + readings.PATHS["sv"]
    assert page.find("meta", {"name": "robots"}) is None


def test_machine_notice_stands_first_and_leads_to_the_original():
    page = render_page(machine_page())
    note = page.find(role="note")
    origin = page.find("meta", {"name": "translation-origin"})

    assert note.find_previous("h1")
    assert note.find_next(class_="ingress")
    assert note.strong.get_text() == "ترجمة آلية – لم تُراجَع."
    assert note.a["href"] == readings.PATHS["sv"]
    assert origin["content"] == "machine"


def test_critical_change_puts_the_swedish_page_before_everything():
    page = render_page(critical_page())
    paragraphs = page.find(role="note").find_all("p")

    assert paragraphs[0].a["href"] == readings.PATHS["sv"]
    assert "Lue ensin" in paragraphs[1].get_text()


def test_original_has_no_passport_box():
    assert render_page(reading("sv")).find(role="note") is None


def test_language_switch_names_each_language_and_its_state():
    """R-02, R-03, R-04."""
    page = render_page(reading("sv"))
    links = page.find(class_="language-switch").find_all("a")
    states = {link["hreflang"]: link.find_all("span")[1].get_text() for link in links}
    arabic = links[4].span

    assert [link["href"] for link in links] == list(readings.PATHS.values())
    assert states["so"] == "inte översatt"
    assert states["ar"] == "maskinöversatt, inte granskad"
    assert states["en"] == "delvis inaktuell"
    assert states["fi"] == "granskad översättning"
    assert (arabic["lang"], arabic["dir"], arabic.get_text()) == (
        "ar",
        "rtl",
        "العربية",
    )
    assert links[0]["aria-current"] == "true"


def test_language_switch_is_within_ten_tab_stops():
    """R-02."""
    page = render_page(reading("sv"))
    stops = page.find_all(["a", "summary", "button"])[:10]

    assert "summary" in [stop.name for stop in stops]
    assert stops[0]["href"] == "#content"


def test_foot_shows_when_the_page_was_updated():
    """R-35, R-36."""
    foot = render_page(reading("sv")).find(class_="page-foot")

    assert "Sidan uppdaterad: 2018-02-02 15.59" in foot.get_text()
    assert foot.time["datetime"] == "2018-02-02T15:59:00+01:00"
    assert "Översättningen" not in foot.get_text()


def test_foot_of_a_translation_shows_both_dates_and_both_reports():
    """R-37, R-41."""
    foot = render_page(critical_page()).find(class_="page-foot")
    text = " ".join(foot.get_text().split())

    assert "Sivu päivitetty: 2. helmikuuta 2018 klo 15.59" in text
    assert "Käännös päivitetty: 5. helmikuuta 2018 klo 10.12" in text
    assert "Lue sivu ruotsiksi" in text
    assert "Ilmoita käännösvirheestä" in text
    assert "medborgarservice@sandviken.se" in text


def test_quote_has_marks_speaker_and_says_that_it_is_translated():
    """R-24, R-25."""
    swedish = render_page(reading("sv")).find(class_="quote")
    arabic = render_page(machine_page()).find(class_="quote")

    assert swedish.blockquote.get_text(strip=True).startswith("”Det är ett")
    assert swedish.cite.get_text() == "Rolf Sundqvist"
    assert swedish.small is None
    assert arabic.blockquote.get_text(strip=True).startswith("«")
    assert arabic.small.get_text() == "الاقتباس مترجم من السويدية"


def test_links_say_where_they_lead():
    """R-32, R-33."""
    items = render_page(critical_page()).find(class_="links").find_all("li")
    inside, outside, file = (" ".join(item.get_text().split()) for item in items)

    assert inside.endswith("(ruotsiksi)")
    assert "Ulkoinen verkkosivusto" in outside
    assert "PDF, 340 kB" in file
    assert file.endswith("(dariksi)")


def test_contact_block_has_labels_of_the_page_and_isolated_numbers():
    """R-10, R-11, R-13, R-14."""
    block = render_page(machine_page()).find(class_="contact")
    labels = [label.get_text(strip=True) for label in block.find_all("dt")]
    phone = block.find("a", href="tel:+4626240000")
    mail = block.find("a", href="mailto:medborgarservice@sandviken.se")

    assert labels[:2] == ["الهاتف", "البريد الإلكتروني"]
    assert (phone.bdi["dir"], phone.get_text()) == ("ltr", "026-24 00 00")
    assert (mail.bdi["dir"], mail.get_text()) == (
        "ltr",
        "medborgarservice@sandviken.se",
    )
    assert block.find("bdi", string="08:00–17:00")
    assert "Українська" in block.get_text()


def test_contact_block_that_falls_back_is_marked():
    page = render_page(reading("ar", contact=readings.contact("sv")))
    name = page.find(class_="contact__name")

    assert (name.parent["lang"], name.parent["dir"]) == ("sv", "ltr")


def test_table_of_contents_appears_from_four_headings():
    """R-21."""
    full = reading("sv")
    short = reading("sv", document={**full.document, "body": full.document["body"][:5]})
    links = render_page(full).find(class_="contents").find_all("a")

    assert [link["href"] for link in links] == ["#h1", "#h2", "#h4", "#h5"]
    assert render_page(short).find(class_="contents") is None


def test_table_can_be_scrolled_by_keyboard_and_has_scopes():
    region = render_page(reading("sv")).find(class_="table-scroll")

    assert region["tabindex"] == "0"
    assert region.find(id=region["aria-labelledby"]).name == "caption"
    assert {cell["scope"] for cell in region.find_all("th")} == {"col", "row"}


def test_film_has_captions_and_a_transcript():
    film = render_page(reading("sv")).find(class_="video")

    tracks = film.find_all("track")
    assert [(t["srclang"], t["label"], t.has_attr("default")) for t in tracks] == [
        ("sv", "Svenska", True),
        ("fi", "Suomi", False),
    ]
    assert film.details.get_text(strip=True)


def test_unknown_block_is_left_out():
    assert "from_the_future" not in str(render_page(reading("sv")).main)


@pytest.mark.parametrize("page_type", ["articles.index", "home.home", "home.standard"])
def test_list_marks_what_is_in_another_language(page_type):
    item = {"title": "Nyhet", "ingress": "", "path": "/ar/nyhet/", "date": "2018-02-02"}
    child = readings.SimpleNamespace(**item, html_lang="sv", direction="ltr")
    page = render_page(
        reading("ar", type=page_type, children=[child], next_page="?p=2")
    )
    card = page.find(class_="card")

    assert (card["lang"], card["dir"]) == ("sv", "ltr")
    assert "(بالسويدية)" in card.get_text()
    assert card.find(class_="card__facts")["lang"] == "ar"


def test_preview_says_that_it_is_not_public():
    page = render_page(reading("sv", is_preview=True))

    assert "Förhandsvisning" in page.header.get_text()
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"


@pytest.mark.parametrize("name", ["400", "404", "410", "503"])
def test_error_page_keeps_languages_and_the_way_home(name):
    page = render(
        f"site/errors/{name}.html",
        readings.language("fi"),
        languages=readings.choices("fi"),
        navigation=reading("sv").navigation,
        home_path="/fi/",
        site_name="Sandvikenin kunta",
        notice="Huomautus.",
    )

    assert page.html["lang"] == "fi"
    assert "Huomautus." in page.main.get_text()
    assert page.find(class_="brand")["href"] == "/fi/"
    assert len(page.find(class_="language-switch").find_all("a")) == len(readings.PATHS)


@pytest.mark.parametrize("name", ["400", "404", "410", "503"])
def test_error_page_needs_nothing_from_the_database(name):
    html = render_to_string(f"site/errors/{name}.html", {})

    assert settings.CMS_SITE_NAME in html


def test_content_is_escaped_except_for_stored_html():
    page = render_page(reading("sv", title="<b>Fel</b> & rätt"))

    assert page.h1.get_text() == "<b>Fel</b> & rätt"
