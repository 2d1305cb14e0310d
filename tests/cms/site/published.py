"""Texts written to the log without the desk: any state, in a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from cms.log import entries
from cms.log.models import Publication

FIRST_DAY = datetime(2018, 1, 1, 12, tzinfo=UTC)


def day(number: int) -> datetime:
    return FIRST_DAY + timedelta(days=number)


def write(path: str, locale: str = "sv", **facts: Any) -> Publication:
    """Make a text public: a Swedish article unless the facts say otherwise.

    ``document`` adds to what an article has.
    """
    title = facts.pop("title", path.strip("/").rsplit("/", 1)[-1])
    document = {
        "title": title,
        "ingress": "Så här går det till.",
        "body": [],
        "sensitivity": "normal",
        **facts.pop("document", {}),
    }
    standard: dict[str, Any] = {
        "key": uuid4(),
        "kind": "page",
        "type": "articles.article",
        "action": "publish",
        "significance": "first",
        "origin": "source" if locale == "sv" else "human",
        "review": "approved",
        "content_updated_at": timezone.now(),
        "actor": "test",
    }
    entry = entries.Entry(
        **standard | facts,
        path=path, locale=locale, title=title, document=document,
    )  # fmt: skip
    with transaction.atomic():
        return entries.append(entry, at=timezone.now())


def translated(source: Publication, path: str, locale: str, **facts: Any) -> UUID:
    """Make a translation public, by a person unless the facts say otherwise."""
    made_from = {"key": source.key, "source_publication_id": source.pk}
    return write(path, locale, **made_from, **facts).key


def changed(source: Publication, **facts: Any) -> Publication:
    """Publish a text once more."""
    standard: dict[str, Any] = {
        "key": source.key,
        "type": source.type,
        "title": source.title,
        "significance": "content",
    }
    return write(source.path, source.locale, **standard | facts)
