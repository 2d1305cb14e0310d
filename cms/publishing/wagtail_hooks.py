"""Wiring: Wagtail's single-page doors lead to the gate's actions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.delete import type_to_delete_confirmation
from wagtail.models import Page, ReferenceIndex

from cms.publishing import actions, rules


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
def unpublish_through_the_gate(request: HttpRequest, page: Page) -> HttpResponse:
    actions.withdraw(
        page.specific,
        by=request.user,
        include_descendants=bool(request.POST.get("include_descendants")),
    )
    messages.success(
        request, _("'%(title)s' is no longer public.") % {"title": page.title}
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def delete_through_the_gate(request: HttpRequest, page: Page) -> HttpResponse | None:
    if request.method != "POST" or not type_to_delete_confirmation(request):
        return None
    if ReferenceIndex.get_references_to(page).group_by_source_object().is_protected:
        return None
    parent_id = page.get_parent().pk
    actions.delete_page(page.specific, by=request.user)
    messages.success(request, _("'%(title)s' was deleted.") % {"title": page.title})
    return redirect("wagtailadmin_explore", parent_id)


@hooks.register("before_move_page")
def move_through_the_gate(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponse | None:
    if request.method != "POST":
        return None
    actions.move_page(
        page.specific, destination.specific, pos="last-child", by=request.user
    )
    messages.success(request, _("'%(title)s' was moved.") % {"title": page.title})
    return redirect("wagtailadmin_explore", destination.pk)
