"""wagtail-localize's own screens, closed.

They write strings, publish and make aliases past the gate. Our addresses come before
theirs, so that theirs can still be reversed by the engine's templates but never be
reached.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path
from django.utils.translation import gettext as _

from cms.gate.errors import NotAllowed


def to_the_list(request: HttpRequest, **place: Any) -> HttpResponse:
    """Lead whoever wants to start a translation to where that is done."""
    if request.method != "GET":
        return refuse(request)
    return redirect("desk:list")


def refuse(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer 403, with the place to go instead."""
    raise NotAllowed(
        _("This is not how we translate: use Translations in the menu instead.")
    )


urlpatterns = [
    path("localize/submit/page/<int:page_id>/", to_the_list),
    path(
        "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
        to_the_list,
    ),
    re_path(r"^localize(?:/(?P<rest>.*))?$", refuse),
]
