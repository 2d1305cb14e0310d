"""The staff's dashboard: what it lists, for whom, and its files."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from cms.log import entries
from pledges.dashboard import exports, queries
from pledges.dashboard.queries import Selection
from tests.factories.pages import edit, publish, submit
from tests.factories.pledges import (
    Promises,
    followup_on,
    make_activity,
    make_pledge,
    make_report,
)
from tests.factories.site import Municipality
from tests.stages.stage import stage

PAGE = "/admin/follow-pledges/"


#: Tertial 2 has been missing since 29 October.
NOVEMBER = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel(NOVEMBER):
        yield


@stage
def reported_promises_of_the_module(promises_of_the_module: Promises) -> Promises:
    """A programme with a follow-up of tertial 1."""
    with time_machine.travel(NOVEMBER):
        make_report(promises_of_the_module, "Tertial 1 2026")
    return promises_of_the_module


@pytest.fixture
def promises(reported_promises_of_the_module: Promises, db: None) -> Promises:
    return reported_promises_of_the_module.reloaded()


@pytest.fixture
def staff(site: Municipality, client: Client) -> Client:
    client.force_login(site.people.editor)
    return client


def shown(client: Client, query: str = "") -> BeautifulSoup:
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows(soup: BeautifulSoup, heading: str) -> list[str]:
    section = soup.select_one(f"[aria-labelledby={heading}]")
    return [row.get_text(" ", strip=True) for row in section.select("tbody tr")]


def activities(client: Client, query: str = "") -> list[str]:
    return [
        row.split("  ")[0] for row in rows(shown(client, query), "activities-heading")
    ]


# --- what is listed ---


def test_what_is_due_and_what_is_missing(staff: Client, promises: Promises) -> None:
    listed = rows(shown(staff), "followups-heading")
    assert len(listed) == 2
    assert "Tertial 2 2026" in listed[0]
    assert "2026-10-15" in listed[0]
    assert "38" in listed[0]
    assert "Slutuppföljning" in listed[1]
    link = shown(staff).select_one("#followups-heading ~ * a, section a[href*=add]")
    assert link["href"] == f"/admin/pages/add/pledges/followup/{promises.programme.pk}/"


def test_a_draft_that_is_begun_is_named(staff: Client, promises: Promises) -> None:
    draft = followup_on(
        promises.programme, {}, occasion=promises.occasion("Tertial 2 2026")
    )
    links = {each["href"] for each in shown(staff).select("section a")}
    assert f"/admin/pages/{draft.pk}/edit/" in links
    assert not queries._drafts()[key_of(promises, "Tertial 2 2026")].in_review
    submit(draft)
    assert queries._drafts()[key_of(promises, "Tertial 2 2026")].in_review


def key_of(promises: Promises, label: str) -> str:
    return str(promises.occasion(label).translation_key)


def test_activities_as_the_latest_follow_up_says(
    staff: Client, promises: Promises
) -> None:
    board = queries.read(Selection())
    lamps, patrols, walks = board.activities
    assert (lamps.standing.title, lamps.standing.status) == (
        "Sätta upp lampor",
        "delayed",
    )
    assert lamps.standing.target == Decimal(8)
    assert lamps.standing.actual == Decimal(2)
    assert lamps.is_late
    assert patrols.standing.status == "ongoing"
    assert walks.responsible == "Sandvikens kommun, Polismyndigheten"
    listed = rows(shown(staff), "activities-heading")
    assert "8 gångvägar" in listed[0]
    assert "2 gångvägar" in listed[0]


def test_results_are_added_up_or_the_latest(promises: Promises) -> None:
    results = {
        "Sätta upp lampor": {"status": "ongoing", "value": 5},
        "Gå trygghetsvandringar": {"status": "done", "value": 4},
    }
    make_report(promises, "Tertial 2 2026", results=results)
    lamps, _patrols, walks = queries.read(Selection()).activities
    assert lamps.standing.actual == Decimal(5)
    assert walks.standing.actual == Decimal(10)
    assert walks.standing.is_met
    assert not lamps.standing.is_met


def test_nothing_of_a_draft_is_shown_as_told(promises: Promises) -> None:
    followup_on(
        promises.programme,
        {"Sätta upp lampor": {"status": "done", "value": 8}},
        occasion=promises.occasion("Tertial 2 2026"),
    )
    edit(promises.pledge, title="Bara ett utkast")
    lamps = queries.read(Selection()).activities[0].standing
    assert (lamps.status, lamps.pledge_title) == (
        "delayed",
        "Mer ljus där det känns mörkt",
    )


def test_late_is_also_what_should_have_begun_or_ended(promises: Promises) -> None:
    late = [
        make_activity("Borde ha börjat", promises.police, start=date(2026, 11, 1)),
        make_activity("Borde vara klar", promises.police, due=date(2026, 11, 1)),
        make_activity("Har tid", promises.police, start=date(2026, 12, 1)),
    ]
    publish(make_pledge(promises.programme, activities=late, number=2))
    found = queries.read(Selection(overdue=True)).activities
    assert [each.standing.title for each in found] == [
        "Sätta upp lampor",
        "Borde ha börjat",
        "Borde vara klar",
    ]


def test_what_was_withdrawn_or_replaced_is_no_worry(promises: Promises) -> None:
    publish(
        promises.pledge,
        withdrawn_on=date(2026, 10, 1),
        withdrawn_reason="Vägen byggs om.",
    )
    assert queries.read(Selection()).activities == []


# --- choosing and sorting ---


def test_filters(staff: Client, promises: Promises) -> None:
    assert len(activities(staff)) == 3
    assert len(activities(staff, "?status=delayed")) == 1
    assert len(activities(staff, f"?party={promises.police.translation_key}")) == 2
    programme = promises.programme.translation_key
    assert len(activities(staff, f"?programme={programme}")) == 3
    assert activities(staff, f"?programme={uuid4()}") == []
    assert len(activities(staff, "?overdue=1")) == 1
    late = rows(shown(staff, "?overdue=1"), "followups-heading")
    assert len(late) == 1


@pytest.mark.parametrize(
    "query",
    [
        "?status=x",
        "?sort=x",
        "?sort=--activity",
        "?page=999",
        "?page=x",
        "?party=%00",
        "?overdue=",
    ],
)
def test_what_nobody_offers_does_no_harm(
    staff: Client, promises: Promises, query: str
) -> None:
    assert staff.get(PAGE + query).status_code in {200, 400}


def test_sorting_by_a_heading_and_back(staff: Client, promises: Promises) -> None:
    up = activities(staff, "?sort=activity")
    assert [row[:4] for row in up] == ["Fotp", "Gå t", "Sätt"]
    assert activities(staff, "?sort=-activity") == up[::-1]
    soup = shown(staff, "?sort=activity&overdue=1")
    heading = soup.select_one("th[aria-sort=ascending] a")
    assert "overdue=1" in heading["href"]
    assert "sort=-activity" in heading["href"]


# --- for whom ---


@pytest.mark.parametrize("username", ["editor", "approver", "admin"])
def test_who_works_with_swedish_pages_sees_it(
    site: Municipality, client: Client, promises: Promises, username: str
) -> None:
    client.force_login(getattr(site.people, username))
    assert client.get(PAGE).status_code == 200
    assert PAGE in client.get("/admin/").content.decode()


@pytest.mark.parametrize("username", ["translator_fi", "reviewer_ar"])
def test_others_do_not(
    site: Municipality, client: Client, promises: Promises, username: str
) -> None:
    client.force_login(getattr(site.people, username))
    for address in (PAGE, f"{PAGE}activities.csv", f"{PAGE}followups.xlsx"):
        assert client.get(address).status_code == 403
    assert PAGE not in client.get("/admin/").content.decode()


def test_it_is_no_page_for_readers(client: Client, promises: Promises) -> None:
    assert client.get(PAGE).status_code == 302


def test_the_first_screen_says_how_many_are_missing(
    staff: Client, promises: Promises
) -> None:
    home = BeautifulSoup(staff.get("/admin/").content, "html.parser")
    assert home.select_one(f"a[href='{PAGE}?overdue=1']")
    make_report(promises, "Tertial 2 2026")
    home = BeautifulSoup(staff.get("/admin/").content, "html.parser")
    assert home.select_one(f"a[href='{PAGE}?overdue=1']") is None


# --- files ---


def table(client: Client, address: str) -> list[list[Any]]:
    response = client.get(PAGE + address)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    if ".csv" in address:
        text = response.content.decode("utf-8-sig")
        return list(csv.reader(StringIO(text), delimiter=";"))
    sheet = load_workbook(BytesIO(response.content)).active
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    return [[cell.value for cell in row] for row in sheet]


def test_both_files_hold_what_is_shown(staff: Client, promises: Promises) -> None:
    for form in ("csv", "xlsx"):
        head, *lines = table(staff, f"activities.{form}?status=delayed")
        assert len(lines) == 1
        assert len(head) == len(lines[0])
        assert lines[0][2] == "Sätta upp lampor"
        head, *lines = table(staff, f"followups.{form}")
        assert [line[1] for line in lines] == ["Tertial 2 2026", "Slutuppföljning"]
    _head, line = table(staff, "activities.csv?status=delayed")
    assert line[5:7] == ["8", "2"]
    _head, line = table(staff, "activities.xlsx?status=delayed")
    assert line[5:7] == [8, 2]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1"])
def test_text_that_looks_like_a_formula_is_text(
    staff: Client, promises: Promises, text: str
) -> None:
    assert exports.safe(text) == f"'{text}"
    activity = make_activity(f"{text} SUMMA", promises.police)
    publish(make_pledge(promises.programme, activities=[activity], number=0))
    for form in ("csv", "xlsx"):
        title = table(staff, f"activities.{form}")[1][2]
        assert title.startswith("'")


def test_numbers_stay_numbers() -> None:
    assert exports.safe(Decimal("-4.5")) == Decimal("-4.5")
    rows: list[list[exports.Cell]] = [[Decimal("-4.5"), "-4,5", None, date(2026, 1, 2)]]
    text = exports.as_csv(rows).decode("utf-8-sig")
    assert text == "-4,5;'-4,5;;2026-01-02\r\n"
    sheet = load_workbook(BytesIO(exports.as_xlsx(rows, "Blad"))).active
    assert sheet["A1"].value == -4.5
    assert sheet["B1"].value == "'-4,5"
    assert sheet["D1"].is_date


def test_what_a_workbook_cannot_hold_is_left_out() -> None:
    rows: list[list[exports.Cell]] = [["a\x00b\x0bc"]]
    sheet = load_workbook(BytesIO(exports.as_xlsx(rows, "Blad"))).active
    assert sheet["A1"].value == "abc"


def test_an_unknown_file_is_not_found(staff: Client, promises: Promises) -> None:
    assert staff.get(f"{PAGE}people.csv").status_code == 404
    assert staff.get(f"{PAGE}activities.pdf").status_code == 404


# --- the cost ---


def test_two_hundred_pledges_cost_as_many_queries_as_one(promises: Promises) -> None:
    few = _queries()
    last = entries.current(promises.pledge.translation_key, "sv")
    for number in range(200):
        entry = entries.Entry(
            key=uuid4(),
            locale="sv",
            kind="page",
            type=last.type,
            action="publish",
            path=f"{last.path}{number}/",
            parent_key=last.parent_key,
            title=f"Löfte {number}",
            document=last.document,
            significance="first",
            origin="source",
            review="approved",
            content_updated_at=timezone.now(),
            actor="test",
        )
        with transaction.atomic():
            entries.append(entry, at=timezone.now())
    assert _queries() == few
    assert len(queries.read(Selection()).activities) == 603


def _queries() -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        queries.read(Selection())
    return len(captured)
