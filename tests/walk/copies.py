"""The documented client of the API, the copy that it keeps, and what is to be in it."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from functools import cache
from types import ModuleType
from typing import Any

from django.conf import settings
from django.test import Client

from cms.log.models import Head

_BASE = "/api/v1/"
#: So many entries of the feed at once, that there are several answers.
_AT_ONCE = 7


class Stopped(BaseException):
    """The machine of the client went away."""


class Line:
    """The client's connection to the API, which may be cut after some questions."""

    def __init__(self, cut_after: int | None = None) -> None:
        self.client, self.left = Client(), cut_after
        self.asked: list[str] = []

    def __call__(self, path: str) -> tuple[int, bytes]:
        if self.left == 0:
            raise Stopped
        self.left = None if self.left is None else self.left - 1
        self.asked.append(path)
        path = path.replace("limit=1000", f"limit={_AT_ONCE}")
        answer = self.client.get(_BASE + path)
        return answer.status_code, answer.content


@cache
def program() -> ModuleType:
    """The client, as it is in the documentation."""
    path = settings.BASE_DIR / "docs" / "mirror.py"
    spec = importlib.util.spec_from_file_location("documented_mirror", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bring_up_to_date(
    copy: sqlite3.Connection, *, stopped_after: int | None = None
) -> Line:
    """Let the client run, until it is done or was stopped."""
    line = Line(stopped_after)
    try:
        program().bring_up_to_date(copy, line)
    except Stopped:
        # A process that is killed leaves no transaction open.
        copy.rollback()
    return line


def answers(copy: sqlite3.Connection) -> dict[tuple[str, str], Any]:
    rows = copy.execute("SELECT key, lang, body FROM answer")
    return {(key, lang): json.loads(body) for key, lang, body in rows}


def live() -> dict[tuple[str, str], Any]:
    """What every page answers now, in every language."""
    keys = Head.objects.pages().values_list("key", flat=True).distinct()
    tags = [each["tag"] for each in Client().get(f"{_BASE}languages").json()]
    asked = {
        (str(key), tag): Client().get(f"{_BASE}pages/{key}?lang={tag}")
        for key in keys
        for tag in tags
    }
    return {at: each.json() for at, each in asked.items() if each.status_code == 200}


def differing(copy: sqlite3.Connection) -> list[tuple[str, str]]:
    """The answers in which the copy and the API are not the same."""
    ours, theirs = answers(copy), live()
    places = sorted(ours.keys() | theirs.keys())
    return [place for place in places if ours.get(place) != theirs.get(place)]
