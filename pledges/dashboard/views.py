"""The dashboard "Follow the pledges" and its files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cms.gate.errors import NotAllowed
from cms.gate.staff import StaffRequest
from pledges.accounts import residents_today
from pledges.dashboard import exports, queries
from pledges.dashboard.queries import Dashboard, Selection

PAGE_SIZE = 100


@require_GET
def dashboard(request: StaffRequest) -> HttpResponse:
    """Show what is due and how the activities stand."""
    selection, board = _asked_for(request)
    context = {
        "board": board,
        "selection": selection,
        "page": Paginator(board.activities, PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "columns": _columns(selection.sort),
    }
    return render(request, "pledges/admin/dashboard.html", context)


@require_GET
def export(request: StaffRequest, what: str, form: str) -> HttpResponse:
    """Send one of the two lists, as it is filtered, as a file."""
    _selection, board = _asked_for(request)
    tables: dict[str, Any] = {
        "activities": exports.activity_table,
        "followups": exports.followup_table,
    }
    if what not in tables or form not in exports.CONTENT_TYPES:
        raise Http404
    rows = tables[what](board)
    names = {"activities": _("Activities"), "followups": _("Follow-ups")}
    name = f"{names[what]} {residents_today()}.{form}"
    if form == exports.CSV:
        content = exports.as_csv(rows)
    else:
        content = exports.as_xlsx(rows, names[what])
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content,
        content_type=exports.CONTENT_TYPES[form],
        headers={"Content-Disposition": disposition or "attachment"},
    )


def _asked_for(request: StaffRequest) -> tuple[Selection, Dashboard]:
    """Return what somebody may see of what they ask for. Unknown values find nothing."""
    if not queries.may_follow(request.user):
        raise NotAllowed(_("This list is for those who work with the Swedish pages."))
    selection = Selection(
        programme=request.GET.get("programme", ""),
        party=request.GET.get("party", ""),
        status=request.GET.get("status", ""),
        overdue=bool(request.GET.get("overdue")),
        sort=request.GET.get("sort", ""),
    )
    return selection, queries.read(selection)


def _columns(sort: str) -> list[dict[str, str]]:
    """Return name, heading, state and next order of the columns that can be sorted."""
    headings = {
        "activity": _("Activity"),
        "pledge": _("Pledge"),
        "responsible": _("Responsible"),
        "status": _("Status"),
    }
    return [
        {
            "heading": heading,
            "sort": f"-{name}" if sort == name else name,
            "state": _direction(sort, name),
        }
        for name, heading in headings.items()
    ]


def _direction(sort: str, name: str) -> str:
    if sort.removeprefix("-") != name:
        return ""
    return "descending" if sort.startswith("-") else "ascending"
