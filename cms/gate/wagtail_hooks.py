"""Wiring: Wagtail's single-page doors lead to the gate's actions."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.pages.delete import type_to_delete_confirmation
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, ReferenceIndex, WorkflowState

from cms.gate import actions, deciding, overdue, permissions, reviews, rules
from cms.gate import urls as review_urls
from cms.gate.forms import reason_for_readers
from cms.gate.gated import Gated
from cms.gate.own_language import pages_of
from cms.gate.staff import StaffRequest
from cms.gate.views import source_review_url


@hooks.register("register_admin_urls")
def review_screens() -> list[URLPattern | URLResolver]:
    return [path("review/", include(review_urls))]


class ReviewMenuItem(MenuItem):
    """Shown to those who write or review."""

    def is_shown(self, request: StaffRequest) -> bool:
        return reviews.takes_part(request.user)


@hooks.register("register_admin_menu_item")
def review_menu_item() -> MenuItem:
    return ReviewMenuItem(
        gettext_lazy("To review"), reverse("review:list"), name="to-review",
        icon_name="glasses", order=60,
    )  # fmt: skip


@hooks.register("before_edit_page", order=-90)
@hooks.register("before_edit_snippet", order=-90)
def lead_reviewers_to_the_review(
    request: StaffRequest, obj: Any
) -> HttpResponse | None:
    """Open the review screen for whoever may decide; others see the locked editor."""
    if request.method != "GET" or not isinstance(obj, Gated):
        return None
    if rules.is_source(obj) and rules.may_decide(obj, request.user):
        return redirect(source_review_url(obj))
    return None


@hooks.register("register_log_actions")
def refusals_in_the_history(actions: LogActionRegistry) -> None:
    actions.register_action(overdue.REFUSED)(RefusalInHistory)
    actions.register_action(overdue.STAYED)(StayInHistory)


class RefusalInHistory(LogFormatter):
    """Why the clock could not publish a text."""

    label = gettext_lazy("Was not published")

    def format_message(self, entry: Any) -> str:
        reason = entry.data["reason"]
        return _("Could not be published when it was due: %s") % reason


class StayInHistory(LogFormatter):
    """Why the clock could not take a text off the site."""

    label = gettext_lazy("Stayed on the site")

    def format_message(self, entry: Any) -> str:
        return _("Was to be taken off the site and stays: %s") % entry.data["reason"]


@hooks.register("before_review")
def somebody_can_end_it(review: WorkflowState) -> None:
    obj = getattr(review.content_object, "specific", review.content_object)
    revision = obj.get_latest_revision()
    writers = rules.contributor_ids(obj, revision, state=review)
    deciding.require_somebody(obj, review.workflow, writers)


@hooks.register("before_create_page")
def keep_new_page_as_draft(request: StaffRequest, parent: Page, model: Any) -> None:
    deciding.keep_new_as_draft(request, parent)


@hooks.register("before_edit_page")
def keep_as_draft(request: StaffRequest, page: Page) -> None:
    deciding.keep_as_draft(request, page)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def say_what_the_reviewer_will_be_told(request: StaffRequest, obj: Any) -> None:
    """Whoever submits a text learns at once what is odd about it."""
    if "action-submit" not in request.POST or not isinstance(obj, Gated):
        return
    task_state = rules.review_in_progress(obj)
    if task_state is None:
        return
    text = task_state.revision.as_object()
    for issue in [*rules.publication_issues(text), *rules.publication_notices(text)]:
        messages.warning(request, issue.message)


@hooks.register("construct_homepage_panels")
def name_languages_without_reviewers(request: StaffRequest, panels: list[Any]) -> None:
    """Show them to who can mend it, and to who works in the language."""
    roots = pages_of(request.user).filter(depth=2).values_list("locale_id", flat=True)
    own = set(roots)
    if found := [each for each in deciding.orphaned() if each.locale.pk in own]:
        panels.append(LanguagesWithoutReviewers(found))


class LanguagesWithoutReviewers(Component):
    """Languages in which nobody can decide, on the first screen of the admin."""

    name = "orphaned"
    template_name = "gate/orphaned_panel.html"
    order = 50

    def __init__(self, languages: list[deciding.Orphaned]) -> None:
        self.languages = languages

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"languages": self.languages}


@hooks.register("construct_translated_pages_to_cascade_actions")
def show_translations_concerned(
    pages: list[Page], action: str
) -> dict[Page, list[Page]]:
    """Let Wagtail's confirmation pages count what an action takes along."""
    return {
        page: list(page.get_translations())
        for page in pages
        if rules.is_source(page) and action in {"unpublish", "delete", "move"}
    }


@hooks.register("before_unpublish_page")
def unpublish_through_the_gate(request: StaffRequest, page: Page) -> HttpResponse:
    actions.withdraw(
        page.specific,
        by=request.user,
        reason=reason_for_readers(request),
        include_descendants=bool(request.POST.get("include_descendants")),
    )
    messages.success(
        request, _("'%(title)s' is no longer public.") % {"title": page.title}
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def delete_through_the_gate(request: StaffRequest, page: Page) -> HttpResponse | None:
    if request.method != "POST" or not type_to_delete_confirmation(request):
        return None
    if ReferenceIndex.get_references_to(page).group_by_source_object().is_protected:
        return None
    parent_id = page.get_parent().pk
    actions.delete_page(page.specific, by=request.user)
    messages.success(request, _("'%(title)s' was deleted.") % {"title": page.title})
    return redirect("wagtailadmin_explore", parent_id)


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(pages: Any, request: StaffRequest) -> Any:
    return pages.filter(pk__in=pages_of(request.user).values("pk"))


@hooks.register("before_move_page")
def move_through_the_gate(
    request: StaffRequest, page: Page, destination: Page
) -> HttpResponse | None:
    if request.method != "POST":
        permissions.require_move(page, destination, request.user)
        return None
    actions.move_page(
        page.specific, destination.specific, pos="last-child", by=request.user
    )
    messages.success(request, _("'%(title)s' was moved.") % {"title": page.title})
    return redirect("wagtailadmin_explore", destination.pk)


@hooks.register("before_bulk_action")
def bulk_through_the_gate(
    request: StaffRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Hand Wagtail the pages as what they are: their verbs are the gate's."""
    objects[:] = [each.specific if isinstance(each, Page) else each for each in objects]
