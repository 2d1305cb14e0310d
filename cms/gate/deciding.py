"""Who can decide on a text, and texts on which nobody can.

Reviewers are the members of the groups of a review's task. A superuser may decide too,
but is no reviewer: they are the ones to turn to where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Warning
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, WorkflowPage, WorkflowState

from cms.gate import rules
from cms.gate.errors import NotAllowed
from cms.gate.models import ReviewTask

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from wagtail.models import Locale, Workflow

    from cms.gate.staff import StaffRequest


def reviewers(workflow: Workflow | None) -> QuerySet[User]:
    """Return the people who decide on the texts of a workflow."""
    tasks = ReviewTask.objects.filter(workflow_tasks__workflow=workflow, active=True)
    people = get_user_model().objects.filter(is_active=True)
    return people.filter(groups__in=tasks.values("groups")).distinct()


def require_somebody(
    obj: Any, workflow: Workflow | None, writers: Iterable[int]
) -> None:
    """Raise ``NotAllowed`` with a name to turn to when nobody but ``writers`` decides."""
    if reviewers(workflow).exclude(pk__in=set(writers)).exists():
        return
    text = _(
        "Nobody can decide on texts in this language (%(language)s) but who has written "
        "this one, so it is not sent to review. Turn to %(name)s."
    )
    values = {"language": obj.locale.get_display_name(), "name": _who_helps()}
    raise NotAllowed(text % values, code="nobody_decides")


def keep_as_draft(request: StaffRequest, obj: Any) -> None:
    """Save what is sent to a review that nobody could end, and say whom to turn to.

    The review itself would be refused, and what was typed be lost.
    """
    if "action-submit" not in request.POST:
        return
    revision = obj.get_latest_revision()
    writers = rules.contributor_ids(obj, revision) if revision else set()
    _keep_as_draft(request, obj, writers)


def keep_new_as_draft(request: StaffRequest, beside: Any) -> None:
    """Do so for a new text that will be reviewed by those who review ``beside``."""
    if "action-submit" in request.POST:
        _keep_as_draft(request, beside, set())


def _keep_as_draft(request: StaffRequest, obj: Any, writers: set[int]) -> None:
    try:
        require_somebody(obj, obj.get_workflow(), writers | {request.user.pk})
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
        left = request.POST.copy()
        del left["action-submit"]
        request.POST = left  # type: ignore[assignment]


def _who_helps() -> str:
    """Return the names of those who put people into groups."""
    people = get_user_model().objects.filter(is_superuser=True, is_active=True)
    names = [each.get_full_name() or each.get_username() for each in people[:3]]
    return ", ".join(names) or _("an administrator")


@dataclass(frozen=True)
class Orphaned:
    """A language in which nobody decides, and the titles of what waits for that."""

    locale: Locale
    titles: list[str]

    @property
    def waiting(self) -> int:
        return len(self.titles)

    @property
    def language(self) -> str:
        return self.locale.get_display_name()


def orphaned() -> list[Orphaned]:
    """Return the languages in which somebody writes, or waits, and nobody can decide."""
    places = WorkflowPage.objects.filter(page__depth=2).select_related(
        "page__locale", "workflow"
    )
    with_review = {place.page_id: place for place in places}
    people = get_user_model().objects.filter(is_active=True)
    found = []
    for home in Page.objects.filter(depth=2).select_related("locale"):
        place = with_review.get(home.pk)
        if place and reviewers(place.workflow).exists():
            continue
        writers = people.filter(groups__page_permissions__page=home)
        waiting = WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            workflow=place.workflow if place else None,
        )
        titles = waiting.order_by("pk").values_list(
            "current_task_state__revision__object_str", flat=True
        )
        if titles or writers.exists():
            found.append(Orphaned(home.locale, list(titles)))
    return found


class WarningMiddleware:
    """Tell whoever changes people, groups or workflows where nobody decides any more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.startswith(_places()):
            return self.get_response(request)
        before = {each.locale.pk for each in orphaned()}
        response = self.get_response(request)
        for each in orphaned():
            if each.locale.pk not in before:
                messages.warning(request, _warning(each))
        return response


@cache
def _places() -> tuple[str, ...]:
    """Return where the addresses begin at which people, groups and tasks change."""
    names = ("wagtailusers_users", "wagtailusers_groups", "wagtailadmin_workflows")
    bulk = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    return (*(reverse(f"{name}:index") for name in names[:2]),
            reverse(f"{names[2]}:index").removesuffix("list/"),
            bulk.removesuffix("user/delete/"))  # fmt: skip


def _warning(each: Orphaned) -> str:
    values = {
        "language": each.language,
        "count": each.waiting,
        "titles": ", ".join(each.titles[:5]),
    }
    if not each.titles:
        return _("Nobody can decide on texts in %(language)s any more.") % values
    text = _(
        "Nobody can decide on texts in %(language)s any more, and %(count)d wait for "
        "that: %(titles)s."
    )
    return text % values


def somebody_decides(*, databases: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Warn of languages in which nothing can become public."""
    if not databases:
        return []
    return [
        Warning(
            f"Nobody can decide on texts in {each.language}; {each.waiting} wait.",
            hint="Put somebody into the language's group of reviewers; "
            "'manage.py add_language' makes the group again.",
            id="gate.W001",
        )
        for each in orphaned()
    ]
