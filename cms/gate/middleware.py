"""Turns refusals into answers: a sentence and a status, never a silent redirect.

And sees to it that a refusal leaves everything as it was, whatever door was tried: what
staff send is carried out in one transaction. Several of Wagtail's views write the row
before they tell anybody of it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from cms.gate.errors import NotFit, Refused
from cms.gate.unreadable import refusal_for

_READING = {"GET", "HEAD", "OPTIONS", "TRACE"}


class RefusalMiddleware:
    """Answer :class:`~cms.gate.errors.Refused` with its own status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._carried_out(request)
        refusal = _refusal_in(response)
        return self._answer(request, refusal) if refusal else response

    def _carried_out(self, request: HttpRequest) -> HttpResponse:
        if request.method in _READING or not request.path.startswith(_desks()):
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if _refusal_in(response) or response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return refused(exception)
        if not request.path.startswith(_desks()):
            return None
        refusal = refusal_for(request, exception)
        return refused(refusal) if refusal else None

    def _answer(self, request: HttpRequest, exception: Refused) -> HttpResponse:
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


def refused(refusal: Refused) -> HttpResponse:
    """Stand in for the answer, which asks the database: first that is as it was."""
    response = HttpResponse(status=refusal.status)
    response.refusal = refusal  # type: ignore[attr-defined]
    return response


def _desks() -> str:
    return reverse("wagtailadmin_home")


def _refusal_in(response: HttpResponse) -> Refused | None:
    return getattr(response, "refusal", None)


def _language_of(request: HttpRequest) -> str:
    """Return the admin language of the person who asked."""
    profile = UserProfile.objects.filter(user_id=request.user.pk).first()
    if profile is None:
        return translation.get_language() or "sv"
    return profile.get_preferred_language()
