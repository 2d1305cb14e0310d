"""What readers can tell us without script: an error on a page, a language they miss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from cms.feedback import reports, throttle, wishes
from cms.feedback.forms import MOST_BYTES, ReportForm, new_stamp
from cms.feedback.throttle import TooMany
from cms.reading.languages import source_code
from cms.reading.models import Language
from cms.reading.pages import Library, Reading
from cms.site.context import frame_context, place_of, report_address, report_href
from cms.site.origins import is_from_elsewhere
from cms.site.views import language_of, not_found

_ASKS = require_http_methods(["GET", "HEAD", "POST"])
_LONGEST_NUMBER = 12


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _found(
    find: Callable[[UUID, Language, Library], Reading | None], key: UUID, tag: str
) -> Reading | None:
    """Return the page of an address that spells its language as it should."""
    library = Library()
    language = library.readers_language(tag or source_code())
    spelled = language and ("" if language.is_source else language.tag)
    return find(key, language, library) if language and spelled == tag else None


# --- an error on a page ---


@csrf_exempt
@_ASKS
def report(request: HttpRequest, key: UUID, tag: str = "") -> HttpResponse:
    """Ask what is wrong with a page, and take the answer. Nothing typed is lost."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _too_large(request, tag)
    form = ReportForm(request.POST) if request.method == "POST" else None
    try:
        return _report(request, key, tag, form)
    except (OperationalError, InterfaceError):
        if form is None:
            raise
        return _not_saved(form, request, tag)


def _report(
    request: HttpRequest, key: UUID, tag: str, form: ReportForm | None
) -> HttpResponse:
    reading = _found(reports.reportable, key, tag)
    if reading is None:
        return not_found(request, Http404())
    with translation.override(reading.requested.code):
        if form is None:
            return _ask(request, reading, ReportForm(initial=_initial(request)))
        return _take(request, reading, form)


def _initial(request: HttpRequest) -> dict[str, Any]:
    version, kind = request.GET.get("version", ""), request.GET.get("kind", "")
    known = version.isascii() and version.isdigit() and len(version) < _LONGEST_NUMBER
    return {
        "version": int(version) if known else None,
        "kind": kind if kind in reports.Subject.values else reports.Subject.FACT,
        "stamp": new_stamp(),
    }


def _take(request: HttpRequest, reading: Reading, form: ReportForm) -> HttpResponse:
    if is_from_elsewhere(request):
        form.add_error(None, _("Look at your text and send it from here."))
        return _ask(request, reading, form, status=403)
    if not form.is_valid():
        return _ask(request, reading, form, status=422)
    thanks = reverse("site:reported", kwargs=place_of(reading))
    if form.is_bait_taken:
        return HttpResponseRedirect(thanks)
    try:
        client = throttle.client_of(request)
        kept = reports.receive(reading, form.told, client=client)
    except TooMany as many:
        form.add_error(
            None, _("You have sent many reports. Wait a minute, then send this one.")
        )
        response = _ask(request, reading, form, status=429)
        response["Retry-After"] = str(many.retry_after)
        return response
    return HttpResponseRedirect(f"{thanks}?{urlencode({'number': kept.pk})}")


def _ask(
    request: HttpRequest, reading: Reading, form: ReportForm, status: int = 200
) -> HttpResponse:
    # A form that was answered too fast, or lay too long, starts again from now.
    stamp = form["stamp"].value() if status == 429 else new_stamp()
    context = {
        **_frame(reading, "report"),
        "form": form,
        "stamp": stamp,
        "days": settings.CMS_REPORT_RETENTION_DAYS,
        "mail_address": report_address(reading),
        "mail_href": report_href(reading, _("Report an error on this page")),
    }
    response = render(request, "site/feedback/report.html", context, status=status)
    return _kept_by_nobody(response)


def _frame(reading: Reading, route: str) -> dict[str, Any]:
    """Return the frame of a page about a page; its languages are those of the form."""
    others = [
        replace(
            choice,
            path=reverse(
                f"site:{route}",
                kwargs={
                    "key": UUID(reading.key),
                    **({} if choice.tag == source_code() else {"tag": choice.tag}),
                },
            ),
        )
        for choice in reading.languages
        if route != "wish" or choice.tag != source_code()
    ]
    return {
        **frame_context(reading.requested),
        "page": reading,
        "page_path": quote(reading.path),
        "languages": others,
        "navigation": reading.navigation,
    }


def _not_saved(form: ReportForm, request: HttpRequest, tag: str) -> HttpResponse:
    """Say that the database is away, with all that was typed, and ask nothing of it."""
    language = language_of((tag or source_code()).lower())
    with translation.override(language.code):
        form.is_valid()
        form.add_error(None, _("We could not keep your report. Try again in a moment."))
        context = {
            **frame_context(language),
            "form": form,
            "stamp": form["stamp"].value(),
            "days": settings.CMS_REPORT_RETENTION_DAYS,
            "mail_address": report_address(None),
            "mail_href": f"mailto:{report_address(None)}",
        }
        response = render(request, "site/feedback/report.html", context, status=503)
    return _kept_by_nobody(response)


def _too_large(request: HttpRequest, tag: str) -> HttpResponse:
    """Refuse what no form of ours sends, before any of it is read."""
    language = language_of((tag or source_code()).lower())
    with translation.override(language.code):
        context = {
            **frame_context(language),
            "notice": _("The text is too long. Make it shorter."),
        }
        response = render(request, "site/errors/400.html", context, status=413)
    return _kept_by_nobody(response)


@csrf_exempt
@require_GET
def reported(request: HttpRequest, key: UUID, tag: str = "") -> HttpResponse:
    """Thank for a report, with its number when it has one (R-44)."""
    reading = _found(reports.reportable, key, tag)
    if reading is None:
        return not_found(request, Http404())
    number = request.GET.get("number", "")
    known = number.isascii() and number.isdigit() and len(number) < _LONGEST_NUMBER
    with translation.override(reading.requested.code):
        context = {**_frame(reading, "report"), "number": number if known else ""}
        response = render(request, "site/feedback/reported.html", context)
    return _kept_by_nobody(response)


# --- a language that is missed ---


@csrf_exempt
@_ASKS
def wish(request: HttpRequest, key: UUID, tag: str) -> HttpResponse:
    """Count a reader who wants a page in their language, or ask whether they do."""
    reading = _found(wishes.wishable, key, tag)
    if reading is None or reading.is_sensitive:
        return not_found(request, Http404())
    with translation.override(reading.requested.code):
        if request.method != "POST" or is_from_elsewhere(request):
            status = 403 if request.method == "POST" else 200
            return _wish_page(request, reading, status=status)
        try:
            wishes.wish(reading, client=throttle.client_of(request))
        except TooMany as many:
            response = _wish_page(request, reading, status=429)
            response["Retry-After"] = str(many.retry_after)
            return response
    return HttpResponseRedirect(reverse("site:wished", kwargs=place_of(reading)))


@csrf_exempt
@require_GET
def wished(request: HttpRequest, key: UUID, tag: str) -> HttpResponse:
    """Thank for a wish, and promise nothing."""
    reading = _found(wishes.wishable, key, tag)
    if reading is None or reading.is_sensitive:
        return not_found(request, Http404())
    with translation.override(reading.requested.code):
        return _wish_page(request, reading, is_counted=True)


def _wish_page(
    request: HttpRequest, reading: Reading, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {**_frame(reading, "wish"), "is_too_often": status == 429, **more}
    response = render(request, "site/feedback/wish.html", context, status=status)
    return _kept_by_nobody(response)
