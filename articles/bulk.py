"""Bringing many articles in at once, as when a site moves here: drafts, never public.

A file is checked as a whole before anything is written. The key of a page follows from
the id that the older site gave it, so the same file twice makes no doubles. Reading is
in :mod:`articles.importing.rows`, writing in :mod:`articles.drafts`.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from articles.drafts import add_drafts
from articles.importing.rows import Rejection, Row
from articles.models import ArticleIndexPage, ArticlePage
from cms.core.blocks.from_document import body_value
from cms.gate.errors import NotAllowed
from cms.gate.rules import is_source
from cms.reading import languages

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BATCH = 200
#: What the keys of pages are derived in; never changes.
_SPACE = uuid.UUID("5b0a5d6e-93c1-4f0e-8f6b-0d8b7a4f2c11")
_LOCAL_HREF = re.compile(r'href="(/[^"]*)"')


@dataclass
class Plan:
    """What a file would do here. ``known`` are the keys of articles that are here."""

    new: list[tuple[Row, ArticlePage, ArticleIndexPage]] = field(default_factory=list)
    known: list[uuid.UUID] = field(default_factory=list)
    problems: list[Rejection] = field(default_factory=list)


def key_of(external_id: str, *, source: str = "") -> uuid.UUID:
    """Return the key that an article of an older site has here."""
    return uuid.uuid5(_SPACE, f"{source}/{external_id}")


def plan(
    rows: Iterable[Row | list[Rejection]],
    *,
    source: str = "",
    parent: ArticleIndexPage | None = None,
    by: User | None = None,
) -> Plan:
    """Compare a file with what is here; writes nothing.

    ``parent`` is for articles that name no list; ``source`` tells one older site from
    another. Raises ``NotAllowed`` when ``by`` may not write in one of the lists.
    """
    made, fit = Plan(), []
    for row in rows:
        if isinstance(row, Row):
            fit.append((row, key_of(row.id, source=source)))
        else:
            made.problems += row
    known = _known(key for _row, key in fit)
    here = _Here(parent, by)
    for row, key in fit:
        if key in known:
            made.known.append(key)
        elif issues := list(here.issues(row)):
            made.problems += [Rejection(row.line, issue) for issue in issues]
        else:
            index = here.lists[row.parent]
            made.new.append((row, here.draft(row, key, by), index))
    made.problems.sort(key=lambda problem: problem.line)
    return made


def _known(keys: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return the keys that a Swedish page here has already."""
    code = languages.source_code()
    pages = Page.objects.filter(locale__language_code=code)
    found = pages.filter(translation_key__in=list(keys))
    return set(found.values_list("translation_key", flat=True))


class _Here:
    """The lists of articles by public path, and what stands where."""

    def __init__(self, default: ArticleIndexPage | None, by: User | None) -> None:
        indexes = ArticleIndexPage.objects.select_related("locale")
        self.lists = {page.public_path(): page for page in indexes if is_source(page)}
        if default:
            self.lists[""] = default
        self._by = by
        self._slugs: dict[int, set[str]] = {}
        self._pages: dict[str, int] | None = None

    def issues(self, row: Row) -> Iterator[str]:
        """Yield what this site has against an article."""
        index = self.lists.get(row.parent)
        if index is None:
            yield f"there is no list of articles at “{row.parent or 'nowhere'}”"
            return
        if row.slug in self._taken(index):
            yield f"another page has the address “{row.slug}”"
        self._taken(index).add(row.slug)
        for href in sorted(row.fragment.local_links):
            if self._page_at(href) is None:
                yield f"body: the link “{href}” leads to no page here"

    def draft(self, row: Row, key: uuid.UUID, by: User | None) -> ArticlePage:
        """Return the article as a draft that has no place yet."""
        body = json.dumps(body_value(row.fragment.blocks), ensure_ascii=False)
        if row.fragment.local_links:
            body = json.dumps(self._linked(json.loads(body)), ensure_ascii=False)
        return ArticlePage(
            translation_key=key,
            title=row.title,
            slug=row.slug,
            ingress=row.ingress,
            body=body,
            news_date=row.day,
            category=row.category,
            imported_updated_at=row.updated,
            owner=by,
        )

    def _taken(self, index: ArticleIndexPage) -> set[str]:
        if index.pk not in self._slugs:
            tester = index.permissions_for_user(self._by) if self._by else None
            if tester and not tester.can_add_subpage():
                raise NotAllowed(_("You may not write articles there."))
            slugs = index.get_children().values_list("slug", flat=True)
            self._slugs[index.pk] = set(slugs)
        return self._slugs[index.pk]

    def _page_at(self, href: str) -> int | None:
        """Return the page that a path on this site leads to."""
        if self._pages is None:
            code = languages.source_code()
            pages = Page.objects.filter(locale__language_code=code, depth__gt=1)
            self._pages = {
                languages.public_path(code, url_path): pk
                for url_path, pk in pages.values_list("url_path", "pk")
            }
        path = re.split(r"[?#]", href, maxsplit=1)[0]
        return self._pages.get(f"{path.rstrip('/')}/")

    def _linked(self, value: Any) -> Any:
        """Let links name the pages that their paths lead to."""
        if isinstance(value, dict):
            return {name: self._linked(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._linked(inner) for inner in value]
        if isinstance(value, str):
            return _LOCAL_HREF.sub(self._link_to_page, value)
        return value

    def _link_to_page(self, match: re.Match[str]) -> str:
        return f'linktype="page" id="{self._page_at(unescape(match.group(1)))}"'


def carry_out(
    made: Plan,
    *,
    by: User | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> list[ArticlePage]:
    """Write what is new as drafts, a batch at a time; each batch in one transaction.

    An interrupted run leaves whole batches; run again, it goes on with the rest.
    """
    written: list[ArticlePage] = []
    ordered = sorted(made.new, key=lambda each: each[2].pk)
    for _pk, group in groupby(ordered, key=lambda each: each[2].pk):
        while some := list(islice(group, BATCH)):
            pages = [page for _row, page, _index in some]
            written += add_drafts(some[0][2], pages, by=by)
            if on_progress:
                on_progress(len(written))
    return written
