"""Atom feeds: what is new or changed, one feed for each language and type of page.

A feed holds texts that are in its language and nothing else. A reader of feeds shows
neither our notices nor our labels, so left out is what needs one: fallbacks, machine
text that nobody has reviewed, a translation that a critical change has overtaken. So
are safety-critical pages, of which nobody shall keep a copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
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
from cms.kinds.kinds import SAFETY_CRITICAL, PageKind
from cms.log.models import Action, Head, HeadReference, Publication
from cms.reading import status
from cms.reading.languages import prefix_of, source_code
from cms.reading.library import Library
from cms.reading.models import Language
from cms.site.alternates import told_of
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
        for head in _newest(language, kinds()[kind].type_name):
            atom.add_item(**_entry(head, language))
    text = atom.writeString("utf-8")
    return file_answer(request, text, Atom1Feed.content_type)


def links(language: Language) -> list[dict[str, str]]:
    """Return title and path of every feed in a language, for the head of a page."""
    return [
        {"title": _title(kind), "path": reverse("site:feed", args=[language.tag, kind])}
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


def _entry(head: Head, language: Language) -> dict[str, Any]:
    publication = head.publication
    first = head.first_published_at  # type: ignore[attr-defined]
    # Summaries are HTML to Django's feed; ours are text.
    return {
        "title": head.title,
        "link": settings.CMS_PUBLIC_BASE_URL + quote(head.path),
        "description": escape(publication.document.get("ingress", "")),
        "unique_id": _tag_uri("pages", str(head.key), language.tag),
        # An older page that was brought in keeps its date.
        "pubdate": min(first, publication.content_updated_at),
        "updateddate": publication.content_updated_at,
    }


def _newest(language: Language, page_type: str) -> list[Head]:
    """Return the newest texts that may stand in a feed, newest first; two queries."""
    first = Publication.objects.filter(
        key=OuterRef("key"), locale=OuterRef("locale"), action=Action.PUBLISH
    )
    heads = (
        told_of()
        .filter(locale=language.code, type=page_type)
        .select_related("publication")
        .annotate(
            first_published_at=Subquery(first.order_by("id").values("published_at")[:1])
        )
    )
    # The log's order of changes is nearly that of their dates, and has the number at
    # hand; pages that were brought in with an older date find their place after it.
    found = list(heads.order_by("-content_id")[:ENTRIES])
    originals = _originals(found)
    shown = [head for head in found if _may_stand_alone(head, originals.get(head.key))]
    return sorted(shown, key=_updated, reverse=True)


def _updated(head: Head) -> datetime:
    return head.publication.content_updated_at


def _may_stand_alone(head: Head, original: Head | None) -> bool:
    """Say whether a text may be read without what a page says and does around it."""
    own = head.publication.document.get("sensitivity") == SAFETY_CRITICAL
    by_area = bool(original and original.is_in_danger)  # type: ignore[attr-defined]
    return not (own or by_area or status.is_critical(head, original))


def _originals(found: Iterable[Head]) -> dict[UUID, Head]:
    """Return the public Swedish texts by key, knowing which ones are safety-critical.

    A text is so by itself or by a focus area that it belongs to.
    """
    critical = Q(publication__document__sensitivity=SAFETY_CRITICAL)
    areas = Head.objects.public().filter(critical)
    named = HeadReference.objects.filter(
        head=OuterRef("pk"),
        relation__in=registry.sensitive_relations(),
        key__in=areas.values("key"),
    )
    heads = Head.objects.public().filter(
        locale=source_code(), key__in=[head.key for head in found]
    )
    annotated = heads.annotate(
        is_in_danger=Case(When(critical | Exists(named), then=True), default=False)
    )
    return {head.key: head for head in annotated}
