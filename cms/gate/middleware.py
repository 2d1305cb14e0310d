"""Turns refusals into answers: a sentence and a status, never a silent redirect."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from wagtail.users.models import UserProfile

from cms.gate.errors import NotFit, Refused


class RefusalMiddleware:
    """Answer :class:`~cms.gate.errors.Refused` with its own status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        issues = exception.issues if isinstance(exception, NotFit) else []
        if "application/json" in request.headers.get("Accept", ""):
            body = {
                "status": exception.status,
                "code": exception.code,
                "detail": exception.message,
                "issues": [issue.message for issue in issues],
            }
            return JsonResponse(body, status=exception.status)
        context = {"refusal": exception, "issues": issues}
        with translation.override(_language_of(request)):
            return render(
                request, "gate/refused.html", context, status=exception.status
            )


def _language_of(request: HttpRequest) -> str:
    """Return the admin language of the person who asked."""
    profile = UserProfile.objects.filter(user_id=request.user.pk).first()
    if profile is None:
        return translation.get_language() or "sv"
    return profile.get_preferred_language()
