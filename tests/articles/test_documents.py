"""Articles as the log holds them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from articles.models import ArticlePage
from cms.log import entries
from tests.factories.files import make_image
from tests.factories.pages import publish

DOCUMENT_FIELDS = {
    "title", "slug", "seo_title", "search_description", "ingress", "body", "contact_block",
    "ancestors", "sign_video", "show_in_menus", "sort_key", "list_date", "sensitivity", "translation_priority",
}  # fmt: skip


def test_document_has_the_promised_fields_and_no_others(site):
    assert set(site.article().document()) == {
        *DOCUMENT_FIELDS, "news_date", "category", "hero", "focus_areas",
    }  # fmt: skip
    assert set(site.index.document()) == DOCUMENT_FIELDS
    assert set(site.home.document()) == DOCUMENT_FIELDS


def test_article_is_listed_by_the_day_of_the_news(site):
    document = site.article(news_date=date(2018, 2, 2)).document()

    assert document["news_date"] == "2018-02-02"
    assert document["list_date"] == "2018-02-02T12:00:00+01:00"


def test_summer_news_has_summer_time(site):
    document = site.article(news_date=date(2018, 7, 2)).document()

    assert document["list_date"] == "2018-07-02T12:00:00+02:00"


def test_article_names_its_ancestors_and_contact_by_key(site):
    document = site.article(contact_block=site.contact).document()

    assert document["ancestors"] == [
        str(site.home.translation_key),
        str(site.index.translation_key),
    ]
    assert document["contact_block"] == str(site.contact.translation_key)


def test_hero_has_the_alternative_of_this_place_and_the_images_maker(site):
    document = site.article(hero_image=make_image(), hero_alt="Ett torg").document()

    assert document["hero"]["alt"] == "Ett torg"
    assert document["hero"]["credit"] == "Eva Exempel"
    assert document["hero"]["image"]["srcset"]


def test_article_without_category_or_hero_says_so(site):
    document = site.article().document()

    assert (document["category"], document["hero"]) == (None, None)


def test_index_is_in_the_menu_and_sorted_by_its_place(site):
    document = site.index.document()

    assert document["show_in_menus"] is True
    assert document["sort_key"] == site.index.path
    assert site.article().document()["sort_key"] == ""


def test_what_is_published_is_the_document(site):
    page = publish(site.article(category="Trygghet"))

    published = entries.current(page.translation_key, "sv")

    assert published.document == page.document()
    assert published.path == f"/nyheter/{page.slug}/"
    assert published.parent_key == site.index.translation_key


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_any_date_can_be_the_date_of_the_news(site, days):
    day = date(2026, 1, 1) + timedelta(days=days)
    page = ArticlePage.objects.get(pk=site.article(news_date=day).pk)

    assert page.document()["news_date"] == day.isoformat()
