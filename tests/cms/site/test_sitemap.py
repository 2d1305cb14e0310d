"""What search engines are told of: the sitemap, the links between languages, robots."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.reading.models import Language
from cms.site import sitemaps
from cms.site.alternates import alternates
from tests.cms.site.published import day, translated, write
from tests.factories.town import ARABIC_SLUG

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LAMPS = "/nyheter/nya-lampor/"


@pytest.fixture
def read(client):
    """A file of the sitemap, as XML."""

    def get(path="/sitemap.xml"):
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (
            200,
            "application/xml",
        )
        return ElementTree.fromstring(response.content)  # noqa: S314

    return get


def files(index):
    return [urlsplit(place.text).path for place in index.iter(f"{SITEMAP}loc")]


def pages(urlset):
    """Paths, decoded, and the links between languages below each."""
    return {
        unquote(urlsplit(url.findtext(f"{SITEMAP}loc")).path): {
            link.get("hreflang"): link.get("href")
            for link in url.findall(f"{XHTML}link")
        }
        for url in urlset.findall(f"{SITEMAP}url")
    }


def everything(read):
    return {
        path: links
        for file in files(read())
        for path, links in pages(read(file)).items()
    }


def test_sitemap_names_every_real_text_and_nothing_else(town, read):
    """R-06: no fallback, nothing withdrawn, no former address."""
    found = everything(read)

    assert set(found) == {
        "/", "/nyheter/", "/service/", LAMPS, "/nyheter/bara-svenska/",
        "/nyheter/nya-tider/", "/nyheter/nytt/",
        "/fi/palvelu/", "/fi/nyheter/uudet-lamput/", "/fi/nyheter/uudet-ajat/",
        "/fi/nyheter/vanha/", f"/ar/nyheter/{ARABIC_SLUG}/",
    }  # fmt: skip
    assert files(read()) == [
        "/sitemap-sv-1.xml",
        "/sitemap-fi-1.xml",
        "/sitemap-ar-1.xml",
    ]


def test_pages_and_sitemap_give_the_same_links(town, read, client):
    """And they lead back: each page names itself and those that name it."""
    machine = write("/nyheter/maskin/")
    translated(machine, "/fi/kone/", "fi", origin="machine", review="none")
    translated(machine, "/ar/x/", "ar")
    found = everything(read)

    assert "/fi/kone/" not in found
    assert set(found["/ar/x/"]) == {"sv", "ar", "x-default"}
    for path, links in found.items():
        html = BeautifulSoup(client.get(path).content, "html.parser")
        shown = {a["hreflang"]: a["href"] for a in html.find_all("link", hreflang=True)}
        assert shown == links
        assert html.find("meta", {"name": "robots"}) is None
        assert (
            unquote(urlsplit(str(html.find("link", rel="canonical")["href"])).path)
            == path
        )
        for tag, address in links.items():
            other = found[unquote(urlsplit(address).path)]
            assert other == links
            assert address.startswith("http://testserver/")
            assert tag == "x-default" or found[path] is links


def test_page_in_one_language_needs_no_links():
    assert alternates("sv", {"sv": "/a/"}, "https://k.example") == []


def test_easy_swedish_is_nobodys_alternate():
    """Search engines know languages, scripts and countries, but no private use."""
    paths = {"sv": "/a/", "sv-x-lattlast": "/sv-x-lattlast/a/", "fi": "/fi/ä/"}

    links = alternates("sv", paths, "https://k.example")

    assert [(link.hreflang, link.href) for link in links] == [
        ("sv", "https://k.example/a/"),
        ("fi", "https://k.example/fi/%C3%A4/"),
        ("x-default", "https://k.example/a/"),
    ]
    assert alternates("sv-x-lattlast", paths, "https://k.example") == []


def test_dates_are_those_of_the_content(town, read):
    write("/nyheter/datum/", content_updated_at=day(3))
    (url,) = [
        url
        for file in files(read())
        for url in read(file).iter(f"{SITEMAP}url")
        if url.findtext(f"{SITEMAP}loc").endswith("/datum/")
    ]

    assert datetime.fromisoformat(url.findtext(f"{SITEMAP}lastmod")) == day(3)
    newest = [datetime.fromisoformat(e.text) for e in read().iter(f"{SITEMAP}lastmod")]
    assert min(newest) > day(3)


def test_safety_critical_pages_are_found_by_who_looks_for_help(town, read):
    write("/nyheter/stod/", document={"sensitivity": "safety_critical"})

    assert "/nyheter/stod/" in everything(read)


def test_language_that_is_hidden_is_named_nowhere(town, read, client):
    """R-01."""
    Language.objects.filter(tag="fi").update(visible=False)

    assert not [path for path in everything(read) if path.startswith("/fi/")]
    assert "fi" not in pages(read("/sitemap-sv-1.xml"))[LAMPS]
    assert client.get("/sitemap-fi-1.xml").status_code == 404


def test_long_lists_are_cut_and_cost_the_same(town, read, client, monkeypatch):
    with CaptureQueriesContext(connection) as whole:
        before = pages(read("/sitemap-sv-1.xml"))
    monkeypatch.setattr(sitemaps, "STRETCH", 5)
    names = [name for name in files(read()) if name.startswith("/sitemap-sv-")]
    with CaptureQueriesContext(connection) as part:
        found = [pages(read(name)) for name in names]

    assert len(names) > 2
    assert {path: links for each in found for path, links in each.items()} == before
    assert len(part) == len(whole) * len(names)
    assert len(whole) <= 3
    assert all(found), "no file is empty"
    assert client.get("/sitemap-sv-40000.xml").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-sv-0.xml", "/sitemap-xx-1.xml", "/sitemap-SV-1.xml", "/sitemap-so-1.xml",
        "/sitemap-sv.xml", f"/sitemap-sv-{'9' * 30}.xml", f"/sitemap-sv-{'9' * 4200}.xml",
    ],
)  # fmt: skip
def test_files_that_are_not_there(town, client, path):
    assert client.get(path).status_code in {400, 404}


def test_robots_lead_to_the_sitemap(client, settings):
    settings.CMS_DEMO = False
    settings.CMS_PUBLIC_BASE_URL = "https://www.kommun.example"
    response = client.get("/robots.txt")

    lines = response.content.decode().splitlines()
    assert "Sitemap: https://www.kommun.example/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines
    assert "Disallow: /" not in lines
    assert "X-Robots-Tag" not in response


def test_demo_is_kept_out_of_search_engines(site, client, settings):
    """It has the name of a real municipality and made-up news about it."""
    settings.CMS_DEMO = True

    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    for path in ("/", "/feeds/sv/articles.atom", "/api/v1/languages"):
        assert client.get(path)["X-Robots-Tag"] == "noindex"
