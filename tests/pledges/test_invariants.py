"""The invariants I1 to I12 of pledges, each with somebody who tries to break it.

What a database constraint holds is tried with the ORM, past every form and rule.
I8 (the residents' clock) is in ``test_reading.py``, I10 (suppression) in the tests of
surveys.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError
from wagtail.models import Page, ReferenceIndex

from cms.gate import actions
from cms.gate.errors import NotFit, Refused
from cms.log.models import Head, Publication
from cms.reading.pages import Reading, Redirect, read_path
from pledges.models import FollowUpLine, Partner, Pledge, PledgeActivity
from tests.factories.documents import facts_of
from tests.factories.pages import fresh, publish, submit
from tests.factories.people import person
from tests.factories.pledges import (
    followup_on,
    make_activity,
    make_focus_area,
    make_focus_index,
    make_official,
    make_partner,
    make_place,
    make_pledge,
    make_programme,
    make_promises,
    make_report,
)
from tests.factories.translations import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(site):
    """A programme whose period is over, with the final follow-up due."""
    planned = (("Slut", date(2018, 1, 1), date(2019, 12, 31), date(2020, 2, 1)),)
    return make_promises(
        site.home,
        planned=planned,
        period_start=date(2018, 1, 1),
        period_end=date(2019, 12, 31),
    )


def codes(refused):
    return {issue.code for issue in refused.value.issues}


def refused_on_submit(page, **changes):
    with pytest.raises(NotFit) as refused, transaction.atomic():
        submit(page, **changes)
    return codes(refused)


# --- I1 ---


def test_i1_nothing_is_signed_without_somebody_for_each_party(promises):
    draft = make_programme(
        promises.index, parties=[promises.municipality, promises.police]
    )
    one = list(draft.signatories.all())[:1]

    assert "signatories" in refused_on_submit(draft, signatories=one)


def test_i1_signatures_have_a_day(promises):
    assert "signed_on" in refused_on_submit(promises.programme, signed_on=None)


# --- I2 ---


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("programme", {"period_end": date(2025, 1, 1)}),
        ("lamps", {"start": date(2026, 5, 1), "due": date(2026, 4, 1)}),
    ],
)
def test_i2_nothing_ends_before_it_begins(promises, name, changes):
    row = getattr(promises, name)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**changes)


def test_i2_a_planned_period_ends_after_it_begins(promises):
    occasion = promises.occasion("Tertial 1 2026")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(occasion).objects.filter(pk=occasion.pk).update(
            period_end=date(2020, 1, 1)
        )


# --- I3 ---


def test_i3_no_outcome_while_the_period_lasts(site):
    # The clock of this test is the real one: the period ends in a far future.
    promises = make_promises(site.home, period_end=date(2199, 12, 31))

    found = refused_on_submit(
        promises.pledge, outcome="fulfilled", outcome_summary="Klart."
    )

    assert {"outcome_early", "outcome_unreported"} <= found


def test_i3_no_outcome_before_the_final_follow_up(ended):
    found = refused_on_submit(
        ended.pledge, outcome="fulfilled", outcome_summary="Klart."
    )

    assert found == {"outcome_unreported"}


def test_i3_an_outcome_follows_the_final_follow_up_and_holds_it_up(ended):
    report = make_report(ended, "Slut")
    publish(ended.pledge, outcome="partly", outcome_summary="Två av åtta är klara.")

    with pytest.raises(NotFit) as refused:
        actions.withdraw(report, by=person("approver"))

    assert "outcome" in codes(refused)


# --- I4 ---


def test_i4_a_pledge_that_was_followed_up_stays(promises):
    make_report(promises, "Tertial 1 2026")

    for attempt in (
        lambda: actions.withdraw(promises.pledge, by=person("approver")),
        lambda: actions.delete_page(promises.pledge, by=person("approver")),
        lambda: fresh(promises.pledge).delete(),
        lambda: fresh(promises.pledge).unpublish(),
        lambda: actions.withdraw(
            promises.programme, by=person("approver"), include_descendants=True
        ),
        lambda: Pledge.objects.filter(pk=promises.pledge.pk).delete(),
    ):
        with pytest.raises((Refused, RestrictedError)), transaction.atomic():
            attempt()

    assert isinstance(read_path(promises.pledge.public_path()), Reading)


def test_i4_a_pledge_is_withdrawn_with_a_reason(promises):
    make_report(promises, "Tertial 1 2026")

    assert "withdrawn_reason" in refused_on_submit(
        promises.pledge, withdrawn_on=date(2026, 8, 1)
    )
    publish(
        promises.pledge,
        withdrawn_on=date(2026, 8, 1),
        withdrawn_reason="Vägarna byggs om av staten.",
    )
    assert isinstance(read_path(promises.pledge.public_path()), Reading)


def test_i4_a_pledge_nobody_has_reported_on_may_be_taken_away(promises):
    actions.withdraw(promises.pledge, by=person("approver"))

    assert not isinstance(read_path(promises.pledge.public_path()), Reading)


def test_i4_unpublishing_in_bulk_is_refused(client, promises):
    make_report(promises, "Tertial 1 2026")
    client.force_login(person("approver"))

    client.post(f"/admin/bulk/wagtailcore/page/unpublish/?id={promises.pledge.pk}")

    assert fresh(promises.pledge).live
    assert isinstance(read_path(promises.pledge.public_path()), Reading)


def test_i4_the_clock_takes_away_other_pages_but_not_a_pledge(promises, site, caplog):
    make_report(promises, "Tertial 1 2026")
    article = site.live_article()
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    Page.objects.filter(pk__in=[promises.pledge.pk, article.pk]).update(
        expire_at=long_ago
    )

    call_command("publish_scheduled", stdout=StringIO())

    assert isinstance(read_path(promises.pledge.public_path()), Reading)
    assert not isinstance(read_path(article.public_path()), Reading)
    assert "has expired but stays" in caplog.text


def test_i4_an_activity_that_was_followed_up_cannot_be_left_out(promises):
    make_report(promises, "Tertial 1 2026")
    kept = [a for a in fresh(promises.pledge).activities.all() if a.title[0] != "F"]

    assert "activity_lost" in refused_on_submit(promises.pledge, activities=kept)
    with pytest.raises(RestrictedError), transaction.atomic():
        promises.patrols.delete()


# --- I5 ---


def test_i5_every_activity_has_somebody_who_answers(promises):
    with pytest.raises(IntegrityError), transaction.atomic():
        PledgeActivity.objects.filter(pk=promises.lamps.pk).update(responsible=None)


# --- I6 ---


@pytest.mark.parametrize(
    "status", ["not_started", "partly", "not_done", "delayed", "cancelled"]
)
def test_i6_what_is_not_on_its_way_has_a_reason(promises, status):
    results = {"Sätta upp lampor": {"status": status, "reason": " "}}

    assert "reason" in refused_on_submit(followup_on(promises.programme, results))


@pytest.mark.parametrize("status", ["ongoing", "recurring", "done"])
def test_i6_good_news_needs_no_reason(promises, status):
    results = {"Sätta upp lampor": {"status": status}}

    publish(followup_on(promises.programme, results))


def test_i6_the_reason_exists_in_every_published_language(promises):
    report = make_report(promises, "Tertial 1 2026")
    for page in (promises.index, promises.programme):
        translate(page, "fi")
    lines = {"Stolparna kommer för sent.": ""}

    with pytest.raises(NotFit) as refused, transaction.atomic():
        translate(report, "fi", lambda text: lines.get(text, f"fi: {text}"))

    assert codes(refused) == {"incomplete"}


def test_a_follow_up_leaves_no_activity_out(promises):
    report = followup_on(promises.programme, {})
    kept = list(report.lines.all())[:2]

    assert "line_missing" in refused_on_submit(report, lines=kept)


def test_an_old_report_is_not_asked_about_what_was_promised_later(promises):
    report = make_report(promises, "Tertial 1 2026")
    later = [make_activity("Svara på anmälningar", promises.municipality, sort_order=9)]
    known = list(fresh(promises.pledge).activities.all())
    publish(promises.pledge, activities=[*known, *later])

    publish(report, next_steps="Rättat: stolparna kommer i maj.")

    kept = list(fresh(report).lines.all())[:1]
    assert "line_missing" in refused_on_submit(report, lines=kept)


def test_an_activity_is_reported_on_once(promises):
    report = make_report(promises, "Tertial 1 2026")
    row = FollowUpLine.objects.filter(followup=report).first()
    row.pk = None
    row.translation_key = None
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpLine.objects.bulk_create([row])


def test_a_follow_up_waits_for_every_party(promises):
    report = followup_on(
        promises.programme, {}, approved_by_parties=[promises.municipality]
    )

    assert "party_approval" in refused_on_submit(report)


# --- I7 ---


def test_i7_facts_are_the_same_in_every_language_whatever_a_row_says(promises):
    for page in (promises.index, promises.programme):
        translate(page, "fi")
    finnish = translate(promises.pledge, "fi")
    lamps = PledgeActivity.objects.filter(pledge=finnish, target_op="exact")
    assert lamps.update(target_value=99) == 1

    facts = [
        facts_of(page.kind, read_path(page.public_path()).document)
        for page in (promises.pledge, finnish)
    ]

    assert facts[0] == facts[1]
    target = f"activities.{promises.lamps.translation_key}.target"
    assert (facts[0][f"{target}.op"], facts[0][f"{target}.value"]) == ("exact", "8")


# --- I9 ---


def test_i9_what_public_texts_name_cannot_be_deleted(promises):
    place, official = publish(make_place()), publish(make_official())
    publish(
        make_pledge(
            promises.programme,
            activities=[make_activity("Lysa upp", promises.police, places=[place])],
            relations={"contact_persons": [official]},
        )
    )

    for used in (promises.police, promises.municipality, place, official):
        for attempt in (
            lambda used=used: used.delete(),
            lambda used=used: actions.withdraw(used, by=person("approver")),
            lambda used=used: type(used).objects.filter(pk=used.pk).delete(),
        ):
            with pytest.raises((Refused, ProtectedError)), transaction.atomic():
                attempt()
        assert type(used).objects.filter(pk=used.pk).exists()


def test_i9_the_admin_says_where_it_is_used(client, promises):
    client.force_login(person("approver"))
    url = f"/admin/snippets/pledges/partner/delete/{promises.police.pk}/"
    # Wagtail's index is brought up to date in the background, and may not know yet.
    ReferenceIndex.objects.all().delete()

    answer = client.post(url)

    assert answer.status_code == 409
    assert Partner.objects.filter(pk=promises.police.pk).exists()


def test_i9_what_nobody_names_can_be_deleted(promises):
    unused = publish(make_partner("Ingen förening", category="association"))

    unused.delete()

    assert not Head.objects.public().filter(key=unused.translation_key).exists()


# --- I11 ---


def test_i11_a_renamed_focus_area_keeps_its_old_address(site):
    area = publish(
        make_focus_area(
            publish(make_focus_index(site.home)), title="Droger", slug="droger"
        )
    )
    old = area.public_path()

    renamed = publish(area, title="ANDTS", slug="andts")

    answer = read_path(old)
    assert isinstance(answer, Redirect)
    assert answer.path == renamed.public_path() != old


# --- I12 ---


def test_i12_a_changed_block_changes_every_page_and_no_archived_text(promises):
    page = promises.pledge
    row = Publication.objects.filter(key=page.translation_key).latest("id")
    before = (row.content_hash, row.document)

    publish(promises.municipality, name="Sandvikens stora kommun")

    reference = read_path(page.public_path()).references[
        str(promises.municipality.translation_key)
    ]
    row.refresh_from_db()
    assert reference.document["name"] == "Sandvikens stora kommun"
    assert (row.content_hash, row.document) == before


def test_a_draft_that_is_reported_on_is_not_deleted_from_under_the_report(promises):
    followup_on(promises.programme, {})

    with pytest.raises(Refused) as refused, transaction.atomic():
        actions.delete_page(promises.pledge, by=person("approver"))

    assert refused.value.code == "in_use"
