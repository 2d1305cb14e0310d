"""Nobody changes or deletes what was published: not the ORM, not SQL."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.sql import InsertQuery
from django.db.utils import ConnectionHandler

from cms.log.models import AppendOnlyError, Head, Publication
from tests.cms.log.entries import append

TABLE = Publication._meta.db_table

triggers = import_module("cms.log.migrations.0002_append_only")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: Publication.objects.update(title="Annat"),
        lambda row: Publication.objects.all().delete(),
        lambda row: Publication.objects.bulk_update([row], ["title"]),
        lambda row: Publication.objects.update_or_create(
            pk=row.pk, defaults={"title": "Annat"}
        ),
    ],
    ids=["save", "delete", "update", "delete all", "bulk_update", "update_or_create"],
)
def test_orm_refuses_to_change_the_log(change):
    row = append()

    with pytest.raises(AppendOnlyError, match="append-only"), transaction.atomic():
        change(row)

    assert Publication.objects.get().title == "Nyheter"


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET title = 'Annat'", "DELETE FROM {}"]
)
def test_database_refuses_to_change_the_log(statement):
    append()
    Head.objects.all().delete()

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(TABLE))

    assert Publication.objects.get().title == "Nyheter"


def test_database_refuses_to_empty_the_log():
    append()

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        # PostgreSQL empties no table while checks of foreign keys are pending.
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {TABLE} CASCADE")

    assert Publication.objects.exists()


def test_triggers_can_be_removed_and_made_again():
    row = append()

    with connection.schema_editor() as editor:
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers.drop_triggers(None, editor)
        editor.execute(f"UPDATE {TABLE} SET title = 'Annat'")  # noqa: S608
        triggers.create_triggers(None, editor)

    assert Publication.objects.get().title == "Annat"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Publication.objects.filter(pk=row.pk)._raw_delete(using="default")


@pytest.fixture
def embedded(tmp_path):
    """An SQLite database with the tables of the log. Django closes only those in files."""
    settings = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": tmp_path / "log.sqlite3",
    }
    database = ConnectionHandler({"default": settings})["default"]
    MigrationExecutor(database).migrate([("log", "0002_append_only")])
    yield database
    database.close()


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET title = 'Annat'", "DELETE FROM {}"]
)
def test_embedded_database_refuses_to_change_the_log(embedded, statement):
    insert = InsertQuery(Publication)
    insert.insert_values(Publication._meta.concrete_fields, [append()])
    insert.get_compiler(connection=embedded).execute_sql()

    with (
        pytest.raises(IntegrityError, match="append-only"),
        embedded.cursor() as cursor,
    ):
        cursor.execute(statement.format(TABLE))


def test_embedded_database_can_be_migrated_back(embedded):
    executor = MigrationExecutor(embedded)
    # It believes that all apps are there, as they are in the other database.
    everything = executor.migration_plan([("log", None)])
    plan = [step for step in everything if step[0].app_label == "log"]
    executor.migrate([("log", None)], plan=plan)

    assert "log_publication" not in embedded.introspection.table_names()
