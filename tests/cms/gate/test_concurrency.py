"""Many people at once: each decision has one effect, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import time_machine
from django.db import connection
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from cms.desk import actions as desk
from cms.desk.workbench import open_workbench
from cms.gate import actions
from cms.gate.errors import Conflict, Refused
from cms.gate.models import Decision
from cms.log import entries
from cms.log.models import Head, Publication
from tests.factories.pages import fresh, publish, schedule, submit
from tests.factories.people import person
from tests.factories.site import Municipality
from tests.factories.translations import start, translate, translator

ROUNDS = 50
BUSY_ROUNDS = 20


def at_once(*attempts: Callable[[], Any]) -> list[Any]:
    """Run all at the same instant, each on a connection; return results or refusals."""
    barrier = threading.Barrier(len(attempts))

    def run(attempt: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=10)
            return attempt()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


def refusals(results: list[Any]) -> list[Any]:
    return [result for result in results if isinstance(result, Refused)]


def approval(obj: Any, username: str, revision: Any) -> Callable[[], Any]:
    by = person(username)
    return lambda: actions.approve(obj, by=by, revision_id=revision.pk)


def rejection(obj: Any, username: str, revision: Any) -> Callable[[], Any]:
    by = person(username)
    return lambda: actions.send_back(
        obj, by=by, revision_id=revision.pk, comment="Rätta datumet."
    )


def outcome(obj: Any, revision: Any) -> dict[str, Any]:
    """What each place says about the decision on ``revision``."""
    decisions = Decision.objects.filter(revision_number=revision.pk)
    return {
        "decisions": list(decisions.values_list("outcome", flat=True)),
        "tasks": list(
            TaskState.objects.filter(revision=revision).values_list("status", flat=True)
        ),
        "workflow": WorkflowState.objects.for_instance(obj).latest("pk").status,
        "log": Publication.objects.filter(key=obj.translation_key).count(),
        "live": fresh(obj).live,
    }


APPROVED = {
    "decisions": ["approved"],
    "tasks": ["approved"],
    "workflow": "approved",
    "log": 1,
    "live": True,
}
SENT_BACK = {
    "decisions": ["sent_back"],
    "tasks": ["rejected"],
    "workflow": "needs_changes",
    "log": 0,
    "live": False,
}


def decide_at_once(site: Municipality) -> tuple[list[Any], dict[str, Any]]:
    article = site.article()
    revision = submit(article)
    results = at_once(
        approval(article, "approver", revision),
        approval(article, "approver2", revision),
        rejection(article, "admin", revision),
    )
    return refusals(results), outcome(article, revision)


def test_two_approvals_and_a_rejection_have_one_effect(committed_site):
    """T11."""
    rounds = [decide_at_once(committed_site) for _ in range(ROUNDS)]

    assert {len(refused) for refused, _ in rounds} == {2}
    codes = Counter(each.code for refused, _ in rounds for each in refused)
    assert codes == {"already_decided": 2 * ROUNDS}
    assert all(found in (APPROVED, SENT_BACK) for _, found in rounds)
    assert list(entries.verify()) == []


def test_approval_and_taking_back_have_one_effect(committed_site):
    editor = person("editor")
    for _ in range(6):
        article = committed_site.article()
        revision = submit(article)

        results = at_once(
            approval(article, "approver", revision),
            partial(actions.take_back, article, by=editor),
        )

        found = outcome(article, revision)
        assert len(refusals(results)) == 1
        assert (found["workflow"], found["live"], found["log"]) in {
            ("approved", True, 1),
            ("cancelled", False, 0),
        }


def test_approval_and_a_newer_draft_never_publish_what_was_not_read(committed_site):
    editor = person("editor")
    for _ in range(6):
        article = committed_site.article(title="Läst")
        revision = submit(article)
        draft = fresh(article)
        draft.title = "Inte läst"

        at_once(
            approval(article, "approver", revision),
            partial(draft.save_revision, user=editor),
        )

        head = Head.objects.filter(key=article.translation_key).first()
        assert head is None or head.title == "Läst"


def test_second_translator_of_a_segment_gets_both_texts(committed_site):
    """T12."""
    translation = start(committed_site.index, "fi")
    segment = open_workbench(translation).segments[0]

    def save(text: str, username: str) -> Callable[[], Any]:
        by = person(username)
        return lambda: desk.save_segment(
            translation, segment.id, text, base_version=segment.version, by=by
        )

    results = at_once(
        save("Uutiset", "translator_fi"), save("Ajankohtaista", "translator_fi2")
    )

    (conflict,) = refusals(results)
    (saved,) = (result for result in results if result is not conflict)
    assert isinstance(conflict, desk.SegmentConflict)
    assert conflict.theirs == saved.target
    assert open_workbench(translation).segments[0].target == saved.target


def test_two_schedulers_publish_once(committed_site):
    tomorrow = timezone.now() + timedelta(days=1)
    articles = [
        schedule(committed_site.article(), at=tomorrow),
        schedule(committed_site.article(), at=tomorrow),
    ]
    before = Publication.objects.count()

    with time_machine.travel(tomorrow, tick=True):
        results = at_once(*[actions.publish_due] * 3)

    assert sum(results) == len(articles)
    assert Publication.objects.count() == before + len(articles)


def test_start_of_one_translation_by_two_people_makes_one(committed_site):
    article = committed_site.live_article()
    translator("fi")

    results = at_once(lambda: start(article, "fi"), lambda: start(article, "fi"))

    assert len({result.pk for result in results}) == 1
    assert article.get_translations().filter(locale__language_code="fi").count() == 1


def test_publishing_and_withdrawing_at_once_never_deadlock(committed_site):
    """Rows are locked in one order, and before the log."""
    site = committed_site
    source = site.live_article()
    for tag in ("fi", "ar", "so"):
        translate(source, tag)
    finnish = source.get_translations().get(locale__language_code="fi").specific
    others = [site.live_article() for _ in range(2)]

    for _ in range(BUSY_ROUNDS):
        waiting = [(each, submit(each, title="Ny rubrik")) for each in others]
        results = at_once(
            *(approval(each, "approver", revision) for each, revision in waiting),
            lambda: actions.withdraw(source, by=person("approver")),
            lambda: actions.move_page(finnish, finnish.get_parent(), pos="last-child"),
        )
        assert not [each for each in refusals(results) if isinstance(each, Conflict)]
        publish(source)

    assert list(entries.verify()) == []


def test_withdrawal_leaves_no_translation_that_was_approved_meanwhile(committed_site):
    for _ in range(5):
        article = committed_site.live_article()
        finnish = translate(article, "fi", approve=False)

        at_once(
            approval(finnish, "reviewer_fi", finnish.latest_revision),
            partial(actions.withdraw, article, by=person("approver")),
        )

        public = Head.objects.public().filter(key=article.translation_key)
        assert not public.exists()


def test_moving_and_deleting_beside_approvals_never_deadlock(committed_site):
    site = committed_site
    for _ in range(5):
        moving, deleted, approved = (site.live_article() for _ in range(3))
        for each in (moving, deleted):
            translate(each, "fi")
        revision = submit(approved, title="Ny rubrik")
        index_revision = submit(site.index, title="Nyheter")

        at_once(
            partial(actions.move_page, moving, site.home, pos="last-child"),
            partial(actions.delete_page, deleted),
            approval(approved, "approver", revision),
            approval(site.index, "approver2", index_revision),
        )

        heads = Head.objects.public().filter(key=moving.translation_key)
        assert {head.path.count("/") for head in heads} <= {2, 3}
    assert list(entries.verify()) == []
