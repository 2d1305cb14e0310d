"""The sitemap: an index, and for each language a file for each stretch of the log.

Not ``django.contrib.sitemaps``: it takes the host of its addresses from the request,
asks each entry for its languages, and counts what it lists once more for each page.
Two queries make a file here, of any size, and none of them counts.

Safety-critical pages are listed: whoever looks for help shall find them, and an address
in the list tells nothing about its readers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import quote
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.reading import told
from cms.reading.languages import tag_of
from cms.reading.library import Library
from cms.reading.models import Language
from cms.site.alternates import alternates
from cms.site.answers import file_answer

#: So many heads, of all languages, are a stretch; the protocol allows 50,000 addresses.
STRETCH = 30_000
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
    spans = told.spans(STRETCH)
    files = "".join(
        _file(language, span.number, span.updated_at)
        for language in Library().visible
        for span in spans
        if span.locale == language.code
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


def _file(language: Language, number: int, updated: datetime) -> str:
    path = reverse("site:sitemap-language", args=[language.tag, number])
    return f"<sitemap>{_place(path, updated)}</sitemap>\n"


def _place(path: str, updated: datetime) -> str:
    address = escape(settings.CMS_PUBLIC_BASE_URL + quote(path))
    changed = updated.isoformat(timespec="seconds")
    return f"<loc>{address}</loc><lastmod>{changed}</lastmod>"


def _entries(library: Library, language: Language, number: int) -> Iterator[str]:
    # In the order in which they first were public: an entry keeps its file.
    pages = told.places(language.code, number, STRETCH)
    paths = _paths(library, [page.key for page in pages])
    for page in pages:
        links = "".join(_links(language.tag, paths.get(page.key, {})))
        yield f"<url>{_place(page.path, page.updated_at)}{links}</url>\n"


def _paths(library: Library, keys: list[UUID]) -> dict[UUID, dict[str, str]]:
    """Return the paths of pages by key and language tag, as readers are offered them."""
    codes = [language.code for language in library.visible]
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for key, code, path in told.paths(keys, codes):
        found[key][tag_of(code)] = path
    return {key: _in_order(codes, paths) for key, paths in found.items()}


def _in_order(codes: Iterable[str], paths: dict[str, str]) -> dict[str, str]:
    tags = (tag_of(code) for code in codes)
    return {tag: paths[tag] for tag in tags if tag in paths}


def _links(own: str, paths: dict[str, str]) -> Iterator[str]:
    for link in alternates(own, paths, settings.CMS_PUBLIC_BASE_URL):
        href = quoteattr(link.href)
        yield f'<xhtml:link rel="alternate" hreflang="{link.hreflang}" href={href}/>'
