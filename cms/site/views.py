"""The public pages: an address in, a page of the log out."""

from __future__ import annotations

import dataclasses
import hashlib
import sys
from typing import Any
from urllib.parse import quote

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.delivery.addresses import KEEP
from cms.kinds import registry
from cms.reading import listing
from cms.reading.languages import (
    catalogue,
    prefix_of,
    source_code,
    split_path,
)
from cms.reading.models import Language
from cms.reading.pages import (
    Gone,
    LanguageChoice,
    Library,
    Reading,
    Redirect,
    read_path,
)
from cms.site.asked import Asked
from cms.site.below import read_below
from cms.site.context import frame_context, page_context
from cms.site.middleware import CACHE_CONTROL, site_policy

NEWS_ON_FRONT_PAGE = 3


@csrf_exempt
@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Answer a public address, in the language that the address names.

    Who left out the last slash is sent on, if there is something there.
    """
    asked = f"/{path}"
    address = asked if asked.endswith("/") else f"{asked}/"
    library = Library()
    answer = read_path(address, library) or read_below(address, library)
    if isinstance(answer, Gone):
        return _apology(request, library, answer.language, 410, gone=answer)
    if answer is None:
        return _nothing_here(request, library)
    if isinstance(answer, Redirect):
        return _moved(request, answer.path)
    if address != asked:
        return _moved(request, address)
    if answer.shown_by:
        return respond(request, answer)
    return _page(request, library, answer)


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    """Send the reader on, with the question that was asked.

    For no longer than a page may be kept: a browser that remembers for ever that A is
    now B runs in a circle when B becomes A again.
    """
    query = request.META.get("QUERY_STRING", "")
    target = f"{quote(path)}?{query}" if query else quote(path)
    response = HttpResponsePermanentRedirect(target)
    response["Cache-Control"] = CACHE_CONTROL
    return response


def _nothing_here(request: HttpRequest, library: Library) -> HttpResponse:
    code, _rest = split_path(request.path)
    language = library.readers_language(code) or library.by_code.get(source_code())
    return _apology(request, library, language, 404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for files that are not there, as for pages."""
    return _nothing_here(request, Library())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense."""
    return render(request, "site/errors/400.html", frame_context(None), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Apologise for a fault of ours; when the database is away, say 503."""
    unreachable = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return unavailable(request, status=503 if unreachable else 500)


def unavailable(request: HttpRequest, status: int = 503) -> HttpResponse:
    """Apologise in the language of the address, and ask no database for it."""
    code, _rest = split_path(request.path)
    language = language_of(code)
    with translation.override(code):
        context = frame_context(language)
        response = render(request, "site/errors/503.html", context, status=status)
    response["Content-Language"] = language.html_lang
    response["Cache-Control"] = "no-store"
    return response


def language_of(code: str) -> Language:
    """Return a language as the catalogue has it, else Swedish; asks no database."""
    row = catalogue().get(code) or catalogue()[source_code()]
    return Language(
        **{name: row[name] for name in ("tag", "autonym", "html_lang", "direction")}
    )


def _page(request: HttpRequest, library: Library, reading: Reading) -> HttpResponse:
    number, kind = Asked(request).page(), registry.page(reading.type)
    if number is None or (number > 1 and not kind.lists_children):
        return _apology(request, library, reading.requested, 404)
    if kind.lists_children:
        reading = _with_children(library, reading, number)
        if number > 1 and not reading.children:
            return _apology(request, library, reading.requested, 404)
    if kind.shows_news:
        names = [each.type_name for each in registry.pages() if each.is_news]
        news = listing.latest(
            library, reading.requested, names, limit=NEWS_ON_FRONT_PAGE
        )
        reading = dataclasses.replace(reading, children=news.items)
    return respond(request, registry.completed(library, reading))


def respond(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Answer with a page, or say that the reader has it already."""
    response = render_reading(request, reading)
    if reading.is_sensitive:
        # There is no copy to compare with, and asking would tell of an earlier visit.
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response


def render_reading(
    request: HttpRequest, reading: Reading, more: dict[str, Any] | None = None
) -> HttpResponse:
    """Render a reading, published or a preview, with the one set of templates."""
    with translation.override(reading.requested.code):
        # Not for the request: what a page shows depends on what is asked, not on who asks.
        context = {**page_context(reading), "asked": Asked(request), **(more or {})}
        response = HttpResponse(render_to_string("site/page.html", context))
    response["Content-Language"] = reading.served.html_lang
    kept_by_nobody = reading.is_preview or reading.is_sensitive
    response["Cache-Control"] = "private, no-store" if kept_by_nobody else CACHE_CONTROL
    if reading.is_sensitive:
        if not reading.is_preview:
            # No trace in a browser; the server keeps it ready, a crisis too.
            request.META[KEEP] = True
        response["Referrer-Policy"] = "no-referrer"
        policy = site_policy("'none'", with_maps=False)
        response["Content-Security-Policy"] = policy
    return response


def _with_children(library: Library, reading: Reading, number: int) -> Reading:
    found = listing.children(library, reading.requested, reading.key, page=number)
    return dataclasses.replace(
        reading,
        children=found.items,
        next_page=f"{reading.path}?page={number + 1}" if found.has_more else None,
        previous_page=_numbered(reading.path, number - 1) if number > 1 else None,
    )


def _numbered(path: str, number: int) -> str:
    return path if number == 1 else f"{path}?page={number}"


def _apology(
    request: HttpRequest,
    library: Library,
    language: Language | None,
    status: int,
    gone: Gone | None = None,
) -> HttpResponse:
    """Say in the reader's language that there is nothing here, or no longer."""
    front = read_path(f"{prefix_of(language.code)}/", library) if language else None
    context = {
        **frame_context(language),
        "languages": _front_pages(library, language),
        "navigation": front.navigation if isinstance(front, Reading) else [],
        "withdrawn_at": gone.row.published_at if gone else None,
        "reason": gone.reason if gone else "",
        "reason_lang": gone.reason_lang if gone else "",
    }
    with translation.override(language.code if language else source_code()):
        response = render(request, f"site/errors/{status}.html", context, status=status)
    response["Cache-Control"] = "no-cache"
    return response


def _front_pages(library: Library, current: Language | None) -> list[LanguageChoice]:
    return [
        LanguageChoice.to(language, f"{prefix_of(language.code)}/", current=current)
        for language in library.visible
    ]


@csrf_exempt
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")
