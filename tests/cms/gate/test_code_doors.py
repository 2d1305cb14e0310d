"""The doors that code opens: verbs of Wagtail and of its engine, without a person."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Locale, Page, Revision

from cms.core.models import ContactBlock
from cms.gate.errors import NotApproved, Refused
from cms.log.models import Head
from cms.reading.pages import Gone, read_path
from tests.cms.gate.state import state_of, what_happened
from tests.factories.pages import publish
from tests.factories.people import person
from tests.factories.translations import fill, start
from tests.matrix import DRAFT, MOVED, REFUSED, ROW, WITHDRAWN

PUBLISHING = {
    "revision.publish()": lambda s: s.page.latest_revision.publish(),
    "revision.publish(editor)": lambda s: s.page.latest_revision.publish(
        user=person("editor")
    ),
    "revision.publish(superuser)": lambda s: s.page.latest_revision.publish(
        user=person("admin")
    ),
    "page.publish()": lambda s: s.page.publish(s.page.latest_revision),
    "Page.publish()": lambda s: base(s.page).publish(s.page.latest_revision),
    "the revision under review": lambda s: s.waiting.latest_revision.publish(),
    "the public revision again": lambda s: s.page.live_revision.publish(),
    "translation": lambda s: s.translation.save_revision().publish(),
    "block": lambda s: s.block.latest_revision.publish(),
    "block.publish()": lambda s: s.block.publish(s.block.latest_revision),
    "block under review": lambda s: s.waiting_block.latest_revision.publish(),
    "save() as live": lambda s: save_live(s.waiting),
    "block.save() as live": lambda s: save_live(s.waiting_block),
    "task_state.approve()": lambda s: task_state(s.waiting).approve(),
    "task_state.approve(approver)": lambda s: task_state(s.waiting).approve(
        user=person("approver")
    ),
    "task_state.approve(superuser)": lambda s: task_state(s.waiting_block).approve(
        user=person("admin")
    ),
    "task.on_action()": lambda s: task_state(s.waiting).task.specific.on_action(
        task_state(s.waiting), person("approver"), "approve"
    ),
    "workflow_state.finish()": lambda s: s.waiting.current_workflow_state.finish(
        user=person("approver")
    ),
    "create_alias()": lambda s: s.page.create_alias(update_slug="alias"),
    "CreatePageAliasAction": lambda s: CreatePageAliasAction(
        s.page, update_slug="alias"
    ).execute(skip_permission_checks=True),
    "copy_for_translation(alias)": lambda s: s.archive.copy_for_translation(
        Locale.objects.get(language_code="so"), alias=True
    ),
    "publish_scheduled": lambda s: call_command("publish_scheduled"),
}

OTHERS = {
    "copy(keep_live)": (
        lambda s: s.page.copy(keep_live=True, update_attrs={"slug": "kopia"}),
        DRAFT,
    ),
    "copy_for_translation()": (
        lambda s: s.archive.copy_for_translation(
            Locale.objects.get(language_code="so")
        ),
        DRAFT,
    ),
    "page.unpublish()": (lambda s: s.page.unpublish(), WITHDRAWN),
    "Page.unpublish()": (lambda s: base(s.page).unpublish(), WITHDRAWN),
    "page.delete()": (lambda s: s.page.delete(), WITHDRAWN),
    "Page.delete()": (lambda s: base(s.page).delete(), WITHDRAWN),
    "queryset.delete()": (
        lambda s: Page.objects.filter(pk=s.page.pk).delete(),
        WITHDRAWN,
    ),
    "page.move()": (lambda s: s.page.move(s.archive, pos="last-child"), MOVED),
    "Page.move()": (lambda s: base(s.page).move(s.archive, pos="last-child"), MOVED),
    "block.unpublish()": (lambda s: s.block.unpublish(), WITHDRAWN),
    "block.delete()": (lambda s: s.block.delete(), WITHDRAWN),
    "block queryset.delete()": (
        lambda s: ContactBlock.objects.filter(pk=s.block.pk).delete(),
        WITHDRAWN,
    ),
    # Known of wagtail-localize: it writes the row before anybody has approved.
    "save_target(publish=False)": (
        lambda s: write_target(s, publish=False),
        ROW,
    ),
}


def base(page):
    return Page.objects.get(pk=page.pk)


def save_live(obj):
    obj.live = True
    obj.save()


def task_state(obj):
    return obj.current_workflow_task_state


def write_target(scene, **options):
    """Change a string behind the desk's back and let the engine write the page."""
    strings = scene.engine_translation.source.stringsegment_set.all()
    for segment in strings.filter(context__path="ingress"):
        segment.string.translations.update(data="HEMLIGT i motorn")
    scene.engine_translation.save_target(**options)


