"""The shape of a page: one for each type, told apart by ``type``.

The meaning of each member is in ``docs/api.md``; the examples are in `examples`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, RootModel

from cms.api import examples
from cms.api import pledge_schemas as p
from cms.api.block_schemas import AnyBlock, Picture
from cms.api.shapes import LanguageTag, Shape
from cms.api.shared_schemas import Contact, Emergency

Origin = Literal["source", "human", "machine", "machine_edited"]
State = Literal["source", "current", "minor", "outdated", "machine", "missing"]
PageType = Literal[
    "home.home", "home.standard", "articles.index", "articles.article",
    "pledges.overview", "pledges.programme", "pledges.pledge", "pledges.follow_up",
    "pledges.focus_areas", "pledges.focus_area",
]  # fmt: skip


class Notice(Shape):
    """A sentence in the reader's language; show it before the text."""

    code: str
    text: str


class Passport(Shape):
    """What kind of text this is, and how it stands to the Swedish one."""

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


class LanguageLink(Shape):
    """A language of this page, for a language menu."""

    tag: LanguageTag
    autonym: str
    dir: Literal["ltr", "rtl"]
    path: str
    state: State


class Link(Shape):
    """``lang`` is set when the title is not in the language that was asked for."""

    title: str
    path: str
    lang: LanguageTag | None = None


class AnyPage(Shape):
    """What every page has. ``key`` is the same in all languages."""

    key: str
    type: str
    title: str
    path: str = Field(description="Where this reader finds the page, on this site.")
    ingress: str = Field(description="The page in one or two sentences.")
    body: list[AnyBlock]
    news_date: date | None = None
    category: str | None = None
    hero: Picture | None = None
    details: Any = None
    contact: Contact | None
    sensitivity: Literal["normal", "safety_critical"]
    neutral_title: str | None = Field(
        description="For tab, history and shares of a safety-critical page."
    )
    emergency: Emergency | None
    breadcrumbs: list[Link]
    translation: Passport
    languages: list[LanguageLink]
    published_at: datetime
    content_updated_at: datetime
    publication: int = Field(description="Names this version; quote it in a report.")


def _like(page_type: str, **members: Any) -> ConfigDict:
    page = {**examples.PAGE, "type": page_type, **members}
    return ConfigDict(json_schema_extra={"examples": [page]})


class HomePage(AnyPage):
    """The front page."""

    model_config = _like("home.home", path="/fi/", breadcrumbs=[])

    type: Literal["home.home"]
    details: p.CardDetails | None


class StandardPage(AnyPage):
    """Lasting information."""

    model_config = _like("home.standard")

    type: Literal["home.standard"]
    details: p.CardDetails | None


class ArticleIndexPage(AnyPage):
    """A list of articles; ``pages?type=articles.article`` has what is in it."""

    model_config = _like("articles.index")

    type: Literal["articles.index"]
    details: p.CardDetails | None


class ArticlePage(AnyPage):
    """News: it has ``news_date``, and perhaps ``category`` and ``hero``."""

    model_config = _like("articles.article", **examples.NEWS)

    type: Literal["articles.article"]
    details: p.CardDetails | None


class OverviewPage(AnyPage):
    """Every programme with its pledges."""

    model_config = _like(
        "pledges.overview",
        details={"kind": "overview", "programmes": [examples.PROGRAMME]},
    )

    type: Literal["pledges.overview"]
    details: p.OverviewDetails | None


class ProgrammePage(AnyPage):
    """What the parties promised together for a period."""

    model_config = _like(
        "pledges.programme",
        details={"kind": "programme", "programme": examples.PROGRAMME},
    )

    type: Literal["pledges.programme"]
    details: p.ProgrammeDetails | None


class PledgePage(AnyPage):
    """One promise with its activities and what came of them."""

    model_config = _like(
        "pledges.pledge", details={"kind": "pledge", "pledge": examples.PLEDGE}
    )

    type: Literal["pledges.pledge"]
    details: p.PledgeDetails | None


class FollowUpPage(AnyPage):
    """A report on every activity of a programme."""

    model_config = _like("pledges.follow_up", details=examples.FOLLOW_UP)

    type: Literal["pledges.follow_up"]
    details: p.FollowUpDetails | None


class FocusAreasPage(AnyPage):
    """Every focus area."""

    model_config = _like(
        "pledges.focus_areas",
        details={"kind": "focus_areas", "areas": [examples.FOCUS_CARD]},
    )

    type: Literal["pledges.focus_areas"]
    details: p.FocusAreasDetails | None


class FocusAreaPage(AnyPage):
    """Something that the municipality and others work for together."""

    model_config = _like("pledges.focus_area", details=examples.FOCUS_AREA)

    type: Literal["pledges.focus_area"]
    details: p.FocusAreaDetails | None


class Page(
    RootModel[
        Annotated[
            HomePage
            | StandardPage
            | ArticleIndexPage
            | ArticlePage
            | OverviewPage
            | ProgrammePage
            | PledgePage
            | FollowUpPage
            | FocusAreasPage
            | FocusAreaPage,
            Field(discriminator="type"),
        ]
    ]
):
    """One page for one reader; ``type`` says what is in ``details``."""
