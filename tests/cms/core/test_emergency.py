"""Emergency numbers: one set in each language, there before they are needed."""

from __future__ import annotations

from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from wagtail.models import Locale

from cms.core.emergency import KEY, EmergencyNumbers, as_written, to_dial
from cms.desk import actions as desk
from cms.desk.admin import LanguageForm
from cms.desk.setup import NotReady, add_language
from cms.desk.workbench import open_workbench
from cms.engine.providers import PhrasebookProvider
from cms.gate import actions, record
from cms.gate.errors import NotAllowed, NotFit
from cms.log import entries
from cms.reading.models import Language
from tests.factories.pages import approve, edit, fresh, make_emergency, publish, submit
from tests.factories.people import PASSWORD, person
from tests.factories.translations import start, translate

CRITICAL: dict[str, Any] = {"sensitivity": "safety_critical"}


@pytest.fixture
def numbers(site):
    """Public in Swedish."""
    return publish(make_emergency())


@pytest.fixture
def critical(site, numbers):
    """A safety-critical page that is public in Swedish."""
    return site.live_article(**CRITICAL)


def codes(refusal):
    return [issue.code for issue in refusal.value.issues]


# --- the numbers ---


@pytest.mark.parametrize(
    ("typed", "dialled", "shown"),
    [
        ("112", "112", "112"),
        ("114 14", "11414", "114 14"),
        ("1177", "1177", "1177"),
        ("116 111", "116111", "116 111"),
        ("020-50 50 50", "+4620505050", "020-50 50 50"),
        ("+46 20 50 50 50", "+4620505050", "020-50 50 50"),
    ],
)
def test_short_codes_and_ordinary_numbers_are_dialled_and_shown(typed, dialled, shown):
    assert to_dial(typed) == dialled
    assert as_written(dialled) == shown


@pytest.mark.parametrize("typed", ["", "12", "ring oss", "0", "012"])
def test_what_cannot_be_dialled_is_refused(typed):
    with pytest.raises(ValidationError):
        to_dial(typed)


def test_document_is_plain_words_and_numbers(numbers):
    document = entries.current(KEY, "sv").document
    for entry in document["numbers"]:
        # Its name, in every language.
        assert entry.pop("id")
    assert document == {
        "text": "Ring 112 om du är i fara.",
        "numbers": [
            {"label": "SOS Alarm", "tel": "112", "display": "112",
             "note": "Öppet dygnet runt, gratis."},
            {"label": "Kvinnofridslinjen", "tel": "+4620505050",
             "display": "020-50 50 50", "note": "Öppet dygnet runt, gratis."},
            {"label": "Polisen", "tel": "11414", "display": "114 14", "note": ""},
        ],
    }  # fmt: skip


def test_translation_changes_words_and_never_a_number(numbers):
    translate(numbers, "fi", {"SOS Alarm": "Hätäkeskus"})

    swedish, finnish = (entries.current(KEY, code).document for code in ("sv", "fi"))
    assert finnish["numbers"][0]["label"] == "Hätäkeskus"
    assert [entry["tel"] for entry in finnish["numbers"]] == [
        entry["tel"] for entry in swedish["numbers"]
    ]


def test_translator_is_not_asked_for_numbers(numbers):
    texts = {s.source for s in open_workbench(start(numbers, "fi")).segments}

    assert "SOS Alarm" in texts
    assert not texts & {"112", "11414", "+4620505050"}


def test_numbers_without_a_number_are_not_submitted(site):
    with pytest.raises(NotFit) as refusal:
        submit(make_emergency(entries=[]))

    assert codes(refusal) == ["no_numbers"]


def test_machine_never_writes_them(numbers):
    translation = start(numbers, "ar")

    with pytest.raises(NotAllowed):
        desk.pretranslate(
            translation, PhrasebookProvider("m", {}), by=person("translator_ar")
        )


# --- there is one set ---


def test_second_set_is_refused_with_a_sentence(numbers):
    swedish = Locale.objects.get(language_code="sv")

    with pytest.raises(ValidationError, match="redan|already"):
        EmergencyNumbers(locale=swedish).clean()


def test_second_set_is_refused_by_the_database(numbers):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_emergency()


