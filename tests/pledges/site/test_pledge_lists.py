"""The overview of pledges with its choices, and cards of them in articles."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import transaction
from django.utils import timezone

from cms.gate import actions
from cms.log import entries
from tests.factories.pages import fresh, publish
from tests.factories.people import person
from tests.factories.pledges import (
    make_activity,
    make_focus_area,
    make_focus_index,
    make_pledge,
    make_report,
)
from tests.factories.translations import translate
from tests.strict_html import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(site):
    index = publish(make_focus_index(site.home))
    return publish(make_focus_area(index, "Trygghet på offentliga platser"))


@pytest.fixture
def read(client):
    def page(path, **asked):
        response = client.get(path, asked)
        html = response.content.decode()
        assert response.status_code == 200
        assert faults(html) == []
        return BeautifulSoup(html, "html.parser").main

    return page


def words(element):
    return " ".join(element.get_text(" ").split())


def titles(page):
    return [words(card.h3) for card in page.find_all(class_="card")]


# --- the overview ---


@pytest.fixture
def overview(promises, area):
    """One pledge in the area, one in none, both of 2026; the address of the list."""
    publish(promises.pledge, focus_areas=[area])
    other = [make_activity("Kontrollera farten", promises.police)]
    publish(make_pledge(promises.programme, title="Lugn trafik", activities=other))
    return promises.index.public_path()


def test_the_overview_shows_everything_at_first(overview, read):
    page = read(overview)

    assert titles(page) == ["Mer ljus där det känns mörkt", "Lugn trafik"]
    assert page.form["method"] == "get"
    assert {s["name"] for s in page.form.find_all("select")} == {"focus", "phase"}


def test_the_reader_chooses_a_focus_area(overview, area, read):
    page = read(overview, focus=str(area.translation_key))

    assert titles(page) == ["Mer ljus där det känns mörkt"]
    chosen = page.find("option", selected=True)
    assert words(chosen) == "Trygghet på offentliga platser"
    assert page.find(class_="choice__count").a["href"] == overview


@pytest.mark.parametrize(("phase", "count"), [("ongoing", 2), ("", 2)])
def test_the_reader_chooses_how_far_it_has_come(overview, read, phase, count):
    with time_machine.travel(datetime(2026, 5, 1, tzinfo=UTC), tick=False):
        assert len(titles(read(overview, phase=phase))) == count


def test_a_choice_that_nothing_fits_says_so(promises, area, read):
    page = read(promises.index.public_path(), focus=str(area.translation_key))

    assert titles(page) == []
    assert page.find(class_="choice__none")


@pytest.mark.parametrize("asked", [{"focus": "%00"}, {"phase": "later"}, {"x": "y"}])
def test_what_is_not_known_chooses_nothing(overview, read, asked):
    page = read(overview, **asked)

    assert len(titles(page)) == 2
    assert page.find("option", selected=True) is None


def test_current_programmes_come_before_those_that_have_ended(overview, read):
    with time_machine.travel(datetime(2027, 5, 1, tzinfo=UTC), tick=False):
        ended = read(overview).find(class_="programme-part")

    assert "2026" in words(ended.strong)


def copy_in_log(page, count, **changes):
    """Append copies of a public page to the log, without the desk."""
    last = entries.current(page.translation_key, "sv")
    keys = []
    for number in range(count):
        entry = entries.Entry(
            key=uuid4(), locale="sv", kind="page", type=last.type, action="publish",
            path=f"{last.path}{number}/", parent_key=last.parent_key,
            title=f"Löfte {number}", document={**last.document, "number": number + 2},
            significance="first", origin="source", review="approved",
            content_updated_at=timezone.now(), actor="test",
        )  # fmt: skip
        with transaction.atomic():
            entries.append(entry, at=timezone.now())
        keys.append(entry.key)
    return keys


def test_two_hundred_pledges_take_six_queries(
    promises, client, django_assert_max_num_queries
):
    make_report(promises, "Tertial 1 2026")
    copy_in_log(promises.pledge, 199)

    with django_assert_max_num_queries(6):
        response = client.get(promises.index.public_path())

    page = BeautifulSoup(response.content, "html.parser")
    assert len(titles(page)) == 200


# --- cards in articles ---


def card_in(site, *blocks):
    body = [("paragraph", "<p>Läs mer.</p>"), *blocks]
    return site.live_article(title="Nytt löfte", slug="nytt-lofte", body=body)


@pytest.fixture
def article(site, promises, area):
    return card_in(
        site,
        ("pledge_card", {"pledge": promises.pledge}),
        ("focus_area_card", {"focus_area": area}),
    )


def test_cards_in_an_article_follow_renames(article, promises, area, read):
    publish(promises.pledge, title="Ljusare vägar", slug="ljusare")
    publish(area, title="Trygga platser")

    pledge, focus = read(article.public_path()).find_all(class_="card")

    assert words(pledge.h2) == "Ljusare vägar"
    assert pledge.a["href"] == fresh(promises.pledge).public_path()
    assert words(focus.h2) == "Trygga platser"


def test_cards_show_the_readers_language_or_say_that_they_do_not(
    article, promises, read
):
    finnish = translate(article, "fi")
    before = read(finnish.public_path()).find(class_="card")
    for page in (promises.index, promises.programme, promises.pledge):
        translate(page, "fi")
    after = read(finnish.public_path()).find(class_="card")

    assert before.a["lang"] == "sv"
    assert "(ruotsiksi)" in words(before)
    assert words(after.h2) == "fi: Mer ljus där det känns mörkt"
    assert after.a.get("lang") is None
    assert "(ruotsiksi)" not in words(after)


def test_a_card_of_what_is_not_public_is_left_out(article, area, read):
    actions.withdraw(fresh(area), by=person("approver"))

    cards = read(article.public_path()).find_all(class_="card")

    assert len(cards) == 1


def test_a_card_below_a_heading_skips_no_level(site, promises, read):
    heading = ("heading", {"level": "2", "text": "Löftet"})
    card = ("pledge_card", {"pledge": promises.pledge})
    article = card_in(site, heading, card)

    assert read(article.public_path()).find(class_="card").h3
