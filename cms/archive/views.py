"""The archivist's screens: look at a page as it was, compare, and take it out."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TypeVar

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms.archive import export, looking
from cms.archive.forms import LookForm, PeriodForm, local_start
from cms.archive.timeline import compared, timeline
from cms.gate.staff import StaffRequest
from cms.reading.models import Language
from cms.site.middleware import site_policy

_BODY = re.compile(r"<body[^>]*>")
_Answer = TypeVar("_Answer", bound=HttpResponseBase)


@require_safe
def search(request: StaffRequest) -> HttpResponse:
    """Ask for an address and a moment; show what happened to that page."""
    looking.require_archivist(request.user)
    form = LookForm(request.GET if "address" in request.GET else None)
    if not form.is_bound:
        form.initial = {"address": "/", **local_start(_last_minute())}
    context = {"form": form, "period_form": PeriodForm(), "most": export.MOST_IN_ADMIN}
    if form.is_bound and form.is_valid():
        path, moment = form.cleaned_data["address"], form.cleaned_data["moment"]
        if tag := form.cleaned_data["language"]:
            path = looking.path_in_language(path, tag, moment, by=request.user)
        found = timeline(path, moment, by=request.user)
        context |= {
            "path": path,
            "moment": moment,
            "address_then": page_address(path, looking.stamp(moment)),
            "timeline": found,
            "rows": [
                (row, page_address(row.path, looking.stamp(row.published_at)))
                for row in (found.publications if found else [])
            ],
            "language": Language.objects.filter(
                locale__language_code=found.locale
            ).first()
            if found
            else None,
        }
    return render(request, "archive/search.html", context)


def _last_minute() -> datetime:
    now = timezone.now()
    return now - timedelta(seconds=now.second, microseconds=now.microsecond)


def page_address(path: str, stamp: str) -> str:
    """Return where a page is seen as it was; ``path`` may have a query."""
    start = reverse("archive:as_of", kwargs={"stamp": stamp})
    return start + looking.quoted(path.lstrip("/"))


@require_safe
def as_of(request: StaffRequest, stamp: str, path: str = "") -> HttpResponse:
    """Show a public address as it answered at a moment."""
    moment = looking.read_stamp(stamp)
    query = request.META.get("QUERY_STRING", "")
    found = looking.look(f"/{path}", query, moment, by=request.user)
    start = reverse("archive:as_of", kwargs={"stamp": stamp})

    def lead(target: str) -> str:
        return start + target.lstrip("/")

    if "Location" in found:
        return _private(redirect(lead(found["Location"])))
    html = looking.with_links(found.content.decode(), lead)
    banner = {"moment": moment, "path": f"/{path}", **local_start(moment)}
    html = html.replace("</head>", render_to_string("archive/banner_head.html"), 1)
    html = _BODY.sub(
        lambda tag: tag[0] + render_to_string("archive/banner.html", banner), html, 1
    )
    response = HttpResponse(html, status=found.status_code)
    # What a page of then may ask of a browser, but nothing of what is public now.
    policy = site_policy("'none'", with_maps=False)
    response["Content-Security-Policy"] = policy.replace(
        "connect-src 'self'", "connect-src 'none'"
    )
    return _private(response)


def _private(response: _Answer) -> _Answer:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, noarchive"
    response["Referrer-Policy"] = "same-origin"
    return response


@require_safe
def compare(request: StaffRequest) -> HttpResponse:
    """Show what differs between two publications of the same text."""
    first, second = (request.GET.get(name, "") for name in ("first", "second"))
    if not (_is_number(first) and _is_number(second)) or first == second:
        looking.require_archivist(request.user)
        messages.error(request, _("Choose two different publications to compare."))
        return redirect("archive:search")
    before, after, comparison = compared(int(first), int(second), by=request.user)
    language = Language.objects.filter(locale__language_code=after.locale).first()
    context = {
        "before": before,
        "after": after,
        "comparison": comparison,
        "language": language,
    }
    return render(request, "archive/compare.html", context)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


@require_POST
def take_out(request: StaffRequest) -> HttpResponseBase:
    """Send a period, or a page, as a ZIP."""
    looking.require_archivist(request.user)
    if "path" in request.POST:
        timeline_then = timeline(
            looking.public_path(request.POST["path"]) or "/",
            timezone.now(),
            by=request.user,
        )
        if timeline_then is None:
            return _refused(request, _("Nothing was ever public at that address."))
        chosen = export.page(timeline_then.key, timeline_then.locale)
    else:
        form = PeriodForm(request.POST)
        if not form.is_valid():
            context = {"form": LookForm(), "period_form": form,
                       "most": export.MOST_IN_ADMIN}  # fmt: skip
            return render(request, "archive/search.html", context, status=422)
        chosen = export.period(*form.bounds())
    if message := export.refusal(chosen):
        return _refused(request, message)
    file = export.to_temporary_file(chosen, by=request.user)
    name = f"{chosen.name}.zip"
    return _private(FileResponse(file, as_attachment=True, filename=name))


def _refused(request: StaffRequest, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect("archive:search")
