"""The gate's actions: what each does, once, and what it refuses."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, PageViewRestriction

from cms.desk.setup import reviewers_of
from cms.gate import actions
from cms.gate.errors import (
    AlreadyDecided,
    Conflict,
    NotAllowed,
    NotApproved,
    NotFit,
    OwnWork,
    StaleRevision,
)
from cms.gate.models import Decision
from cms.log import entries
from cms.log.models import Head, Publication
from cms.reading.pages import Gone, Reading, Redirect, read_path
from tests.factories.pages import (
    approve,
    edit,
    fresh,
    make_index,
    make_standard,
    publish,
    submit,
)
from tests.factories.people import make_person, person
from tests.factories.site import LANGUAGES
from tests.factories.translations import translate


def decide(obj, username, revision):
    actions.approve(fresh(obj), by=person(username), revision_id=revision.pk)


# --- one effect, on record ---


def test_approval_publishes_once_and_says_who_decided(site):
    article = site.article()
    submit(article)
    before, started = Publication.objects.count(), timezone.now()

    article = approve(article)

    publication = entries.current(article.translation_key, "sv")
    audit = PageLogEntry.objects.filter(page=article.pk, timestamp__gte=started)
    assert Publication.objects.count() == before + 1
    assert (publication.action, publication.actor) == ("publish", "approver")
    assert publication.significance == "first"
    assert list(
        audit.filter(action="wagtail.publish").values_list("user__username")
    ) == [("approver",)]
    assert article.live


def test_block_is_published_like_a_page(site):
    publication = entries.current(site.contact.translation_key, "sv")

    audit = ModelLogEntry.objects.filter(object_id=str(site.contact.pk))
    assert (publication.kind, publication.path) == ("block", "")
    assert audit.filter(action="wagtail.publish").count() == 1


def test_withdrawal_is_one_row_and_one_entry_for_each_language(site):
    article = site.live_article()
    finnish = translate(article, "fi")
    before = Publication.objects.count()

    actions.withdraw(article, by=person("approver"))

    rows = Publication.objects.order_by("id")[before:]
    audit = PageLogEntry.objects.filter(
        action="wagtail.unpublish", page__in=[article.pk, finnish.pk]
    )
    assert sorted((row.action, row.locale) for row in rows) == [
        ("withdraw", "fi"),
        ("withdraw", "sv"),
    ]
    assert audit.count() == 2


def test_log_holds_together_after_everything(site):
    article = site.live_article()
    translate(article, "fi")
    actions.move_page(article, site.home, pos="last-child")
    publish(article, title="Ny rubrik", significance="wording")
    actions.withdraw(article, by=person("approver"))
    actions.delete_page(fresh(article), by=person("admin"))

    assert list(entries.verify()) == []


# --- four eyes ---


def test_submitter_does_not_approve(site):
    article = site.article()
    edit(article, by=person("editor"))
    revision = submit(article, by=person("approver"))

    with pytest.raises(OwnWork):
        decide(article, "approver", revision)


def test_author_of_any_draft_since_the_last_approval_does_not_approve(site):
    article = site.live_article()
    edit(article, by=person("approver2"), ingress="Skrivet av approver2.")
    revision = submit(article, title="Rättad av en annan")

    with pytest.raises(OwnWork):
        decide(article, "approver2", revision)


def test_author_of_an_earlier_version_approves_later_ones(site):
    article = publish(site.article(), by=person("approver2"))

    article = publish(article, title="Nyare", approver=person("approver2"))

    assert article.title == "Nyare"


def test_superuser_does_not_approve_own_work(site):
    article = site.article()
    revision = submit(article, by=person("admin"))

    with pytest.raises(OwnWork):
        decide(article, "admin", revision)


def test_whoever_typed_a_string_does_not_approve_the_translation(site):
    make_person("reviewer_fi2", reviewers_of("fi"))
    finnish = translate(
        site.live_article(), "fi", by=person("reviewer_fi"), approve=False
    )

    with pytest.raises(OwnWork):
        decide(finnish, "reviewer_fi", finnish.latest_revision)


@pytest.mark.parametrize(
    "username", ["editor2", "translator_fi", "reviewer_fi", "reviewer_ar"]
)
def test_only_reviewers_of_the_language_approve(site, username):
    article = site.article()
    revision = submit(article)

    with pytest.raises(NotAllowed):
        decide(article, username, revision)


def test_nobody_else_takes_a_text_back(site):
    article = site.article()
    submit(article)

    with pytest.raises(NotAllowed):
        actions.take_back(article, by=person("approver"))


# --- what was read is what goes live ---


def test_older_revision_than_the_latest_is_refused(site):
    article = site.article()
    read = submit(article)
    edit(article, title="Ändrad under granskningen")

    with pytest.raises(StaleRevision) as refusal:
        decide(article, "approver", read)

    assert (refusal.value.read_id, refusal.value.latest_id) == (
        read.pk,
        fresh(article).latest_revision_id,
    )


def test_revision_that_was_not_read_is_refused(site):
    article = site.article()
    submit(article)
    newer = edit(article, title="Ändrad under granskningen")

    with pytest.raises(StaleRevision):
        decide(article, "approver", newer)


def test_second_approval_of_the_same_review_is_refused(site):
    article = site.article()
    revision = submit(article)
    decide(article, "approver", revision)

    with pytest.raises(AlreadyDecided):
        decide(article, "approver2", revision)


def test_older_approved_revision_is_not_published_again(site):
    article = site.live_article(title="Första")
    first = article.live_revision
    article = publish(article, title="Andra")

    with pytest.raises(NotApproved):
        first.publish()

    assert read_path(article.public_path()).title == "Andra"


def test_approval_is_spent_by_publication_even_when_the_page_has_moved(site):
    article = site.live_article()
    actions.move_page(article, site.home, pos="last-child")

    with pytest.raises(NotApproved):
        fresh(article).live_revision.publish()


def test_draft_saved_after_approval_stays_a_draft(site):
    """B10: Wagtail by itself would publish the latest revision."""
    article = publish(site.article(title="Godkänd"))

    edit(article, title="Senare utkast")

    assert read_path(article.public_path()).title == "Godkänd"
    assert fresh(article).title == "Godkänd"


def test_revision_under_review_is_not_written_over(site):
    """Autosave overwrites a session's revision; not one that somebody is reading."""
    article = site.article(title="Läst av granskaren")
    revision = submit(article)
    draft = fresh(article)
    draft.title = "Bytt i smyg"

    saved = draft.save_revision(user=person("editor"), overwrite_revision=revision)

    revision.refresh_from_db()
    assert saved.pk != revision.pk
    assert revision.content["title"] == "Läst av granskaren"


