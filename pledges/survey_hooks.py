"""Wiring: the import of survey results in the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from cms.gate import permissions
from cms.gate.errors import NotAllowed
from cms.gate.rules import is_source
from pledges.models import SafetySurvey
from pledges.survey_views import import_view

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@hooks.register("register_admin_urls")
def survey_screens() -> list[URLPattern | URLResolver]:
    screens = [path("<int:survey_id>/results/", import_view, name="import")]
    return [path("surveys/", include((screens, "surveys")))]


@hooks.register("register_snippet_listing_buttons")
def import_button(
    snippet: Any, user: User, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the import in the list of surveys, to those who may edit."""
    if not isinstance(snippet, SafetySurvey) or not is_source(snippet):
        return
    try:
        permissions.require(snippet, "edit", user)
    except NotAllowed:
        return
    url = reverse("surveys:import", args=[snippet.pk])
    yield Button(_("Read in results from a file"), url, icon_name="upload", priority=30)
