"""Atom feeds: what is new or changed, one feed for each language and type of page.

A feed holds texts that are in its language and nothing else. A reader of feeds shows
neither our notices nor our labels, so left out is what needs one: fallbacks, machine
text that nobody has reviewed, a translation that a critical change has overtaken. So
are safety-critical pages, of which nobody shall keep a copy.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.kinds import registry
from cms.kinds.kinds import PageKind
from cms.reading import status, told
from cms.reading.languages import prefix_of
from cms.reading.library import Library
from cms.reading.models import Language
from cms.reading.queries import Row
from cms.site.answers import file_answer

ENTRIES = 50
#: A day on which a municipality had its domain, as tag URIs want one (RFC 4151).
MINTED = "2026"
_NOTHING_YET = datetime(2018, 1, 1, tzinfo=UTC)


def kinds() -> dict[str, type[PageKind]]:
    """Return the kinds of pages that have a feed, by the name of the feed; news first."""
    found = [kind for kind in registry.pages() if kind.feed]
    found.sort(key=lambda kind: not kind.is_news)
    return {kind.feed[0]: kind for kind in found if kind.feed}


class _Feed(Atom1Feed):
    """Django's Atom feed; it is as old as its texts, also when it has none."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else _NOTHING_YET


@csrf_exempt
@require_safe
def feed(request: HttpRequest, tag: str, kind: str) -> HttpResponseBase:
    """Answer with the newest texts of one type in one language; three queries."""
    library = Library()
    language = library.readers_language(tag)
    if language is None or language.tag != tag or kind not in kinds():
        raise Http404
    with translation.override(language.code):
        atom = _empty(language, kind)
        for row in _newest(language, kinds()[kind].type_name):
            atom.add_item(**_entry(row, language))
    text = atom.writeString("utf-8")
    return file_answer(request, text, Atom1Feed.content_type)


def links(language: Language) -> list[dict[str, str]]:
    """Return title and path of every feed in a language, for the head of a page."""
    return _links(language.tag, settings.CMS_SITE_NAME)


@cache
def _links(tag: str, site_name: str) -> list[dict[str, str]]:
    with translation.override(tag.lower()):
        return [
            {"title": _title(kind), "path": reverse("site:feed", args=[tag, kind])}
            for kind in kinds()
        ]


def _title(kind: str) -> str:
    _name, title = kinds()[kind].feed or ("", "")
    return f"{_(settings.CMS_SITE_NAME)}: {_(title)}"


def _empty(language: Language, kind: str) -> _Feed:
    base_url = settings.CMS_PUBLIC_BASE_URL
    address = base_url + reverse("site:feed", args=[language.tag, kind])
    return _Feed(
        title=_title(kind),
        link=f"{base_url}{quote(prefix_of(language.code))}/",
        description="",
        language=language.html_lang,
        author_name=_(settings.CMS_SITE_NAME),
        feed_url=address,
        feed_guid=_tag_uri("feeds", language.tag, kind),
    )


def _tag_uri(*parts: str) -> str:
    """Return a name that stays when the address changes."""
    host = urlsplit(settings.CMS_PUBLIC_BASE_URL).hostname
    return f"tag:{host},{MINTED}:{'/'.join(parts)}"


def _entry(row: Row, language: Language) -> dict[str, Any]:
    first = row.first_published_at or row.published_at
    # Summaries are HTML to Django's feed; ours are text.
    return {
        "title": row.title,
        "link": settings.CMS_PUBLIC_BASE_URL + quote(row.path),
        "description": escape(row.lead or ""),
        "unique_id": _tag_uri("pages", str(row.key), language.tag),
        # An older page that was brought in keeps its date.
        "pubdate": min(first, row.content_updated_at),
        "updateddate": row.content_updated_at,
    }


def _newest(language: Language, page_type: str) -> list[Row]:
    """Return the newest texts that may stand in a feed, newest first; two queries."""
    # The log's order of changes is nearly that of their dates, and has the number at
    # hand; pages that were brought in with an older date find their place after it.
    found = told.last_changed(language.code, page_type, limit=ENTRIES)
    keys = [row.key for row in found]
    originals = told.originals(keys, registry.sensitive_relations())
    shown = [row for row in found if _may_stand_alone(row, originals.get(row.key))]
    return sorted(shown, key=attrgetter("content_updated_at"), reverse=True)


def _may_stand_alone(row: Row, original: told.Original | None) -> bool:
    """Say whether a text may be read without what a page says and does around it."""
    if row.is_sensitive or original is None:
        return not row.is_sensitive
    return not (original.is_sensitive or status.is_critical(row, original))
