"""Wishes: a counter for each page and language, and a list for who translates."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cms.feedback import wishes
from cms.feedback.models import TranslationWish
from cms.feedback.throttle import TooMany
from cms.gate import actions
from cms.reading.models import Language
from cms.reading.pages import Library
from tests.factories.pages import publish
from tests.factories.people import person
from tests.factories.translations import translate


@pytest.fixture
def wishable(page):
    """The article as somebody gets it who may wish for it in a language."""

    def read(tag, key=None):
        library = Library()
        language = library.by_code[tag]
        return wishes.wishable(key or page.translation_key, language, library)

    return read


def lines(*tags):
    return [
        (line.source.title, line.wish.locale, line.wish.count)
        for line in wishes.wished_for(Language.objects.filter(tag__in=tags))
    ]


def test_wish_is_counted_once_for_each_reader_and_day(wishable):
    assert wishes.wish(wishable("ar"), client="a") == 1
    assert wishes.wish(wishable("ar"), client="a") == 1
    assert wishes.wish(wishable("ar"), client="b") == 2
    assert wishes.wish(wishable("so"), client="a") == 1
    for _number in range(2):
        wishes.wish(wishable("so"), client="a")
    with pytest.raises(TooMany):
        wishes.wish(wishable("so"), client="a")

    fields = {field.name for field in TranslationWish._meta.get_fields()}
    assert fields == {"id", "key", "locale", "count", "first_at", "last_at"}


def test_what_is_there_is_not_wished_for(wishable, page, site):
    assert wishable("sv") is None
    assert wishable("fi") is None
    publish(page, ingress="Helt andra uppgifter.")
    assert wishable("fi"), "the Finnish text is outdated now"
    assert wishable("ar", site.article().translation_key) is None


def test_published_translation_grants_the_wish(wishable, page):
    wishes.wish(wishable("ar"), client="a")
    wishes.wish(wishable("so"), client="a")
    translate(page, "ar", {"title": "مصابيح", "slug": "lamps"})

    assert lines("ar", "so") == [("Nya lampor", "so", 1)]


def test_most_wanted_comes_first_and_what_is_gone_is_left_out(
    wishable, site, django_assert_num_queries
):
    wishes.wish(wishable("ar"), client="a")
    for client in "abc":
        wishes.wish(wishable("so", site.index.translation_key), client=client)
    with django_assert_num_queries(3):
        found = lines("ar", "so")
    assert found == [("Nyheter", "so", 3), ("Nya lampor", "ar", 1)]
    assert lines("ar") == [("Nya lampor", "ar", 1)]

    TranslationWish.objects.create(key=site.home.translation_key, locale="ar", count=9)
    actions.withdraw(site.index, by=person("approver"))
    assert [title for title, *_rest in lines("ar", "so")] == [
        "Sandvikens kommun",
        "Nya lampor",
    ]


def test_list_is_for_who_translates_and_leads_to_the_desk(wishable, client):
    wishes.wish(wishable("ar"), client="a")
    address = reverse("feedback:wishes")
    client.force_login(person("translator_ar"))
    html = BeautifulSoup(client.get(address).content, "html.parser")
    row = html.select_one(".gate-table tbody tr")

    assert "Nya lampor" in row.text
    form = row.find("form")
    data = {field["name"]: field["value"] for field in form.find_all("input")}
    started = client.post(form["action"], data)
    assert started["Location"].startswith("/admin/desk/")

    client.force_login(person("translator_fi"))
    assert "Nya lampor" not in client.get(address).content.decode()
    client.logout()
    assert client.get(address)["Location"].startswith("/admin/login/")
