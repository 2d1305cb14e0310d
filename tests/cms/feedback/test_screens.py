"""Error reports in the admin: listed, filtered, handled; what strangers wrote is inert."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cms.feedback import reports
from cms.feedback.models import ErrorReport
from cms.feedback.reports import Told
from cms.reading.pages import Library
from tests.factories.people import person

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}"
LIST = "/admin/readers/reports/"


@pytest.fixture
def received(page):
    """One report about each language, and one that is handled."""
    library = Library()

    def send(tag, text):
        language = library.by_code[tag]
        reading = reports.reportable(page.translation_key, language, library)
        told = Told(text, contact=EVIL)
        assert reading
        return reports.receive(reading, told, client=text)

    finnish, swedish, done = send("fi", EVIL), send("sv", "Fel"), send("sv", "Gammalt")
    reports.handle(done, by=person("editor"), note=EVIL)
    return finnish, swedish, done


@pytest.fixture
def as_(client):
    def become(name):
        client.force_login(person(name))
        return client

    return become


def table(response):
    return BeautifulSoup(response.content, "html.parser").select(".gate-table tbody tr")


def numbers(response):
    return {int(row.find("a").text.partition(":")[0]) for row in table(response)}


def test_list_shows_what_waits_and_filters(received, as_):
    finnish, swedish, done = (each.pk for each in received)
    editor = as_("editor")

    for query, found in (
        ("", {finnish, swedish}),
        ("?state=handled", {done}),
        ("?state=all", {finnish, swedish, done}),
        ("?state=all&language=fi", {finnish}),
        ("?state=nonsense&kind=x", {finnish, swedish}),
        ("?kind=technical", set()),
        ("?page_title=UUDET", {finnish}),
        ("?page_title=&page=99", {finnish, swedish}),
    ):
        assert numbers(editor.get(LIST + query)) == found, query


def test_nothing_that_strangers_wrote_runs(received, as_):
    """T47: in the list, on the screen of a report, in the mail (see test_reports)."""
    editor = as_("editor")
    addresses = [LIST + "?state=all", *(f"{LIST}{each.pk}/" for each in received)]
    shown = 0
    for address in addresses:
        response = editor.get(address)
        html = BeautifulSoup(response.content, "html.parser")
        main = html.find("main")
        shown += "<script>alert(1)" in main.text
        assert not main.find_all("script")
        assert not main.select("[onerror]")
    assert shown == 4


def test_handling_with_a_note(received, as_):
    finnish, *_others = received
    editor = as_("editor")
    address = f"{LIST}{finnish.pk}/"
    assert editor.post(address, {"note": "x" * 2_001}).status_code == 422
    assert editor.post(address, {"note": "Rättat."})["Location"] == LIST

    finnish.refresh_from_db()
    assert finnish.handled_by == person("editor")
    late = editor.post(address, {"note": "En gång till"})
    assert late.status_code == 409
    assert "Rättat." in late.content.decode()


@pytest.mark.parametrize("name", ["translator_ar", "reviewer_ar"])
def test_others_see_and_change_nothing(received, as_, name):
    stranger = as_(name)
    assert numbers(stranger.get(LIST + "?state=all")) == set()
    for each in received:
        assert stranger.get(f"{LIST}{each.pk}/").status_code == 404
        assert stranger.post(f"{LIST}{each.pk}/", {"note": "x"}).status_code == 404
    assert ErrorReport.objects.filter(handled_at=None).count() == 2


def test_who_writes_nothing_is_refused_and_the_menu_knows_it(received, as_, client):
    client.logout()
    assert client.get(LIST)["Location"].startswith("/admin/login/")
    nobody = person("editor2")
    nobody.groups.clear()
    client.force_login(nobody)
    assert client.get(LIST).status_code in {302, 403}

    home = as_("translator_fi").get(reverse("wagtailadmin_home")).content.decode()
    assert LIST in home
    assert reverse("feedback:wishes") in home


def test_list_costs_the_same_with_many_reports(
    received, as_, django_assert_max_num_queries
):
    editor = as_("editor")
    editor.get(LIST)
    with django_assert_max_num_queries(40):
        editor.get(LIST + "?state=all")
