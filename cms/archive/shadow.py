"""The whole site as it was at a moment, for as long as one transaction lasts.

Every reader goes through a few tables: the log, the heads and what they name, the
languages. Inside the transaction each is shadowed by a temporary one of the same name,
which holds what was so then; PostgreSQL and SQLite look there first. So an ordinary
view shows an old page with everything that it draws on, and knows nothing of this.
The transaction is always rolled back, and the shadows are gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from cms.archive.languages import as_they_were
from cms.kinds import registry
from cms.kinds.references import named
from cms.log import clock, references
from cms.log.derivation import heads_sql
from cms.log.models import Head, HeadReference, Publication
from cms.reading.models import Language

#: An archivist may wait longer than a reader (seconds, for one statement).
PATIENCE = 60
_BATCH = 1000
_HEADS, _REFERENCES = "archive_head", "archive_reference"
_INDEXES: dict[type[Model], tuple[str, ...]] = {
    Head: (
        "key, locale",
        "path",
        "locale, parent_key, list_date",
        "type",
        "publication_id",
    ),
    HeadReference: ("key, relation", "head_id"),
}


@contextmanager
def as_it_was(moment: datetime) -> Iterator[None]:
    """Let everything that is read from the log be as it was at ``moment``, inclusive.

    Nothing that is written inside remains.
    """
    with clock.stopped_at(moment), transaction.atomic():
        try:
            with connection.cursor() as cursor:
                _cast(cursor, moment)
            yield
        finally:
            transaction.set_rollback(True)


def move_on(moment: datetime, ids: list[int]) -> None:
    """Bring what is shadowed forward to a moment; ``ids`` are the rows until then.

    For exports, which look at one moment after the other; much quicker than a new
    shadow for each.
    """
    with connection.cursor() as cursor:
        _set_moment(cursor, moment)
    for publication in Publication.objects.filter(pk__in=ids).order_by("id"):
        _follow(publication)
    languages = as_they_were(moment)
    Language.objects.bulk_update(languages, ["visible", "order", "fallback_chain"])


def _follow(publication: Publication) -> None:
    """Derive one head anew, and what it names."""
    key = Publication._meta.get_field("key").get_db_prep_value(
        publication.key, connection
    )
    place = [key, publication.locale]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM log_head WHERE key = %s AND locale = %s", place)
        statement = heads_sql("key = %s AND locale = %s")
        cursor.execute(f"INSERT INTO log_head {statement}", place)
    head = Head.objects.get(key=publication.key, locale=publication.locale)
    references.update(head, publication.document, is_new=False)


def _cast(cursor: CursorWrapper, moment: datetime) -> None:
    """Make the shadows. The log comes first: the heads follow from its shadow."""
    if connection.vendor == "postgresql":
        cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '10min'")
    cursor.execute(
        "CREATE TEMPORARY TABLE archive_moment (until timestamp with time zone)"
    )
    cursor.execute("INSERT INTO archive_moment VALUES (NULL)")
    _set_moment(cursor, moment)
    _cast_log(cursor)
    _create(cursor, Head, _HEADS)
    cursor.execute(f"INSERT INTO {_HEADS} {heads_sql('1 = 1')}")
    _create(cursor, HeadReference, _REFERENCES)
    unknown = _copy_references(cursor)
    for name, model in ((_HEADS, Head), (_REFERENCES, HeadReference)):
        _take_place(cursor, name, model)
    _read_references(unknown)
    languages = as_they_were(moment)
    _create(cursor, Language, Language._meta.db_table)
    Language.objects.bulk_create(languages)


def _set_moment(cursor: CursorWrapper, moment: datetime) -> None:
    stored = connection.ops.adapt_datetimefield_value(moment)
    cursor.execute("UPDATE archive_moment SET until = %s", [stored])


def _cast_log(cursor: CursorWrapper) -> None:
    """Hide the rows that came later; what is left is read where it lies."""
    real = "main." if connection.vendor == "sqlite" else ""
    cursor.execute(
        f"""
        CREATE TEMPORARY VIEW log_publication AS
        SELECT * FROM {real}log_publication
        WHERE published_at <= (SELECT until FROM archive_moment)
        """  # noqa: S608
    )


def _create(cursor: CursorWrapper, model: type[Model], name: str) -> None:
    """Create an empty temporary table with the columns of a model."""
    columns = []
    for field in model._meta.concrete_fields:
        key = " PRIMARY KEY" if field.primary_key else ""
        suffix = field.db_type_suffix(connection) or ""
        columns.append(f'"{field.column}" {field.db_type(connection)}{key} {suffix}')
    cursor.execute(f"CREATE TEMPORARY TABLE {name} ({', '.join(columns)})")


def _copy_references(cursor: CursorWrapper) -> list[tuple[int, str, str]]:
    """Copy what those heads name that are still current.

    Return number, type and document of the others, for `_read_references`.
    """
    cursor.execute(
        f"INSERT INTO {_REFERENCES} (head_id, relation, key)"  # noqa: S608
        f" SELECT old.id, named.relation, named.key FROM {_HEADS} AS old"
        " JOIN log_head AS today"
        " ON today.publication_id = old.publication_id"
        " JOIN log_headreference AS named ON named.head_id = today.id"
    )
    cursor.execute(
        "SELECT old.id, old.type, entry.document"  # noqa: S608
        f" FROM {_HEADS} AS old JOIN log_publication AS entry"
        " ON entry.id = old.publication_id"
        " LEFT JOIN log_head AS today"
        " ON today.publication_id = old.publication_id"
        " WHERE today.id IS NULL AND old.is_public"
    )
    return list(cursor.fetchall())


def _read_references(unknown: list[tuple[int, str, str]]) -> None:
    """Read from documents what they name."""
    rows = [
        HeadReference(head_id=head, relation=relation, key=UUID(key))
        for head, kind, document in unknown
        for relation, key in dict.fromkeys(
            named(registry.of(kind), json.loads(document))
        )
    ]
    HeadReference.objects.bulk_create(rows, batch_size=_BATCH)


def _take_place(cursor: CursorWrapper, name: str, model: type[Model]) -> None:
    """Let a filled table shadow the real one, and make it quick to search."""
    table = model._meta.db_table
    cursor.execute(f"ALTER TABLE {name} RENAME TO {table}")
    schema = "temp." if connection.vendor == "sqlite" else ""
    for number, columns in enumerate(_INDEXES[model]):
        cursor.execute(f"CREATE INDEX {schema}{name}_{number} ON {table} ({columns})")
    cursor.execute(f"ANALYZE {schema}{table}")
