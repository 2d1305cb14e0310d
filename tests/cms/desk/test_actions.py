"""Starting, writing and submitting a translation: what is stored and what refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from cms.desk import actions
from cms.desk.workbench import open_workbench
from cms.engine import localize
from cms.engine.models import SegmentHistory, Submission
from cms.gate import actions as gate
from cms.gate.errors import Conflict, NotAllowed, NotFit
from cms.log import entries
from cms.log.models import Head, Publication
from cms.reading.pages import read_path
from tests.factories.pages import approve, fresh, publish
from tests.factories.people import person
from tests.factories.translations import fill, start, translate


def segments_of(translation):
    return {s.path: s for s in open_workbench(translation).segments}


def write(translation, path, text, username="translator_fi", **options):
    segment = segments_of(translation)[path]
    return actions.save_segment(
        translation,
        segment.id,
        text,
        **{"base_version": segment.version, "by": person(username), **options},
    )


@pytest.fixture
def article(site):
    return site.live_article(
        title="Ny lampa",
        body=[
            ("heading", {"level": "2", "text": "Ljusare"}),
            (
                "paragraph",
                f'<p>Läs <a linktype="page" id="{site.index.pk}">mer</a> om'
                " <b>23</b> lampor.</p>",
            ),
        ],
    )


@pytest.fixture
def finnish(article):
    return start(article, "fi")


def paragraph(translation):
    return next(p for p, s in segments_of(translation).items() if "<b>" in s.source)


# --- starting ---


def test_only_public_swedish_is_translated(site):
    with pytest.raises(Conflict):
        start(site.article(), "fi")


def test_withdrawn_swedish_is_not_translated(article):
    gate.withdraw(article)

    with pytest.raises(Conflict):
        start(article, "fi")


def test_translations_are_made_from_swedish(article):
    target = translate(article, "fi")

    with pytest.raises(Conflict):
        start(target, "ar")


@pytest.mark.parametrize(
    ("username", "may"),
    [
        ("editor", True),
        ("approver", True),
        ("translator_fi", True),
        ("reviewer_fi", True),
        ("translator_ar", False),
        ("reviewer_ar", False),
    ],
)
def test_editors_and_the_languages_own_people_start(article, username, may):
    locale = Locale.objects.get(language_code="fi")

    if may:
        assert actions.start_translation(article, locale, by=person(username))
    else:
        with pytest.raises(NotAllowed):
            actions.start_translation(article, locale, by=person(username))


def test_starting_shows_readers_nothing(article, finnish):
    target = localize.target_of(finnish)

    assert not target.live
    assert not Head.objects.filter(locale="fi").exists()
    assert read_path(f"/fi{article.public_path()}").served.tag == "sv"


def test_starting_copies_no_draft(article):
    """T04: whoever starts a translation need not be allowed to read drafts."""
    draft = fresh(article)
    draft.title = "HEMLIGT utkast"
    draft.save_revision(user=person("editor"))

    translation = start(article, "fi")

    sources = [s.source for s in open_workbench(translation).segments]
    target = localize.target_of(translation)
    assert not [text for text in sources if "HEMLIGT" in text]
    assert "HEMLIGT" not in str(list(target.revisions.values_list("content")))
    assert "HEMLIGT" not in target.title


def test_starting_again_changes_nothing(article, finnish):
    fill(finnish)
    before = [(s.id, s.target) for s in open_workbench(finnish).segments]

    again = start(article, "fi")

    assert again.pk == finnish.pk
    assert [(s.id, s.target) for s in open_workbench(again).segments] == before


def test_block_is_translated_like_a_page(site):
    target = translate(site.contact, "fi", {"phones": "Vaihde"})

    assert entries.current(site.contact.translation_key, "fi").kind == "block"
    assert target.name == "Medborgarservice"


# --- writing ---


def test_saved_text_is_stored_with_its_author_and_history(finnish):
    saved = write(finnish, "title", "Uusi lamppu")

    history = SegmentHistory.objects.get(path="title")
    assert (saved.target, saved.origin) == ("Uusi lamppu", "human")
    assert (history.text, history.written_by) == (
        "Uusi lamppu",
        person("translator_fi"),
    )


def test_many_texts_are_stored_at_once_with_their_history(finnish):
    read = segments_of(finnish)
    texts = [(each, f"fi: {each.source}") for each in read.values() if each.required]

    saved = actions.save_segments(finnish, texts, by=person("translator_fi"))

    assert saved == len(texts) == SegmentHistory.objects.count()
    assert all(s.target for s in segments_of(finnish).values() if s.required)
    assert actions.save_segments(finnish, texts, by=person("translator_fi")) == 0


def test_of_many_texts_none_is_stored_when_one_was_changed_meanwhile(finnish):
    read = segments_of(finnish)
    write(finnish, "ingress", "Toinen")
    texts = [(each, f"fi: {each.source}") for each in read.values() if each.required]

    with pytest.raises(actions.SegmentConflict) as conflict:
        actions.save_segments(finnish, texts, by=person("translator_fi"))

    assert conflict.value.theirs == "Toinen"
    assert [s.path for s in segments_of(finnish).values() if s.target] == ["ingress"]


def test_second_person_gets_a_conflict_with_the_first_text(finnish):
    """T12."""
    read = segments_of(finnish)["title"]
    write(finnish, "title", "Uusi lamppu")

    with pytest.raises(actions.SegmentConflict) as conflict:
        write(finnish, "title", "Lamppu", "translator_fi2", base_version=read.version)

    assert conflict.value.theirs == "Uusi lamppu"
    assert segments_of(finnish)["title"].target == "Uusi lamppu"


def test_same_text_from_the_same_base_is_no_conflict(finnish):
    read = segments_of(finnish)["title"]
    write(finnish, "title", "Uusi lamppu")

    saved = write(
        finnish, "title", "Uusi lamppu", "translator_fi2", base_version=read.version
    )

    assert saved.target == "Uusi lamppu"


def test_empty_text_clears_the_segment(finnish):
    write(finnish, "title", "Uusi lamppu")

    assert write(finnish, "title", "  ").target == ""
    assert SegmentHistory.objects.filter(path="title").count() == 2


@pytest.mark.parametrize(
    "username", ["editor", "approver", "translator_ar", "reviewer_ar"]
)
def test_nobody_writes_in_another_language(finnish, username):
    with pytest.raises(NotAllowed):
        write(finnish, "title", "Uusi lamppu", username)

    assert not StringTranslation.objects.exists()


def test_segment_of_another_page_is_refused(site, finnish):
    other = segments_of(start(site.index, "fi"))["title"]

    with pytest.raises(Conflict):
        actions.save_segment(
            finnish, other.id, "Uutiset", base_version=None, by=person("translator_fi")
        )


def test_nothing_is_written_during_review(article):
    """T13."""
    target = translate(article, "fi", approve=False)
    translation = localize.translation_of(target)

    for username in ("translator_fi", "reviewer_fi", "admin"):
        with pytest.raises(Conflict):
            write(translation, "title", "Vaihdettu", username)


@pytest.mark.parametrize(
    "attack",
    [
        '<a id="a1" onclick="alert(1)">lisää</a>',
        '<a id="a1" href="javascript:alert(1)">lisää</a>',
        '<script>alert(1)</script><a id="a1">lisää</a>',
        '<img src=x onerror=alert(1)><a id="a1">lisää</a>',
        '<a id="a1">lisää</a><!--><script>alert(1)</script>-->',
        '<svg><style><a id="a1" title="</style><img src=x onerror=alert(1)>">',
        '<a id="a1">lisää</a><![CDATA[<script>alert(1)</script>]]>',
    ],
)
def test_saved_markup_carries_no_script(finnish, attack):
    """T24."""
    with suppress(NotFit):
        write(finnish, paragraph(finnish), attack)

    stored = StringTranslation.objects.values_list("data", flat=True)
    for data in stored:
        for word in ("<script", "onclick", "onerror", "javascript", "<img", "<style"):
            assert word not in data


@pytest.mark.parametrize(
    "text", ["<a id='a2'>muu</a>", "<a id='a1'>yksi</a> <a id='a1'>kaksi</a> <b>x"]
)
def test_links_that_are_not_in_the_source_are_not_stored_silently(finnish, text):
    path = paragraph(finnish)
    try:
        saved = write(finnish, path, text)
    except NotFit:
        saved = None

    assert saved is None or [f.code for f in saved.findings if f.severity == "error"]


def test_hidden_characters_are_removed_and_accents_composed(finnish):
    saved = write(finnish, "title", "\u202eUusi\u200b la\u0308mppu\u2060\ufeff")

    assert saved.target == "Uusi l\u00e4mppu"


def test_joiners_that_persian_needs_are_kept(article):
    arabic = start(article, "ar")

    saved = write(arabic, "title", "می\u200cروم", "translator_ar")

    assert saved.target == "می\u200cروم"


@pytest.mark.parametrize("text", ["x" * 20_001, "bell \x07", "null \x00"])
def test_text_that_cannot_be_stored_is_refused(finnish, text):
    with pytest.raises(NotFit):
        write(finnish, "title", text)


# --- submitting ---


def test_incomplete_translation_is_not_submitted(finnish):
    write(finnish, "title", "Uusi lamppu")

    with pytest.raises(NotFit) as refusal:
        actions.submit_translation(finnish, by=person("translator_fi"))

    assert [issue.code for issue in refusal.value.issues] == ["incomplete"]


def test_wrong_number_is_not_submitted(finnish):
    fill(finnish)
    path = paragraph(finnish)
    write(finnish, path, segments_of(finnish)[path].target.replace("23", "32"))

    with pytest.raises(NotFit) as refusal:
        actions.submit_translation(finnish, by=person("translator_fi"))

    assert {issue.code for issue in refusal.value.issues} == {"numbers"}


def test_failed_check_is_overridden_with_a_reason_that_is_stored(finnish):
    fill(finnish)
    path = paragraph(finnish)
    write(finnish, path, segments_of(finnish)[path].target.replace("23", "32"))

    actions.submit_translation(
        finnish, by=person("translator_fi"), override_reason="Tryckfel i original."
    )

    submission = Submission.objects.get()
    assert submission.override_reason == "Tryckfel i original."
    assert {found["code"] for found in submission.overridden_checks} == {"numbers"}


def test_submission_stores_the_facts(article):
    target = translate(article, "fi", approve=False)

    facts = Submission.objects.get()
    swedish = entries.current(article.translation_key, "sv")
    assert facts.revision_number == target.latest_revision_id
    assert facts.source_publication_id == swedish.pk
    assert (facts.origin, facts.segments_machine) == ("human", 0)
    assert facts.segments_total == 4
    assert facts.contributor_ids == [person("translator_fi").pk]


def test_submission_leaves_the_public_text_alone(article):
    """T14, B1: the engine by itself would write the live row."""
    target = translate(article, "fi", {"Ny lampa": "Vanha teksti"})
    translation = localize.translation_of(target)
    write(translation, "title", "Uusi teksti")

    actions.submit_translation(translation, by=person("translator_fi"))

    row = Page.objects.get(pk=target.pk)
    assert (row.title, row.live) == ("Vanha teksti", True)
    assert read_path(target.public_path()).title == "Vanha teksti"


def test_submission_of_a_block_leaves_it_public(site):
    """B2: the engine by itself would take a block off line."""
    target = translate(site.contact, "fi")
    translation = localize.translation_of(target)
    write(translation, "explanation", "uusi selitys")

    actions.submit_translation(translation, by=person("translator_fi"))

    row = fresh(target)
    document = entries.current(target.translation_key, "fi").document
    assert row.live
    assert row.explanation == document["explanation"] == "fi: kommunens kundtjänst"


def test_nobody_submits_for_another_language(finnish):
    fill(finnish)

    with pytest.raises(NotAllowed):
        actions.submit_translation(finnish, by=person("translator_ar"))


def test_translation_is_not_submitted_twice(article):
    target = translate(article, "fi", approve=False)

    with pytest.raises(Conflict):
        actions.submit_translation(
            localize.translation_of(target), by=person("translator_fi")
        )


def test_translation_of_withdrawn_swedish_is_not_submitted(article, finnish):
    fill(finnish)
    gate.withdraw(article)

    with pytest.raises(Conflict):
        actions.submit_translation(finnish, by=person("translator_fi"))


def test_translation_sent_back_is_mended_and_approved(article):
    target = translate(article, "fi", approve=False)
    gate.send_back(
        target,
        by=person("reviewer_fi"),
        revision_id=target.latest_revision_id,
        comment="Otsikko on väärin.",
    )
    translation = localize.translation_of(target)
    write(translation, "title", "Parempi otsikko")
    actions.submit_translation(translation, by=person("translator_fi"))

    target = approve(target, approver=person("reviewer_fi"))

    assert read_path(target.public_path()).title == "Parempi otsikko"


def test_publishing_one_language_leaves_the_others_alone(article):
    translate(article, "ar")
    others = Publication.objects.exclude(locale="fi").count()

    translate(article, "fi")

    assert Publication.objects.exclude(locale="fi").count() == others
    assert entries.current(article.translation_key, "fi").source_publication_id == (
        entries.current(article.translation_key, "sv").pk
    )


def test_changed_segments_open_again_and_the_rest_stays(article):
    target = translate(article, "fi")
    publish(article, title="Nyare lampa")

    segments = segments_of(localize.translation_of(target))

    assert segments["title"].target == ""
    assert segments["title"].earlier.target == "fi: Ny lampa"
    assert segments["ingress"].target.startswith("fi: ")
