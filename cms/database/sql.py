"""SQL of our own, with typed rows, for what is asked all the time.

It is written once, as PostgreSQL's SQL with named parameters (``%(key)s``); members of a
list are asked for with ``= ANY(%(keys)s)``, and a member of a document with
``->> 'name'``. SQLite gets the same in its own words.

PostgreSQL plans such a statement once for each connection, which costs several times what
carrying it out does. So the plan must be good for any parameters: what is rare or common
is written as a constant. Where that cannot be, a statement is ``planned_anew`` each time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from types import NoneType
from typing import (
    Any,
    Generic,
    NamedTuple,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import UUID

from django.db import connections

from cms.database.router import reader

R = TypeVar("R", bound=NamedTuple)
Converter = Callable[[Any], Any]

_ANY = re.compile(r"= ANY\((%\(\w+\)s)\)")
_MEMBER = re.compile(r"([\w.]+) ->> '(\w+)'")


class Statement(Generic[R]):
    """One question; each of its columns is a member of ``row``, in order."""

    def __init__(self, row: type[R], sql: str, *, planned_anew: bool = False) -> None:
        self._row: Any = row
        self.planned_anew = planned_anew
        self.sql = sql

    def ask(self, using: str | None = None, /, **parameters: Any) -> list[R]:
        """Return what a database answers, by itself the one that is read from now."""
        connection: Any = connections[using or reader()]
        if connection.vendor == "sqlite":
            cursor, sql, converters = connection.cursor(), *self._for_sqlite
            parameters = {name: _stored(value) for name, value in parameters.items()}
        else:
            sql, converters = self.sql, self._for_postgresql
            anew = self.planned_anew or connection.in_atomic_block
            cursor = connection.cursor() if anew else connection.prepared_cursor()
        with cursor:
            cursor.execute(sql, parameters)
            found = cursor.fetchall()
        return [self._made(values, converters) for values in found]

    def _made(self, values: tuple[Any, ...], converters: Mapping[int, Converter]) -> R:
        made = list(values)
        for place, convert in converters.items():
            if made[place] is not None:
                made[place] = convert(made[place])
        row: R = self._row._make(made)
        return row

    @cached_property
    def _for_postgresql(self) -> dict[int, Converter]:
        """Only documents come as text."""
        return _converters(self._row, {dict: json.loads})

    @cached_property
    def _for_sqlite(self) -> tuple[str, dict[int, Converter]]:
        sql = _ANY.sub(r"IN (SELECT value FROM json_each(\1))", self.sql)
        sql = _MEMBER.sub(r"json_extract(\1, '$.\2')", sql)
        return sql, _converters(self._row, _FROM_SQLITE)


def _converters(
    row: type[NamedTuple], by_type: Mapping[Any, Converter]
) -> dict[int, Converter]:
    """Return what makes of a value what the row says it is, by the place of the column."""
    kinds = [_kind(annotation) for annotation in get_type_hints(row).values()]
    return {n: by_type[kind] for n, kind in enumerate(kinds) if kind in by_type}


def _kind(annotation: Any) -> Any:
    """Return ``dict`` for ``dict[str, Any] | None``."""
    choices = [each for each in get_args(annotation) if each is not NoneType]
    if NoneType in get_args(annotation):
        annotation = choices[0]
    return get_origin(annotation) or annotation


def _moment(value: str | datetime) -> datetime:
    """Columns come as times already; what is worked out comes as text."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC)


def _day(value: str | date) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


_FROM_SQLITE: dict[Any, Converter] = {
    dict: json.loads,
    UUID: UUID,
    bool: bool,
    date: _day,
    datetime: _moment,
}


def _stored(value: Any) -> Any:
    """Return a value as SQLite keeps it: keys without dashes, times in UTC."""
    if isinstance(value, list):
        return json.dumps([_stored(each) for each in value])
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    return value
