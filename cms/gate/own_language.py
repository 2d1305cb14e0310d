"""Screens of Wagtail's that name pages beyond what a person works with, put right.

Wagtail asks for rights where something is done; several of its screens and lists show a
page before they ask, or do not ask. Here an address is looked at before its view is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.gate.errors import NotAllowed
from cms.gate.middleware import refused
from cms.gate.staff import StaffRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

_RIGHTS = {"add", "change", "publish"}
_FILES = {
    "wagtailadmin_api:images": get_image_model,
    "wagtailadmin_api:documents": get_document_model,
}
#: How Wagtail's addresses call a page.
_PAGES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")


def pages_of(user: User) -> QuerySet[Page]:
    """Return the pages with which ``user`` works: all in their languages."""
    policy = policy_registry.get_by_type(Page)
    return policy.instances_user_has_any_permission_for(user, _RIGHTS)


def works_with(user: User, ids: Iterable[int | str]) -> bool:
    """Say whether all these pages are the person's; the root is everybody's."""
    wanted = {int(each) for each in ids if str(each).isdecimal()}
    theirs = pages_of(user).filter(pk__in=wanted).values_list("pk", flat=True)
    left = wanted - set(theirs)
    return not Page.objects.filter(pk__in=left, depth__gt=1).exists()


def may_choose(user: User, model: type[Any]) -> bool:
    """Say whether ``user`` may do anything with images or files."""
    policy = policy_registry.get_by_type(model)
    return policy.user_has_any_permission(user, {"add", "change", "delete", "choose"})


def _not_theirs() -> NotAllowed:
    return NotAllowed(_("This is not for your role, or not in your language."))


class OwnLanguageMiddleware:
    """Refuse an address of the admin that names a page in somebody else's language.

    And the lists of files that only the admin's scripts ask for, which have no rights.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        user = request.user
        named = [kwargs[name] for name in _PAGES if name in kwargs]
        if named and user.is_authenticated and not works_with(user, named):
            return refused(_not_theirs())
        match = request.resolver_match
        model = _FILES.get(match.namespace) if match else None
        if model and user.is_authenticated and not may_choose(user, model()):
            return refused(_not_theirs())
        return None


class PageTypesUsage(PageTypesUsageReportView):
    """How often each type of page is used; names no page of other languages."""

    def decorate_paginated_queryset(self, page_types: Any) -> Any:
        found = super().decorate_paginated_queryset(page_types)
        named = [each.last_edited_page_id for each in found]
        own = set(
            pages_of(self.request.user)
            .filter(pk__in=[each for each in named if each])
            .values_list("pk", flat=True)
        )
        for each in found:
            if each.last_edited_page_id not in own:
                each.last_edited_page = None
        return found


def chosen_pages(request: StaffRequest) -> HttpResponse:
    """Name the pages that were ticked in the chooser."""
    chosen = request.GET.getlist("id")
    if not works_with(request.user, chosen):
        raise _not_theirs()
    if Page.objects.filter(pk__in=chosen, depth=1).exists():
        # The root of all languages is no page; Wagtail's view looks for one above it.
        raise Http404
    return ChosenMultipleView.as_view()(request)


def nothing(request: HttpRequest) -> NoReturn:
    """Wagtail's page that raises an error on purpose is for its developers."""
    raise Http404


#: Come before Wagtail's own of the same addresses.
urlpatterns = [
    path("failwhale/", nothing),
    path("choose-page/chosen-multiple/", require_admin_access(chosen_pages)),
    path("reports/page-types-usage/", require_admin_access(PageTypesUsage.as_view())),
    path(
        "reports/page-types-usage/results/",
        require_admin_access(PageTypesUsage.as_view(results_only=True)),
    ),
]
