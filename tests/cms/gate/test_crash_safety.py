"""Whatever fails half-way leaves everything as it was: all of an action, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import page_published

from cms.gate import actions, record, rules
from cms.log import entries
from cms.log.models import Head, Publication
from tests.cms.gate.state import state_of
from tests.factories.pages import schedule
from tests.factories.people import person


class Crash(Exception):
    """The lights go out."""


def crash(monkeypatch, place: tuple[Any, str], *, call: int, after: bool) -> list[int]:
    """Let the ``call``-th call at ``place`` fail, before or after it did its work."""
    owner, name = place
    original = getattr(owner, name)
    calls: list[int] = []

    def failing(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == call and not after:
            raise Crash
        result = original(*args, **kwargs)
        if len(calls) == call:
            raise Crash
        return result

    monkeypatch.setattr(owner, name, failing)
    return calls


def approve(scene):
    actions.approve(
        scene.waiting,
        by=person("approver"),
        revision_id=scene.waiting.latest_revision_id,
    )


def approve_block(scene):
    actions.approve(
        scene.waiting_block,
        by=person("approver"),
        revision_id=scene.waiting_block.latest_revision_id,
    )


def send_back(scene):
    actions.send_back(
        scene.waiting,
        by=person("approver"),
        revision_id=scene.waiting.latest_revision_id,
        comment="Rätta datumet.",
    )


def withdraw(scene):
    actions.withdraw(scene.page, by=person("approver"))


def move(scene):
    actions.move_page(scene.page, scene.archive, pos="last-child", by=person("admin"))


def delete(scene):
    actions.delete_page(scene.page, by=person("admin"))


def resubmit(scene):
    actions.submit_for_review(scene.page, by=person("editor"))


APPEND = (entries, "append")
INSERT = (Publication, "save")
HEAD = (Head, "save")

#: action, and each place at which it may stop: who, what, which of its calls.
STEPS: list[tuple[Callable[..., None], tuple[Any, str], int]] = [
    (approve, (actions, "lock"), 1),
    (approve, (rules, "require_may_decide"), 1),
    (approve, (rules, "require_fit"), 1),
    (approve, (actions, "_decide"), 1),
    (approve, (TaskState, "save"), 1),
    (approve, (WorkflowState, "save"), 1),
    (approve, (WorkflowState, "finish"), 1),
    (approve, (actions, "carry_out"), 1),
    (approve, (PublishPageRevisionAction, "execute"), 1),
    (approve, (PublishPageRevisionAction, "_after_publish"), 1),
    (approve, (record, "published"), 1),
    (approve, APPEND, 1),
    (approve, INSERT, 1),
    (approve, HEAD, 1),
    (approve_block, APPEND, 1),
    (approve_block, HEAD, 1),
    (send_back, (actions, "_decide"), 1),
    (send_back, (TaskState, "save"), 1),
    (send_back, (WorkflowState, "save"), 1),
    (withdraw, (UnpublishPageAction, "execute"), 1),
    (withdraw, (UnpublishPageAction, "execute"), 2),
    (withdraw, APPEND, 1),
    (withdraw, APPEND, 2),
    (withdraw, INSERT, 2),
    (withdraw, HEAD, 2),
    (move, (MovePageAction, "execute"), 1),
    (move, (MovePageAction, "execute"), 2),
    (move, APPEND, 1),
    (move, APPEND, 2),
    (move, HEAD, 2),
    (delete, (DeletePageAction, "execute"), 1),
    (delete, (DeletePageAction, "execute"), 2),
    (delete, APPEND, 1),
    (delete, HEAD, 2),
    (resubmit, (TaskState, "save"), 1),
    (resubmit, (WorkflowState, "save"), 1),
]
CASES = [
    pytest.param(action, place, call, id=f"{action.__name__}, {place[1]} {call}")
    for action, place, call in STEPS
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("action", "place", "call"), CASES)
def test_failure_leaves_everything_as_it_was(
    scene, monkeypatch, action, place, call, after
):
    before = state_of()
    calls = crash(monkeypatch, place, call=call, after=after)

    with pytest.raises(Crash):
        action(scene)

    assert len(calls) >= call
    monkeypatch.undo()
    assert state_of() == before


@pytest.mark.parametrize("action", [approve, withdraw, move, delete, resubmit])
def test_action_succeeds_after_it_has_failed(scene, monkeypatch, action):
    before = state_of()
    crash(monkeypatch, (TaskState, "save"), call=1, after=True)
    crash(monkeypatch, APPEND, call=1, after=True)
    with pytest.raises(Crash):
        action(scene)
    monkeypatch.undo()

    action(scene.reloaded())

    assert state_of() != before
    assert list(entries.verify()) == []


def test_failing_listener_undoes_the_publication(scene):
    before = state_of()

    def fail(**kwargs: Any) -> None:
        raise Crash

    page_published.connect(fail)
    try:
        with pytest.raises(Crash):
            approve(scene)
    finally:
        page_published.disconnect(fail)

    assert state_of() == before


@pytest.mark.parametrize(
    "place",
    [(record, "published"), APPEND, HEAD, (PublishPageRevisionAction, "execute")],
)
def test_scheduled_publication_that_fails_stays_scheduled(site, monkeypatch, place):
    tomorrow = timezone.now() + timedelta(days=1)
    schedule(site.article(), at=tomorrow)
    before = state_of()
    crash(monkeypatch, place, call=1, after=True)

    with time_machine.travel(tomorrow), pytest.raises(Crash):
        actions.publish_due()

    monkeypatch.undo()
    assert state_of() == before
