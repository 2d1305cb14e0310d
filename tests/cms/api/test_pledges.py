"""Pledges through the API: the same account that residents read, as data."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories.pages import fresh, publish
from tests.factories.pledges import (
    make_focus_area,
    make_focus_index,
    make_report,
)
from tests.factories.translations import translate

pytestmark = pytest.mark.django_db


def ask(client, path, **query):
    response = client.get(f"/api/v1/{path}", query)
    assert response.status_code == 200, response.content
    return response.json()


def details(client, page, lang="sv"):
    return ask(client, f"pages/{page.translation_key}", lang=lang)["details"]


def test_a_pledge_comes_with_its_activities_and_their_results(client, promises):
    make_report(promises, "Tertial 1 2026")

    found = details(client, promises.pledge)

    assert found["kind"] == "pledge"
    lamps = found["pledge"]["activities"][0]
    assert lamps["title"] == {"text": "Sätta upp lampor", "lang": "sv"}
    assert lamps["target"] == {"op": "exact", "value": 8}
    assert (lamps["actual"], lamps["is_met"], lamps["status"]) == (2, False, "delayed")
    assert lamps["responsible"][0]["name"] == "Sandvikens kommun"
    assert (
        lamps["history"][0]["report"]["reason"]["text"] == "Stolparna kommer för sent."
    )


@pytest.mark.parametrize(
    ("day", "state", "overdue"),
    [(15, "upcoming", False), (16, "late", False), (30, "missing", True)],
)
def test_the_clock_changes_the_answer_without_a_publication(
    client, promises, day, state, overdue
):
    with time_machine.travel(datetime(2026, 6, day, 9, tzinfo=UTC), tick=False):
        found = details(client, promises.pledge)["pledge"]
        accounts = ask(client, "pledges/status")

    assert found["followups"][0]["state"] == state
    assert found["followup_overdue"] is overdue
    assert accounts["followups_missing"] == int(overdue)
    assert accounts["as_of"] == f"2026-06-{day}"


def test_every_type_of_page_has_its_details(client, site, promises):
    report = make_report(promises, "Tertial 1 2026")
    areas = publish(make_focus_index(site.home))
    area = publish(make_focus_area(areas))

    kinds = {
        details(client, page)["kind"]
        for page in (
            promises.index, promises.programme, promises.pledge, report, areas, area,
        )
    }  # fmt: skip

    assert kinds == {
        "overview", "programme", "pledge", "follow_up", "focus_areas", "focus_area",
    }  # fmt: skip
    assert details(client, site.index) is None


def test_open_accounts_count_by_programme_and_by_party(client, promises):
    make_report(promises, "Tertial 1 2026")

    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False):
        found = ask(client, "pledges/status", lang="fi")

    assert found["activities"]["promised"] == 3
    assert (found["activities"]["delayed"], found["activities"]["ongoing"]) == (1, 2)
    [programme] = found["programmes"]
    assert (programme["followups_published"], programme["followups_missing"]) == (1, 1)
    assert programme["next_due"] == "2027-02-15"
    parties = {p["party"]["name"]: p for p in found["parties"]}
    assert parties["Sandvikens kommun"]["activities"]["promised"] == 2
    assert parties["Polismyndigheten"]["activities"]["promised"] == 2
    assert parties["Polismyndigheten"]["followups_missing"] == 1


def test_words_are_in_the_language_asked_for_and_figures_are_not_retyped(
    client, promises
):
    report = make_report(promises, "Tertial 1 2026")
    for page in (promises.index, promises.programme, report, promises.pledge):
        translate(page, "fi")

    swedish = details(client, promises.pledge)["pledge"]["activities"]
    finnish = details(client, promises.pledge, "fi")["pledge"]["activities"]

    assert finnish[0]["title"] == {"text": "fi: Sätta upp lampor", "lang": "fi"}
    for ours, theirs in zip(swedish, finnish, strict=True):
        for name in ("target", "actual", "status", "start", "due", "is_met"):
            assert ours[name] == theirs[name]


def test_pages_can_be_asked_for_by_focus_area(client, site):
    area = publish(make_focus_area(publish(make_focus_index(site.home))))
    belongs = publish(site.article(focus_areas=[area]))
    publish(site.article())

    found = ask(client, "pages", focus_area=str(area.translation_key))

    assert [item["key"] for item in found["items"]] == [str(belongs.translation_key)]
    other = ask(client, "pages", focus_area=str(belongs.translation_key))
    assert other["items"] == []


def test_a_focus_area_that_is_no_key_is_named(client, site):
    response = client.get("/api/v1/pages", {"focus_area": "droger"})

    assert response.status_code == 422
    assert "focus_area" in response.json()["detail"]


def test_accounts_take_three_queries(client, promises, django_assert_max_num_queries):
    make_report(promises, "Tertial 1 2026")
    with django_assert_max_num_queries(3):
        ask(client, "pledges/status")


def test_a_pledge_takes_four_queries(client, promises, django_assert_max_num_queries):
    key = fresh(promises.pledge).translation_key
    with django_assert_max_num_queries(4):
        ask(client, f"pages/{key}", lang="ar")


def test_an_unknown_language_is_refused(client, promises):
    response = client.get("/api/v1/pledges/status", {"lang": "xx"})

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
