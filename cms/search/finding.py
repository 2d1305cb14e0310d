"""Finding public pages by their words, for one reader.

Pages in the reader's language come first, then those that only the Swedish text (or
another text that the language falls back to) answers, marked as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections, router

from cms.kinds import registry
from cms.reading import status
from cms.reading.languages import prefix_of, source_code
from cms.reading.library import Library
from cms.reading.models import Language
from cms.reading.queries import Row
from cms.reading.selections import texts, with_keys
from cms.reading.told import originals
from cms.search import ranking, reading_all
from cms.search.matches import Match, Matches
from cms.search.models import Entry
from cms.search.snippets import Piece, marked, snippet
from cms.search.texts import texts_of

#: Letters of a question; what is longer is cut.
LONGEST_QUESTION = 200
PAGE_SIZE = 20
#: A reader who has not found it among these asks in other words.
LAST_OFFSET = 400


@dataclass(frozen=True)
class Hit:
    """A page that was found, as this reader gets it.

    ``title`` and ``snippet`` are in the language of the text that was found:
    ``served``. ``path`` leads to what this reader reads, in ``state``.
    """

    key: str
    type: str
    title: list[Piece]
    snippet: list[Piece]
    path: str
    date: datetime
    served: Language
    is_own_language: bool
    state: str
    is_sensitive: bool


@dataclass(frozen=True)
class Found:
    """A page of hits.

    ``total`` is exact unless ``has_uncounted``: then there are at least so many.
    """

    question: str
    hits: list[Hit]
    total: int
    has_uncounted: bool
    next_offset: int | None


def find(
    library: Library,
    language: Language,
    text: str,
    *,
    limit: int = PAGE_SIZE,
    offset: int = 0,
    page_type: str | None = None,
) -> Found:
    """Return the public pages that answer a question, best first.

    Four queries (three on SQLite), however many hits. Any text is a question: what
    cannot be found finds nothing.
    """
    question = clean(text)
    chain = library.chain(language)
    offset = max(0, min(offset, LAST_OFFSET))
    matches = _match(chain, question, limit, offset, page_type)
    hits = _hits(library, language, chain, matches)
    last = offset + len(matches.found)
    has_more = last < min(matches.total, LAST_OFFSET + limit)
    return Found(
        question=question,
        hits=hits,
        total=matches.total,
        has_uncounted=matches.total >= ranking.CANDIDATES,
        next_offset=last if has_more and matches.found else None,
    )


def clean(text: str) -> str:
    """Return a question as it is asked: printable, not too long."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    letters = printable.encode("utf-8", "ignore").decode()
    return " ".join(letters.split())[:LONGEST_QUESTION].strip()


def _match(
    chain: list[str], text: str, limit: int, offset: int, page_type: str | None
) -> Matches:
    connection = connections[router.db_for_read(Entry)]
    if connection.vendor == "postgresql":
        return ranking.match(
            connection, chain, text, limit=limit, offset=offset, page_type=page_type
        )
    return reading_all.match(
        chain, text, limit=limit, offset=offset, page_type=page_type
    )


def _hits(
    library: Library, language: Language, chain: list[str], matches: Matches
) -> list[Hit]:
    keys = [match.key for match in matches.found]
    rows = {
        (row.key, row.locale): row
        for row in (texts(chain, [with_keys(keys)]) if keys else ())
        if row.kind == "page"
    }
    sensitive = {
        key
        for key, original in originals(keys, registry.sensitive_relations()).items()
        if original.is_sensitive
    }
    return [
        _hit(library, language, match, rows, matches.words, match.key in sensitive)
        for match in matches.found
        if (match.key, match.locale) in rows and (match.key, source_code()) in rows
    ]


def _hit(  # these are the facts of a hit
    library: Library,
    language: Language,
    match: Match,
    rows: dict[tuple[UUID, str], Row],
    words: frozenset[str],
    is_sensitive: bool,
) -> Hit:
    row, source = rows[match.key, match.locale], rows[match.key, source_code()]
    own = rows.get((match.key, language.code))
    found = texts_of(registry.of(row.type), row.title, row.document or {})
    return Hit(
        key=str(row.key),
        type=source.type,
        title=marked(found.title, words),
        snippet=snippet(found, words),
        path=own.path if own else prefix_of(language.code) + source.path,
        date=source.list_date,
        served=library.by_code[row.locale],
        is_own_language=row.locale == language.code,
        state="source" if language.code == source_code() else status.state(own, source),
        is_sensitive=is_sensitive,
    )
