"""Programmes, pledges and follow-ups at the desk and on the review screen."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import TranslatableField

from cms.desk import workbench
from cms.desk.labels import Labels
from cms.gate import passages
from cms.kinds.labels import Rows
from cms.log.models import Head
from cms.reading import status
from pledges.models import FollowUpLine
from tests.factories.documents import facts_of
from tests.factories.pages import edit, fresh, publish
from tests.factories.pledges import (
    Promises,
    make_activity,
    make_dialogue,
    make_focus_area,
    make_focus_index,
    make_official,
    make_partner,
    make_place,
    make_pledge,
    make_programme,
    make_report,
    make_survey,
    make_working_group,
)
from tests.factories.site import Municipality
from tests.factories.translations import start, translate, translation_of

SV_WORDS = {
    "Sätta upp lampor": "Asennetaan valaisimia",
    "gångvägar": "kävelytietä",
    "Två gångvägar är klara.": "Kaksi kävelytietä on valmiina.",
    "Stolparna kommer för sent.": "Pylväät ovat myöhässä.",
    "Tertial 1 2026": "Kolmannes 1 2026",
}


def document(page: Any, tag: str) -> dict[str, Any]:
    head = Head.objects.select_related("publication").get(
        key=page.translation_key, locale=tag
    )
    assert head.is_public
    found: dict[str, Any] = head.publication.document
    return found


def test_words_are_translated_and_facts_stay_as_they_are(promises: Promises) -> None:
    """I7: what is the same in every language is equal byte for byte."""
    report = make_report(promises, "Tertial 1 2026")
    pages = (promises.index, promises.programme, promises.pledge, report)
    for page in pages:
        translate(page, "fi", SV_WORDS)
    for page in pages[1:]:
        swedish, finnish = document(page, "sv"), document(page, "fi")
        ours, theirs = (facts_of(page.kind, each) for each in (swedish, finnish))
        assert json.dumps(theirs) == json.dumps(ours)
    words = document(promises.pledge, "fi")["activities"][0]
    assert words["title"] == "Asennetaan valaisimia"
    assert words["unit"] == "kävelytietä"
    line = document(report, "fi")["lines"][0]
    assert line["activity"] == str(promises.lamps.translation_key)
    assert line["text"] == "Kaksi kävelytietä on valmiina."
    assert line["reason"] == "Pylväät ovat myöhässä."
    planned = document(promises.programme, "fi")["planned_followups"][0]
    assert planned["label"] == "Kolmannes 1 2026"


def test_a_swedish_figure_changes_without_touching_the_finnish(
    promises: Promises,
) -> None:
    report = make_report(promises, "Tertial 1 2026")
    finnish = translate(report, "fi", SV_WORDS)
    before = Head.objects.get(key=report.translation_key, locale="fi")
    draft = fresh(report).get_latest_revision_as_object()
    rows = list(draft.lines.all())
    assert rows[0].activity == promises.lamps
    rows[0].value = Decimal(3)
    publish(report, lines=rows, significance="content")
    lines = document(report, "sv")["lines"]
    assert lines[0]["value"] == "3"
    after = Head.objects.get(key=report.translation_key, locale="fi")
    assert after.publication_id == before.publication_id
    assert fresh(finnish).live
    swedish = Head.objects.get(key=report.translation_key, locale="sv")
    assert status.state(after, swedish) == "outdated"
    assert workbench.open_workbench(translation_of(finnish)).is_complete


def test_an_activity_added_later_opens_only_its_own_words(promises: Promises) -> None:
    finnish = translate(promises.pledge, "fi", SV_WORDS)
    draft = fresh(promises.pledge).get_latest_revision_as_object()
    rows = list(draft.activities.all())
    rows.append(make_activity("Rita en karta", promises.municipality, sort_order=3))
    publish(promises.pledge, activities=rows)
    bench = workbench.open_workbench(translation_of(finnish))
    assert [each.source for each in bench.segments if not each.is_done] == [
        "Rita en karta"
    ]
    again = translate(promises.pledge, "fi", SV_WORDS)
    assert again.activities.count() == 4
    titles = {row["title"] for row in document(again, "fi")["activities"]}
    assert {"Asennetaan valaisimia", "fi: Rita en karta"} <= titles


def test_lines_of_a_translation_report_on_the_swedish_activities(
    promises: Promises,
) -> None:
    report = make_report(promises, "Tertial 1 2026")
    translate(promises.pledge, "fi")
    finnish = translate(report, "fi", SV_WORDS)
    lines = FollowUpLine.objects.filter(followup=finnish)
    assert {each.activity.locale.language_code for each in lines} == {"sv"}


def test_rows_at_the_desk_are_counted_and_named(promises: Promises) -> None:
    report = make_report(promises, "Tertial 1 2026")
    labels = {
        segment.source: segment.label
        for page in (promises.programme, promises.pledge, report)
        for segment in workbench.open_workbench(start(page, "fi")).segments
    }
    row, activity = FollowUpLine._meta.verbose_name, promises.lamps._meta.verbose_name
    assert labels["Sätta upp lampor"].lower().startswith(f"{activity} 1: ")
    assert labels["Gå trygghetsvandringar"].lower().startswith(f"{activity} 3: ")
    assert labels["Stolparna kommer för sent."].lower().startswith(f"{row} 1: ")


def translatable_models() -> list[Any]:
    return [
        model
        for model in apps.get_app_config("pledges").get_models()
        if issubclass(model, TranslatableMixin)
    ]


@pytest.mark.parametrize("model", translatable_models(), ids=lambda one: one.__name__)
def test_every_translated_field_has_a_name_for_people(model: Any) -> None:
    labels = Labels(model.kind, Rows({}, {}))
    for declared in model.translatable_fields:
        field = model._meta.get_field(declared.field_name)
        if isinstance(declared, TranslatableField) and not field.one_to_many:
            label = labels.at(field.name).label
            assert label
            assert "_" not in label


@pytest.fixture
def everything(site: Municipality, promises: Promises) -> list[Any]:
    """One public original of each type, with all its words."""
    index = publish(make_focus_index(site.home))
    partner = publish(
        make_partner("Region Gävleborg", display_name="vård", logo_alt="Logga")
    )
    programme = publish(
        make_programme(promises.index, parties=[partner], signed_at_place="Stadshuset")
    )
    pledge = make_pledge(
        programme,
        expected_effects="<p>Fler vågar gå hem.</p>",
        withdrawn_reason="Ingen alls.",
        outcome_summary="Det gick bra.",
        activities=[
            make_activity(
                "Svara",
                partner,
                description="<p>Vi svarar <b>fort</b>.</p>",
                schedule_text="vardagar",
                unit="dagar",
            )
        ],
    )
    report = make_report(
        promises,
        "Tertial 1 2026",
        effect_text="<p>Lugnare.</p>",
        channels_used="Torget",
    )
    return [
        partner,
        publish(make_official()),
        publish(make_place(before_alt="Mörkt", after_alt="Ljust")),
        publish(
            make_dialogue(
                method="Samtal på torget",
                what_we_cannot_do="Statens vägar.",
                findings=[("finding", {"theme": "Ljus", "text": "Mörkt.", "mentions": 3})],
            )
        ),
        publish(make_survey(method="Enkät", method_break_note="Ny metod.")),
        publish(make_working_group(convener_role="chef", meeting_frequency="varje månad")),
        publish(
            make_focus_area(
                index,
                goals=[("goal", "Färre olyckor.")],
                former_names=[("former_name", {"name": "Droger", "years": "2018"})],
            )
        ),
        programme,
        publish(pledge),
        report,
    ]  # fmt: skip


def test_the_reviewer_of_a_translation_reads_every_word_of_it(
    everything: list[Any],
) -> None:
    """What the translator wrote is a text to compare, and is called by a name."""
    for original in everything:
        translate(original, "fi")
        finnish = document(original, "fi")
        names = passages.names_in(original.kind, document(original, "sv"), finnish)
        found = passages.passages(original.kind, finnish, names)
        shown = [each for each in found if "fi: " in each.text]
        assert shown
        assert all(each.is_text for each in shown), [
            each.path for each in shown if not each.is_text
        ]
        written = json.dumps(finnish, ensure_ascii=False).count("fi: ")
        assert sum(each.text.count("fi: ") for each in shown) == written
        for each in found:
            assert "_" not in each.label, each
            assert not passages._KEY.search(each.label + each.text), each


def test_facts_are_read_as_names_and_words(promises: Promises) -> None:
    report = make_report(promises, "Tertial 1 2026")
    told = document(report, "sv")
    names = passages.names_in(report.kind, told)
    found = {each.label: each for each in passages.passages(report.kind, told, names)}
    of_lamps = {
        label: each for label, each in found.items() if "«Sätta upp lampor»" in label
    }
    assert {each.text for each in of_lamps.values()} >= {
        "Mer ljus där det känns mörkt", "2", "Två gångvägar är klara.",
    }  # fmt: skip
    assert "delayed" not in {each.text for each in of_lamps.values()}
    facts = [each for each in of_lamps.values() if not each.is_text]
    assert facts


def test_rows_are_read_in_the_order_of_the_page(promises: Promises) -> None:
    told = document(promises.pledge, "sv")
    kind = promises.pledge.kind
    found = passages.passages(kind, told, passages.names_in(kind, told))
    titles = [each.text for each in found if each.path.endswith(".title")]
    assert titles == [
        "Sätta upp lampor",
        "Fotpatrullera på kvällarna",
        "Gå trygghetsvandringar",
    ]


def test_a_structure_page_holds_nothing_of_a_draft(promises: Promises) -> None:
    """A programme that is not public lends its place to a translated pledge."""
    secret = make_programme(
        promises.index, parties=[promises.municipality], signed_at_place="Hemligt"
    )
    activity = make_activity("Svara", promises.municipality)
    pledge = publish(make_pledge(secret, activities=[activity]))
    edit(secret, basis="<p>Hemligt.</p>")
    translate(pledge, "fi")
    place = fresh(secret).get_translations().get(locale__language_code="fi")
    assert not place.live
    said = json.dumps(place.get_latest_revision().content, ensure_ascii=False)
    assert place.planned_followups.count() == 0
    assert place.signatories.count() == 0
    for word in ("Hemligt", "Brändström", "Tertial", "polisen och kommunen"):
        assert word not in said
    public = translate(publish(secret), "fi")
    assert public.planned_followups.count() == 3
