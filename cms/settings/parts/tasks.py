"""Work that no request waits for."""

from __future__ import annotations

from typing import Any

from cms.settings.parts.database import POSTGRESQL

QUEUED_MAIL = "cms.gate.outgoing_mail.QueuedMail"


def task_backends(engine: str) -> dict[str, dict[str, Any]]:
    """Django's TASKS: what is done after the commit, and what is left to workers.

    In PostgreSQL the work waits in a table for `manage.py db_worker`, on any number of
    machines. With SQLite, a first look, there is no worker: it is done at once.
    """
    at_once = {"BACKEND": "cms.gate.after_commit.AfterCommitBackend"}
    in_table = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}
    return {
        # Indexes are brought up to date when the gate has committed, not while it
        # decides, and by the process that published: its next search must find it.
        "default": at_once,
        "background": in_table if engine == POSTGRESQL else at_once,
    }


def mail_backend(engine: str, direct: str) -> str:
    """What hands mail over: workers, where there are some."""
    return QUEUED_MAIL if engine == POSTGRESQL else direct
