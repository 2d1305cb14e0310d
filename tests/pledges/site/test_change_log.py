"""What residents are told of changes in a pledge or follow-up (R-40)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from cms.gate import actions
from cms.log.models import Head
from tests.factories.pages import fresh, make_emergency, publish
from tests.factories.pledges import make_focus_area, make_focus_index, make_report
from tests.strict_html import faults

pytestmark = pytest.mark.django_db

WRONG = "Namnet på någon som inte ska stå här"


@pytest.fixture
def path(promises):
    key = promises.pledge.translation_key
    return Head.objects.get(key=key, locale="sv").path


def words(element):
    return " ".join(element.get_text(" ").split())


def read(client, address):
    """Return the events, newest first, as lists of words; check the HTML."""
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert faults(html) == []
    events = BeautifulSoup(html, "html.parser").select("main ol > li")
    return [words(item) for item in events]


def change(page, significance="content", rows=None, **changes):
    """Publish a page anew; ``rows`` are changes to its first activity."""
    if rows:
        draft = fresh(page).get_latest_revision_as_object()
        activities = list(draft.activities.all())
        for name, value in rows.items():
            setattr(activities[0], name, value)
        changes["activities"] = activities
    return publish(page, significance=significance, **changes)


def test_facts_are_told_as_they_were_and_became(promises, path, client):
    change(
        promises.pledge,
        rows={
            "target_value": Decimal(9),
            "due": date(2026, 12, 31),
            "responsible": promises.police,
            "description": "<p>Ny beskrivning.</p>",
        },
        ingress="Vi lovar att lysa upp nio gångvägar.",
        goal="Nio vägar.",
    )

    changed, first = read(client, f"{path}andringar/")

    assert "Published for the first time" in first or "Publicerades" in first
    for told in (
        "exakt 8", "exakt 9", "31 december 2026", "Sandvikens kommun",
        "Polismyndigheten", "Sätta upp lampor", "Vi lovar att lysa upp åtta gångvägar.",
        "Vi lovar att lysa upp nio gångvägar.",
    ):  # fmt: skip
        assert told in changed, told
    # Of other texts only the name is told.
    assert "Ny beskrivning" not in changed
    assert "Nio vägar." not in changed
    link = f'href="{path}andringar/"'
    assert link in client.get(path).content.decode()


def test_what_was_corrected_or_withdrawn_is_not_repeated(site, promises, path, client):
    change(promises.pledge, ingress=WRONG)
    change(promises.pledge, "wording", ingress="Vi lovar ljus.", title="Ljus")
    corrected = read(client, f"{path}andringar/")[0]
    assert WRONG not in corrected
    assert "Vi lovar ljus" not in corrected

    actions.withdraw(fresh(promises.pledge), by=site.people.approver)
    assert client.get(f"{path}andringar/").status_code == 410
    change(promises.pledge, ingress="Vi lovar åter.")
    change(promises.pledge, ingress="Vi lovar mycket.")
    response = client.get(f"{path}andringar/").content.decode()
    assert WRONG not in response
    assert "Vi lovar ljus" not in response
    events = read(client, f"{path}andringar/")
    assert len(events) == 6
    assert "Vi lovar åter. " in events[0] + " "
    assert "Vi lovar åter" not in events[1]


def test_followups_are_told_until_they_are_withdrawn(site, promises, path, client):
    report = make_report(promises, "Tertial 1 2026")
    draft = fresh(report).get_latest_revision_as_object()
    lines = list(draft.lines.all())
    lines[0].status_after, lines[0].value, lines[0].reason = "done", Decimal(8), ""
    report = publish(report, lines=lines)

    changed, published, _first = read(client, f"{path}andringar/")
    assert report.title in changed
    assert "Sätta upp lampor" in changed
    assert "Genomförd" in changed
    assert "2" in changed
    assert "8" in changed
    assert "Försenad" in published
    own = Head.objects.get(key=report.translation_key, locale="sv").path
    newest, oldest = read(client, f"{own}andringar/")
    assert "Genomförd" in newest
    assert "Försenad" in oldest

    actions.withdraw(fresh(report), by=site.people.approver)
    events = read(client, f"{path}andringar/")
    assert len(events) == 4
    text = " ".join(events)
    assert report.title not in text
    assert "Genomförd" not in text
    assert client.get(f"{own}andringar/").status_code == 410


def test_address_works_in_every_language_and_only_where_there_is_a_log(
    site, promises, path, client
):
    change(promises.pledge, rows={"target_value": Decimal(9)})
    finnish = client.get(f"/fi{path}andringar/")
    html = BeautifulSoup(finnish.content, "html.parser")
    assert faults(finnish.content.decode()) == []
    assert html.html["lang"] == "fi"
    assert "tasan 9" in words(html.main)
    hrefs = {a["href"] for a in html.select(".language-switch a")}
    assert hrefs == {f"{p}{path}andringar/" for p in ("", "/fi", "/ar", "/so")}
    assert client.get(f"/fi{path}andringar/", headers={
        "If-None-Match": finnish["ETag"]}).status_code == 304  # fmt: skip
    bare = client.get(f"{path}andringar")
    assert (bare.status_code, bare["Location"]) == (301, f"{path}andringar/")
    for nothing in (
        "/nyheter/andringar/",
        "/andringar/",
        "/x/andringar/",
        "/x/andringar",
    ):
        assert client.get(nothing).status_code == 404
    named = site.live_article(title="Ändringar i trafiken", slug="andringar")
    assert named.title in client.get("/nyheter/andringar/").content.decode()


def test_queries_are_few_however_much_has_changed(
    promises, path, client, django_assert_max_num_queries
):
    make_report(promises, "Tertial 1 2026")
    for value in (9, 10, 11):
        change(promises.pledge, rows={"target_value": Decimal(value)})

    with django_assert_max_num_queries(18):
        events = read(client, f"{path}andringar/")
    assert len(events) == 5


def test_log_of_a_page_about_safety_leaves_as_few_traces(site, promises, path, client):
    publish(make_emergency())
    area = make_focus_area(make_focus_index(site.home), sensitivity="safety_critical")
    publish(fresh(area.get_parent().specific))
    area = publish(area)
    draft = fresh(promises.pledge).get_latest_revision_as_object()
    draft.focus_areas = [area]
    publish(promises.pledge, focus_areas=[area])

    response = client.get(f"{path}andringar/")

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "ETag" not in response
    head = BeautifulSoup(response.content, "html.parser").head
    assert promises.pledge.title not in head.get_text()
    assert promises.pledge.title not in str(head.find_all("meta"))
