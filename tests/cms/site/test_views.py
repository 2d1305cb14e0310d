"""What each public address answers."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.test import Client

from cms.gate import actions, record
from cms.reading.models import Language
from tests.factories.pages import make_standard, publish
from tests.factories.people import person
from tests.factories.town import ARABIC_SLUG
from tests.factories.translations import translate
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


@pytest.mark.parametrize(
    ("path", "served"),
    [
        ("/", "sv"),
        ("/nyheter/", "sv"),
        ("/nyheter/nya-lampor/", "sv"),
        ("/fi/palvelu/", "fi"),
        ("/fi/nyheter/uudet-lamput/", "fi"),
        (f"/ar/nyheter/{ARABIC_SLUG}/", "ar"),
        ("/fi/", "sv"),
        ("/fi/nyheter/bara-svenska/", "sv"),
        ("/so/nyheter/nya-lampor/", "sv"),
    ],
)
def test_page_is_there(town, client, path, served):
    response = client.get(path)

    assert response.status_code == 200
    assert response["Content-Language"] == served


@pytest.mark.parametrize("page", SWEDISH)
@pytest.mark.parametrize("tag", ["fi", "ar", "so"])
def test_swedish_path_answers_in_every_language(town, get, tag, page):
    """The translation if there is one, else Swedish in the chosen frame (R-05)."""
    response = get(f"/{tag}{page}")

    html = soup(response)
    assert response.status_code == 200
    assert response.request["PATH_INFO"].startswith(f"/{tag}/")
    assert html.html["lang"] == tag
    assert html.html["dir"] == ("rtl" if tag == "ar" else "ltr")
    fallback = response["Content-Language"] == "sv"
    assert fallback == ("passport__notice--not_translated" in notices(response))
    assert (html.main.get("lang") == "sv") == fallback


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/fi/nyheter/nya-lampor/", "/fi/nyheter/uudet-lamput/"),
        ("/ar/nyheter/nya-lampor/", f"/ar/nyheter/{ARABIC_SLUG}/"),
        ("/fi/service/", "/fi/palvelu/"),
        ("/FI/", "/fi/"),
        ("/Fi/nyheter/uudet-lamput/", "/fi/nyheter/uudet-lamput/"),
        ("/AR/nyheter/bara-svenska/", "/ar/nyheter/bara-svenska/"),
        ("/AR/nyheter/nya-lampor/", f"/ar/nyheter/{ARABIC_SLUG}/"),
        ("/sv/", "/"),
        ("/SV/nyheter/nya-lampor/", "/nyheter/nya-lampor/"),
        ("/nyheter", "/nyheter/"),
        ("/fi", "/fi/"),
        ("/FI", "/fi/"),
        ("/fi/nyheter/uudet-lamput", "/fi/nyheter/uudet-lamput/"),
        ("/fi/nyheter/nya-lampor", "/fi/nyheter/uudet-lamput/"),
        ("/so/nyheter/bara-svenska", "/so/nyheter/bara-svenska/"),
        ("/nyheter/gammalt/", "/nyheter/nytt/"),
        ("/nyheter/gammalt", "/nyheter/nytt/"),
        ("/fi/nyheter/gammalt/", "/fi/nyheter/vanha/"),
        ("/so/nyheter/gammalt/", "/so/nyheter/nytt/"),
        ("/sv/nyheter/gammalt/", "/nyheter/nytt/"),
    ],
)
def test_other_spelling_or_former_address_leads_there_in_one_step(
    town, client, asked, answered
):
    response = client.get(asked)

    assert response.status_code == 301
    assert response["Location"] == quote(answered)
    assert client.get(answered).status_code == 200


def test_redirect_keeps_the_question_and_is_not_kept_for_ever(town, client):
    """A permanent redirect that browsers never ask about again cannot be undone."""
    response = client.get("/nyheter?page=2&q=%C3%A5")

    assert response["Location"] == "/nyheter/?page=2&q=%C3%A5"
    assert response["Cache-Control"].startswith("public, max-age=0")


@pytest.mark.parametrize(
    "path",
    [
        "/finns-inte/",
        "/finns-inte",
        "/zz/",
        "/zz/nyheter/",
        "/uk/",
        "/uk/nyheter/nya-lampor/",
        "/UK",
        "/fa-AF/nyheter/",
        "/en/",
        "/sv/sv/nyheter/",
        "/fi/fi/",
        "/fi/ar/nyheter/",
        "/nyheter/nya-lampor/mer/",
        "/nyheter//nya-lampor/",
        "/nyheter/uudet-lamput/",
        "/ar/nyheter/uudet-lamput/",
        "/home/nyheter/",
        "/favicon.ico",
        "/media/finns-inte.png",
        "/documents/4711/finns-inte.pdf",
        "/index.php?id=1",
        "/.git/config",
    ],
)
def test_nothing_there_is_said_at_once(town, client, path):
    """Not by a redirect, and never to another website."""
    response = client.get(path)

    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["//example.org/", "//example.org", "//example.org//"])
def test_nobody_is_sent_to_another_website(town, client, path):
    response = client.get("/", PATH_INFO=path)

    assert response.status_code == 404
    assert "Location" not in response


@pytest.mark.parametrize("tag", TAGS)
def test_missing_page_is_regretted_in_the_readers_language(town, client, tag):
    prefix = "" if tag == "sv" else f"/{tag}"
    response = client.get(f"{prefix}/finns-inte/")

    html = soup(response)
    assert html.html["lang"] == tag
    assert html.find(class_="brand")["href"] == f"{prefix}/"
    headings = {soup(client.get(f"/{t}/x/")).h1.text for t in ("zz", "fi", "ar", "so")}
    assert len(headings) == 4
    assert faults(response.content.decode()) == []


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("slash", ["/", ""])
def test_withdrawn_page_is_gone_in_every_language(town, client, tag, slash):
    prefix = "" if tag == "sv" else f"/{tag}"
    response = client.get(f"{prefix}/nyheter/installt{slash}")

    html = soup(response)
    assert response.status_code == 410
    assert html.html["lang"] == tag
    assert "Inställt" not in response.content.decode()
    assert faults(response.content.decode()) == []


def test_withdrawn_translation_is_gone_at_its_own_address_too(town, client):
    assert client.get("/fi/nyheter/peruttu/").status_code == 410


def test_translation_alone_withdrawn_falls_back(town, client):
    article = town.site.live_article(slug="bara-fi")
    target = translate(article, "fi", {"slug": "vain-suomi"})
    actions.withdraw(target, by=person("reviewer_fi"))

    response = client.get("/fi/nyheter/vain-suomi/")

    assert (response.status_code, response["Location"]) == (301, "/fi/nyheter/bara-fi/")
    assert client.get("/fi/nyheter/bara-fi/")["Content-Language"] == "sv"


def test_page_that_moves_keeps_its_old_addresses(town, client):
    """Its translation and what lies below it too."""
    here, there = (make_standard(town.site.home, slug=s) for s in ("har", "dar"))
    here, there = publish(here), publish(there)
    page = publish(make_standard(here, slug="sida"))
    translate(page, "fi", {"slug": "sivu"})

    actions.move_page(page, there, pos="last-child", by=person("admin"))

    for asked, answered in (
        ("/har/sida/", "/dar/sida/"),
        ("/fi/har/sivu/", "/fi/dar/sivu/"),
        ("/fi/har/sida/", "/fi/dar/sivu/"),
        ("/so/har/sida/", "/so/dar/sida/"),
    ):
        assert client.get(asked)["Location"] == answered
        assert client.get(answered).status_code == 200


def test_slug_change_moves_what_lies_below(town, client):
    parent = publish(make_standard(town.site.home, slug="fore"))
    publish(make_standard(parent, slug="barn"))

    publish(parent, slug="efter")

    assert client.get("/fore/barn/")["Location"] == "/efter/barn/"
    assert client.get("/efter/barn/").status_code == 200


def test_former_address_that_another_page_takes_belongs_to_it(town, client):
    page = publish(town.site.article(slug="forst"))
    publish(page, slug="sedan")
    publish(town.site.article(slug="forst", title="Den nya"))

    assert soup(client.get("/nyheter/forst/")).h1.text == "Den nya"


def test_language_that_is_hidden_disappears_everywhere(town, client):
    """R-01."""
    Language.objects.filter(tag="so").update(visible=False)

    assert client.get("/so/").status_code == 404
    assert 'hreflang="so"' not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("away"), 503), (KeyError("bug"), 500)]
)
def test_fault_of_ours_is_a_page_that_needs_no_database(
    town, monkeypatch, error, status
):
    def fail(*args):
        raise error

    monkeypatch.setattr("cms.site.views.read_path", fail)
    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == status
    assert "away" not in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert faults(response.content.decode()) == []


def test_unknown_host_is_refused_with_a_page(town):
    response = Client(headers={"host": "evil.example"}).get("/admin/login/")

    assert response.status_code == 400
    assert "evil" not in response.content.decode()


def test_site_without_a_front_page_has_nothing_to_show(town, client):
    """No form withdraws it; the site of whoever begins has none yet."""
    record.withdrawn(town.site.home)

    assert client.get("/").status_code == 410
    assert client.get("/fi/x/").status_code == 404
    assert client.get("/nyheter/").status_code == 200
