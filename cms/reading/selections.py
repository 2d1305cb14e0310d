"""Many texts at once, as SQL: the entries of a list, and everything of some kinds.

As in `cms.reading.queries`, but what is asked for has parts, each with its SQL. How many
rows a part has differs too much for one plan: these are planned anew each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from cms.database.sql import Statement
from cms.reading.queries import ROW, SOURCE, Row, noted


class Criterion(NamedTuple):
    """Public texts that have something in common; made by the functions below.

    The parameters of its SQL end with ``{n}``, its number among the parts of a question.
    """

    sql: str
    parameters: dict[str, Any]


def with_keys(keys: Iterable[UUID]) -> Criterion:
    """Ask for the texts with these keys."""
    return Criterion("key = ANY(%(keys{n})s)", {"keys": sorted(keys)})


def of_types(*types: str) -> Criterion:
    """Ask for every text of these types."""
    return Criterion("type = ANY(%(types{n})s)", {"types": list(types)})


def below(parents: Iterable[UUID], *types: str) -> Criterion:
    """Ask for the pages of these types below some pages."""
    return Criterion(
        "parent_key = ANY(%(parents{n})s) AND type = ANY(%(types{n})s)",
        {"parents": sorted(parents), "types": list(types)},
    )


def naming(key: UUID, relation: str, type_name: str) -> Criterion:
    """Ask for the texts of a type whose Swedish original names a text."""
    return Criterion(
        "type = %(type{n})s AND key IN (SELECT source.key FROM log_headreference AS named"
        " JOIN log_head AS source ON source.id = named.head_id"
        " WHERE named.key = %(key{n})s AND named.relation = %(relation{n})s"
        f" AND source.locale = '{SOURCE}' AND source.is_public)",
        {"key": key, "relation": relation, "type": type_name},
    )


def texts(chain: list[str], parts: Iterable[Criterion]) -> list[Row]:
    """Return the public texts of all parts in the languages of a chain, oldest first.

    With their documents.
    """
    asked = list(parts)
    parameters = {
        f"{name}{number}": value
        for number, part in enumerate(asked)
        for name, value in part.parameters.items()
    }
    statement = _texts(tuple(part.sql for part in asked))
    return noted(statement.ask(chain=chain, **parameters))


@cache
def _texts(parts: tuple[str, ...]) -> Statement[Row]:
    """Each part is looked up by itself: a question with OR reads the whole log."""
    found = " UNION ".join(
        "SELECT id FROM log_head WHERE is_public AND locale = ANY(%(chain)s) AND "
        + sql.format(n=number)
        for number, sql in enumerate(parts)
    )
    return Statement(
        Row,
        f"""{ROW} NULL, NULL, NULL, p.document
        FROM ({found}) AS wanted
        JOIN log_head AS h ON h.id = wanted.id
        JOIN log_publication AS p ON p.id = h.publication_id
        ORDER BY h.id
        """,
        planned_anew=True,
    )


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which public Swedish pages a list has: those that meet all conditions given.

    ``named`` are the relation and key of a text that they name. ``date``, ``id`` and
    ``until`` are of a place in the list: what comes after it, of what has not been
    published again since ``until``; ``after`` asks for what has.
    """

    parent: UUID | None = None
    type: str | None = None
    relation: str | None = None
    named: UUID | None = None
    since: datetime | None = None
    date: datetime | None = None
    id: int | None = None
    until: int | None = None
    after: int | None = None

    def given(self) -> dict[str, Any]:
        """Return the conditions that are given."""
        named = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in named.items() if value is not None}


_CONDITIONS = {
    "parent": "parent_key = %(parent)s",
    "type": "type = %(type)s",
    "named": """id IN (SELECT head_id FROM log_headreference
        WHERE key = %(named)s AND relation = %(relation)s)""",
    "since": """publication_id IN (
        SELECT id FROM log_publication WHERE published_at > %(since)s)""",
    "date": "(list_date, id) < (%(date)s, %(id)s)",
    "until": "publication_id <= %(until)s",
    "after": "publication_id > %(after)s",
}


def listed(selection: Selection, *, limit: int, offset: int = 0) -> list[Row]:
    """Return the entries of a list, newest first, each with its lead."""
    given = selection.given()
    statement = _listed(tuple(name for name in _CONDITIONS if name in given))
    return noted(statement.ask(**given, limit=limit, offset=offset))


@cache
def _listed(conditions: tuple[str, ...]) -> Statement[Row]:
    all_of_them = " AND ".join(_CONDITIONS[name] for name in conditions) or "true"
    return Statement(
        Row,
        f"""{ROW} p.document ->> 'ingress', (SELECT max(id) FROM log_publication),
            NULL, NULL
        FROM (
            SELECT id FROM log_head
            WHERE is_public AND kind = 'page' AND locale = '{SOURCE}' AND {all_of_them}
            ORDER BY list_date DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s
        ) AS found
        JOIN log_head AS h ON h.id = found.id
        JOIN log_publication AS p ON p.id = h.publication_id
        ORDER BY h.list_date DESC, h.id DESC
        """,
        planned_anew=True,
    )


_VERSIONS = Statement(
    Row,
    f"""{ROW} p.document ->> 'ingress', NULL, NULL, NULL
    FROM log_head AS h
    JOIN log_publication AS p ON p.id = h.publication_id
    WHERE h.key = ANY(%(keys)s) AND h.locale = ANY(%(chain)s) AND h.is_public
    """,
)


def versions(keys: Iterable[UUID], chain: list[str]) -> list[Row]:
    """Return texts in the languages of a chain, each with its lead."""
    return noted(_VERSIONS.ask(keys=list(keys), chain=chain))


class Then(NamedTuple):
    """What the log knew of a page: enough for its place in a list."""

    key: UUID
    is_public: bool
    list_date: str | None
    content_updated_at: datetime


_THEN = Statement(
    Then,
    f"""
    SELECT entry.key, entry.action <> 'withdraw', entry.document ->> 'list_date',
        entry.content_updated_at
    FROM log_publication AS entry
    WHERE entry.id IN (
        SELECT (
            SELECT max(earlier.id) FROM log_publication AS earlier
            WHERE earlier.key = h.key AND earlier.locale = h.locale
                AND earlier.id <= %(until)s
        )
        FROM log_head AS h WHERE h.key = ANY(%(keys)s) AND h.locale = '{SOURCE}'
    )
    """,
)


def as_they_were(keys: Iterable[UUID], until: int) -> dict[UUID, Then]:
    """Return what was known of Swedish pages when the log ended with a number."""
    return {then.key: then for then in _THEN.ask(keys=list(keys), until=until)}
