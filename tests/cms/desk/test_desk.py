"""The translator's desk: what is shown, what is saved, and that nothing typed is lost."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Locale

from cms.desk import actions, workbench
from cms.engine import localize
from cms.engine.models import Submission
from cms.gate import actions as gate
from cms.gate import rules
from tests.factories import translations
from tests.factories.pages import fresh, publish
from tests.factories.people import person


@pytest.fixture
def article(site):
    return site.live_article()


@pytest.fixture
def translation(article):
    return translations.start(article, "fi")


@pytest.fixture
def as_translator(client):
    client.force_login(person("translator_fi"))
    return client


def desk_url(translation):
    return reverse("desk:translation", args=[translation.pk])


def segment_of(translation, path):
    bench = workbench.open_workbench(translation)
    return next(s for s in bench.segments if s.path.startswith(path))


def post_segment(client, translation, segment, text, version=None):
    return client.post(
        reverse("desk:segment", args=[translation.pk, segment.id]),
        json.dumps(
            {"text": text, "base_version": version or segment.version},
        ),
        content_type="application/json",
    )


def form_of(response):
    """What the browser would send if nothing were typed."""
    soup = BeautifulSoup(response.content, "html.parser")
    form = soup.find(id="desk-form")
    fields = {
        box["name"]: box.get_text()
        for box in form.find_all("textarea")
        if box["name"].startswith("text-")
    }
    hidden = form.find_all("input", type="hidden")
    fields |= {field["name"]: field["value"] for field in hidden}
    return fields


def content_of(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


# --- the way in ---


def test_editing_a_translated_page_opens_the_desk(as_translator, translation):
    target = localize.target_of(translation)

    response = as_translator.get(reverse("wagtailadmin_pages:edit", args=[target.pk]))

    assert response.status_code == 302
    assert response["Location"] == desk_url(translation)


def test_editing_a_translated_block_opens_the_desk(as_translator, site):
    translation = translations.start(site.contact, "fi")
    target = localize.target_of(translation)

    response = as_translator.get(f"/admin/snippets/core/contactblock/edit/{target.pk}/")

    assert response["Location"] == desk_url(translation)


def test_what_is_posted_to_wagtails_editor_is_refused(as_translator, translation):
    target = localize.target_of(translation)

    response = as_translator.post(
        reverse("wagtailadmin_pages:edit", args=[target.pk]), {"title": "Förbi"}
    )

    assert response.status_code == 403
    assert fresh(target).title != "Förbi"


def test_place_that_nobody_translates_offers_to_start(client, site):
    site.live_article()
    translations.start(publish(site.article()), "ar")
    place = fresh(site.index).get_translation(Locale.objects.get(language_code="ar"))
    client.force_login(person("translator_ar"))

    response = client.get(
        reverse("wagtailadmin_pages:edit", args=[place.pk]), follow=True
    )

    assert "Starta översättning" in content_of(response).get_text()


def test_desk_of_another_language_is_refused(client, translation):
    client.force_login(person("translator_ar"))

    assert client.get(desk_url(translation)).status_code == 403


def test_engines_own_screens_are_closed(client, translation):
    client.force_login(person("admin"))
    addresses = [
        f"/admin/localize/translate/{translation.pk}/machine_translate/",
        f"/admin/localize/translate/{translation.pk}/pofile/download/",
        "/admin/localize/reports/translations/",
        "/admin/localize/anything/",
    ]

    assert {client.post(address).status_code for address in addresses} == {403}
    assert {client.get(address).status_code for address in addresses} == {403}


# --- what is shown ---


def test_each_text_has_its_language_and_direction(client, article):
    translation = translations.start(article, "ar")
    client.force_login(person("translator_ar"))

    main = content_of(client.get(desk_url(translation)))

    boxes = [b for b in main.find_all("textarea") if b["name"].startswith("text-")]
    assert {(box["lang"], box["dir"]) for box in boxes} == {("ar", "rtl")}
    sources = main.select("[data-source]")
    assert {(each["lang"], each["dir"]) for each in sources} == {("sv", "ltr")}
    assert len(sources) == len(boxes)


def test_each_box_is_labelled_with_place_and_language(as_translator, translation):
    main = content_of(as_translator.get(desk_url(translation)))

    labels = {each["for"]: each.get_text(" ", strip=True) for each in main("label")}
    title = segment_of(translation, "title")
    assert "Titel" in labels[f"text-{title.id}"]
    assert "Suomi" in labels[f"text-{title.id}"]


def test_headings_of_the_page_are_headings_of_the_desk(as_translator, translation):
    main = content_of(as_translator.get(desk_url(translation)))

    assert "Nya lampor" in [each.get_text(strip=True) for each in main("h2")]


def test_change_in_swedish_is_shown_word_by_word(as_translator, article):
    translations.translate(article, "fi", {"title": f"Vanha {article.title}"})
    before = article.title
    publish(article, title=f"{before} igen")
    translation = translations.translation_of(
        article.get_translation(Locale.objects.get(language_code="fi"))
    )

    main = content_of(as_translator.get(desk_url(translation)))

    title = segment_of(translation, "title")
    change = main.find(id=f"change-{title.id}")
    assert "igen" in change.find("ins").get_text()
    assert "tillagt" in change.find("ins").get_text()
    earlier = main.find(id=f"segment-{title.id}").select_one("[data-earlier]")
    assert earlier["data-earlier"] == f"Vanha {before}"


def test_earlier_text_is_not_offered_at_another_place(site):
    """A long paragraph is several texts at one place."""
    long = "<p>Kommunen byter lampor.</p><p>Polisen hjälper till.</p>"
    article = site.live_article(body=[("paragraph", long)])
    translation = translations.start(article, "fi")
    first = segment_of(translation, "body")
    actions.save_segment(
        translation, first.id, "Kunta vaihtaa lamput.",
        base_version="0", by=person("translator_fi"),
    )  # fmt: skip

    bench = workbench.open_workbench(translation)

    assert [segment.earlier for segment in bench.segments] == [None] * len(
        bench.segments
    )


# --- saving with the script ---


def test_saving_a_text_answers_with_its_standing(as_translator, translation):
    segment = segment_of(translation, "title")

    text = f"Suomeksi {segment.source}"

    answer = post_segment(as_translator, translation, segment, text).json()

    assert answer["text"] == text
    assert answer["is_finished"] is True
    assert answer["done"] == 1
    assert "translator_fi" in answer["standing"]
    assert segment_of(translation, "title").version == answer["version"]


def test_second_writer_gets_both_texts(as_translator, translation):
    segment = segment_of(translation, "title")
    actions.save_segment(
        translation, segment.id, "Toisen",
        base_version="0", by=person("translator_fi2"),
    )  # fmt: skip

    response = post_segment(as_translator, translation, segment, "Minun")

    assert response.status_code == 409
    assert response.json()["theirs"] == "Toisen"
    assert segment_of(translation, "title").target == "Toisen"
    again = post_segment(
        as_translator, translation, segment, "Minun", response.json()["version"]
    )
    assert again.status_code == 200


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"text": 1, "base_version": "0"}', b"\xff", b"{"]
)
def test_unreadable_request_is_refused(as_translator, translation, body):
    segment = segment_of(translation, "title")
    address = reverse("desk:segment", args=[translation.pk, segment.id])

    response = as_translator.post(address, body, content_type="application/json")

    assert response.status_code == 400


@pytest.mark.parametrize("text", ["nolla\x00", "puolikas \ud800", "x" * 30_000])
def test_text_that_cannot_be_stored_is_refused(as_translator, translation, text):
    segment = segment_of(translation, "title")

    assert post_segment(as_translator, translation, segment, text).status_code == 422


def test_nothing_is_saved_during_a_review(as_translator, article):
    target = translations.translate(article, "fi", approve=False)
    translation = translations.translation_of(target)
    segment = segment_of(translation, "title")

    response = post_segment(as_translator, translation, segment, "Myöhässä")

    assert response.status_code == 409
    assert segment_of(translation, "title").target == segment.target


# --- the form without the script ---


def test_form_saves_every_changed_text(as_translator, translation):
    fields = form_of(as_translator.get(desk_url(translation)))
    title = segment_of(translation, "title")
    ingress = segment_of(translation, "ingress")
    fields[f"text-{title.id}"] = "Otsikko"
    fields[f"text-{ingress.id}"] = "Johdanto"

    response = as_translator.post(desk_url(translation), {**fields, "save": "1"})

    assert response.status_code == 302
    assert segment_of(translation, "title").target == "Otsikko"
    assert segment_of(translation, "ingress").target == "Johdanto"


def test_form_sent_unchanged_writes_nothing(as_translator, translation):
    translations.fill(translation)
    fields = form_of(as_translator.get(desk_url(translation)))
    before = [s.written_at for s in workbench.open_workbench(translation).segments]

    as_translator.post(desk_url(translation), {**fields, "save": "1"})

    after = [s.written_at for s in workbench.open_workbench(translation).segments]
    assert after == before


def test_form_keeps_what_somebody_else_changed_meanwhile(as_translator, translation):
    fields = form_of(as_translator.get(desk_url(translation)))
    title = segment_of(translation, "title")
    actions.save_segment(
        translation, title.id, "Toisen",
        base_version="0", by=person("translator_fi2"),
    )  # fmt: skip

    response = as_translator.post(desk_url(translation), {**fields, "save": "1"})

    assert response.status_code == 302
    assert segment_of(translation, "title").target == "Toisen"


def test_conflict_in_the_form_shows_both_and_saving_again_keeps_mine(
    as_translator, translation
):
    fields = form_of(as_translator.get(desk_url(translation)))
    title = segment_of(translation, "title")
    ingress = segment_of(translation, "ingress")
    actions.save_segment(
        translation, title.id, "Toisen",
        base_version="0", by=person("translator_fi2"),
    )  # fmt: skip
    fields |= {f"text-{title.id}": "Minun", f"text-{ingress.id}": "Johdanto"}

    response = as_translator.post(desk_url(translation), {**fields, "save": "1"})

    assert response.status_code == 409
    shown = form_of(response)
    assert shown[f"text-{title.id}"] == "Minun"
    assert "Toisen" in content_of(response).get_text()
    assert segment_of(translation, "ingress").target == "Johdanto"
    assert segment_of(translation, "title").target == "Toisen"
    as_translator.post(desk_url(translation), {**shown, "save": "1"})
    assert segment_of(translation, "title").target == "Minun"


def test_text_that_came_too_late_is_still_on_the_page(as_translator, translation):
    translations.fill(translation)
    fields = form_of(as_translator.get(desk_url(translation)))
    title = segment_of(translation, "title")
    actions.submit_translation(translation, by=person("translator_fi2"))
    fields[f"text-{title.id}"] = "Myöhässä"

    response = as_translator.post(desk_url(translation), {**fields, "save": "1"})

    assert response.status_code == 409
    assert form_of(response)[f"text-{title.id}"] == "Myöhässä"


def test_swedish_text_can_be_copied_without_the_script(as_translator, translation):
    fields = form_of(as_translator.get(desk_url(translation)))
    title = segment_of(translation, "title")

    response = as_translator.post(
        desk_url(translation), {**fields, "copy": str(title.id)}
    )

    assert form_of(response)[f"text-{title.id}"] == title.source
    assert segment_of(translation, "title").target == ""


# --- submitting ---


def submit(client, translation, **more):
    fields = form_of(client.get(desk_url(translation)))
    return client.post(desk_url(translation), {**fields, "submit": "1", **more})


def test_complete_translation_goes_to_review(as_translator, translation):
    translations.fill(translation)

    response = submit(as_translator, translation)

    assert response.status_code == 302
    assert rules.review_in_progress(localize.target_of(translation))


def test_missing_texts_are_listed_with_links(as_translator, translation):
    response = submit(as_translator, translation)

    assert response.status_code == 422
    title = segment_of(translation, "title")
    problems = content_of(response).find(id="problems")
    assert problems.find("a", href=f"#text-{title.id}")
    assert rules.review_in_progress(localize.target_of(translation)) is None


def test_failed_check_can_be_passed_over_with_a_reason(as_translator, translation):
    translations.fill(translation, {"ingress": "Johdanto 99"})

    refused = submit(as_translator, translation)
    assert refused.status_code == 422
    assert content_of(refused).find(id="override_reason")

    submit(as_translator, translation, override_reason="Vuosi on lisätty.")
    facts = Submission.objects.get()
    assert facts.override_reason == "Vuosi on lisätty."
    assert [check["code"] for check in facts.overridden_checks] == ["numbers"]


def test_reason_for_sending_back_is_on_the_desk(as_translator, client, article):
    target = translations.translate(article, "fi", approve=False)
    gate.send_back(
        target,
        by=person("reviewer_fi"),
        revision_id=target.latest_revision_id,
        comment="Tarkista numerot.",
    )

    response = as_translator.get(desk_url(translations.translation_of(target)))

    assert "Tarkista numerot." in content_of(response).get_text()


def test_preview_shows_what_is_written_so_far(as_translator, translation):
    title = segment_of(translation, "title")
    post_segment(as_translator, translation, title, "Uusi otsikko")

    response = as_translator.get(reverse("desk:preview", args=[translation.pk]))

    assert "Uusi otsikko" in response.content.decode()