def test_approved_revision_is_not_written_over(site):
    article = site.live_article(title="Godkänd")
    draft = fresh(article)
    draft.title = "Bytt i smyg"

    draft.save_revision(user=person("editor"), overwrite_revision=article.live_revision)

    article.live_revision.refresh_from_db()
    assert article.live_revision.content["title"] == "Godkänd"


def test_revision_of_the_session_is_written_over(site):
    article = site.article()
    revision = edit(article, title="Första")
    draft = fresh(article)
    draft.title = "Autosparad"

    saved = draft.save_revision(user=person("editor"), overwrite_revision=revision)

    assert saved.pk == revision.pk


def test_withdrawn_text_is_published_again_after_a_new_review(site):
    article = site.live_article()
    actions.withdraw(article, by=person("approver"))
    actions.submit_for_review(fresh(article), by=person("editor"))

    article = approve(article)

    assert isinstance(read_path(article.public_path()), Reading)
    assert Decision.objects.filter(object_id=str(article.pk)).count() == 2


def test_text_sent_back_is_submitted_again_as_it_is(site):
    article = site.article()
    revision = submit(article)
    actions.send_back(
        fresh(article),
        by=person("approver"),
        revision_id=revision.pk,
        comment="Rätta datumet.",
    )

    actions.submit_for_review(fresh(article), by=person("editor"))

    assert approve(article).live


def test_sending_back_needs_a_reason(site):
    article = site.article()
    revision = submit(article)

    with pytest.raises(NotFit):
        actions.send_back(
            fresh(article), by=person("approver"), revision_id=revision.pk, comment=" "
        )


def test_second_submission_is_refused(site):
    article = site.article()
    submit(article)

    with pytest.raises(Conflict):
        actions.submit_for_review(fresh(article), by=person("editor2"))


# --- everything that goes with a page ---


def test_public_text_is_withdrawn_while_a_newer_one_is_read(site):
    article = site.live_article()
    submit(article, title="Under granskning")

    actions.withdraw(article, by=person("approver"))

    assert isinstance(read_path(article.public_path()), Gone)


