"""What readers ask of the log: as SQL, with typed rows.

Nothing of this is put together while a reader waits, and every question finds its rows by
an index: a site may be a hundred times as large and answer as fast. Tables are named
without their schema, because the archive puts others before them (`cms.archive.shadow`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from cms.database.sql import Statement
from cms.log import drawn

#: The type of the shared block that stands beside every safety-critical page.
EMERGENCY = "core.emergency"


class Row(NamedTuple):
    """A page or shared block in one language, as the log has it now: its head and the
    newest publication.

    ``made_from`` is the Swedish publication that a translation was made from. The last
    four come only with questions that ask for them; ``as_of`` is the number of the
    newest publication in the log.
    """

    key: UUID
    locale: str
    kind: str
    type: str
    path: str
    parent_key: UUID | None
    title: str
    is_public: bool
    in_menu: bool
    is_sensitive: bool
    sort_key: str
    list_date: datetime
    origin: str
    review: str
    made_from: int | None
    id: int
    content_id: int
    critical_id: int | None
    text_id: int
    publication_id: int
    reviewed_on: date | None
    content_updated_at: datetime
    published_at: datetime
    content_hash: str
    lead: str | None = None
    as_of: int | None = None
    first_published_at: datetime | None = None
    document: dict[str, Any] | None = None


#: The columns of a row up to those that a question asks for.
ROW = """
SELECT h.key, h.locale, h.kind, h.type, h.path, h.parent_key, h.title, h.is_public,
    h.in_menu, h.is_sensitive, h.sort_key, h.list_date, h.origin, h.review, h.made_from,
    h.id, h.content_id, h.critical_id, h.text_id, h.publication_id,
    p.reviewed_on, p.content_updated_at, p.published_at, p.content_hash,
"""
SOURCE = settings.LANGUAGE_CODE

#: The page at an address. Readers of a language find a page that is not translated at
#: its Swedish address (``rest``) after their prefix. In every language of the ``chain``.
_AT_ADDRESS = Statement(
    Row,
    f"""{ROW} NULL, NULL, NULL, p.document
    FROM (
        SELECT key FROM log_head
        WHERE path = %(address)s AND locale = %(code)s AND is_public AND kind = 'page'
        UNION
        SELECT key FROM log_head
        WHERE path = %(rest)s AND locale = '{SOURCE}' AND is_public AND kind = 'page'
    ) AS asked
    JOIN log_head AS h ON h.key = asked.key
    JOIN log_publication AS p ON p.id = h.publication_id
    WHERE h.locale = ANY(%(chain)s) AND h.is_public AND h.kind = 'page'
    """,
)

#: The page with a key in every language of the ``chain``, public or withdrawn.
_WITH_KEY = Statement(
    Row,
    f"""{ROW} NULL, NULL, NULL, p.document
    FROM log_head AS h
    JOIN log_publication AS p ON p.id = h.publication_id
    WHERE h.key = %(key)s AND h.locale = ANY(%(chain)s) AND h.kind = 'page'
    """,
)

#: The page that last was given an address, where it is now: if any page has it (or had
#: it when it was withdrawn), that page; else the one that was last published there.
_FORMERLY_AT = Statement(
    Row,
    f"""{ROW} NULL, NULL, NULL, CASE WHEN NOT h.is_public THEN p.document END
    FROM (
        SELECT key, locale, 1 AS place, is_public, publication_id FROM log_head
        WHERE path = %(path)s AND kind = 'page'
        UNION ALL
        SELECT key, locale, 2, false, id FROM (
            SELECT key, locale, id FROM log_publication
            WHERE path = %(path)s AND kind = 'page' ORDER BY id DESC LIMIT 1
        ) AS newest
        ORDER BY place, is_public DESC, publication_id DESC LIMIT 1
    ) AS found
    JOIN log_head AS h ON h.key = found.key AND h.locale = found.locale
    JOIN log_publication AS p ON p.id = h.publication_id
    """,
)

#: Everything that a page refers to, and what is on every page: the page itself in all
#: languages; what it names; the blocks that the ``shown`` of these name; the emergency
#: numbers; the menu. Of what is shown, with the document.
_AROUND = Statement(
    Row,
    f"""
    WITH wanted AS (
        SELECT id FROM log_head WHERE key = %(key)s AND is_public
        UNION
        SELECT id FROM log_head
        WHERE key = ANY(%(named)s) AND locale = ANY(%(chain)s) AND is_public
        UNION
        SELECT block.id FROM log_head AS shown
        JOIN log_headreference AS named ON named.head_id = shown.id
        JOIN log_head AS block ON block.key = named.key
        WHERE shown.key = ANY(%(shown)s) AND shown.is_public
            AND named.relation NOT IN ('link', 'contact')
            AND block.locale = ANY(%(chain)s) AND block.is_public
            AND block.kind = 'block'
        UNION
        SELECT id FROM log_head
        WHERE type = '{EMERGENCY}' AND locale = ANY(%(chain)s) AND is_public
        UNION
        SELECT id FROM log_head
        WHERE in_menu AND locale = ANY(%(chain)s) AND is_public
    )
    {ROW} NULL, NULL,
    CASE WHEN h.key = %(key)s AND h.locale = %(code)s THEN (
        SELECT entry.published_at FROM log_publication AS entry
        WHERE entry.key = h.key AND entry.locale = h.locale
            AND entry.action = 'publish'
        ORDER BY entry.id LIMIT 1
    ) END,
    CASE WHEN h.kind = 'block' OR h.key = ANY(%(shown)s) THEN p.document END
    FROM wanted
    JOIN log_head AS h ON h.id = wanted.id
    JOIN log_publication AS p ON p.id = h.publication_id
    ORDER BY h.id
    """,
)


def at_address(address: str, rest: str, code: str, chain: list[str]) -> list[Row]:
    """Return the public page that has an address, in the languages of a chain.

    Readers of the language ``code`` find a page that is not translated at its Swedish
    address (``rest``) after their prefix.
    """
    return noted(_AT_ADDRESS.ask(address=address, rest=rest, code=code, chain=chain))


def with_key(key: UUID, chain: list[str]) -> list[Row]:
    """Return a page in the languages of a chain, also where it was withdrawn."""
    return noted(_WITH_KEY.ask(key=key, chain=chain))


def formerly_at(path: str) -> Row | None:
    """Return the page that last had an address, as it is now: moved or withdrawn."""
    return next(iter(noted(_FORMERLY_AT.ask(path=path))), None)


def around(
    key: UUID, code: str, chain: list[str], *, named: list[UUID], shown: list[UUID]
) -> list[Row]:
    """Return everything public that a page refers to, and what is on every page."""
    return noted(_AROUND.ask(key=key, code=code, chain=chain, named=named, shown=shown))


def noted(rows: list[Row]) -> list[Row]:
    """Return rows that an answer draws on, which is noted."""
    for row in rows:
        drawn.note(row.key)
    return rows


class Coverage(NamedTuple):
    """How many public pages a language has; the rest of its translations is current."""

    locale: str
    pages: int
    outdated: int
    machine: int


_COVERAGE = Statement(
    Coverage, "SELECT locale, pages, outdated, machine FROM log_coverage"
)


def coverage() -> dict[str, Coverage]:
    """Return how much there is in each language, by its code."""
    return {found.locale: found for found in _COVERAGE.ask()}
