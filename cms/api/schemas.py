"""The shapes of the content API. What is not named here is not sent.

Examples and the meaning of each member are in ``docs/api.md``.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from django.utils import timezone
from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, model_validator

from cms.api.pledge_schemas import Details

LanguageTag = str
Origin = Literal["source", "human", "machine", "machine_edited"]
State = Literal["source", "current", "minor", "outdated", "machine", "missing"]


def _aware(moment: datetime) -> datetime:
    """Read a time without a zone as Swedish time; refuse what no calendar holds."""
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("This moment is too far away.") from error


Moment = Annotated[datetime, AfterValidator(_aware)]


class StrictQuery(Schema):
    """Query parameters; an unknown one is an error that names it."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _as_sent(cls, data: Any, info: ValidationInfo) -> Any:
        """Look at the whole query: the framework leaves out what it does not know."""
        return info.context["request"].GET.dict() if info.context else data


class LangQuery(StrictQuery):
    lang: str = Field("sv", max_length=35, description="Language tag of the reader.")


class PageListQuery(LangQuery):
    type: str | None = Field(None, max_length=100, description="Only this type.")
    focus_area: uuid.UUID | None = Field(
        None, description="Only what belongs to the focus area with this key."
    )
    since: Moment | None = Field(None, description="Only published after this.")
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, max_length=200)


class PathQuery(StrictQuery):
    path: str = Field(max_length=1000, description="A public path, decoded.")


class UrlQuery(StrictQuery):
    url: str = Field(max_length=2000, description="A public address of this site.")


class Notice(Schema):
    code: str
    text: str


class Passport(Schema):
    requested: LanguageTag
    served: LanguageTag
    origin: Origin
    review: Literal["none", "approved"]
    reviewed_on: date | None
    freshness: Literal["current", "minor", "outdated", "missing"]
    fallback_reason: Literal["missing"] | None
    source_updated_at: datetime
    translation_updated_at: datetime | None
    notices: list[Notice]


class LanguageLink(Schema):
    tag: LanguageTag
    autonym: str
    dir: Literal["ltr", "rtl"]
    path: str
    state: State


class Link(Schema):
    title: str
    path: str
    lang: LanguageTag | None = None


class Page(Schema):
    """One page for one reader. ``body`` holds the blocks; see ``docs/api.md``."""

    key: str
    type: str
    title: str
    path: str
    ingress: str
    body: list[dict[str, Any]]
    news_date: date | None = None
    category: str | None = None
    hero: dict[str, Any] | None = None
    details: Details | None = None
    contact: dict[str, Any] | None
    sensitivity: Literal["normal", "safety_critical"]
    neutral_title: str | None
    emergency: dict[str, Any] | None
    breadcrumbs: list[Link]
    translation: Passport
    languages: list[LanguageLink]
    published_at: datetime
    content_updated_at: datetime
    publication: int


class PageSummary(Schema):
    key: str
    type: str
    title: str
    ingress: str
    path: str
    date: datetime
    lang: LanguageTag
    state: State


class PageList(Schema):
    items: list[PageSummary]
    next_cursor: str | None


class Coverage(Schema):
    """How many of the Swedish pages are public in a language, and how."""

    pages: int
    current: int
    outdated: int
    machine: int
    missing: int


class LanguageInfo(Schema):
    tag: LanguageTag
    autonym: str
    dir: Literal["ltr", "rtl"]
    order: int
    fallback: list[LanguageTag]
    coverage: Coverage


class SiteInfo(Schema):
    name: str
    lang: LanguageTag
    navigation: list[Link]
    contact: dict[str, Any] | None
    alerts: list[dict[str, Any]]
    words: dict[str, str]


class RedirectTo(Schema):
    redirect: str


class TranslateInfo(Schema):
    """What a Translate button needs for one address."""

    key: str
    title: str
    label: str
    languages: list[LanguageLink]


class Problem(Schema):
    type: str
    title: str
    status: int
    detail: str