def test_another_key_is_refused_by_the_database(numbers):
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyNumbers.objects.filter(pk=numbers.pk).update(translation_key=uuid4())


ADD = "/admin/snippets/core/emergencynumbers/add/"
FORM = {
    "text": "Ring 112.",
    "entries-count": "1",
    "entries-0-type": "helpline",
    "entries-0-order": "0",
    "entries-0-deleted": "",
    "entries-0-value-label": "Polisen",
    "entries-0-value-number": "11414",
    "entries-0-value-note": "",
}


def test_editor_writes_them_in_the_admin(site, client):
    client.login(username="editor", password=PASSWORD)

    assert client.get(ADD).status_code == 200
    client.post(ADD, FORM)

    written = EmergencyNumbers.objects.get()
    assert str(written) == "114 14"
    assert (written.locale.language_code, written.live) == ("sv", False)


@pytest.mark.parametrize(
    ("username", "query"), [("editor", "?locale=fi"), ("translator_fi", "?locale=fi")]
)
def test_nobody_writes_them_first_in_another_language(site, client, username, query):
    client.login(username=username, password=PASSWORD)

    client.post(ADD + query, FORM)

    assert not EmergencyNumbers.objects.exists()


def test_admin_says_that_there_is_a_set_already(numbers, client):
    client.login(username="editor", password=PASSWORD)

    response = client.post(ADD, FORM)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert EmergencyNumbers.objects.count() == 1


def test_numbers_that_were_deleted_can_be_made_again(numbers):
    translate(numbers, "fi")
    fresh(numbers).delete()

    again = publish(make_emergency(text="Ring 112 nu."))

    assert entries.current(KEY, "sv").document["text"] == "Ring 112 nu."
    translate(again, "fi")
    assert entries.current(KEY, "fi")


# --- a page needs them in its language ---


def test_page_waits_for_the_numbers(site):
    page = site.article(**CRITICAL)

    with pytest.raises(NotFit) as refusal:
        submit(page)

    assert codes(refusal) == ["emergency_numbers"]
    assert "svenska" in refusal.value.message
    publish(make_emergency())
    assert publish(page).live


def test_numbers_under_review_are_not_enough(site):
    submit(make_emergency())

    with pytest.raises(NotFit):
        submit(site.article(**CRITICAL))


def test_page_is_not_published_when_the_numbers_went_meanwhile(site, numbers):
    page = site.article(**CRITICAL)
    submit(page)
    actions.withdraw(numbers)

    with pytest.raises(NotFit) as refusal:
        approve(page)

    assert codes(refusal) == ["emergency_numbers"]


def test_translation_waits_for_the_numbers_in_its_language(critical, numbers):
    with pytest.raises(NotFit) as refusal:
        translate(critical, "fi")

    assert codes(refusal) == ["emergency_numbers"]
    assert "finska" in refusal.value.message
    translate(numbers, "fi")
    assert translate(critical, "fi").live


def test_swedish_decides_for_a_translation_that_was_begun_before(site, numbers):
    """The Finnish row was made when nobody had marked the page yet."""
    page = site.live_article()
    finnish = translate(page, "fi", submit=False)
    publish(page, significance="wording", **CRITICAL)

    assert fresh(finnish).sensitivity == "normal"
    assert fresh(finnish).is_safety_critical()
    assert "emergency_numbers" in [i.code for i in fresh(finnish).publication_issues()]


def test_draft_of_the_swedish_page_decides_nothing(site, numbers):
    page = site.live_article()
    finnish = translate(page, "fi")
    edit(page, **CRITICAL)

    assert not fresh(finnish).is_safety_critical()


# --- no machine, by any door ---


@pytest.fixture
def marked_later(site, numbers):
    """An Arabic translation that was begun before Swedish was marked."""
    page = site.live_article(title="Ny lampa")
    translation = start(page, "ar")
    return page, translation


def known_to_a_machine(translation):
    texts = {s.source: f"آلة {s.source}" for s in open_workbench(translation).segments}
    return PhrasebookProvider("provmaskin", texts)


def test_machine_does_not_fill_what_was_begun_before(marked_later):
    page, translation = marked_later
    publish(page, significance="wording", **CRITICAL)

    with pytest.raises(NotAllowed):
        desk.pretranslate(
            translation, known_to_a_machine(translation), by=person("translator_ar")
        )


