"""Wiring: editing a translation opens the desk; the engine's own doors are closed."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from cms.desk import localize_doors, worklist
from cms.desk import urls as desk_urls
from cms.desk.admin import LanguageViewSet
from cms.engine import localize
from cms.gate import reviews, rules
from cms.gate.errors import NotAllowed
from cms.gate.staff import StaffRequest


@hooks.register("register_admin_urls", order=-100)
def desk_screens() -> list[URLPattern | URLResolver]:
    """Come first: the first address that fits wins."""
    return [path("desk/", include(desk_urls)), *localize_doors.urlpatterns]


@hooks.register("register_admin_viewset")
def language_screens() -> ViewSet:
    return LanguageViewSet("languages")


@hooks.register("before_edit_page", order=-100)
@hooks.register("before_edit_snippet", order=-100)
def open_the_desk(request: StaffRequest, obj: Any) -> HttpResponse | None:
    """Lead to the desk before the engine's hook of this name shows its own editor.

    What is posted to the editor is refused: it would be lost, or worse, saved.
    """
    if not reviews.is_gated_model(type(obj)) or rules.is_source(obj):
        return None
    if request.method not in {"GET", "HEAD"}:
        raise NotAllowed(_("Translations are written at the translator's desk."))
    translation = localize.translation_of(obj)
    if translation:
        return redirect("desk:translation", translation.pk)
    kind = ContentType.objects.get_for_model(type(obj))
    return redirect("desk:structure", kind.pk, obj.pk)


class WorklistMenuItem(MenuItem):
    """Shown to those who translate, and to those who write the originals."""

    def is_shown(self, request: StaffRequest) -> bool:
        return bool(worklist.reach_of(request.user).languages)


@hooks.register("register_admin_menu_item")
def worklist_menu_item() -> MenuItem:
    return WorklistMenuItem(
        gettext_lazy("Translations"), reverse("desk:list"), name="translations",
        icon_name="globe", order=50,
    )  # fmt: skip


@hooks.register("construct_reports_menu")
def drop_the_engines_report(request: StaffRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if not _leads_to_the_engine(item.url)]


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def drop_the_engines_actions(
    items: list[Any], request: StaffRequest, context: dict[str, Any]
) -> None:
    items[:] = [item for item in items if not item.name.startswith("localize-")]


@hooks.register("construct_page_listing_buttons")
def drop_the_engines_buttons(
    buttons: list[Any], page: Any, user: Any, context: dict[str, Any]
) -> None:
    buttons[:] = [each for each in buttons if not _leads_to_the_engine(each.url)]


@hooks.register("construct_snippet_listing_buttons")
def drop_the_engines_snippet_buttons(
    buttons: list[Any], snippet: Any, user: Any
) -> None:
    buttons[:] = [each for each in buttons if not _leads_to_the_engine(each.url)]


def _leads_to_the_engine(address: str | None) -> bool:
    return bool(address and "/localize/" in address)
