"""A programme and its pledges in the editor, made in one sitting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import pgettext

from cms.core.page import MachineTranslationPolicy
from cms.kinds.choices import TranslationPriority
from pledges.models import FollowUp, Pledge, PledgeProgramme
from tests.factories.pages import approve, edit, fresh, publish
from tests.factories.pledges import (
    Promises,
    followup_on,
    make_dialogue,
    make_partner,
    make_place,
    make_pledge_index,
    make_promises,
)
from tests.factories.site import Municipality
from tests.factories.translations import translate
from tests.pledges.editor import Editor, Form


@pytest.fixture
def editor(site: Municipality, client: Client) -> Editor:
    return Editor(client, site.people.editor)


@pytest.fixture
def promises(site: Municipality) -> Promises:
    return make_promises(site.home)


def new_programme(editor: Editor, site: Municipality) -> Form:
    """The form of a first programme, with its period typed."""
    index = publish(make_pledge_index(site.home, contact_block=site.contact))
    form = editor.add(index, "pledgeprogramme")
    return form.fill(period_start="2018-01-01", period_end="2019-12-31")


def programme() -> PledgeProgramme:
    return PledgeProgramme.objects.latest("pk")


def labels(form: Form, name: str) -> list[str]:
    boxes = form.soup.select(f"input[name={name}]")
    return [box.find_parent("label").get_text(strip=True) for box in boxes]


# --- a programme ---


def test_the_period_names_the_programme_and_plans_its_follow_ups(
    editor: Editor, site: Municipality
) -> None:
    form = new_programme(editor, site).save()
    made = programme()
    assert made.title == "Medborgarlöften 2018–2019"
    assert made.slug == "medborgarloften-2018-2019"
    planned = made.planned_followups.order_by("sort_order")
    assert [each.label for each in planned] == [
        "Tertial 1 2018", "Tertial 2 2018", "Tertial 3 2018",
        "Tertial 1 2019", "Tertial 2 2019", "Slutuppföljning",
    ]  # fmt: skip
    assert planned[1].due_on == date(2018, 10, 15)
    assert planned[5].is_final
    assert form.fields["planned_followups-TOTAL_FORMS"] == "6"
    assert form.fields["planned_followups-0-label"] == "Tertial 1 2018"


def test_the_cadence_decides(editor: Editor, site: Municipality) -> None:
    new_programme(editor, site).fill(cadence="half_year").save()
    first = programme().planned_followups.order_by("sort_order").first()
    assert first.label == "Halvår 1 2018"


def test_what_somebody_has_planned_stays(editor: Editor, site: Municipality) -> None:
    form = new_programme(editor, site)
    form.add_row(
        "planned_followups",
        label="Halvtid",
        period_start="2018-01-01",
        period_end="2018-12-31",
        due_on="2019-02-01",
    )
    form.save()
    assert [each.label for each in programme().planned_followups.all()] == ["Halvtid"]


def test_saving_in_the_background_plans_nothing_yet(
    editor: Editor, site: Municipality
) -> None:
    form = new_programme(editor, site)
    headers = {"Accept": "application/json"}
    answer = editor.client.post(form.address, form.fields, headers=headers).json()
    assert answer["success"], answer
    assert not programme().planned_followups.exists()
    assert answer["field_updates"]["title"] == "Medborgarlöften 2018–2019"


def test_the_contact_is_that_of_the_page_above(
    editor: Editor, site: Municipality
) -> None:
    form = new_programme(editor, site)
    assert form.fields["contact_block"] == str(site.contact.pk)


def test_pages_about_promises_must_be_translated_by_people(
    editor: Editor, site: Municipality
) -> None:
    form = new_programme(editor, site)
    assert form.fields["translation_priority"] == TranslationPriority.MUST
    assert form.fields["mt_policy"] == MachineTranslationPolicy.DRAFT_ONLY
    for model in (PledgeProgramme, Pledge, FollowUp):
        assert model().translation_priority == TranslationPriority.MUST
        assert model().mt_policy == MachineTranslationPolicy.DRAFT_ONLY


def test_the_next_programme_continues_the_last_one(
    editor: Editor, promises: Promises
) -> None:
    form = editor.add(promises.index, "pledgeprogramme")
    assert form.fields["title"] == "Medborgarlöften 2027"
    assert form.fields["slug"] == "medborgarloften-2027"
    assert form.fields["period_start"] == "2027-01-01"
    assert form.fields["period_end"] == "2027-12-31"
    parties = {str(promises.municipality.pk), str(promises.police.pk)}
    assert set(form.fields["parties"]) == parties
    form.save()
    made = programme()
    assert made.predecessor == promises.programme
    assert made.planned_followups.count() == 3


def test_partners_are_swedish_originals_by_name(
    editor: Editor, site: Municipality
) -> None:
    publish(make_partner("Polismyndigheten", category="police"))
    kommun = publish(make_partner("Sandvikens kommun"))
    publish(make_partner("Ånge räddningstjänst", category="rescue"))
    make_partner("Arbetsförmedlingen", category="state")
    translate(kommun, "fi", {"display_name": "kunta"})
    form = new_programme(editor, site)
    draft = pgettext("not public", "draft")
    assert labels(form, "parties") == [
        f"Arbetsförmedlingen ({draft})",
        "Polismyndigheten",
        "Sandvikens kommun",
        "Ånge räddningstjänst",
    ]


def test_what_is_missing_is_said_before_it_is_sent_to_review(
    editor: Editor, site: Municipality
) -> None:
    form = new_programme(editor, site).submit()
    assert {"ingress", "parties", "basis"} == set(form.errors)
    assert form.fields["period_start"] == "2018-01-01"
    assert not PledgeProgramme.objects.exists()


def test_a_complete_one_is_sent_to_review_at_once(
    editor: Editor, site: Municipality
) -> None:
    kommun = publish(make_partner("Sandvikens kommun"))
    form = new_programme(editor, site).fill(
        ingress="Det här har vi lovat.",
        parties=[str(kommun.pk)],
        basis=rich("Fem dialoger."),
    )
    form.submit()
    assert programme().workflow_in_progress
    assert programme().planned_followups.count() == 6
    assert approve(programme()).live


def rich(text: str) -> str:
    """Formatted text as the editor sends it."""
    block = f'{{"key":"a","text":"{text}","type":"unstyled","depth":0,'
    return f'{{"blocks":[{block}"inlineStyleRanges":[],"entityRanges":[]}}],"entityMap":{{}}}}'


def test_a_follow_up_that_is_being_written_stays_planned(
    editor: Editor, promises: Promises
) -> None:
    draft = followup_on(promises.programme, {})
    form = editor.edit(promises.programme)
    form.fill(**{"planned_followups-0-DELETE": "1"}).save()
    assert draft.title in form.errors["planned_followups"]
    assert promises.programme.planned_followups.count() == 3


def test_one_that_nobody_has_begun_can_be_taken_out(
    editor: Editor, promises: Promises
) -> None:
    form = editor.edit(promises.programme)
    form.fill(**{"planned_followups-1-DELETE": "1"}).submit()
    public = approve(promises.programme)
    assert [each.label for each in public.planned_followups.all()] == [
        "Tertial 1 2026",
        "Slutuppföljning",
    ]


def test_the_editor_sees_what_is_there_and_what_to_do_next(
    editor: Editor, promises: Promises
) -> None:
    form = editor.edit(promises.programme).save()
    links = {each["href"] for each in form.soup.select("a[href]")}
    assert f"/admin/pages/add/pledges/pledge/{promises.programme.pk}/" in links
    assert f"/admin/pages/add/pledges/followup/{promises.programme.pk}/" in links
    assert f"/admin/pages/{promises.pledge.pk}/edit/" in links
    assert "Tertial 2 2026" in form.soup.get_text()


def test_a_signatory_of_somebody_else_is_a_warning(
    editor: Editor, promises: Promises
) -> None:
    other = publish(make_partner("Region Gävleborg", category="region"))
    form = editor.edit(promises.programme)
    form.add_row(
        "signatories", partner=str(other.pk), person_name="Eva E", role_title="direktör"
    )
    assert "Eva E" in form.save().messages


# --- pledges ---


def test_a_pledge_begins_with_the_next_number(
    editor: Editor, promises: Promises
) -> None:
    form = editor.add(promises.programme, "pledge")
    assert form.fields["number"] == "2"


def test_the_only_municipality_answers_for_a_new_activity(
    editor: Editor, promises: Promises
) -> None:
    page = editor.client.get(
        f"/admin/pages/add/pledges/pledge/{promises.programme.pk}/"
    )
    soup = BeautifulSoup(page.content, "html.parser")
    empty = soup.select_one("#id_activities-EMPTY_FORM_TEMPLATE")
    chosen = empty.select_one("[name$=__prefix__-responsible] option[selected]")
    assert chosen["value"] == str(promises.municipality.pk)


def test_of_two_municipalities_none_is_chosen(
    editor: Editor, promises: Promises
) -> None:
    make_partner("Hofors kommun")
    page = editor.client.get(
        f"/admin/pages/add/pledges/pledge/{promises.programme.pk}/"
    )
    soup = BeautifulSoup(page.content, "html.parser")
    empty = soup.select_one("#id_activities-EMPTY_FORM_TEMPLATE")
    chosen = empty.select_one("[name$=__prefix__-responsible] option[selected]")
    assert chosen["value"] == ""


def typed_pledge(editor: Editor, promises: Promises) -> Form:
    """A pledge with two activities, everything typed."""
    place = publish(make_place("Gångtunneln"))
    dialogue = publish(make_dialogue("Dialog i oktober"))
    form = editor.add(promises.programme, "pledge").fill(
        title="Lugnare trafik där du bor",
        slug="lugnare-trafik",
        ingress="Vi lovar att trafiken ska bli lugnare.",
        background=rich("Trafiken är det som skapar mest otrygghet."),
        goal="Färre olyckor.",
        dialogues=[str(dialogue.pk)],
    )
    form.add_row(
        "activities",
        title="Göra trafikkontroller",
        responsible=str(promises.police.pk),
        category="traffic_check",
        target_op="min",
        target_value="4,5",
        unit="kontroller i veckan",
        aggregation="latest",
        also_responsible=[str(promises.municipality.pk)],
        places=[str(place.pk)],
        description="null",
    )
    return form.add_row(
        "activities",
        title="Mäta hastigheten",
        responsible=str(promises.municipality.pk),
        category="other",
        target_op="none",
        aggregation="latest",
        start="2027-03-01",
        description="null",
    )


def test_a_pledge_is_written_with_its_activities_in_one_form(
    editor: Editor, promises: Promises
) -> None:
    typed_pledge(editor, promises).submit()
    pledge = Pledge.objects.get(slug="lugnare-trafik")
    assert pledge.workflow_in_progress
    checks, speed = approve(pledge).activities.order_by("sort_order")
    assert checks.target_value == Decimal("4.5")
    assert list(checks.also_responsible.all()) == [promises.municipality]
    assert checks.places.count() == 1
    assert speed.responsible == promises.municipality


def test_a_day_outside_the_period_is_a_warning(
    editor: Editor, promises: Promises
) -> None:
    """I2: activities outside the period of the programme warn."""
    form = typed_pledge(editor, promises).save()
    assert "Mäta hastigheten" in form.messages
    assert "2026-12-31" in form.messages
    assert "Göra trafikkontroller" not in form.messages


def test_a_target_is_whole(editor: Editor, promises: Promises) -> None:
    form = typed_pledge(editor, promises)
    form.fill(**{"activities-0-target_op": "none"}).save()
    assert "activities-0-__all__" in form.errors
    assert form.fields["activities-0-target_value"] == "4,5"


def test_an_activity_in_a_draft_follow_up_is_not_removed(
    editor: Editor, promises: Promises
) -> None:
    followup_on(promises.programme, {})
    form = editor.edit(promises.pledge)
    form.fill(**{"activities-0-DELETE": "1"}).save()
    assert "Sätta upp lampor" in form.errors["activities"]


def test_an_activity_that_was_added_to_a_public_pledge_keeps_its_relations(
    editor: Editor, promises: Promises
) -> None:
    """Rows of a draft of a public page live in its revision alone."""
    form = editor.edit(promises.pledge)
    form.add_row(
        "activities",
        title="Svara på anmälningar",
        responsible=str(promises.municipality.pk),
        category="other",
        target_op="max",
        target_value="5",
        unit="dagar",
        aggregation="latest",
        cooperating=[str(promises.police.pk)],
        description="null",
    )
    form.save()
    assert promises.pledge.activities.count() == 3
    editor.edit(promises.pledge).submit()
    added = approve(promises.pledge).activities.get(title="Svara på anmälningar")
    assert list(added.cooperating.all()) == [promises.police]


def test_only_parties_of_the_programme_make_a_pledge(
    editor: Editor, promises: Promises
) -> None:
    publish(make_partner("Region Gävleborg", category="region"))
    form = editor.add(promises.programme, "pledge")
    assert labels(form, "parties") == ["Polismyndigheten", "Sandvikens kommun"]


def test_an_activity_is_replaced_by_another_one_of_its_pledge(
    editor: Editor, promises: Promises
) -> None:
    form = editor.edit(promises.pledge)
    options = form.soup.select("select[name=activities-0-replaced_by] option")
    offered = {each.get_text() for each in options}
    assert {"Fotpatrullera på kvällarna", "Gå trygghetsvandringar"} <= offered
    assert "Sätta upp lampor" not in offered


def test_a_partner_that_only_a_draft_names_can_go(
    editor: Editor, promises: Promises
) -> None:
    """The database does not look into drafts: the editor opens all the same."""
    partner = make_partner("Övergående AB", category="business")
    draft = fresh(promises.pledge).get_latest_revision_as_object()
    added = draft.activities.model(title="Hjälpa till", responsible=partner)
    draft.activities.add(added)
    draft.save_revision(user=editor_of(editor))
    partner.delete()
    form = editor.edit(promises.pledge)
    titles = {form.fields[f"activities-{number}-title"] for number in range(4)}
    assert "Hjälpa till" in titles
    assert len(edit(promises.pledge).as_object().activities.all()) == 4


def editor_of(editor: Editor) -> object:
    from django.contrib.auth.models import User  # noqa: PLC0415

    return User.objects.get(username="editor")
