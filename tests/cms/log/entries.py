"""Entries for the log, and a clock that moves a minute for each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import transaction

from cms.log import entries
from cms.log.models import Publication

NOON = datetime(2018, 2, 2, 12, tzinfo=UTC)

_minutes = count()


def page_document(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Nyheter",
        "body": [{"type": "paragraph", "id": "a1", "html": "<p>Å, ä och ö.</p>"}],
        "show_in_menus": True,
        "sort_key": "00010002",
        "list_date": "2018-02-02T08:00:00+00:00",
    } | changes


def make_entry(**changes: Any) -> entries.Entry:
    """A first publication of a Swedish page, unless changed."""
    facts: dict[str, Any] = {
        "key": uuid4(),
        "locale": "sv",
        "kind": "page",
        "type": "articles.article",
        "action": "publish",
        "path": "/nyheter/",
        "title": "Nyheter",
        "document": page_document(),
        "significance": "first",
        "origin": "source",
        "review": "none",
        "content_updated_at": NOON,
        "actor": "approver",
    }
    return entries.Entry(**facts | changes)


def append(at: datetime | None = None, **changes: Any) -> Publication:
    """Append one entry in a transaction of its own."""
    moment = at or NOON + timedelta(minutes=next(_minutes))
    with transaction.atomic():
        return entries.append(make_entry(**changes), at=moment)


def follow(previous: Publication, at: datetime | None = None, **changes: Any):
    """Append the next entry about the same page or block."""
    facts: dict[str, Any] = {
        "key": previous.key,
        "locale": previous.locale,
        "kind": previous.kind,
        "path": previous.path,
        "parent_key": previous.parent_key,
        "significance": "wording",
    }
    return append(at, **facts | changes)


def withdraw(previous: Publication, at: datetime | None = None):
    return follow(previous, at, action="withdraw", document={})
