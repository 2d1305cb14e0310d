"""What readers said, for staff: error reports to handle, and wishes for translation."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.desk import worklist
from cms.engine import originals
from cms.feedback import reports, wishes
from cms.feedback.models import ErrorReport
from cms.feedback.subjects import Subject
from cms.gate.errors import NotAllowed, Refused
from cms.gate.staff import StaffRequest
from cms.reading.languages import name_of

PAGE_SIZE = 50
_STATES = ("open", "handled", "all")


class HandleForm(forms.Form):
    """What staff did about a report."""

    note = forms.CharField(
        label=gettext_lazy("What was done"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_GET
def report_list(request: StaffRequest) -> HttpResponse:
    """List the error reports, those that wait first by default."""
    visible = reports.visible_to(request.user)
    chosen = {
        "state": _one_of(request.GET.get("state"), _STATES) or _STATES[0],
        "language": request.GET.get("language", "")[:35],
        "kind": _one_of(request.GET.get("kind"), Subject.values),
        "page_title": request.GET.get("page_title", "").replace("\x00", "")[:255],
    }
    found = _filtered(visible, chosen).select_related("handled_by")
    codes = visible.order_by("locale").values_list("locale", flat=True).distinct()
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "languages": [(code, name_of(code)) for code in codes],
        "kinds": Subject.choices,
    }
    return render(request, "feedback/reports.html", context)


def _one_of(value: str | None, known: Collection[str]) -> str:
    return value if value and value in known else ""


def _filtered(
    found: QuerySet[ErrorReport], chosen: dict[str, str]
) -> QuerySet[ErrorReport]:
    if chosen["state"] != "all":
        found = found.filter(handled_at__isnull=chosen["state"] == "open")
    if chosen["language"]:
        found = found.filter(locale=chosen["language"])
    if chosen["kind"]:
        found = found.filter(kind=chosen["kind"])
    if chosen["page_title"]:
        found = found.filter(title__icontains=chosen["page_title"])
    return found


def report(request: StaffRequest, report_id: int) -> HttpResponse:
    """Show a report, and take note of what was done about it."""
    found = get_object_or_404(
        reports.visible_to(request.user).select_related("handled_by"), pk=report_id
    )
    if request.method != "POST":
        return _show_report(request, found, {"form": HandleForm()})
    form = HandleForm(request.POST)
    if not form.is_valid():
        return _show_report(request, found, {"form": form}, status=422)
    note = form.cleaned_data["note"]
    try:
        reports.handle(found, by=request.user, note=note)
    except Refused as refusal:
        found.refresh_from_db()
        context = {"form": form, "refusal": refusal}
        return _show_report(request, found, context, status=refusal.status)
    messages.success(request, _("The report is handled."))
    return redirect("feedback:reports")


def _show_report(
    request: StaffRequest,
    found: ErrorReport,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    source = originals.find(found.key)
    finder = AdminURLFinder(request.user)
    base = {
        "report": found,
        "language": name_of(found.locale),
        "edit_url": finder.get_edit_url(source) if source else None,
    }
    return render(request, "feedback/report.html", {**base, **context}, status=status)


@require_GET
def wish_list(request: StaffRequest) -> HttpResponse:
    """List what readers want in the languages that this person follows."""
    reach = worklist.reach_of(request.user)
    if not reach.languages:
        raise NotAllowed(_("You do not work in any language."))
    tag = request.GET.get("language", "")
    languages = {language.code: language for language in reach.languages}
    asked = [each for each in reach.languages if each.tag == tag]
    lines = [
        (found, languages[found.wish.locale])
        for found in wishes.wished_for(asked or reach.languages)
    ]
    context = {
        "page": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page")),
        "languages": reach.languages,
        "chosen": asked[0] if asked else None,
        "writable_ids": reach.writable_ids,
    }
    return render(request, "feedback/wishes.html", context)
