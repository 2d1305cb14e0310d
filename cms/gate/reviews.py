"""What a reviewer reads before deciding: the text under review, what is public now,
and the way there. Reads only; decisions are taken by :mod:`cms.gate.actions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from cms.gate import passages, permissions, record, rules
from cms.gate.errors import Conflict, Issue, Refused
from cms.gate.gated import Gated
from cms.gate.models import ReviewTask
from cms.gate.passages import Row
from cms.kinds import registry
from cms.kinds.kinds import Kind
from cms.log.models import Head

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from cms.gate.models import Decision


@dataclass(frozen=True)
class Comparison:
    """Two versions of one document, passage by passage."""

    rows: list[Row]
    order_changed: bool

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.is_changed]

    @property
    def is_changed(self) -> bool:
        return bool(self.changed) or self.order_changed


@dataclass(frozen=True)
class Clock:
    """When a text is to be public, as its writer proposes; each may be nothing.

    ``ends_now_at`` is when what is public now is taken off the site.
    """

    go_live_at: datetime | None
    expire_at: datetime | None
    ends_now_at: datetime | None

    @property
    def zone(self) -> str:
        """Which clock the times are of, in a sentence."""
        name = str(timezone.get_current_timezone())
        if name == settings.TIME_ZONE:
            return _("Swedish time.")
        return _("Times are of the zone %(zone)s.") % {"zone": name}

    @property
    def is_proposed(self) -> bool:
        return bool(self.go_live_at) or self.expire_at != self.ends_now_at


@dataclass(frozen=True)
class Move:
    """The address that a text has now, and the one that approval gives it."""

    old: str
    new: str


@dataclass(frozen=True)
class Review:
    """One text and its review, as ``reader`` sees it.

    ``task_state`` is ``None`` when no decision is waited for; ``revision`` is then the
    latest one.
    """

    obj: Any
    reader: User
    task_state: TaskState | None
    revision: Revision
    head: Head | None

    @cached_property
    def text(self) -> Any:
        """The object as it would be published."""
        return self.revision.as_object()

    @cached_property
    def document(self) -> dict[str, Any]:
        return self.text.rendering().document

    @property
    def is_first(self) -> bool:
        """Nothing of this has been public before, in the sense of the log."""
        return self.head is None

    @cached_property
    def public_document(self) -> dict[str, Any] | None:
        """What readers see now, or nothing."""
        if self.head and self.head.is_public:
            return self.head.publication.document
        return None

    @cached_property
    def comparison(self) -> Comparison:
        return compare_documents(self.kind, self.public_document, self.document)

    @property
    def kind(self) -> type[Kind]:
        return registry.of(self.text.rendering().type)

    @cached_property
    def issues(self) -> list[Issue]:
        return rules.publication_issues(self.text)

    @cached_property
    def notices(self) -> list[Issue]:
        """What whoever decides should know, and may approve all the same."""
        return rules.publication_notices(self.text)

    @property
    def sets_the_end(self) -> bool:
        """A translation ends with its Swedish text."""
        return rules.is_source(self.obj)

    @cached_property
    def clock(self) -> Clock:
        now, sets_the_end = timezone.now(), self.sets_the_end
        start = self.text.go_live_at
        return Clock(
            go_live_at=start if start and start > now else None,
            expire_at=self.text.expire_at if sets_the_end else None,
            ends_now_at=self.obj.expire_at if sets_the_end and self.obj.live else None,
        )

    @cached_property
    def move(self) -> Move | None:
        """The change of address, if approval makes one."""
        new = self.text.rendering().path
        if not (self.head and self.head.is_public) or self.head.path == new:
            return None
        return Move(self.head.path, new)

    @cached_property
    def decisions(self) -> list[Decision]:
        return list(rules.decisions_about(self.obj)[:20])

    @cached_property
    def sent_back(self) -> Decision | None:
        """The decision to send it back, if that was the last one."""
        return rules.sent_back(self.obj)

    @cached_property
    def since_sent_back(self) -> Comparison | None:
        """What has changed since it was last sent back, if it was."""
        if self.sent_back is None or self.sent_back.revision is None:
            return None
        before = self.sent_back.revision.as_object().rendering().document
        return compare_documents(self.kind, before, self.document)

    @cached_property
    def writers(self) -> list[User]:
        ids = rules.contributor_ids(self.obj, self.revision)
        return list(get_user_model().objects.filter(pk__in=ids).order_by("username"))

    @cached_property
    def refusal(self) -> Refused | None:
        """Why ``reader`` may not decide, if so."""
        try:
            rules.require_may_decide(
                self.obj, self.reader, revision_id=self.revision.pk
            )
        except Refused as refusal:
            return refusal
        return None

    @property
    def may_decide(self) -> bool:
        return self.task_state is not None and self.refusal is None

    @property
    def may_take_back(self) -> bool:
        if self.task_state is None:
            return False
        submitter_id = self.task_state.workflow_state.requested_by_id
        return self.reader.is_superuser or submitter_id == self.reader.pk


def open_review(obj: Any, *, by: User) -> Review:
    """Return the review of ``obj``.

    Raises ``NotAllowed`` for people who do not work in its language, and ``Conflict``
    when there is nothing to read yet.
    """
    permissions.require(obj, "edit", by)
    task_state = rules.review_in_progress(obj)
    revision = task_state.revision if task_state else obj.get_latest_revision()
    if revision is None:
        raise Conflict(_("Save a draft first."))
    return Review(obj, by, task_state, revision, record.head_of(obj))


def open_review_or_none(obj: Any, *, by: User) -> Review | None:
    """Return the review of ``obj`` that waits for a decision, if there is one."""
    permissions.require(obj, "edit", by)
    task_state = rules.review_in_progress(obj)
    if task_state is None:
        return None
    return Review(obj, by, task_state, task_state.revision, record.head_of(obj))


def revision_of(obj: Any, revision_id: int, *, by: User) -> Revision | None:
    """Return a revision of ``obj`` for somebody who works in its language."""
    permissions.require(obj, "edit", by)
    return Revision.objects.for_instance(obj).filter(pk=revision_id).first()


def compare_documents(
    kind: type[Kind], before: dict[str, Any] | None, after: dict[str, Any] | None
) -> Comparison:
    """Compare two documents of one kind passage by passage."""
    names = passages.names_in(kind, before, after)
    old = passages.passages(kind, before, names)
    new = passages.passages(kind, after, names)
    return Comparison(passages.compare(old, new), passages.order_changed(old, new))


def changed_since(obj: Any, read_id: int, *, by: User) -> Comparison | None:
    """Return what differs between the revision that was read and the latest one."""
    read = revision_of(obj, read_id, by=by)
    latest = obj.get_latest_revision()
    if read is None or latest is None:
        return None
    old, new = read.as_object().rendering(), latest.as_object().rendering()
    return compare_documents(registry.of(new.type), old.document, new.document)


@dataclass(frozen=True)
class Waiting:
    """A line in the list of reviews."""

    obj: Any
    task_state: TaskState

    @property
    def title(self) -> str:
        return self.task_state.revision.object_str

    @property
    def submitted_by(self) -> User | None:
        return self.task_state.workflow_state.requested_by


def waiting_for(user: User) -> list[Waiting]:
    """Return the reviews in which ``user`` may take part, oldest first."""
    tasks = ReviewTask.objects.all()
    if not user.is_superuser:
        tasks = tasks.filter(groups__in=user.groups.all())
    states = _in_progress().filter(task__in=tasks.values("pk"))
    return _lines(states.exclude(workflow_state__requested_by=user))


def submitted_by(user: User) -> list[Waiting]:
    """Return what ``user`` has sent to review and nobody has decided on yet."""
    return _lines(_in_progress().filter(workflow_state__requested_by=user))


def takes_part(user: User) -> bool:
    """Say whether ``user`` writes or reviews anything."""
    policy = policy_registry.get_by_type(Page)
    return policy.user_has_any_permission(user, {"add", "change", "publish"})


def _in_progress() -> QuerySet[TaskState]:
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )


def _lines(states: QuerySet[TaskState]) -> list[Waiting]:
    found = states.select_related("workflow_state__requested_by").prefetch_related(
        "revision", "workflow_state__content_object__locale"
    )
    lines = [
        Waiting(state.workflow_state.content_object, state)
        for state in found.order_by("started_at", "pk")
    ]
    return [line for line in lines if line.obj is not None]


def is_gated_model(model: type[Any]) -> bool:
    """Say whether objects of ``model`` pass the gate."""
    return issubclass(model, Gated)
