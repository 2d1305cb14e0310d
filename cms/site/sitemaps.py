"""The sitemap: an index, and for each language a file for every 5,000 addresses.

Not ``django.contrib.sitemaps``: it takes the host of its addresses from the request,
asks each entry for its languages, and counts what it lists once more for each page.
Two queries make a file here, of any size.

Safety-critical pages are listed: whoever looks for help shall find them, and an address
in the list tells nothing about its readers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import Count, Max
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.reading.languages import tag_of
from cms.reading.library import Library
from cms.reading.models import Language
from cms.site.alternates import alternates, told_of
from cms.site.answers import file_answer

PER_FILE = 5_000
# The protocol allows no more files in an index.
MOST_FILES = 50_000
CONTENT_TYPE = "application/xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LANGUAGES = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@csrf_exempt
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Name the files, in the order of the languages; two queries."""
    counts = {row["locale"]: row for row in _counts()}
    files = "".join(
        _file(language, number, counts[language.code]["updated"])
        for language in Library().visible
        if language.code in counts
        for number in range(1, -(-counts[language.code]["total"] // PER_FILE) + 1)
    )
    text = f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{files}</sitemapindex>\n"
    return file_answer(request, text, CONTENT_TYPE)


@csrf_exempt
@require_safe
def language(request: HttpRequest, tag: str, number: int) -> HttpResponseBase:
    """List the pages of one language, oldest first; three queries."""
    library = Library()
    found = library.readers_language(tag)
    if found is None or found.tag != tag or not 1 <= number <= MOST_FILES:
        raise Http404
    text = "".join(_entries(library, found, number))
    if not text:
        raise Http404
    text = f"{_HEAD}<urlset {_NAMESPACE} {_LANGUAGES}>\n{text}</urlset>\n"
    return file_answer(request, text, CONTENT_TYPE)


def _counts() -> Any:
    return (
        told_of()
        .values("locale")
        .annotate(total=Count("pk"), updated=Max("publication__content_updated_at"))
    )


def _file(language: Language, number: int, updated: datetime) -> str:
    path = reverse("site:sitemap-language", args=[language.tag, number])
    return f"<sitemap>{_place(path, updated)}</sitemap>\n"


def _place(path: str, updated: datetime) -> str:
    address = escape(settings.CMS_PUBLIC_BASE_URL + quote(path))
    changed = updated.isoformat(timespec="seconds")
    return f"<loc>{address}</loc><lastmod>{changed}</lastmod>"


def _entries(library: Library, language: Language, number: int) -> Iterator[str]:
    start = (number - 1) * PER_FILE
    # In the order in which they first were public: an entry keeps its file.
    pages = told_of().filter(locale=language.code).order_by("pk")
    pages = pages[start : start + PER_FILE]
    fields = ("key", "path", "publication__content_updated_at")
    paths = _paths(library, pages.values("key"))
    for key, path, updated in pages.values_list(*fields):
        links = "".join(_links(language.tag, paths.get(key, {})))
        yield f"<url>{_place(path, updated)}{links}</url>\n"


def _paths(library: Library, keys: Any) -> dict[UUID, dict[str, str]]:
    """Return the paths of pages by key and language tag, as readers are offered them."""
    codes = [language.code for language in library.visible]
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    heads = told_of().filter(key__in=keys, locale__in=codes)
    for key, code, path in heads.values_list("key", "locale", "path"):
        found[key][tag_of(code)] = path
    return {key: _in_order(codes, paths) for key, paths in found.items()}


def _in_order(codes: Iterable[str], paths: dict[str, str]) -> dict[str, str]:
    tags = (tag_of(code) for code in codes)
    return {tag: paths[tag] for tag in tags if tag in paths}


def _links(own: str, paths: dict[str, str]) -> Iterator[str]:
    for link in alternates(own, paths, settings.CMS_PUBLIC_BASE_URL):
        href = quoteattr(link.href)
        yield f'<xhtml:link rel="alternate" hreflang="{link.hreflang}" href={href}/>'
