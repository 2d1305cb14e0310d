"""What residents read of a pledge: the promise beside what came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from cms.reading.library import Library
from cms.reading.pages import Reading, read_path
from pledges.choices import Phase, Punctuality, Status
from pledges.reading.pages import with_details
from tests.factories.pages import fresh, publish
from tests.factories.pledges import (
    make_activity,
    make_pledge,
    make_programme,
    make_promises,
    make_report,
)
from tests.factories.translations import translate

pytestmark = pytest.mark.django_db


def read(path):
    library = Library()
    reading = read_path(path, library)
    assert isinstance(reading, Reading), path
    return with_details(library, reading)


def pledge_at(path):
    return read(path).details.pledge


def stop_clock(year, month, day, hour=12):
    moment = datetime(year, month, day, hour, tzinfo=UTC)
    return time_machine.travel(moment, tick=False)


def test_a_pledge_shows_who_what_how_much_and_how_it_goes(promises):
    make_report(promises, "Tertial 1 2026")

    view = pledge_at(promises.pledge.public_path())

    lamps, patrols, walks = view.activities
    assert str(lamps.title) == "Sätta upp lampor"
    assert [p.name.text for p in lamps.responsible] == ["Sandvikens kommun"]
    assert [p.name.text for p in walks.responsible] == [
        "Sandvikens kommun",
        "Polismyndigheten",
    ]
    assert (lamps.target.op, lamps.target.value) == ("exact", Decimal(8))
    assert (lamps.actual, lamps.is_met) == (Decimal(2), False)
    assert lamps.status is Status.DELAYED
    assert str(lamps.latest.reason) == "Stolparna kommer för sent."
    assert (patrols.target, patrols.actual, patrols.is_met) == (None, None, None)
    assert [a.title.text for a in view.not_done] == ["Sätta upp lampor"]


def test_before_the_first_report_no_status_is_claimed(promises):
    view = pledge_at(promises.pledge.public_path())

    assert {activity.status for activity in view.activities} == {None}
    assert view.timeline.latest is None


def test_results_are_summed_or_latest_as_the_activity_says(promises):
    make_report(promises, "Tertial 1 2026")
    make_report(
        promises,
        "Tertial 2 2026",
        results={
            "Sätta upp lampor": {"status": "ongoing", "value": 5},
            "Gå trygghetsvandringar": {"status": "ongoing", "value": "4.5"},
        },
    )

    lamps, _patrols, walks = pledge_at(promises.pledge.public_path()).activities

    assert lamps.actual == Decimal(5)
    assert walks.actual == Decimal("10.5")
    assert walks.is_met
    assert [entry.report.value for entry in walks.history] == [6, Decimal("4.5")]


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ((2026, 6, 14), Punctuality.UPCOMING),
        # Still the fifteenth in Sandviken, 23.30.
        ((2026, 6, 15, 21), Punctuality.UPCOMING),
        # The sixteenth in Sandviken while a server in London says the fifteenth.
        ((2026, 6, 15, 22), Punctuality.LATE),
        ((2026, 6, 29, 12), Punctuality.LATE),
        ((2026, 6, 29, 22), Punctuality.MISSING),
    ],
)
def test_the_clock_alone_makes_a_follow_up_late_and_missing(promises, moment, state):
    with stop_clock(*moment):
        timeline = pledge_at(promises.pledge.public_path()).timeline

    assert timeline.occasions[0].state is state
    assert bool(timeline.missing) == (state is Punctuality.MISSING)


def test_winter_time_ends_a_day_an_hour_later_in_utc(site):
    tertial = ("Tertial 3", date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 10))
    last = ("Slut", date(2026, 10, 1), date(2026, 12, 31), date(2027, 2, 1))
    promises = make_promises(site.home, planned=(tertial, last))
    path = promises.pledge.public_path()

    # Grace ends with 24 October in summer time, when 22.00 UTC is midnight.
    with stop_clock(2026, 10, 24, 21):
        assert not pledge_at(path).timeline.missing
    with stop_clock(2026, 10, 24, 22):
        assert pledge_at(path).timeline.missing
    # The final one falls in winter time: 23.00 UTC is midnight.
    with stop_clock(2027, 2, 15, 22):
        assert len(pledge_at(path).timeline.missing) == 1
    with stop_clock(2027, 2, 15, 23):
        assert len(pledge_at(path).timeline.missing) == 2


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        ((2025, 12, 17), Phase.PLANNED),
        ((2025, 12, 18), Phase.SIGNED),
        ((2026, 1, 1), Phase.ONGOING),
        ((2026, 12, 31), Phase.ONGOING),
        ((2027, 1, 1), Phase.ENDED),
    ],
)
def test_the_phase_follows_from_dates(promises, day, phase):
    with stop_clock(*day):
        assert pledge_at(promises.pledge.public_path()).phase is phase


def test_a_finnish_reader_gets_finnish_words_and_swedish_numbers(promises):
    report = make_report(promises, "Tertial 1 2026")
    for page in (promises.index, promises.programme, report, promises.pledge):
        finnish = translate(page, "fi")

    view = pledge_at(finnish.public_path())

    lamps = view.activities[0]
    assert lamps.title.text == "fi: Sätta upp lampor"
    assert lamps.unit.text == "fi: gångvägar"
    assert lamps.latest.reason.text == "fi: Stolparna kommer för sent."
    assert (lamps.actual, lamps.target.value) == (2, 8)


def test_a_changed_number_reaches_every_language_without_a_translator(promises):
    for page in (promises.index, promises.programme, promises.pledge):
        finnish = translate(page, "fi")
    activities = list(fresh(promises.pledge).activities.all())
    activities[0].target_value = Decimal(9)
    publish(promises.pledge, activities=activities)

    lamps = pledge_at(fresh(finnish).public_path()).activities[0]

    assert lamps.target.value == 9
    assert lamps.title.text == "fi: Sätta upp lampor"


def test_a_new_activity_is_shown_in_swedish_until_it_is_translated(promises):
    for page in (promises.index, promises.programme, promises.pledge):
        finnish = translate(page, "fi")
    old = list(fresh(promises.pledge).activities.all())
    new = type(old[0])(
        title="Svara på anmälningar", responsible=promises.municipality, sort_order=9
    )
    publish(promises.pledge, activities=[*old, new])

    added = pledge_at(fresh(finnish).public_path()).activities[-1]

    assert (added.title.text, added.title.html_lang) == ("Svara på anmälningar", "sv")


def test_a_pledge_takes_four_queries(promises, django_assert_max_num_queries):
    report = make_report(promises, "Tertial 1 2026")
    for page in (promises.index, promises.programme, report, promises.pledge):
        finnish = translate(page, "fi")
    swedish, path = promises.pledge.public_path(), finnish.public_path()

    with django_assert_max_num_queries(4):
        read(swedish)
    with django_assert_max_num_queries(4):
        read(path)


def test_the_overview_takes_as_many_queries_for_one_programme_as_for_three(
    site, promises, django_assert_max_num_queries
):
    for year in (2024, 2025):
        make_promises_again(promises, year)

    path = promises.index.public_path()
    with django_assert_max_num_queries(4):
        page = read(path).details

    assert len(page.programmes) == 3


def make_promises_again(promises, year):
    programme = publish(
        make_programme(
            promises.index,
            parties=[promises.municipality, promises.police],
            period_start=date(year, 1, 1),
            period_end=date(year, 12, 31),
        )
    )
    publish(
        make_pledge(
            programme, activities=[make_activity("Gå rundor", promises.municipality)]
        )
    )
