"""Lists of pages for one reader: every Swedish page, in the reader's language if it is.

Swedish decides what there is and in which order; a list in Finnish therefore has the
same entries, those that are not translated in Swedish and marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from cms.reading import selections, status
from cms.reading.languages import prefix_of, source_code
from cms.reading.models import Language
from cms.reading.pages import Library, ListItem
from cms.reading.queries import Row
from cms.reading.selections import Selection

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
    below = Selection(parent=UUID(parent_key))
    return page_of(library, language, below, offset=(page - 1) * PAGE_SIZE)


def latest(
    library: Library, language: Language, page_types: Iterable[str], *, limit: int
) -> Slice:
    """Return the newest public pages of some types; a query for each, and one."""
    found = [
        row
        for name in page_types
        for row in selections.listed(Selection(type=name), limit=limit + 1)
    ]
    found.sort(key=attrgetter("list_date", "id"), reverse=True)
    return Slice(items_of(library, language, found[:limit]), len(found) > limit)


def page_of(
    library: Library,
    language: Language,
    selection: Selection,
    *,
    offset: int = 0,
    limit: int = PAGE_SIZE,
) -> Slice:
    """Return ``limit`` entries of the list of a selection."""
    found = selections.listed(selection, limit=limit + 1, offset=offset)
    return Slice(items_of(library, language, found[:limit]), len(found) > limit)


def items_of(
    library: Library, language: Language, sources: list[Row]
) -> list[ListItem]:
    """Return Swedish rows as entries of a list; one query, none in Swedish."""
    chain = [code for code in library.chain(language) if code != source_code()]
    keys = [row.key for row in sources]
    rows = selections.versions(keys, chain) if chain and keys else []
    versions = {(row.key, row.locale): row for row in rows}
    return [_item(library, language, source, versions) for source in sources]


def _item(
    library: Library,
    language: Language,
    source: Row,
    versions: dict[tuple[UUID, str], Row],
) -> ListItem:
    candidates = (versions.get((source.key, code)) for code in library.chain(language))
    row = next((candidate for candidate in candidates if candidate), source)
    served = library.by_code[row.locale]
    translated = row.locale == language.code
    return ListItem(
        key=str(source.key),
        type=source.type,
        title=row.title,
        ingress=row.lead or "",
        path=row.path if translated else prefix_of(language.code) + source.path,
        date=source.list_date,
        html_lang=None if translated else served.html_lang,
        direction=served.direction,
        state=status.state(versions.get((source.key, language.code)), source)
        if language.code != source_code()
        else "source",
    )
