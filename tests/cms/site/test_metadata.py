"""What the head of a page says: to search engines, to social networks, to machines."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from cms.site import structured_data
from tests.cms.site import readings
from tests.cms.site.published import write
from tests.cms.site.readings import passport, reading
from tests.cms.site.test_templates import (
    BASE,
    critical_page,
    fallback_page,
    machine_page,
    render_page,
)

TYPES = {
    "articles.article": "NewsArticle",
    "articles.index": "CollectionPage",
    "home.home": "WebPage",
    "home.standard": "WebPage",
}
REQUIRED = {
    "NewsArticle": {"headline", "author", "datePublished", "dateModified", "image"},
    "CollectionPage": {"name", "dateModified"},
    "WebPage": {"name", "dateModified"},
    "Report": {"name", "dateModified", "temporalCoverage"},
    "GovernmentOrganization": {"name", "url", "contactPoint"},
    "BreadcrumbList": {"itemListElement"},
}


def graph(page: Any) -> dict[str, dict[str, Any]]:
    """The nodes by type, from the one block that holds data."""
    (block,) = page.find_all("script", type="application/ld+json")
    data = json.loads(block.string)
    assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


def assert_well_formed(node: Any) -> None:
    """Absolute addresses, dates as ISO 8601, nothing that is empty."""
    for name, value in node.items():
        assert value not in (None, "", [], {}), name
        if name in {"@id", "url", "item"}:
            assert urlsplit(value).scheme in {"http", "https"}, name
        if name.startswith("date"):
            assert datetime.fromisoformat(value).tzinfo
        if name == "temporalCoverage":
            assert [date.fromisoformat(day) for day in value.split("/")]
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                assert_well_formed(inner)


def meta(page: Any, name: str) -> list[str]:
    found = page.find_all("meta", property=name) or page.find_all(
        "meta", {"name": name}
    )
    return [each["content"] for each in found]


@pytest.mark.parametrize("page_type", TYPES)
def test_page_describes_itself_to_machines(page_type):
    kind = TYPES[page_type]
    nodes = graph(render_page(reading("sv", type=page_type)))

    assert set(nodes) == {kind, "GovernmentOrganization", "BreadcrumbList"}
    for name, node in nodes.items():
        assert REQUIRED[name] <= set(node)
        assert_well_formed(node)
    page = nodes[kind]
    assert page["url"] == BASE + readings.PATHS["sv"]
    assert page["inLanguage"] == "sv"
    assert page["dateModified"] == "2018-02-02T15:59:00+01:00"
    assert page["publisher"]["@id"] == nodes["GovernmentOrganization"]["@id"]
    assert page["image"]["url"] == f"{BASE}/media/torg-800.jpg"
    assert "translationOfWork" not in page


def test_way_down_ends_with_the_page_itself():
    steps = graph(render_page(reading("sv")))["BreadcrumbList"]["itemListElement"]

    assert [step["position"] for step in steps] == [1, 2, 3]
    assert [step["name"] for step in steps][1:] == ["Nyheter", readings.TITLES["sv"]]
    assert steps[1]["item"] == f"{BASE}/nyheter/"


def test_municipality_says_how_to_reach_it():
    """R-17."""
    publisher = graph(render_page(critical_page()))["GovernmentOrganization"]

    assert publisher["name"] == "Sandvikenin kunta"
    (point,) = publisher["contactPoint"]
    assert point["telephone"] == "+4626240000"
    assert point["availableLanguage"] == ["sv", "fi", "en", "uk"]
    (hours,) = point["hoursAvailable"]
    assert (hours["opens"], hours["closes"]) == ("08:00", "17:00")
    assert hours["dayOfWeek"][0] == "https://schema.org/Monday"
    assert len(hours["dayOfWeek"]) == 5


def test_page_without_contact_or_image_leaves_them_out():
    page = reading("sv", contact=None, breadcrumbs=[])
    page.document["hero"] = None
    html = render_page(page)
    nodes = graph(html)

    assert set(nodes) == {"NewsArticle", "GovernmentOrganization"}
    assert "contactPoint" not in nodes["GovernmentOrganization"]
    assert "image" not in nodes["NewsArticle"]
    assert meta(html, "twitter:card") == ["summary"]
    assert meta(html, "og:image") == []


def test_translation_names_its_original_and_a_machine_itself():
    """AI Act, article 50(2): a mark that machines can read."""
    page = graph(render_page(machine_page()))["NewsArticle"]

    assert page["inLanguage"] == "ar"
    assert page["translationOfWork"]["@id"] == f"{BASE}{readings.PATHS['sv']}#page"
    assert page["digitalSourceType"].endswith("/TrainedAlgorithmicMediaDigitalSource")
    person = graph(render_page(critical_page()))["NewsArticle"]
    assert "digitalSourceType" not in person
    assert "translationOfWork" in person


def test_page_that_was_brought_in_is_as_old_as_its_text():
    later = datetime.fromisoformat("2026-01-01T12:00:00+01:00")
    page = graph(render_page(reading("sv", first_published_at=later)))["NewsArticle"]

    assert page["datePublished"] == page["dateModified"] == "2018-02-02T15:59:00+01:00"


def test_period_of_a_follow_up_is_told():
    page: Any = reading("sv", type="pledges.follow_up")
    page.document.update(period_start="2026-01-01", period_end="2026-04-30")
    told = structured_data.describe(
        page, canonical_url=BASE, base_url=BASE, site_name="Sandvikens kommun"
    )
    node = told["@graph"][0]

    assert (node["@type"], node["temporalCoverage"]) == (
        "Report", "2026-01-01/2026-04-30",
    )  # fmt: skip
    assert_well_formed(node)


def test_no_text_breaks_out_of_the_data():
    title = "</script><script>alert(1)</script><!-- & \u2028 ]]>"
    html = render_page(reading("sv", title=title))

    assert graph(html)["NewsArticle"]["headline"] == title
    assert not [
        s for s in html.find_all("script") if "alert" in s.text and not s.get("type")
    ]
    assert "</" not in html.find("script", type="application/ld+json").string


def test_shared_link_has_title_text_picture_and_languages():
    html = render_page(critical_page())

    assert meta(html, "og:title") == [readings.TITLES["fi"]]
    assert meta(html, "og:description") == [readings.INGRESSES["fi"]]
    assert meta(html, "og:image") == [f"{BASE}/media/torg-800.jpg"]
    assert meta(html, "og:image:alt") == meta(html, "twitter:image:alt")
    assert meta(html, "og:image:alt")[0].startswith("Två poliser")
    assert meta(html, "og:locale") == ["fi_FI"]
    assert meta(html, "og:locale:alternate") == ["sv_SE", "en_GB"]
    assert meta(html, "twitter:card") == ["summary_large_image"]


def test_fallback_is_at_home_elsewhere(site, client):
    """Its canonical address is that of the text that is shown; it asks to be left out."""
    from bs4 import BeautifulSoup  # noqa: PLC0415

    write("/nyheter/å/", title="Å")
    html = BeautifulSoup(client.get("/so/nyheter/å/").content, "html.parser")

    canonical = "http://testserver/nyheter/%C3%A5/"
    assert html.find("link", rel="canonical")["href"] == canonical
    assert meta(html, "og:url") == [canonical]
    assert meta(html, "robots") == ["noindex"]
    assert graph(html)["NewsArticle"]["url"] == canonical


def test_fallback_and_machine_text_have_no_alternates():
    for page in (fallback_page(), machine_page()):
        assert meta(render_page(page), "og:locale:alternate") == []


def test_safety_critical_page_says_nothing_of_itself():
    """No words of the page, no way down to it, no feed that its reader may follow."""
    page = reading(
        "sv", is_sensitive=True, emergency=None, passport=passport("sv", "sv")
    )
    html = render_page(page, quick_exit_url="https://www.smhi.se/")

    assert html.find_all("script", type="application/ld+json") == []
    assert html.find_all("link", type="application/atom+xml") == []
    assert readings.TITLES["sv"] not in str(html.head)
    assert meta(html, "og:title") == ["Sandvikens kommun"]
    assert meta(html, "twitter:card") == ["summary"]
