"""The gate: the only code that makes anything public, or takes it away.

Every action works in one transaction: lock the row, ask :mod:`cms.gate.rules`,
change the page through Wagtail, append to the log, write the audit entry. What fails
leaves nothing behind. ``by`` is always the person who acts; ``None`` is the clock.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from types import EllipsisType
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision, TaskState

from cms.gate import overdue, passing, permissions, record, rules
from cms.gate.errors import (
    AlreadyDecided,
    Conflict,
    Issue,
    NotAllowed,
    NotFit,
    Refused,
    refused_deletion,
)
from cms.gate.models import Decision, Significance

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)


def lock(obj: Any) -> Any:
    """Lock the row of ``obj`` until the transaction ends and return it afresh.

    The lock is on the base table, so that everything that concerns one page waits in
    one line. Raises ``Conflict`` when the object is gone.
    """
    model = Page if isinstance(obj, Page) else type(obj)
    rows = model._default_manager.select_for_update(of=("self",))
    row = rows.select_related("locale").filter(pk=obj.pk).first()
    if row is None:
        raise Conflict(_("It has been deleted meanwhile."))
    if not isinstance(row, Page):
        return row
    page = row.specific
    page.locale = row.locale
    return page


@transaction.atomic
def submit_for_review(obj: Any, *, by: User) -> TaskState:
    """Start, or resume, the review of the latest revision.

    Raises ``NotFit`` with the issues, ``Conflict`` when a review is already running,
    ``NotAllowed`` when ``by`` may not edit or nobody reviews texts of this language.
    """
    obj = lock(obj)
    permissions.require(obj, "edit", by)
    if rules.review_in_progress(obj):
        raise Conflict(_("This text is under review already."))
    revision = obj.get_latest_revision()
    if revision is None:
        raise Conflict(_("Save a draft first."))
    rules.require_fit(revision.as_object())
    if rules.decisions_about(obj).filter(revision_number=revision.pk).exists():
        # A decision is about one reading: reading it again is about a new revision.
        revision = revision.as_object().save_revision(user=by, changed=False)
    workflow = obj.get_workflow()
    if workflow is None:
        raise NotAllowed(_("Nobody has been named to review texts in this language."))
    state = obj.current_workflow_state
    if state:
        state.resume(user=by)
    else:
        state = workflow.start(obj, by)
    state.refresh_from_db()
    return state.current_task_state


@transaction.atomic
def take_back(obj: Any, *, by: User) -> None:
    """End a running review without a decision, so that the text can be edited again."""
    obj = lock(obj)
    task_state = rules.review_in_progress(obj)
    if task_state is None:
        raise AlreadyDecided(_("There is no review of this text to take back."))
    state = task_state.workflow_state
    if not (by.is_superuser or state.requested_by_id == by.pk):
        raise NotAllowed(_("Only whoever submitted the text can take it back."))
    state.cancel(user=by)


@transaction.atomic
def approve(  # noqa: PLR0913  these are the facts of a decision
    obj: Any,
    *,
    by: User,
    revision_id: int,
    significance: str = Significance.CONTENT,
    examined: bool = True,
    go_live_at: datetime | None = None,
    expire_at: datetime | EllipsisType | None = ...,
    comment: str = "",
) -> Decision:
    """Approve the revision that was read and publish it, now or at ``go_live_at``.

    A Swedish text is taken off the site, with its translations, at ``expire_at``: when
    the draft proposes, unless it is given. ``examined`` says that a person deliberately
    examined the text; without it a machine's goes out labelled as such, and any other is
    refused. Raises what :func:`cms.gate.rules.require_may_decide` raises, and ``NotFit``.
    """
    obj = lock(obj)
    task_state = rules.require_may_decide(obj, by, revision_id=revision_id)
    text = task_state.revision.as_object()
    text.expire_at = text.expire_at if expire_at is ... else expire_at
    rules.require_fit(text)
    if not examined:
        rules.require_label_suffices(text, obj.provenance(task_state.revision))
    decision = _decide(
        obj,
        task_state,
        by=by,
        outcome=Decision.Outcome.APPROVED,
        review="approved" if examined else "none",
        significance=significance if rules.is_source(obj) else "",
        go_live_at=go_live_at,
        expire_at=text.expire_at,
        comment=comment,
    )
    # Wagtail calls cms.gate.workflow after its last task, still in this transaction.
    with passing.carrying_out(passing.Approved(task_state.revision, text, decision)):
        task_state.approve(user=by, comment=comment)
    return decision


@transaction.atomic
def send_back(obj: Any, *, by: User, revision_id: int, comment: str) -> Decision:
    """Return the revision that was read to its writer, with a reason."""
    obj = lock(obj)
    task_state = rules.require_may_decide(obj, by, revision_id=revision_id)
    if not comment.strip():
        raise NotFit([Issue("reason", _("Say why, so that it can be mended."))])
    decision = _decide(
        obj,
        task_state,
        by=by,
        outcome=Decision.Outcome.SENT_BACK,
        review="none",
        comment=comment,
    )
    task_state.reject(user=by, comment=comment)
    return decision


def _decide(obj: Any, task_state: TaskState, *, by: User, **facts: Any) -> Decision:
    return Decision.objects.create(
        content_type=ContentType.objects.get_for_model(type(obj)),
        object_id=str(obj.pk),
        revision_id=task_state.revision_id,
        revision_number=task_state.revision_id,
        decided_by=by,
        decided_by_name=by.get_username(),
        decided_at=timezone.now(),
        **facts,
    )


@transaction.atomic
def publish_revision(
    obj: Any,
    revision: Revision,
    *,
    by: User | None = None,
    log_action: bool | str = True,
) -> None:
    """Make an approved revision public, or schedule it when its time is to come."""
    obj = lock(obj)
    decision = rules.require_approval(obj, revision)
    revision.content_object = obj
    text = revision.as_object()
    # What was decided, not what the draft proposes, must be fit.
    text.expire_at = decision.expire_at if rules.is_source(text) else text.expire_at
    rules.require_fit(text)
    approved = passing.Approved(revision, text, decision)
    with passing.carrying_out(approved):
        carry_out(approved, by=by, log_action=log_action)


def carry_out(
    approved: passing.Approved, *, by: User | None, log_action: bool | str = True
) -> None:
    """Make public, or schedule, what the gate has in hand: locked, decided and fit."""
    text, revision = approved.text, approved.revision
    action_class = (
        PublishPageRevisionAction if isinstance(text, Page) else PublishRevisionAction
    )
    # The action publishes revision.as_object(), and that is the text in hand.
    action = action_class(revision, user=by, log_action=log_action)
    text.go_live_at = approved.decision.go_live_at
    if rules.is_source(text):
        text.expire_at = approved.decision.expire_at
    with passing.opened_for(text):
        action.execute(skip_permission_checks=True)
    if text.go_live_at and text.go_live_at > timezone.now():
        return
    record.published(text, revision, approved.decision, by=by)


@transaction.atomic
def withdraw(
    obj: Any,
    *,
    by: User | None = None,
    expired: bool = False,
    include_descendants: bool = False,
    reason: str = "",
    log_action: bool | str = True,
) -> list[Any]:
    """Take ``obj`` off the public site, and every translation made from it.

    A translation is withdrawn alone. Readers are told the ``reason``, in the language of
    ``obj``, where the text was. Returns the objects that were public.
    """
    family = _lock_family(obj, include_descendants=include_descendants)
    permissions.require(family[0], "unpublish", by)
    for each in family:
        # What the clock was to publish is withdrawn before it is public.
        each.revisions.update(approved_go_live_at=None)
    told = {"text": reason, "lang": obj.locale.language_code} if reason else None
    affected = [each for each in family if each.live or record.is_public(each)]
    rules.require_may_leave(each for each in affected if record.is_public(each))
    for each in affected:
        action_class = (
            UnpublishPageAction if isinstance(each, Page) else UnpublishAction
        )
        with passing.opened_for(each):
            action_class(
                each, set_expired=expired, user=by, log_action=log_action
            ).execute(skip_permission_checks=True)
        record.withdrawn(each, by=by, reason=told)
    return affected


def _lock_family(obj: Any, *, include_descendants: bool = False) -> list[Any]:
    """Lock ``obj`` and what :func:`dependants` names, and return them afresh.

    Every row lock comes before the first append (see cms.log.entries.append), and
    always in the same order, so that two actions cannot wait for each other.
    """
    family = list(_with_dependants(obj, include_descendants=include_descendants))
    _lock_rows(family)
    return [lock(obj), *(lock(each) for each in family if each.pk != obj.pk)]


def _lock_rows(rows: Iterable[Any]) -> None:
    rows = list(rows)
    model = Page if isinstance(rows[0], Page) else type(rows[0])
    keys = {row.pk for row in rows}
    locked = model._default_manager.select_for_update().filter(pk__in=keys)
    list(locked.order_by("pk").values_list("pk"))


def dependants(obj: Any, *, include_descendants: bool = False) -> list[Any]:
    """Return what else a withdrawal, move or deletion of ``obj`` concerns."""
    found = list(_with_dependants(obj, include_descendants=include_descendants))
    return [each for each in found if each.pk != obj.pk]


def _with_dependants(obj: Any, *, include_descendants: bool) -> Iterable[Any]:
    family = [obj]
    if rules.is_source(obj):
        translations = obj.get_translations()
        family += [
            each.specific if isinstance(each, Page) else each for each in translations
        ]
    for each in family:
        yield each
        if include_descendants and isinstance(each, Page):
            yield from each.get_descendants().specific()


@transaction.atomic
def delete_page(page: Page, *, by: User | None = None) -> Any:
    """Withdraw and delete a page with all below it, in every language if an original.

    What was public stays in the log for ever.
    """
    # Deleting also counts down the children of the parents, after the first append.
    family = [page, *dependants(page, include_descendants=True)]
    _lock_rows([*family, *(each.get_parent() for each in family)])
    permissions.require(lock(page), "delete", by)
    withdraw(page, include_descendants=True)
    try:
        for other in dependants(page):
            DeletePageAction(lock(other), user=by).execute(skip_permission_checks=True)
        page.refresh_from_db()
        return DeletePageAction(page, user=by).execute(skip_permission_checks=True)
    except (ProtectedError, RestrictedError) as error:
        raise refused_deletion(error) from error


@transaction.atomic
def move_page(
    page: Page, target: Page, *, pos: str | None = None, by: User | None = None
) -> None:
    """Move a page; its translations follow to the translations of the new parent.

    Old public addresses answer with a redirect: the log remembers them.
    """
    inside = pos in {"first-child", "last-child", "sorted-child"}
    permissions.require_move(page, target if inside else target.get_parent(), by)
    family = _lock_family(page, include_descendants=True)
    _move(family[0], target, pos=pos, by=by)
    complete_move(page, by=by)


def complete_move(page: Page, *, by: User | None = None) -> None:
    """Let the translations of a page that has moved follow, and put it on record.

    What now stands where only some may read is withdrawn.
    """
    with transaction.atomic():
        page = Page.objects.get(pk=page.pk).specific
        moved = [page, *_move_translations(page, by=by)]
        if rules.is_private(page):
            withdraw(page, include_descendants=True)
            return
        for each in moved:
            record.moved(each.get_descendants(inclusive=True).specific(), by=by)
            if each.show_in_menus:
                record.moved(record.menu_siblings(each), by=by)


def _move_translations(page: Page, *, by: User | None) -> list[Page]:
    """Move each translation to where the parent's translation is; return them."""
    if not rules.is_source(page):
        return []
    parent = page.get_parent().specific
    followed = []
    for translation in page.get_translations().specific():
        home = page.localized_parent(parent, translation.locale)
        if translation.get_parent().pk != home.pk:
            _move(translation, home, pos="last-child", by=by)
            followed.append(Page.objects.get(pk=translation.pk).specific)
    return followed


def _move(page: Page, target: Page, *, pos: str | None, by: User | None) -> None:
    with passing.opened_for(page):
        MovePageAction(page, target, pos=pos, user=by).execute(
            skip_permission_checks=True
        )


def publish_due() -> int:
    """Publish every scheduled revision whose time has come; return how many."""
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by(
        "approved_go_live_at"
    )
    return sum(_publish_if_due(revision) for revision in due)


def _publish_if_due(revision: Revision) -> bool:
    """Publish unless another was quicker, or the gate says no and whom it concerns."""
    obj = revision.content_object
    if obj is None:  # deleted; a block leaves its revisions behind
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        return False
    try:
        with transaction.atomic():
            lock(obj)
            fresh = Revision.objects.get(pk=revision.pk)
            if fresh.approved_go_live_at is None:
                return False
            publish_revision(obj, fresh, log_action="wagtail.publish.scheduled")
    except Refused as refusal:
        logger.warning("Revision %s is due but not fit: %s", revision.pk, refusal)
        overdue.tell(obj, revision, refusal)
        return False
    return True
