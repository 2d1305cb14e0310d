"""Links that show one draft: who makes them, what they show, and until when (T19)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.engine import localize
from cms.gate import actions
from cms.gate.errors import Conflict, NotAllowed, NotFit
from cms.previews import links
from cms.previews.models import PreviewLink
from tests.factories.pages import approve, edit, fresh, publish, schedule, submit
from tests.factories.people import person
from tests.factories.translations import fill, start, translate


def make(obj, by="editor", **terms):
    return links.make(obj, by=person(by), **terms)


def shown(secret):
    """The title of what a link shows, if it shows anything."""
    draft = links.open_link(secret)
    return draft.text.rendering().title if draft else None


def test_secret_is_long_and_kept_as_a_hash_only(page):
    link, secret = make(page, note="Anna på polisen")
    _other, another = make(page)

    assert len(secret.removeprefix(links.PREFIX)) >= 32
    assert secret != another
    row = PreviewLink.objects.filter(pk=link.pk).values().get()
    assert not [value for value in row.values() if secret[10:] in str(value)]
    assert row["note"] == "Anna på polisen"
    assert shown(secret) == "Som det blir"


def test_lives_for_a_week_and_never_longer_than_thirty_days(page):
    week, _secret = make(page)
    month, _secret = make(page, days=30)
    now = timezone.now()

    assert timedelta(days=6.9) < week.expires_at - now <= timedelta(days=7)
    assert month.expires_at - now <= timedelta(days=30)
    for days in (0, -1, 31, 365):
        with pytest.raises(NotFit):
            make(page, days=days)


def test_shows_its_own_revision_whatever_is_written_later(page):
    _link, first = make(page)
    edit(page, title="Ännu nyare")
    _link, second = make(page)

    assert (shown(first), shown(second)) == ("Som det blir", "Ännu nyare")


def test_editor_does_not_write_over_what_a_link_shows(page):
    """Autosave overwrites the revision of its session; one that is shown it may not."""
    revision = page.get_latest_revision()
    draft = page.get_latest_revision_as_object()
    _link, secret = make(page)
    draft.title = "Medan du läser"
    later = draft.save_revision(user=revision.user, overwrite_revision=revision)

    assert later.pk != revision.pk
    assert shown(secret) == "Som det blir"


def test_changed_secret_shows_nothing(page):
    _link, secret = make(page)
    for place, letter in enumerate(secret):
        swapped = "A" if letter != "A" else "B"
        assert shown(secret[:place] + swapped + secret[place + 1 :]) is None
    for wrong in (secret[:-1], secret + "A", "", "\ud800" * 40):
        assert shown(wrong) is None
    assert shown(secret) == "Som det blir"


def test_ends_when_it_expires_is_revoked_or_its_maker_leaves(page):
    link, secret = make(page)
    rows = PreviewLink.objects.filter(pk=link.pk)
    rows.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert shown(secret) is None
    rows.update(expires_at=timezone.now() + timedelta(days=1))
    assert shown(secret)

    maker = person("editor")
    maker.is_active = False
    maker.save()
    assert shown(secret) is None
    maker.is_active = True
    maker.save()

    links.revoke(link, by=person("approver"))
    assert shown(secret) is None
    assert PreviewLink.objects.get(pk=link.pk).revoked_at


def test_ends_when_the_text_is_published_and_no_withdrawal_opens_it(page):
    _link, secret = make(page)
    submit(page)
    assert shown(secret), "it is still a draft"
    page = approve(page)
    assert shown(secret) is None

    actions.withdraw(page, by=person("approver"))
    assert shown(secret) is None
    with pytest.raises(Conflict):
        make(fresh(page))


def test_later_publication_ends_a_link_to_an_earlier_draft(page):
    _link, early = make(page)
    edit(page, title="Ännu nyare")
    publish(page, title="Nyast")

    assert shown(early) is None


def test_what_waits_for_its_time_is_still_a_draft(site):
    at = timezone.now() + timedelta(days=2)
    page = schedule(site.article(title="Sedan"), at=at)
    _link, secret = make(page, by="approver")

    assert shown(secret) == "Sedan"


def test_deleted_revision_or_page_shows_nothing(site, page):
    _link, secret = make(page)
    page.get_latest_revision().delete()
    assert shown(secret) is None

    draft = site.article(title="Bort")
    edit(draft)
    _link, secret = make(draft)
    actions.delete_page(fresh(draft), by=person("approver"))
    assert shown(secret) is None
    assert not PreviewLink.objects.exists()


def test_public_text_without_a_draft_has_nothing_to_show(site):
    with pytest.raises(Conflict):
        make(site.live_article())


def test_under_review_it_is_the_text_that_is_read(page):
    submit(page, title="Granskas")
    _link, secret = make(fresh(page), by="approver")

    assert shown(secret) == "Granskas"


def test_who_may_make_list_and_revoke(site, page):
    """Whoever edits or reviews texts in this language, and nobody else."""
    target = translate(site.live_article(), "fi", approve=False)
    for obj, may in (
        (page, {"editor", "editor2", "approver", "admin"}),
        (target, {"translator_fi", "reviewer_fi", "admin"}),
    ):
        link, _secret = make(obj, by="admin")
        for name in ("editor", "approver", "translator_fi", "translator_ar",
                     "reviewer_fi", "reviewer_ar", "admin"):  # fmt: skip
            if name in may:
                make(obj, by=name)
                assert link in links.of_text(obj, by=person(name))
                continue
            with pytest.raises(NotAllowed):
                make(obj, by=name)
            with pytest.raises(NotAllowed):
                links.of_text(obj, by=person(name))
            with pytest.raises(NotAllowed):
                links.revoke(link, by=person(name))
        assert PreviewLink.objects.get(pk=link.pk).revoked_at is None


def test_translation_is_shown_as_it_stands_at_the_desk(site):
    source = site.live_article(title="Nya lampor")
    translation = start(source, "fi")
    fill(translation, {"title": "Uudet lamput"})
    target = localize.target_of(translation)
    _link, secret = make(target, by="translator_fi")
    fill(translation, {"title": "Muut lamput"})
    _link, later = make(target, by="reviewer_fi")
    _link, same = make(target, by="translator_fi")

    assert shown(secret) == "Uudet lamput"
    assert shown(later) == shown(same) == "Muut lamput"
    # Whoever sent a link has not written the text, and no more revisions than texts.
    assert {link.revision.user for link in PreviewLink.objects.all()} == {None}
    assert PreviewLink.objects.values("revision").distinct().count() == 2


def test_shared_block_has_links_too(site):
    edit(site.contact, visiting_street="Smedsgatan 23")
    _link, secret = make(fresh(site.contact))

    assert shown(secret) == "Medborgarservice"


def test_use_is_noted_to_the_minute_and_old_links_are_forgotten(
    page, django_assert_max_num_queries
):
    link, secret = make(page)
    shown(secret)
    assert PreviewLink.objects.get(pk=link.pk).last_used_at
    link.refresh_from_db()
    with django_assert_max_num_queries(8):
        links.open_link(secret)

    long_ago = timezone.now() - timedelta(days=91)
    PreviewLink.objects.filter(pk=link.pk).update(expires_at=long_ago)
    make(page)
    assert not PreviewLink.objects.filter(pk=link.pk).exists()
