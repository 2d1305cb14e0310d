"""The search page: a form, and what was found, in the reader's language.

What is asked stands in the address, as with every search that can be shared and gone
back to; so the page's title does not repeat it, and no other site learns of it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.reading.languages import catalogue, prefix_of, source_code
from cms.reading.models import Language
from cms.reading.pages import LanguageChoice, Library, Reading, read_path
from cms.search.finding import LAST_OFFSET, LONGEST_QUESTION, PAGE_SIZE, Found, find
from cms.site import views
from cms.site.context import frame_context
from cms.site.middleware import CACHE_CONTROL

SWEDISH, OTHERS = "sok", "search"
#: In ``request.META`` of whoever wants the page that says that search is away. No
#: header of a request can be called so.
AWAY = "cms.site.search.away"


def search_path(code: str) -> str:
    """Return the path of the search page in a language."""
    return f"{prefix_of(code)}/{SWEDISH if code == source_code() else OTHERS}/"


@csrf_exempt
@require_safe
def search(request: HttpRequest, tag: str = "") -> HttpResponse:
    """Answer with the form, and with what was found if something was asked."""
    code = tag.lower() or source_code()
    if code not in catalogue():
        # Not a language: a page of that name, or nothing.
        return views.page(request, request.path.lstrip("/"))
    library = Library()
    language = library.readers_language(code)
    if language is None:
        return views.page(request, request.path.lstrip("/"))
    if request.path != search_path(code):
        return _moved(request, search_path(code))
    if AWAY in request.META:
        return _away(request, library, language)
    question, number = request.GET.get("q", ""), _page_number(request)
    if (number - 1) * PAGE_SIZE > LAST_OFFSET:
        raise Http404
    found = None
    if question.strip():
        offset = (number - 1) * PAGE_SIZE
        found = find(library, language, question, limit=PAGE_SIZE, offset=offset)
    if number > 1 and not (found and found.hits):
        raise Http404
    return _page(request, library, language, found, number)


def _away(request: HttpRequest, library: Library, language: Language) -> HttpResponse:
    """Answer with a page that says that nothing can be searched: for the mirror."""
    context = {**_frame(library, language), "is_away": True}
    with translation.override(language.code):
        return _safe(render(request, "site/search.html", context))


def _page(
    request: HttpRequest,
    library: Library,
    language: Language,
    found: Found | None,
    number: int,
) -> HttpResponse:
    context = _frame(library, language)
    if found:
        context |= _results(found, context["search_path"], number)
        context["languages"] = _choices(library, language, found.question)
    with translation.override(language.code):
        response = _safe(render(request, "site/search.html", context))
    if found and any(hit.is_sensitive for hit in found.hits):
        response["Cache-Control"] = "private, no-store"
    elif found:
        # Few ask the same, and a cache has better things to keep.
        response["Cache-Control"] = "private, max-age=0"
    return response


def _safe(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = CACHE_CONTROL
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _frame(library: Library, language: Language) -> dict[str, Any]:
    front = read_path(f"{prefix_of(language.code)}/", library)
    return {
        **frame_context(language),
        "languages": _choices(library, language, ""),
        "navigation": front.navigation if isinstance(front, Reading) else [],
        "search_path": search_path(language.code),
        "longest_question": LONGEST_QUESTION,
    }


def _results(found: Found, path: str, number: int) -> dict[str, Any]:
    def address(page: int) -> str:
        asked = {"q": found.question} | ({"page": str(page)} if page > 1 else {})
        return f"{path}?{urlencode(asked)}"

    return {
        "found": found,
        "question": found.question,
        "own_hits": [hit for hit in found.hits if hit.is_own_language],
        "other_hits": [hit for hit in found.hits if not hit.is_own_language],
        "first_number": (number - 1) * PAGE_SIZE + 1,
        "last_number": (number - 1) * PAGE_SIZE + len(found.hits),
        "previous_page": address(number - 1) if number > 1 else None,
        "next_page": address(number + 1) if found.next_offset else None,
    }


def _choices(
    library: Library, current: Language, question: str
) -> list[LanguageChoice]:
    """Return the same question in every language."""
    asked = f"?{urlencode({'q': question})}" if question else ""
    return [
        LanguageChoice.to(
            language, f"{search_path(language.code)}{asked}", current=current
        )
        for language in library.visible
    ]


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 4 and int(text)):
        raise Http404
    return int(text)


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    response["Cache-Control"] = CACHE_CONTROL
    return response
