"""The buttons of the webhooks' screens: forms that are posted, and what they answer."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.webhooks import actions
from cms.webhooks.models import Delivery, Endpoint
from cms.webhooks.obstacles import Undelivered


class StaffRequest(HttpRequest):
    """A request behind the admin's door: somebody is logged in."""

    user: User


def show_secret(request: HttpRequest, endpoint: Endpoint, secret: str) -> HttpResponse:
    """Show a secret, this once: no browser keeps the page."""
    context = {
        "endpoint": endpoint,
        "secret": secret,
        "page_title": _("The secret"),
        "page_subtitle": endpoint.name,
        "header_title": endpoint.name,
        "header_icon": "key",
    }
    answer = TemplateResponse(request, "webhooks/secret.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def rotate(request: StaffRequest, pk: int) -> HttpResponse:
    endpoint = get_object_or_404(Endpoint, pk=pk)
    try:
        secret = actions.rotate(endpoint, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("webhooks:edit", pk)
    return show_secret(request, endpoint, secret)


@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    actions.retire(get_object_or_404(Endpoint, pk=pk), by=request.user)
    messages.success(request, _("The old secret signs no more."))
    return redirect("webhooks:edit", pk)


@require_POST
def send_test(request: StaffRequest, pk: int) -> HttpResponse:
    endpoint = get_object_or_404(Endpoint, pk=pk)
    try:
        status = actions.send_test(endpoint, by=request.user)
    except Undelivered as failure:
        messages.error(request, failure.sentence)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        text = _("The receiver has confirmed the test: it answered %(status)d.")
        messages.success(request, text % {"status": status})
    return redirect("webhooks:edit", pk)


@require_POST
def resend_all(request: StaffRequest, pk: int) -> HttpResponse:
    """Take up again everything of one endpoint that was given up."""
    endpoint = get_object_or_404(Endpoint, pk=pk)
    count = actions.resend(Delivery.objects.filter(endpoint=endpoint), by=request.user)
    _say_resent(request, count)
    return redirect("webhooks:edit", pk)


@require_POST
def resend(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take up one delivery again."""
    count = actions.resend(Delivery.objects.filter(pk=pk), by=request.user)
    _say_resent(request, count)
    return redirect("webhook_deliveries:index")


def _say_resent(request: HttpRequest, count: int) -> None:
    text = ngettext(
        "%(count)d delivery is taken up again.",
        "%(count)d deliveries are taken up again.",
        count,
    )
    messages.success(request, text % {"count": count})