def carry_out(attempt, scene):
    with suppress(Refused, PermissionDenied), transaction.atomic():
        attempt(scene)


@pytest.mark.parametrize("name", PUBLISHING)
def test_code_cannot_publish(scene, name):
    before = state_of(*scene.public_paths)

    carry_out(PUBLISHING[name], scene)

    assert what_happened(before, state_of(*scene.public_paths)) == REFUSED


@pytest.mark.parametrize("name", OTHERS)
def test_what_code_does_is_on_record(scene, name):
    attempt, outcome = OTHERS[name]
    before = state_of(*scene.public_paths)

    carry_out(attempt, scene)

    assert what_happened(before, state_of(*scene.public_paths)) == outcome


@pytest.mark.parametrize(
    "name", [name for name, (_, outcome) in OTHERS.items() if outcome == WITHDRAWN]
)
def test_no_translation_outlives_its_original(scene, name):
    carry_out(OTHERS[name][0], scene)

    about = scene.block if "block" in name else scene.page
    public = Head.objects.public().filter(key=about.translation_key)
    assert not public.exists()


@pytest.mark.parametrize("name", ["page.move()", "Page.move()"])
def test_translations_follow_when_code_moves_the_original(scene, name):
    carry_out(OTHERS[name][0], scene)

    translation = Head.objects.get(key=scene.page.translation_key, locale="fi")
    assert translation.path == "/fi/arkiv/fi-ny-lampa/"


def is_refused(call):
    try:
        call()
    except NotApproved:
        return True
    return False


def test_engine_publishes_nothing(scene, django_capture_on_commit_callbacks):
    """``save_target(publish=True)`` publishes after the commit, or rather does not."""
    before = state_of(*scene.public_paths)

    with django_capture_on_commit_callbacks() as callbacks:
        write_target(scene, publish=True)

    assert [call for call in callbacks if is_refused(call)]
    assert what_happened(before, state_of(*scene.public_paths)) == ROW


@pytest.mark.parametrize("publish_it", [True, False])
def test_engine_makes_nothing_live_that_was_not(
    scene, publish_it, django_capture_on_commit_callbacks
):
    translation = start(scene.page, "so")
    fill(translation)

    with django_capture_on_commit_callbacks() as callbacks:
        translation.save_target(publish=publish_it)
    for call in callbacks:
        is_refused(call)

    assert not translation.get_target_instance().live
    assert not Head.objects.filter(locale="so").exists()


def test_forged_schedule_publishes_nothing(scene):
    Revision.objects.filter(pk=scene.waiting.latest_revision_id).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    before = state_of(*scene.public_paths)

    call_command("publish_scheduled")

    after = state_of(*scene.public_paths)
    # The history of the text says that it could not be published.
    assert replace(after, desk=[]) == replace(before, desk=[])


def test_row_that_code_makes_live_is_not_public(scene):
    """The database can be told anything; readers are told what is in the log."""
    Page.objects.filter(pk=scene.waiting.pk).update(live=True)

    assert read_path(scene.waiting.public_path()) is None


def test_alias_cannot_hold_its_original_up(scene):
    """Wagtail would publish each alias with the page, and the gate refuse both."""
    with suppress(Refused), transaction.atomic():
        scene.page.create_alias(update_slug="alias")

    page = publish(scene.page, title="Nyare lampa")

    assert read_path(page.public_path()).title == "Nyare lampa"


def test_gone_is_said_where_a_page_was_deleted(scene):
    paths = scene.public_paths[:3]

    scene.page.delete()

    assert [type(read_path(path)) for path in paths] == [Gone] * 3