def test_machine_does_not_write_a_single_segment(marked_later):
    page, translation = marked_later
    publish(page, significance="wording", **CRITICAL)
    segment = open_workbench(translation).segments[0]

    with pytest.raises(NotAllowed):
        desk.save_segment(
            translation, segment.id, "نص", base_version=segment.version,
            by=person("translator_ar"), tool="provmaskin",
        )  # fmt: skip


def test_what_a_machine_wrote_before_is_not_submitted(marked_later, numbers):
    page, translation = marked_later
    translate(numbers, "ar")
    by = person("translator_ar")
    desk.pretranslate(translation, known_to_a_machine(translation), by=by)
    publish(page, significance="wording", **CRITICAL)

    with pytest.raises(NotFit) as refusal:
        desk.submit_translation(translation, by=by)

    assert codes(refusal) == ["machine_forbidden"]


# --- a language needs them before readers are offered it ---


def visible_form(tag, **changes):
    language = Language.objects.get(tag=tag)
    values = {"active": True, "visible": True, "order": language.order}
    return LanguageForm({**values, **changes}, instance=language)


@pytest.fixture
def hidden_somali(site):
    Language.objects.filter(tag="so").update(visible=False)


def test_language_is_offered_while_nothing_is_safety_critical(hidden_somali, numbers):
    assert visible_form("so").is_valid()


def test_language_is_not_offered_without_numbers(hidden_somali, critical, numbers):
    assert "visible" in visible_form("so").errors

    translate(numbers, "so")
    assert visible_form("so").is_valid()


def test_language_that_is_offered_already_can_still_be_ordered(critical):
    assert visible_form("so", order=7).is_valid()


def test_language_that_stays_hidden_needs_no_numbers(hidden_somali, critical):
    assert visible_form("so", visible=False).is_valid()


def test_command_does_not_offer_a_language_without_numbers(critical):
    with pytest.raises(NotReady):
        add_language("ti", visible=True)
    with pytest.raises(CommandError):
        call_command("add_language", "ti", "--visible", stdout=StringIO())

    assert not Language.objects.filter(tag="ti").exists()
    assert add_language("ti").visible is False
    with pytest.raises(NotReady):
        add_language("ti", visible=True)
    assert not Language.objects.get(tag="ti").visible


def test_command_can_be_repeated_for_what_is_offered(critical):
    assert add_language("so", visible=True).visible
    assert add_language("sv", visible=True).visible


# --- they stay while they are needed ---


TAKING_AWAY = {
    "withdraw": lambda numbers: actions.withdraw(numbers, by=person("approver")),
    "unpublish": lambda numbers: numbers.unpublish(),
    "delete": lambda numbers: numbers.delete(),
    "bulk": lambda numbers: EmergencyNumbers.objects.filter(pk=numbers.pk).delete(),
}


@pytest.mark.parametrize("door", TAKING_AWAY)
def test_numbers_are_not_taken_away_from_a_public_page(critical, numbers, door):
    with pytest.raises(NotFit), transaction.atomic():
        TAKING_AWAY[door](fresh(numbers))

    assert record.is_public(fresh(numbers))
    assert fresh(numbers).live


def test_translated_numbers_stay_where_readers_are_offered_the_language(
    critical, numbers
):
    finnish = translate(numbers, "fi")

    with pytest.raises(NotFit), transaction.atomic():
        actions.withdraw(finnish)
    Language.objects.filter(tag="fi").update(visible=False)
    actions.withdraw(fresh(finnish))

    assert not record.is_public(fresh(finnish))
    assert record.is_public(fresh(numbers))


@pytest.mark.parametrize("door", TAKING_AWAY)
def test_numbers_that_no_page_needs_may_go(critical, numbers, door):
    actions.withdraw(critical)

    TAKING_AWAY[door](fresh(numbers))

    assert entries.current(KEY, "sv") is None


def test_refusal_is_told_in_the_admin(critical, numbers, client):
    client.login(username="approver", password=PASSWORD)

    response = client.post(
        f"/admin/snippets/core/emergencynumbers/delete/{numbers.pk}/"
    )

    assert response.status_code == 422
    assert record.is_public(fresh(numbers))
