"""Lists of pages for one reader: every Swedish page, in the reader's language if it is.

Swedish decides what there is and in which order; a list in Finnish therefore has the
same entries, those that are not translated in Swedish and marked as such.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from cms.log.models import Head
from cms.reading import status
from cms.reading.languages import prefix_of, source_code
from cms.reading.models import Language
from cms.reading.pages import Library, ListItem

PAGE_SIZE = 20


@dataclass(frozen=True)
class Slice:
    """One page of a list, and whether there is more."""

    items: list[ListItem]
    has_more: bool


def children(
    library: Library, language: Language, parent_key: str, *, page: int = 1
) -> Slice:
    """Return the public pages below ``parent_key``, newest first; two queries."""
    sources = (
        Head.objects.pages()
        .public()
        .filter(locale=source_code(), parent_key=uuid.UUID(parent_key))
    )
    return page_of(library, language, sources, offset=(page - 1) * PAGE_SIZE)


def latest(
    library: Library, language: Language, page_types: list[str], *, limit: int
) -> Slice:
    """Return the newest public pages of some types; two queries."""
    sources = Head.objects.pages().public().filter(locale=source_code())
    sources = sources.filter(type__in=page_types)
    return page_of(library, language, sources, limit=limit)


def page_of(
    library: Library,
    language: Language,
    sources: QuerySet[Head],
    *,
    offset: int = 0,
    limit: int = PAGE_SIZE,
) -> Slice:
    """Return ``limit`` entries of the list of Swedish heads ``sources``."""
    ordered = for_lists(sources).order_by("-list_date", "-id")
    found = list(ordered[offset : offset + limit + 1])
    shown, has_more = found[:limit], len(found) > limit
    return Slice(items_of(library, language, shown), has_more)


def for_lists(heads: QuerySet[Head]) -> QuerySet[Head]:
    """Return heads with what an entry of a list needs: the lead, not whole documents."""
    return (
        heads.select_related("publication")
        .defer("publication__document")
        .annotate(ingress=KeyTextTransform("ingress", "publication__document"))
    )


def items_of(
    library: Library, language: Language, sources: list[Head]
) -> list[ListItem]:
    """Return Swedish heads (from `for_lists`) as entries of a list; one query."""
    versions = _versions(library, language, sources)
    return [_item(library, language, head, versions) for head in sources]


def _versions(
    library: Library, language: Language, sources: list[Head]
) -> dict[tuple[Any, str], Head]:
    chain = [code for code in library.chain(language) if code != source_code()]
    if not chain:
        return {}
    keys = [head.key for head in sources]
    heads = for_lists(Head.objects.public().filter(key__in=keys, locale__in=chain))
    return {(head.key, head.locale): head for head in heads}


def _item(
    library: Library,
    language: Language,
    source: Head,
    versions: dict[tuple[Any, str], Head],
) -> ListItem:
    candidates = (versions.get((source.key, code)) for code in library.chain(language))
    head = next((candidate for candidate in candidates if candidate), source)
    served = library.by_code[head.locale]
    translated = head.locale == language.code
    return ListItem(
        key=str(source.key),
        type=source.type,
        title=head.title,
        ingress=head.ingress or "",  # type: ignore[attr-defined]  # annotated
        path=head.path if translated else prefix_of(language.code) + source.path,
        date=source.list_date,
        html_lang=None if translated else served.html_lang,
        direction=served.direction,
        state=status.state(versions.get((source.key, language.code)), source)
        if language.code != source_code()
        else "source",
    )
