"""The process dies, or the database goes away, in the middle of an action."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from cms.gate import actions
from cms.log import entries
from cms.log.models import Head, Publication
from tests.cms.gate.state import state_of
from tests.factories.pages import submit
from tests.factories.people import person

DIE = """
import os
import django
django.setup()
from django.contrib.auth.models import User
from wagtail.models import Page
from cms.log.models import Head, Publication
from cms.gate import actions

save = {model}.save

def die(self, *args, **kwargs):
    save(self, *args, **kwargs)
    os._exit(9)

{model}.save = die
actions.approve(
    Page.objects.get(pk={page}).specific,
    by=User.objects.get(username="approver"),
    revision_id={revision},
)
"""


def database_url() -> str:
    """The database of this test, for another process."""
    facts = connection.settings_dict
    user, host = facts["USER"], facts["HOST"]
    if host.startswith("/"):
        return f"postgres://{user}@/{facts['NAME']}?host={host}"
    login = f"{user}:{facts['PASSWORD']}" if facts["PASSWORD"] else user
    return f"postgres://{login}@{host}:{facts['PORT'] or 5432}/{facts['NAME']}"


@pytest.mark.parametrize("model", ["Publication", "Head"])
def test_killed_process_leaves_everything_as_it_was(committed_site, model):
    article = committed_site.article()
    revision = submit(article)
    before = state_of()

    process = subprocess.run(
        [
            sys.executable,
            "-c",
            DIE.format(model=model, page=article.pk, revision=revision.pk),
        ],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database_url()},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert process.returncode == 9, process.stderr
    assert state_of() == before
    assert list(entries.verify()) == []


@pytest.mark.parametrize("model", [Publication, Head])
def test_lost_database_leaves_everything_as_it_was(committed_site, monkeypatch, model):
    article = committed_site.article()
    revision = submit(article)
    approver, before = person("approver"), state_of()
    save = model.save

    def lose(self: Any, *args: Any, **kwargs: Any) -> None:
        save(self, *args, **kwargs)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    def approve() -> None:
        try:
            actions.approve(article, by=approver, revision_id=revision.pk)
        finally:
            connection.close()

    monkeypatch.setattr(model, "save", lose)
    with ThreadPoolExecutor(1) as pool, pytest.raises(OperationalError):
        pool.submit(approve).result()

    monkeypatch.undo()
    assert state_of() == before
