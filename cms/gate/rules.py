"""Who may decide what, and what is fit to be published. Nothing here changes state.

Rules speak about a *revision*, never about a flag: an approval covers the text that
was read and no other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import (
    Page,
    PageViewRestriction,
    Revision,
    TaskState,
    WorkflowState,
)

from cms.gate.errors import (
    AlreadyDecided,
    Issue,
    NotAllowed,
    NotApproved,
    NotFit,
    OwnWork,
    StaleRevision,
)
from cms.gate.models import Decision
from cms.log.models import SAME_TEXT, Head, Publication

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from cms.gate.protocols import Provenance


def is_source(obj: Any) -> bool:
    """Say whether ``obj`` is written in the source language, Swedish."""
    return obj.locale.language_code == settings.LANGUAGE_CODE


def decisions_about(obj: Any) -> Any:
    """Return the decisions taken about ``obj``, newest first."""
    content_type = ContentType.objects.get_for_model(type(obj))
    return Decision.objects.filter(content_type=content_type, object_id=str(obj.pk))


def sent_back(obj: Any) -> Decision | None:
    """Return the decision to send ``obj`` back, if it was the last one about it."""
    last = decisions_about(obj).first()
    return last if last and last.outcome == Decision.Outcome.SENT_BACK else None


def contributor_ids(
    obj: Any, revision: Revision, state: WorkflowState | None = None
) -> set[int]:
    """Return everybody who wrote or submitted what ``revision`` holds.

    These are the authors of all revisions since the last approved one, whoever
    submitted it, and for a translation whoever typed one of its strings. ``state`` is
    the review, looked up when it is not given.
    """
    earlier = decisions_about(obj).filter(
        outcome=Decision.Outcome.APPROVED, revision_number__lt=revision.pk
    )
    previous = Subquery(earlier.values("revision_number")[:1])
    people = set(
        Revision.objects.for_instance(obj)
        .filter(pk__gt=Coalesce(previous, 0), pk__lte=revision.pk)
        .filter(user__isnull=False)
        .values_list("user_id", flat=True)
    )
    state = state or obj.current_workflow_state
    if state and state.requested_by_id:
        people.add(state.requested_by_id)
    return people | obj.provenance(revision).contributor_ids


def review_in_progress(obj: Any) -> TaskState | None:
    """Return the task state that waits for a decision on ``obj``.

    It, its review and its revision know each other and ``obj``, so that nothing of
    them is looked up twice.
    """
    reviews = obj.workflow_states.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    state = reviews.select_related(
        "workflow",
        "requested_by",
        "current_task_state__revision",
        "current_task_state__task__reviewtask",
    ).first()
    task_state = state.current_task_state if state else None
    if task_state is None or task_state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    task_state.workflow_state = state
    task_state.revision.content_object = obj
    state.content_object = _base(obj)
    if obj.latest_revision_id == task_state.revision_id:
        state.content_object.latest_revision = task_state.revision
    return task_state


def _base(obj: Any) -> Any:
    """Return ``obj`` as Wagtail's reviews name it: a page without what is its type's."""
    if not isinstance(obj, Page):
        return obj
    page = obj.page_ptr
    page.specific = obj
    return page


def require_may_decide(obj: Any, user: User, *, revision_id: int) -> TaskState:
    """Return the waiting task state if ``user`` may decide on what they read.

    Raises ``AlreadyDecided``, ``NotAllowed``, ``StaleRevision`` or ``OwnWork`` (R-47).
    """
    task_state = review_in_progress(obj)
    if task_state is None:
        raise AlreadyDecided(
            _("There is no review of this text to decide on any more.")
        )
    if not _is_reviewer(task_state, user):
        raise NotAllowed(_("You are not a reviewer of texts in this language."))
    latest_id = obj.latest_revision_id
    if revision_id != task_state.revision_id or revision_id != latest_id:
        raise StaleRevision(
            _("The text has changed since you opened it. Read the new version first."),
            read_id=revision_id,
            latest_id=latest_id,
        )
    if user.pk in contributor_ids(obj, task_state.revision, task_state.workflow_state):
        raise OwnWork(
            _("Somebody else must decide: you wrote or submitted this version.")
        )
    return task_state


def _is_reviewer(task_state: TaskState, user: User) -> bool:
    """Say whether the task is ours and ``user`` one of its reviewers."""
    task = getattr(task_state.task, "reviewtask", None)
    return task is not None and task.is_reviewer(user)


def may_decide(obj: Any, user: User) -> bool:
    """Say whether the decision form is for this person."""
    task_state = review_in_progress(obj)
    if task_state is None:
        return False
    return _is_reviewer(task_state, user) and user.pk not in contributor_ids(
        obj, task_state.revision, task_state.workflow_state
    )


def require_approval(obj: Any, revision: Revision) -> Decision:
    """Return the unspent approval that covers ``revision``, or raise ``NotApproved``.

    An approval is spent when the text has gone live or was withdrawn after it: going
    live once more then needs somebody to read it once more.
    """
    decision = (
        decisions_about(obj)
        .filter(revision_number=revision.pk, outcome=Decision.Outcome.APPROVED)
        .first()
    )
    if decision is None:
        raise NotApproved(_("Only an approved text can be published."))
    if obj.live_revision_id and obj.live_revision_id > revision.pk:
        raise NotApproved(_("A newer version has been published already."))
    since_then = Publication.objects.filter(
        key=obj.translation_key,
        locale=obj.locale.language_code,
        published_at__gte=decision.decided_at,
    )
    if since_then.exclude(action__in=SAME_TEXT).exists():
        raise NotApproved(
            _("This approval has been used: send the text to review again.")
        )
    return decision


def is_sealed(revision: Revision) -> bool:
    """Say whether somebody reads this revision to decide, or has decided about it.

    The hook ``revision_is_read`` knows of readers beyond the review.
    """
    return (
        revision.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).exists()
        or Decision.objects.filter(revision_number=revision.pk).exists()
        or any(is_read(revision) for is_read in hooks.get_hooks("revision_is_read"))
    )


def publication_issues(obj: Any) -> list[Issue]:
    """Return everything that makes ``obj`` unfit for review or publication."""
    issues = list(obj.publication_issues())
    if not (is_source(obj) or _source_is_public(obj)):
        message = _("The Swedish text is not public any more.")
        issues.append(Issue("source_not_public", message))
    if isinstance(obj, Page) and is_private(obj):
        issues.append(
            Issue(
                "private",
                _(
                    "A page that only some may read cannot be published: "
                    "remove the view restriction first."
                ),
            )
        )
    if obj.expire_at:
        # The clock would be refused later, when nobody sees it.
        for issue in withdrawal_issues(obj):
            issues.append(Issue("expires", issue.message, "expire_at"))
    return issues


def publication_notices(obj: Any) -> list[Issue]:
    """Return what writer and reviewer should know, and which forbids nothing."""
    return list(obj.publication_notices())


def _source_is_public(obj: Any) -> bool:
    heads = Head.objects.public().filter(key=obj.translation_key)
    return heads.filter(locale=settings.LANGUAGE_CODE).exists()


def withdrawal_issues(obj: Any) -> list[Issue]:
    """Return why readers must keep ``obj``, and what to do instead.

    An object says so itself: what others rest on, or what was promised. A part of the
    site that cannot do without it says so with the hook ``withdrawal_issues``, a function
    of the object.
    """
    others = hooks.get_hooks("withdrawal_issues")
    return [
        *obj.withdrawal_issues(),
        *(issue for needs in others for issue in needs(obj)),
    ]


def require_may_leave(objects: Iterable[Any]) -> None:
    """Raise ``NotFit`` when readers must keep one of these that are to be withdrawn."""
    if issues := [issue for each in objects for issue in withdrawal_issues(each)]:
        raise NotFit(issues)


def require_fit(obj: Any) -> None:
    """Raise ``NotFit`` when there is any issue."""
    if issues := publication_issues(obj):
        raise NotFit(issues)


def require_label_suffices(text: Any, provenance: Provenance) -> None:
    """Raise ``NotFit`` unless ``text`` may be public before a person examined it.

    Only a machine's text may, with its label, and only where the page's policy and the
    language allow it (EU AI Act, article 50(4)).
    """
    if not provenance.origin.startswith("machine"):
        message = _("Say that you have examined the text.")
        raise NotFit([Issue("not_examined", message)])
    if not text.allows_unreviewed_machine_text():
        message = _(
            "Machine translation of this page must be examined by a person before it "
            "is published."
        )
        raise NotFit([Issue("machine", message)])


def is_private(page: Page) -> bool:
    """Say whether a view restriction covers ``page`` or one of its ancestors."""
    paths = [
        page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)
    ]
    return PageViewRestriction.objects.filter(page__path__in=paths).exists()
