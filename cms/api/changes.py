"""The change feed: what was published, moved and withdrawn, oldest first."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from cms.api import schemas as s
from cms.log.models import Publication
from cms.reading.pages import Library
from cms.webhooks import changes
from cms.webhooks.changes import ChangeEntry

router = Router()


class ChangesQuery(s.StrictQuery):
    since: int = Field(
        0, ge=0, lt=2**63, description="Only after this id; 0 is from the beginning."
    )
    limit: int = Field(
        100, ge=1, le=1000, description="So much of the log is looked through."
    )
    lang: str | None = Field(
        None, max_length=35, description="Only what changes answers in this language."
    )
    type: str | None = Field(None, max_length=100, description="Only this type.")


class ChangeList(Schema):
    """Some changes, and the ``since`` with which to go on."""

    items: list[ChangeEntry]
    next: int = Field(description="The next since. The same again: that was all.")


def offered_languages() -> list[str]:
    """Return the codes of the languages that readers are offered."""
    return [language.code for language in Library().visible]


@router.get(
    "changes",
    response={200: ChangeList, 404: s.Problem, 400: s.Problem, 422: s.Problem},
    summary="What has changed",
)
def changes_since(request: HttpRequest, query: Query[ChangesQuery]) -> Any:
    """Publications after an id, oldest first, in the languages readers are offered."""
    codes = offered_languages()
    if query.lang is not None and query.lang.lower() not in codes:
        raise HttpError(404, f"There is no language '{query.lang[:35]}' here.")
    # Ids come in the order of commits: nothing is added later below the newest one.
    newest = Publication.objects.aggregate(newest=Max("id"))["newest"] or 0
    rows = Publication.objects.filter(
        id__gt=query.since, id__lte=newest, locale__in=codes
    ).order_by("id")
    if query.type:
        rows = rows.filter(type=query.type)
    found = changes.read(rows[: query.limit])
    return {
        "items": found if query.lang is None else changes.among(found, [query.lang]),
        "next": found[-1].id if len(found) == query.limit else newest,
    }
