"""What one reader gets, decided from the log."""

from __future__ import annotations

import uuid

import pytest

from cms.desk import actions as desk
from cms.gate import actions
from cms.log import entries
from cms.reading import listing
from cms.reading.models import Language
from cms.reading.pages import (
    Gone,
    Library,
    Reading,
    Redirect,
    read_key,
    read_path,
)
from cms.reading.selections import Selection
from tests.factories.pages import make_standard, publish
from tests.factories.people import person
from tests.factories.translations import (
    approved,
    fill,
    translate,
    translation_of,
)


def read(page, tag):
    library = Library()
    return read_key(page.translation_key, library.by_code[tag], library)


def codes(reading):
    return [notice.code for notice in reading.passport.notices]


def test_chain_begins_with_the_reader_and_ends_with_swedish(site):
    Language.objects.filter(tag="so").update(fallback_chain=["fi", "zz", "sv", "fi"])
    library = Library()

    assert library.chain(library.by_code["so"]) == ["so", "fi", "sv"]
    assert library.chain(library.by_code["sv"]) == ["sv"]


def test_reader_gets_the_nearest_language_there_is(site):
    Language.objects.filter(tag="so").update(fallback_chain=["fi", "sv"])
    page = site.live_article(slug="sida")
    assert read(page, "so").served.tag == "sv"

    translate(page, "fi", {"slug": "sivu"})
    reading = read(page, "so")

    assert reading.served.tag == "fi"
    assert reading.path == "/so/nyheter/sida/"
    assert codes(reading) == ["not_translated", "shown_in_other_language", "human"]


@pytest.mark.parametrize(
    ("significance", "freshness", "notices"),
    [
        ("wording", "minor", ["human"]),
        ("content", "outdated", ["outdated", "human"]),
        ("critical", "outdated", ["critical", "human"]),
    ],
)
def test_freshness_follows_from_what_swedish_said_since(
    site, significance, freshness, notices
):
    page = site.live_article()
    translate(page, "fi")
    assert read(page, "fi").passport.freshness == "current"

    publish(page, ingress="Något nytt.", significance=significance)
    publish(page, ingress="Något nytt!", significance="wording")

    reading = read(page, "fi")
    assert reading.passport.freshness == freshness
    assert codes(reading) == notices
    assert reading.document["ingress"].startswith("fi: ")


def test_update_of_the_translation_ends_its_being_outdated(site):
    page = site.live_article()
    target = translate(page, "fi")
    publish(page, ingress="Något nytt.")
    translation = translation_of(target)
    fill(translation)
    desk.submit_translation(translation, by=person("translator_fi"))
    approved(target)

    assert read(page, "fi").passport.freshness == "current"


def test_menu_follows_the_order_of_the_swedish_tree(site):
    publish(make_standard(site.home, title="Sist", slug="sist", show_in_menus=True))

    reading = read_path("/")

    assert [link.title for link in reading.navigation] == ["Nyheter", "Sist"]
    inside = read_path("/nyheter/")
    assert [link.is_current for link in inside.navigation] == [True, False]


def test_withdrawn_page_leaves_menus_lists_and_breadcrumbs(site):
    article = site.live_article(slug="kvar")
    actions.withdraw(site.index, by=person("approver"))

    reading = read(article, "sv")

    assert reading.navigation == []
    assert [link.path for link in reading.breadcrumbs] == ["/"]
    assert isinstance(read(site.index, "fi"), Gone)


def test_unknown_key_is_nothing(site):
    assert read_key(uuid.uuid4(), Library().by_code["sv"]) is None


def test_page_that_comes_back_is_there_again(site):
    page = site.live_article(slug="tillbaka")
    actions.withdraw(page, by=person("approver"))
    assert isinstance(read_path("/fi/nyheter/tillbaka/"), Gone)

    publish(page)

    assert isinstance(read_path("/fi/nyheter/tillbaka/"), Reading)


def test_former_addresses_lead_through_several_changes(site):
    page = site.live_article(slug="ett")
    publish(page, slug="tva")
    publish(page, slug="tre")

    assert read_path("/nyheter/ett/") == Redirect("/nyheter/tre/")
    assert read_path("/so/nyheter/tva/") == Redirect("/so/nyheter/tre/")

    publish(page, slug="ett")
    assert isinstance(read_path("/nyheter/ett/"), Reading)
    assert read_path("/nyheter/tre/") == Redirect("/nyheter/ett/")


def test_archive_keeps_the_contact_block_of_its_time(site):
    """R-16."""
    before = entries.current(site.contact.translation_key, "sv")
    publish(site.contact, visiting_street="Smedsgatan 23")

    then = entries.as_of(before.published_at, key=before.key, locale="sv")

    assert then.document["visiting"]["street"] == "Odengatan 37"


def test_first_publication_is_remembered(site):
    page = site.live_article()
    first = read(page, "sv")
    publish(page, ingress="Något nytt.")

    second = read(page, "sv")

    assert first.first_published_at == first.published_at
    assert second.first_published_at == first.published_at < second.published_at


def test_list_is_cut_into_pages(site):
    for day in (1, 2, 3):
        site.live_article(news_date=f"2018-01-0{day}")
    library = Library()
    swedish = library.by_code["sv"]
    sources = Selection(parent=site.index.translation_key)

    first = listing.page_of(library, swedish, sources, limit=2)
    rest = listing.page_of(library, swedish, sources, offset=2, limit=2)

    assert [item.date.day for item in (*first.items, *rest.items)] == [3, 2, 1]
    assert (first.has_more, rest.has_more) == (True, False)