def test_translation_withdrawn_alone_falls_back_to_swedish(site):
    article = site.live_article(title="På svenska")
    finnish = translate(article, "fi")

    actions.withdraw(finnish, by=person("reviewer_fi"))

    answer = read_path(f"/fi{article.public_path()}")
    assert (answer.title, answer.served.tag) == ("På svenska", "sv")
    assert answer.passport.fallback_reason == "missing"


def test_swedish_withdrawn_is_gone_in_every_language(site):
    article = site.live_article()
    finnish = translate(article, "fi")

    actions.withdraw(article, by=person("approver"))

    paths = [article.public_path(), finnish.public_path()]
    paths += [f"/{tag}{article.public_path()}" for tag in LANGUAGES[1:]]
    assert [type(read_path(path)) for path in paths] == [Gone] * len(paths)


def test_translation_of_a_withdrawn_text_is_not_approved(site):
    article = site.live_article()
    finnish = translate(article, "fi", approve=False)
    actions.withdraw(article, by=person("approver"))

    with pytest.raises(NotFit):
        approve(finnish, approver=person("reviewer_fi"))


def test_old_addresses_redirect_in_each_language_after_a_move(site):
    article = site.live_article(slug="flyttas")
    finnish = translate(article, "fi", {"slug": "muuttaa"})
    archive = publish(make_index(site.home, slug="arkiv"))
    old = [article.public_path(), finnish.public_path(), "/ar/nyheter/flyttas/"]

    actions.move_page(article, archive, pos="last-child", by=person("admin"))

    assert [read_path(path) for path in old] == [
        Redirect("/arkiv/flyttas/"),
        Redirect("/fi/arkiv/muuttaa/"),
        Redirect("/ar/arkiv/flyttas/"),
    ]


def test_pages_below_get_new_addresses_when_a_slug_changes(site):
    section = publish(make_standard(site.home, slug="bygga"))
    below = publish(make_standard(section, slug="lov"))
    translate(below, "fi", {"slug": "lupa"})

    publish(section, slug="bygga-nytt")

    assert read_path("/bygga/lov/") == Redirect("/bygga-nytt/lov/")
    assert read_path("/bygga-nytt/lov/").title == below.title


def test_translated_slug_of_a_parent_moves_what_is_below(site):
    section = publish(make_standard(site.home, slug="bygga"))
    below = publish(make_standard(section, slug="lov"))
    translate(below, "fi", {"slug": "lupa"})

    translate(section, "fi", {"slug": "rakentaa"})

    assert read_path("/fi/bygga/lupa/") == Redirect("/fi/rakentaa/lupa/")


def test_page_made_private_is_withdrawn_in_every_language(site):
    section = publish(make_standard(site.home, slug="bygga"))
    below = publish(make_standard(section, slug="lov"))
    translate(below, "fi")

    PageViewRestriction.objects.create(page=section, restriction_type="login")

    keys = [section.translation_key, below.translation_key]
    assert not Head.objects.public().filter(key__in=keys).exists()


def test_page_moved_to_a_private_place_is_withdrawn(site):
    private = make_standard(site.home)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    page = publish(make_standard(site.home))
    translate(page, "fi")

    actions.move_page(page, private, pos="last-child", by=person("admin"))

    assert not Head.objects.public().filter(key=page.translation_key).exists()


def test_private_page_is_not_submitted(site):
    page = make_standard(site.home)
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    with pytest.raises(NotFit):
        submit(page)


def test_deleted_page_stays_in_the_log(site):
    article = site.live_article(title="Ska bort")
    translate(article, "fi")

    actions.delete_page(article, by=person("admin"))

    rows = Publication.objects.filter(key=article.translation_key)
    assert rows.filter(title="Ska bort", action="publish").exists()
    assert not Head.objects.public().filter(key=article.translation_key).exists()


# --- cost ---


def test_translations_cost_nothing_when_swedish_is_published(site):
    """Freshness is computed when read; publishing fans out to nothing."""
    alone, translated = site.live_article(), site.live_article()
    for tag in ("fi", "ar", "so"):
        translate(translated, tag)

    def queries(article):
        revision = submit(article, title="Ändrad rubrik")
        with CaptureQueriesContext(connection) as captured:
            actions.approve(
                fresh(article), by=person("approver"), revision_id=revision.pk
            )
        return len(captured)

    assert queries(translated) - queries(alone) <= 5
