"""What residents read on the pages of pledges: in words, numbers and their language."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup

from tests.factories.pages import fresh, publish
from tests.factories.pledges import (
    make_activity,
    make_dialogue,
    make_focus_area,
    make_focus_index,
    make_official,
    make_pledge,
    make_report,
    make_working_group,
)
from tests.factories.translations import translate
from tests.strict_html import faults

pytestmark = pytest.mark.django_db


def stop_clock(year, month, day, hour=12):
    moment = datetime(year, month, day, hour, tzinfo=UTC)
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def read(client):
    """Get a page; return its main part, after checking the HTML."""

    def page(path):
        response = client.get(path)
        html = response.content.decode()
        assert response.status_code == 200
        assert faults(html) == []
        return BeautifulSoup(html, "html.parser").main

    return page


def words(element):
    return " ".join(element.get_text(" ").split())


def activity(page, title):
    return page.find(["h3", "h4"], string=title).find_parent(class_="activity")


def figures(card):
    return [words(dd) for dd in card.find(class_="figures__pair").find_all("dd")]


# --- a pledge ---


def test_a_word_for_one_does_not_follow_a_number_of_many(promises, read):
    make_report(promises, "Tertial 1 2026")

    page = read(promises.pledge.public_path())

    told = [words(item) for item in page.select(".tally li")]
    assert told
    assert all(re.fullmatch(r"\D+ : \d+", item) for item in told), told


def test_the_promise_comes_first_and_every_activity_has_its_account(promises, read):
    make_report(promises, "Tertial 1 2026")

    page = read(promises.pledge.public_path())

    assert (
        page.h1.find_next_sibling("p").text == "Vi lovar att lysa upp åtta gångvägar."
    )
    lamps = activity(page, "Sätta upp lampor")
    assert "Sandvikens kommun" in words(lamps.dl)
    assert [text.rpartition(" ")[0].split()[-1] for text in figures(lamps)] == [
        "8",
        "2",
    ]
    assert all(text.endswith("gångvägar") for text in figures(lamps))
    assert "Två gångvägar är klara." in words(lamps)
    assert "Stolparna kommer för sent." in words(lamps)
    assert lamps.meter.attrs.items() >= {"min": "0", "max": "8", "value": "2"}.items()


def test_every_state_is_a_word_beside_an_icon_that_is_hidden_from_readers(
    promises, read
):
    make_report(promises, "Tertial 1 2026")

    states = read(promises.pledge.public_path()).find_all(class_="state")

    assert states
    for state in states:
        assert words(state)
        assert state.svg["aria-hidden"] == "true"
    icons = {words(state): state.use["href"].partition("#")[2] for state in states}
    assert len(set(icons.values())) == len(icons)


def test_what_was_not_done_stands_by_itself_with_its_reason(promises, read):
    make_report(promises, "Tertial 1 2026")

    page = read(promises.pledge.public_path())

    (owed,) = page.find(class_="short").find_all("li")
    assert "Sätta upp lampor" in words(owed)
    assert "Stolparna kommer för sent." in words(owed)
    assert page.find(id=owed.a["href"].removeprefix("#"))


def test_before_the_first_follow_up_nothing_is_claimed(promises, read):
    with stop_clock(2026, 2, 1):
        page = read(promises.pledge.public_path())

    assert page.find(class_="short") is None
    assert page.find(class_="overdue") is None
    assert page.find("meter") is None


@pytest.mark.parametrize(
    ("day", "late", "missing"),
    [((2026, 6, 15), 0, 0), ((2026, 6, 16), 1, 0), ((2026, 6, 30), 0, 1)],
)
def test_a_missing_follow_up_is_told_without_anyone_publishing(
    promises, read, day, late, missing
):
    """R-31."""
    paths = (
        promises.pledge.public_path(),
        promises.programme.public_path(),
        promises.index.public_path(),
    )
    with stop_clock(*day):
        for path in paths:
            told = read(path).find_all(class_="overdue")
            assert len([p for p in told if "overdue--late" in p["class"]]) == late
            gaps = [p for p in told if "overdue--late" not in p["class"]]
            assert len(gaps) == missing
            for each in told:
                assert each.time["datetime"] == "2026-06-15"


def test_why_who_and_where_to_turn(promises, read):
    dialogue = publish(make_dialogue("Fem dialoger", what_we_cannot_do="Inte allt."))
    person = publish(
        make_official(
            phone="+46701740612", email="jonas.ek@example.org", publish_contact=True
        )
    )
    quiet = publish(make_official("Samira Haddad", phone="+46701740613"))
    pledge = publish(
        make_pledge(
            promises.programme,
            activities=[make_activity("Lyssna", promises.municipality)],
            relations={"dialogues": [dialogue], "contact_persons": [person, quiet]},
            feedback_url="https://example.org/tyck",
        )
    )

    page = read(pledge.public_path())

    assert "Inte allt." in words(page.find(class_="dialogue"))
    first, second = page.find_all(class_="person")
    assert [a["href"] for a in first.find_all("a")] == [
        "tel:+46701740612",
        "mailto:jonas.ek@example.org",
    ]
    assert second.find("a") is None
    assert page.find("a", href="https://example.org/tyck")


def test_all_planned_follow_ups_stand_in_order_and_the_public_one_is_a_link(
    promises, read
):
    report = make_report(promises, "Tertial 1 2026")

    with stop_clock(2026, 11, 22):
        page = read(promises.pledge.public_path())

    items = page.find(class_="timeline").find_all("li")
    assert [item["class"][-1].partition("--")[2] for item in items] == [
        "published",
        "missing",
        "upcoming",
    ]
    assert items[0].a["href"] == report.public_path()
    assert items[1].a is None
    assert items[1].time["datetime"] == "2026-10-15"


def test_history_of_an_activity_is_kept(promises, read):
    make_report(promises, "Tertial 1 2026")
    results = {"Gå trygghetsvandringar": {"status": "done", "value": 5}}
    second = make_report(promises, "Tertial 2 2026", results=results)

    walks = activity(read(promises.pledge.public_path()), "Gå trygghetsvandringar")

    assert figures(walks)[1].startswith("11 ")
    entries = walks.find(class_="history").find_all("li")
    assert entries[0].a["href"] == second.public_path()
    assert len(entries) == 2


def test_an_ended_period_is_marked_and_kept(promises, read):
    """R-39."""
    with stop_clock(2027, 1, 1):
        ended = read(promises.pledge.public_path()).find(class_="ended")
    with stop_clock(2026, 12, 31):
        assert read(promises.pledge.public_path()).find(class_="ended") is None

    assert "2026" in words(ended)


def test_a_withdrawn_pledge_says_when_and_why(promises, read):
    publish(
        promises.pledge,
        withdrawn_on=date(2026, 3, 1),
        withdrawn_reason="Vägarna ägs av staten.",
    )

    with stop_clock(2026, 4, 1):
        standing = read(promises.pledge.public_path()).find(class_="standing")

    assert "Vägarna ägs av staten." in words(standing)
    assert standing.find("time", datetime="2026-03-01")


# --- programme and follow-up ---


def test_a_programme_tells_who_signed_what_and_shows_its_pledges(promises, read):
    publish(promises.programme, register_no="DEMO 2026:7", signed_at_place="Stadshuset")

    page = read(promises.programme.public_path())

    assert "DEMO 2026:7" in words(page)
    assert page.find("time", datetime="2025-12-18")
    assert "Stadshuset" in words(page.dl)
    assert len(page.find_all(class_="person")) == 2
    card = page.find(class_="card")
    assert card.h3.a["href"] == promises.pledge.public_path()


def test_a_follow_up_reports_by_who_is_responsible(promises, read):
    """R-30, C-1."""
    report = make_report(promises, "Tertial 1 2026", effect_text="<p>Fler går ut.</p>")

    page = read(report.public_path())

    parties = [words(h).partition(":")[2].strip() for h in page.find_all("h3")]
    assert parties == [
        "Sandvikens kommun",
        "Polismyndigheten",
        "Sandvikens kommun , Polismyndigheten",
    ]
    assert "Fler går ut." in words(page)
    assert "inte om det beror på vårt arbete" in words(page.find(class_="caveat"))
    assert "Stolparna kommer för sent." in words(page.find(class_="short"))
    assert "I höst sätter vi upp resten av stolparna." in words(page)
    assert page.find("a", href=promises.programme.public_path())


def test_a_follow_up_shows_the_results_as_they_stood_then(promises, read):
    first = make_report(promises, "Tertial 1 2026")
    results = {
        "Sätta upp lampor": {"status": "done", "value": 8},
        "Gå trygghetsvandringar": {"status": "done", "value": "4.5"},
    }
    second = make_report(promises, "Tertial 2 2026", results=results)

    before, after = read(first.public_path()), read(second.public_path())

    assert figures(activity(before, "Gå trygghetsvandringar"))[1].startswith("6 ")
    walks = activity(after, "Gå trygghetsvandringar")
    assert figures(walks)[1].startswith("10,5 ")
    assert "4,5 vandringar" in words(walks)
    assert figures(activity(before, "Sätta upp lampor"))[1].startswith("2 ")
    assert before.find("a", rel="next")["href"] == second.public_path()
    assert after.find("a", rel="prev")["href"] == first.public_path()


# --- focus areas ---


@pytest.fixture
def area(site):
    group = publish(make_working_group("Arbetsgrupp trafik"))
    index = publish(make_focus_index(site.home))
    return publish(make_focus_area(index, "Droger", working_group=group))


def test_a_focus_area_shows_group_and_pledges_and_remembers_its_name(
    promises, area, read
):
    """I11."""
    publish(promises.pledge, focus_areas=[area])
    publish(area, title="ANDTS", significance="content")

    page = read(fresh(area).public_path())

    assert page.h1.text == "ANDTS"
    assert "Droger" in words(page.find(class_="former"))
    assert "Gruppen arbetar för trygga platser." in words(page.find(class_="group"))
    assert page.find(class_="card").a["href"] == promises.pledge.public_path()


def test_all_focus_areas_are_listed_with_their_groups(area, read):
    page = read(fresh(area.get_parent().specific).public_path())

    card = page.find(class_="card")
    assert card.h2.a["href"] == area.public_path()
    assert "Arbetsgrupp trafik" in words(card)


# --- languages ---


@pytest.fixture
def finnish(promises):
    report = make_report(
        promises,
        "Tertial 1 2026",
        results={
            "Sätta upp lampor": {"status": "delayed", "value": 2, "reason": "Sent."},
            "Gå trygghetsvandringar": {"status": "ongoing", "value": "1204.5"},
        },
    )
    pages = (promises.index, promises.programme, report, promises.pledge)
    return [translate(page, "fi") for page in pages]


def test_a_finnish_reader_gets_finnish_words_and_the_same_numbers(finnish, read):
    page = read(finnish[-1].public_path())

    lamps = activity(page, "fi: Sätta upp lampor")
    assert all(text.endswith("fi: gångvägar") for text in figures(lamps))
    assert (lamps.meter["max"], lamps.meter["value"]) == ("8", "2")
    walks = figures(activity(page, "fi: Gå trygghetsvandringar"))
    assert walks[1].replace("\xa0", " ").startswith("1 204,5 ")
    assert page.find("time", string="15. lokakuuta 2026")
    assert lamps.h3.get("lang") is None


def test_swedish_names_are_marked_in_a_finnish_page(finnish, read):
    page = read(finnish[-1].public_path())

    name = page.find("span", lang="sv", string="Polismyndigheten")
    assert name["dir"] == "ltr"


def test_a_new_activity_is_marked_as_swedish_until_it_is_translated(
    promises, finnish, read
):
    old = list(fresh(promises.pledge).activities.all())
    new = make_activity("Svara på anmälningar", promises.municipality, sort_order=9)
    publish(promises.pledge, activities=[*old, new])

    title = read(finnish[-1].public_path()).find("h3", string="Svara på anmälningar")

    assert (title["lang"], title["dir"]) == ("sv", "ltr")


def test_a_page_that_falls_back_keeps_the_readers_words_around_it(promises, read):
    page = read(f"/ar{promises.pledge.public_path()}")

    account = page.find(class_="account")
    assert (page["lang"], account["lang"], account["dir"]) == ("sv", "ar", "rtl")
    title = page.find("h3", string="Sätta upp lampor")
    assert (title["lang"], title["dir"]) == ("sv", "ltr")


# --- cost ---


@pytest.mark.usefixtures("finnish")
def test_a_pledge_is_read_in_four_queries(
    promises, client, django_assert_max_num_queries
):
    for path in (promises.pledge.public_path(), f"/so{promises.pledge.public_path()}"):
        with django_assert_max_num_queries(4):
            assert client.get(path).status_code == 200
