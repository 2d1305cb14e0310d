"""Finding public pages by their words, for one reader.

Pages in the reader's language come first, then those that only the Swedish text (or
another text that the language falls back to) answers, marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections, router

from cms.kinds import registry
from cms.kinds.kinds import SAFETY_CRITICAL
from cms.kinds.references import named
from cms.log.models import Head, HeadReference
from cms.reading import status
from cms.reading.languages import prefix_of, source_code
from cms.reading.library import Library
from cms.reading.models import Language
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
    library: Library, language: Language, chain: Sequence[str], matches: Matches
) -> list[Hit]:
    heads = _heads(matches.found, chain)
    return [
        _hit(library, language, match, heads, matches.words)
        for match in matches.found
        if (match.key, match.locale) in heads and (match.key, source_code()) in heads
    ]


def _heads(
    found: Iterable[Match], chain: Sequence[str]
) -> dict[tuple[UUID, str], Head]:
    """Return what is public of the pages and of what makes them sensitive; two queries."""
    keys = [match.key for match in found]
    areas = HeadReference.objects.filter(
        head__key__in=keys,
        head__locale=source_code(),
        relation__in=registry.sensitive_relations(),
    )
    named = set(areas.values_list("key", flat=True))
    heads = Head.objects.pages().public()
    heads = heads.filter(key__in=[*keys, *named], locale__in=chain)
    return {
        (head.key, head.locale): head for head in heads.select_related("publication")
    }


def _hit(
    library: Library,
    language: Language,
    match: Match,
    heads: dict[tuple[UUID, str], Head],
    words: frozenset[str],
) -> Hit:
    head, source = heads[match.key, match.locale], heads[match.key, source_code()]
    own = heads.get((match.key, language.code))
    texts = texts_of(registry.of(head.type), head.title, head.publication.document)
    return Hit(
        key=str(head.key),
        type=source.type,
        title=marked(texts.title, words),
        snippet=snippet(texts, words),
        path=own.path if own else prefix_of(language.code) + source.path,
        date=source.list_date,
        served=library.by_code[head.locale],
        is_own_language=head.locale == language.code,
        state="source" if language.code == source_code() else status.state(own, source),
        is_sensitive=_is_sensitive(source, heads),
    )


def _is_sensitive(source: Head, heads: dict[tuple[UUID, str], Head]) -> bool:
    """Say whether reading the page may put somebody in danger: it or its area."""
    document, through = source.publication.document, registry.sensitive_relations()
    names = named(registry.of(source.type), document)
    found = (
        heads.get((UUID(key), source_code()))
        for relation, key in names
        if relation in through
    )
    documents = [document, *(area.publication.document for area in found if area)]
    return any(each.get("sensitivity") == SAFETY_CRITICAL for each in documents)
