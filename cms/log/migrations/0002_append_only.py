"""Let the database itself refuse to change or delete a row of the log.

On SQLite a later migration that rebuilds the table drops its triggers: repeat this
operation after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CREATE = {
    "postgresql": [
        """
        CREATE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'The publication log is append-only: % is refused', TG_OP
                USING ERRCODE = 'integrity_constraint_violation';
        END
        $$
        """,
        """
        CREATE TRIGGER log_append_only
        BEFORE UPDATE OR DELETE ON log_publication
        FOR EACH ROW EXECUTE FUNCTION log_refuse()
        """,
        """
        CREATE TRIGGER log_no_truncate
        BEFORE TRUNCATE ON log_publication
        FOR EACH STATEMENT EXECUTE FUNCTION log_refuse()
        """,
    ],
    "sqlite": [
        """
        CREATE TRIGGER log_no_update
        BEFORE UPDATE ON log_publication
        BEGIN
            SELECT RAISE(ABORT, 'The publication log is append-only: UPDATE is refused');
        END
        """,
        """
        CREATE TRIGGER log_no_delete
        BEFORE DELETE ON log_publication
        BEGIN
            SELECT RAISE(ABORT, 'The publication log is append-only: DELETE is refused');
        END
        """,
    ],
}
DROP = {
    "postgresql": [
        "DROP TRIGGER log_no_truncate ON log_publication",
        "DROP TRIGGER log_append_only ON log_publication",
        "DROP FUNCTION log_refuse()",
    ],
    "sqlite": [
        "DROP TRIGGER log_no_delete",
        "DROP TRIGGER log_no_update",
    ],
}


def create_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("log", "0001_initial")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
