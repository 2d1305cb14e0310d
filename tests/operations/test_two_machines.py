"""Two web processes and a streaming replica: what a reader meets when one of them goes.

A copy of the suite's own server stands for the primary, so that it can be broken.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import pytest
from django.db import connection

from tests.factories.site import Municipality
from tests.operations.cluster import Cluster, copy_of, database_on, socket_folder
from tests.operations.webs import Web, until, web

COLD = ["bron", "tunneln", "parken"]


class Machines:
    """Two web machines, each a process with a folder of its own, and two databases."""

    def __init__(
        self, primary: Cluster, replica: Cluster, webs: list[Web], database: str
    ) -> None:
        self.primary, self.replica, self.webs = primary, replica, webs
        self.database = database

    def both(self, path: str, status: int, text: str = "") -> None:
        """Both web machines answer so."""
        for each in self.webs:
            answer = each.get(path)
            assert (answer.status, text in answer.body) == (status, True), answer

    def eventually(self, path: str, text: str) -> None:
        for each in self.webs:
            until(partial(each.shows, path, text))


@pytest.fixture
def machines(committed_site: Municipality, tmp_path) -> Iterator[Machines]:
    source = socket_folder(os.environ["DATABASE_URL"])
    for slug in COLD:
        committed_site.live_article(title=f"Om {slug}", slug=slug)
    name = connection.settings_dict["NAME"]
    with ExitStack() as stack:
        primary = stack.enter_context(copy_of(source))
        replica = stack.enter_context(copy_of(str(primary.folder), replica=True))
        addresses = primary.url(name), replica.url(name)
        webs = [
            stack.enter_context(web(tmp_path / each, *addresses))
            for each in ("one", "two")
        ]
        yield Machines(primary, replica, webs, name)


@pytest.mark.django_db(transaction=True)
def test_publication_is_read_everywhere_and_readers_outlive_databases(
    machines: Machines, committed_site: Municipality
):
    machines.both("/", 200, "Välkommen till Sandviken")
    machines.both("/nyheter/", 200, "Om bron")

    with database_on(machines.primary, machines.database):
        committed_site.live_article(title="Ny lekplats", slug="ny-lekplats")
    machines.eventually("/nyheter/", "Ny lekplats")
    machines.eventually("/nyheter/ny-lekplats/", "Ny lekplats")

    machines.replica.stop()
    machines.both("/nyheter/bron/", 200, "Om bron")
    machines.replica.start()
    machines.eventually("/readyz", '"replica": "ok"')

    machines.primary.stop()
    machines.both("/nyheter/", 200, "Ny lekplats")
    machines.both("/nyheter/tunneln/", 200, "Om tunneln")
    machines.both("/api/v1/languages", 200, "Svenska")
    machines.eventually("/readyz", '"primary": "degraded"')
    machines.both("/readyz", 200)

    machines.replica.hang()
    machines.both("/nyheter/", 200, "Ny lekplats")
    machines.both("/nyheter/tunneln/", 200, "Om tunneln")
    machines.both("/nyheter/parken/", 503)
    machines.both("/api/v1/pages?limit=7", 503, "about:blank")
    machines.both("/livez", 200)
