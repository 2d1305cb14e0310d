"""What feeds and search engines are told of, as SQL; see `cms.reading.queries`.

A translation is told of when it is public and a person stands behind it. A fallback is
not a translation, and a machine's text that nobody has reviewed is one only to readers
who see its label.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from cms.database.sql import Statement
from cms.reading.queries import ROW, SOURCE, Row, noted

# As the condition of the indexes says it (`cms.log.models.TOLD_OF`).
_TOLD_OF = """h.is_public AND h.kind = 'page'
    AND (h.review = 'approved' OR h.origin IN ('source', 'human'))"""

_CHANGED = Statement(
    Row,
    f"""{ROW} p.document ->> 'ingress', NULL, (
        SELECT entry.published_at FROM log_publication AS entry
        WHERE entry.key = h.key AND entry.locale = h.locale
            AND entry.action = 'publish'
        ORDER BY entry.id LIMIT 1
    ), NULL
    FROM log_head AS h
    JOIN log_publication AS p ON p.id = h.publication_id
    WHERE {_TOLD_OF} AND h.locale = %(code)s AND h.type = %(type)s
    ORDER BY h.content_id DESC LIMIT %(limit)s
    """,
)


def last_changed(code: str, type_name: str, *, limit: int) -> list[Row]:
    """Return the pages of a type and language whose content changed last, that first.

    Each with its lead and the time of its first publication.
    """
    return noted(_CHANGED.ask(code=code, type=type_name, limit=limit))


class Original(NamedTuple):
    """A public Swedish text; sensitive by itself or by a text that it belongs to."""

    key: UUID
    critical_id: int | None
    is_sensitive: bool


_ORIGINALS = Statement(
    Original,
    f"""
    SELECT h.key, h.critical_id, h.is_sensitive OR EXISTS (
        SELECT 1 FROM log_headreference AS named
        JOIN log_head AS other ON other.key = named.key
        WHERE named.head_id = h.id AND named.relation = ANY(%(relations)s)
            AND other.is_public AND other.is_sensitive
    )
    FROM log_head AS h
    WHERE h.key = ANY(%(keys)s) AND h.locale = '{SOURCE}' AND h.is_public
    """,
)


def originals(keys: Iterable[UUID], relations: Iterable[str]) -> dict[UUID, Original]:
    """Return the Swedish texts of pages; the relations are those that pass danger on."""
    found = _ORIGINALS.ask(keys=list(keys), relations=sorted(relations))
    return {original.key: original for original in found}


class Span(NamedTuple):
    """That there are pages in a stretch of the log's heads; ``number`` counts from 1.

    ``updated_at`` is when the content of the language changed last: the log's order of
    changes is nearly that of their dates, so the last few tell.
    """

    locale: str
    number: int
    updated_at: datetime


# Looked up stretch by stretch: to count pages would be to read them all.
_SPANS = Statement(
    Span,
    f"""
    WITH RECURSIVE span(number) AS (
        SELECT 1
        UNION ALL
        SELECT number + 1 FROM span
        WHERE number * %(size)s < (SELECT max(id) FROM log_head)
    )
    SELECT known.code, span.number, known.updated_at
    FROM (
        SELECT lower(tag) AS code, (
            SELECT max(last.content_updated_at) FROM (
                SELECT p.content_updated_at FROM log_head AS h
                JOIN log_publication AS p ON p.id = h.publication_id
                WHERE {_TOLD_OF} AND h.locale = lower(tag)
                ORDER BY h.content_id DESC LIMIT 50
            ) AS last
        ) AS updated_at
        FROM reading_language WHERE visible GROUP BY tag
    ) AS known
    CROSS JOIN span
    WHERE EXISTS (
        SELECT 1 FROM log_head AS h
        WHERE {_TOLD_OF} AND h.locale = known.code
            AND h.id > (span.number - 1) * %(size)s AND h.id <= span.number * %(size)s
    )
    ORDER BY known.code, span.number
    """,
)


def spans(size: int) -> list[Span]:
    """Return the stretches of so many heads in which languages have pages."""
    return _SPANS.ask(size=size)


class PublicAddress(NamedTuple):
    """Where a page is in a language, and when it last changed."""

    key: UUID
    locale: str
    path: str
    updated_at: datetime


# A stretch is large and a language may have nothing in it.
_PLACES = Statement(
    PublicAddress,
    f"""
    SELECT h.key, h.locale, h.path, p.content_updated_at
    FROM log_head AS h
    JOIN log_publication AS p ON p.id = h.publication_id
    WHERE {_TOLD_OF} AND h.locale = %(code)s AND h.id > %(after)s AND h.id <= %(until)s
    ORDER BY h.id
    """,
    planned_anew=True,
)


def places(code: str, number: int, size: int) -> list[PublicAddress]:
    """Return the pages of a language in one stretch, in the order of the heads."""
    return _PLACES.ask(code=code, after=(number - 1) * size, until=number * size)


class Path(NamedTuple):
    """Where a page is in a language."""

    key: UUID
    locale: str
    path: str


_PATHS = Statement(
    Path,
    f"""
    SELECT h.key, h.locale, h.path FROM log_head AS h
    WHERE {_TOLD_OF} AND h.key = ANY(%(keys)s) AND h.locale = ANY(%(codes)s)
    """,
    planned_anew=True,
)


def paths(keys: Iterable[UUID], codes: list[str]) -> list[Path]:
    """Return where pages are in some languages."""
    return _PATHS.ask(keys=list(keys), codes=codes)
