"""The feeds: valid Atom, and nothing in them that is not what it says."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.reading.models import Language
from cms.site import feeds
from tests.cms.site.published import changed, day, translated, write

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def feed(client):
    """The feed at an address, as XML."""

    def read(path="/feeds/sv/articles.atom"):
        response = client.get(path)
        assert response.status_code == 200
        return ElementTree.fromstring(response.content)  # noqa: S314

    return read


def texts(feed, name):
    return [entry.findtext(f"{ATOM}{name}") for entry in feed.iter(f"{ATOM}entry")]


def link(element, rel):
    (found,) = [a for a in element.findall(f"{ATOM}link") if a.get("rel") == rel]
    return found.get("href")


def test_feed_is_valid_atom(site, feed, settings):
    """RFC 4287, 4.1: what a feed and an entry must have, once each."""
    settings.CMS_PUBLIC_BASE_URL = "https://www.kommun.example"
    for number in (2, 0, 1):
        write(
            f"/nyheter/å-{number}/",
            title=f"<b> & {number}",
            content_updated_at=day(number),
        )

    found = feed()

    assert found.tag == f"{ATOM}feed"
    assert found.get(LANG) == "sv"
    assert link(found, "self") == "https://www.kommun.example/feeds/sv/articles.atom"
    assert link(found, "alternate") == "https://www.kommun.example/"
    assert (
        found.findtext(f"{ATOM}id") == "tag:www.kommun.example,2026:feeds/sv/articles"
    )
    assert found.find(f"{ATOM}author").findtext(f"{ATOM}name") == "Sandvikens kommun"
    entries = found.findall(f"{ATOM}entry")
    for entry in [found, *entries]:
        for name in ("id", "title", "updated"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1
    ids = texts(found, "id")
    assert len(ids) == len(set(ids)) == len(entries) >= 3
    updated = [datetime.fromisoformat(moment) for moment in texts(found, "updated")]
    assert updated == sorted(updated, reverse=True)
    assert all(moment.tzinfo for moment in updated)
    assert found.findtext(f"{ATOM}updated") == texts(found, "updated")[0]
    newest = entries[-3]
    assert newest.findtext(f"{ATOM}title") == "<b> & 2"
    assert newest.findtext(f"{ATOM}summary") == "Så här går det till."
    assert link(newest, "alternate") == "https://www.kommun.example/nyheter/%C3%A5-2/"
    assert newest.findtext(f"{ATOM}published") <= newest.findtext(f"{ATOM}updated")


def test_name_of_an_entry_stays_when_its_text_and_address_change(site, feed):
    page = write("/nyheter/gammalt/")
    (before,) = [name for name in texts(feed(), "id") if str(page.key) in name]

    write("/nyheter/nytt/", key=page.key, significance="content", title="Nytt")

    found = feed()
    assert before in texts(found, "id")
    assert texts(found, "title")[0] == "Nytt"


def test_translation_is_an_entry_of_its_own(site, feed):
    page = write("/nyheter/lampor/")
    translated(page, "/fi/uutiset/lamput/", "fi", title="Lamput")
    write("/nyheter/bara-svenska/")

    found = feed("/feeds/fi/articles.atom")

    assert found.get(LANG) == "fi"
    assert texts(found, "title") == ["Lamput"]
    assert texts(found, "id") == [f"tag:testserver,2026:pages/{page.key}/fi"]
    assert link(found, "alternate") == "http://testserver/fi/"
    assert {"bara-svenska", "lampor"} <= set(texts(feed(), "title"))


def test_feed_is_silent_about_what_needs_a_label(site, feed):
    """Machine text that nobody reviewed, and what a critical change has overtaken."""
    unread, read, overtaken, older = (
        write(f"/nyheter/{name}/") for name in ("a", "b", "c", "d")
    )
    machine = {"origin": "machine", "title": "Kone"}
    translated(unread, "/fi/a/", "fi", review="none", **machine)
    translated(read, "/fi/b/", "fi", review="approved", **machine | {"title": "Luettu"})
    translated(overtaken, "/fi/c/", "fi", title="Ohi")
    changed(overtaken, significance="critical")
    translated(older, "/fi/d/", "fi", title="Vanha")
    changed(older)

    assert set(texts(feed("/feeds/fi/articles.atom"), "title")) == {"Luettu", "Vanha"}


def test_nobody_keeps_a_copy_of_what_is_safety_critical(site, feed):
    critical = {"sensitivity": "safety_critical"}
    area = write("/fokus/", type="pledges.focus_area", document=critical)
    belongs = {"focus_areas": [str(area.key)]}
    write("/nyheter/farlig/", title="Farlig", document=critical)
    by_area = write("/nyheter/omrade/", title="Område", document=belongs)
    translated(by_area, "/fi/alue/", "fi", title="Alue")
    write("/nyheter/vanlig/", title="Vanlig", document={"focus_areas": []})

    titles = texts(feed(), "title")

    assert "Vanlig" in titles
    assert not {"Farlig", "Område"} & set(titles)
    assert "Alue" not in texts(feed("/feeds/fi/articles.atom"), "title")


def test_pledges_and_follow_ups_have_feeds(site, feed):
    pledge = write("/loften/a/", type="pledges.pledge", title="Vi tänder lampor")
    translated(pledge, "/fi/a/", "fi", type="pledges.pledge", title="Sytytämme lamput")
    write("/loften/u/", type="pledges.follow_up", title="Tertial 1")

    assert texts(feed("/feeds/sv/pledges.atom"), "title") == ["Vi tänder lampor"]
    assert texts(feed("/feeds/fi/pledges.atom"), "title") == ["Sytytämme lamput"]
    assert texts(feed("/feeds/sv/followups.atom"), "title") == ["Tertial 1"]
    assert feed("/feeds/fi/followups.atom").findtext(f"{ATOM}updated")


def test_feed_ends_and_costs_the_same_at_any_length(site, client, feed):
    write("/nyheter/forst/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/feeds/sv/articles.atom")
    for number in range(feeds.ENTRIES + 5):
        write(f"/nyheter/nr-{number}/")
    with CaptureQueriesContext(connection) as many:
        client.get("/feeds/sv/articles.atom")

    found = texts(feed(), "title")
    assert len(found) == feeds.ENTRIES
    assert found[0] == f"nr-{feeds.ENTRIES + 4}"
    assert len(many) == len(few) <= 3


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/sv/nothing.atom",
        "/feeds/xx/articles.atom",
        "/feeds/uk/articles.atom",
        "/feeds/FI/articles.atom",
        "/feeds/sv/articles.rss",
        "/feeds/",
    ],
)
def test_unknown_feed_is_a_page_that_says_so(site, client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert b"<h1>" in response.content


def test_feed_of_a_hidden_language_is_gone(site, client):
    Language.objects.filter(tag="fi").update(visible=False)

    assert client.get("/feeds/fi/articles.atom").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/feeds/so/pledges.atom", "/sitemap.xml", "/sitemap-sv-1.xml", "/robots.txt"],
)
def test_who_has_the_file_gets_304(site, client, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"].startswith("public, ")
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert not first.cookies


def test_pages_name_the_feeds_of_their_language(site, client):
    html = BeautifulSoup(client.get("/fi/").content, "html.parser")

    found = html.find_all("link", type="application/atom+xml")
    assert [a["href"] for a in found] == [
        f"/feeds/fi/{kind}.atom" for kind in feeds.kinds()
    ]
    assert all(client.get(a["href"]).status_code == 200 for a in found)
    assert all(a["title"] for a in found)
    assert timezone.is_aware(feeds._NOTHING_YET)
