"""What happened, as other systems are told: one shape for the change feed and webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.module_loading import import_string
from ninja import Schema
from pydantic import Field

from cms.log.models import Head, Publication, PublicationKind

#: What an entry is made of. The document is not: it is large, and entries are not pages.
_FACTS = (
    "id",
    "key",
    "locale",
    "kind",
    "type",
    "action",
    "path",
    "title",
    "significance",
    "published_at",
    "content_hash",
)


class Answer(Schema):
    """A page in one language, as `pages/{key}?lang=` and the site answer it."""

    key: UUID
    lang: str


class ChangeEntry(Schema):
    """One row of the publication log, without anything that readers cannot see now."""

    id: int = Field(description="Place in the log: later is greater.")
    key: UUID = Field(
        description="The page or shared block, the same in all languages."
    )
    lang: str = Field(description="Language tag (BCP 47).")
    kind: Literal["page", "block"]
    type: str
    action: Literal["publish", "withdraw", "move", "calendar"] = Field(
        description="A new day changes what a text tells readers: `calendar`."
    )
    path: str | None = Field(description="Null for a shared block, which has no path.")
    previous_path: str | None = Field(
        description="Where the page was until now, when that was somewhere else."
    )
    title: str | None = Field(
        description="Only in the newest entry of a page, and only while it is public."
    )
    significance: Literal["first", "wording", "content", "critical"]
    published_at: datetime
    content_hash: str = Field(description="Changes when the text or its passport does.")
    affects: list[Answer] = Field(
        description="Every answer that may be different through it: the page in each "
        "language, and what shows, lists or links to it."
    )
    affects_all: bool = Field(
        description="Also every other page, in the languages of `affects`: the menu or "
        "the name of the site is another, or too many pages show it to be named."
    )


def offered_languages() -> list[str]:
    """Return the codes of the languages that readers are offered.

    Which these are is known above this layer; ``CMS_OFFERED_LANGUAGES`` names who knows.
    """
    codes: list[str] = import_string(settings.CMS_OFFERED_LANGUAGES)()
    return codes


def affected(publications: QuerySet[Publication]) -> Mapping[int, Any]:
    """Return what rows have changed for readers, by their ids.

    What readers get is known above this layer too; ``CMS_AFFECTED`` names who knows: see
    `cms.reading.affected.by_row`.
    """
    found: Mapping[int, Any] = import_string(settings.CMS_AFFECTED)(publications)
    return found


def read(publications: QuerySet[Publication]) -> list[ChangeEntry]:
    """Return the entries of some rows of the log, in their order.

    The number of queries does not depend on the number of rows.
    """
    told = affected(publications)
    earlier = Publication.objects.filter(
        key=OuterRef("key"), locale=OuterRef("locale"), id__lt=OuterRef("id")
    ).order_by("-id")
    shown = Head.objects.filter(publication=OuterRef("pk"))
    rows = publications.values(
        *_FACTS,
        # Only the newest row of a page has a head. Looked up for each row: joined, the
        # heads of the whole log might be read before the first of them is needed.
        shown=Subquery(shown.values("is_public")),
        previous_path=Subquery(earlier.values("path")[:1]),
    )
    return [
        ChangeEntry(
            **{
                **row,
                "lang": _tag(row["locale"]),
                "path": row["path"] or None,
                "previous_path": _other(row["previous_path"], row["path"]),
                "title": _title(row["kind"], row["shown"], row["title"]),
                "affects": [each._asdict() for each in told[row["id"]].answers()],
                "affects_all": told[row["id"]].everywhere,
            }
        )
        for row in rows
    ]


def among(entries: list[ChangeEntry], languages: list[str]) -> list[ChangeEntry]:
    """Return what has changed answers in some languages, with those answers alone."""
    wanted = {tag.lower() for tag in languages}
    found = (
        entry.model_copy(
            update={"affects": [a for a in entry.affects if a.lang.lower() in wanted]}
        )
        for entry in entries
    )
    return [entry for entry in found if entry.affects]


def _other(before: str | None, path: str) -> str | None:
    """Return the address before, if there was one and it is another."""
    return before if before and before != path else None


def _title(kind: str, shown: bool | None, title: str) -> str | None:
    """Return the title if readers see it as the title of a page now (T17)."""
    return title if shown and kind == PublicationKind.PAGE else None


def _tag(code: str) -> str:
    return _tags().get(code, code)


@cache
def _tags() -> dict[str, str]:
    return {row["tag"].lower(): row["tag"] for row in settings.CMS_LANGUAGES}
