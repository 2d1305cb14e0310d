"""The shapes of the content API. What is not named here is not sent.

Examples and the meaning of each member are in ``docs/api.md``.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.utils import timezone
from ninja import Schema
from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    create_model,
    model_validator,
)

from cms.api.page_schemas import (
    LanguageLink,
    Link,
    State,
    block_shape,
    page_types,
    page_union,
    shared_shape,
)
from cms.api.problems import unusable
from cms.api.shapes import LanguageTag, Shape, example
from cms.kinds import registry

# What the kinds of this installation make of pages and blocks.
if TYPE_CHECKING:
    PageType = str

    class Page(Shape): ...

    class Block(Shape): ...

    class Contact(Shape): ...
else:
    PageType = page_types()
    Page, Block = page_union(), block_shape()
    Contact = shared_shape("core.contact")


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
    """Query parameters; an unknown or repeated one is an error that names it."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _as_sent(cls, data: Any, info: ValidationInfo) -> Any:
        """Look at the whole query: the framework leaves out what it does not know,
        and of what is said twice it takes the last.
        """
        if not info.context:
            return data
        sent = info.context["request"].GET
        if twice := [name for name in sent if len(sent.getlist(name)) > 1]:
            raise unusable(twice, "Give this parameter once.")
        return sent.dict()


class LangQuery(StrictQuery):
    lang: str = Field("sv", max_length=35, description="Language tag of the reader.")


class PageQuery(LangQuery):
    publication: int | None = Field(
        None,
        ge=1,
        lt=2**63,
        description="The answer shows the site after this entry of `changes`, or later: "
        "no shared cache and no copy of the database that is behind answers.",
    )


class _PageListQuery(LangQuery):
    type: PageType | None = Field(None, description="Only this type.")
    since: Moment | None = Field(None, description="Only published after this.")
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, max_length=200)


def _page_list_query() -> type[_PageListQuery]:
    """Return the questions about lists, with what the kinds choose pages by."""
    key = Field(None, description="Only pages that name the text with this key.")
    choices: dict[str, Any] = dict.fromkeys(registry.choices(), (uuid.UUID | None, key))
    return create_model("PageListQuery", __base__=_PageListQuery, **choices)


if TYPE_CHECKING:
    PageListQuery = _PageListQuery
else:
    PageListQuery = _page_list_query()


class PathQuery(StrictQuery):
    path: str = Field(max_length=1000, description="A public path, decoded.")


class UrlQuery(StrictQuery):
    url: str = Field(max_length=2000, description="A public address of this site.")


class PageSummary(Shape):
    key: str
    type: str
    title: str
    ingress: str
    path: str
    date: datetime
    lang: LanguageTag
    state: State


class PageList(Shape):
    items: list[PageSummary]
    next_cursor: str | None


class Coverage(Shape):
    """How many of the Swedish pages are public in a language, and how."""

    pages: int
    current: int
    outdated: int
    machine: int
    missing: int


class LanguageInfo(Shape):
    tag: LanguageTag
    autonym: str
    dir: Literal["ltr", "rtl"]
    order: int
    fallback: list[LanguageTag]
    coverage: Coverage


class SiteInfo(Shape):
    name: str
    lang: LanguageTag
    navigation: list[Link]
    contact: Contact | None
    alerts: list[Block]
    words: dict[str, str]


class RedirectTo(Shape):
    redirect: str


class TranslateChoice(LanguageLink):
    """A language of a Translate button: where it leads, what is there, in words."""

    url: str
    state_name: str
    current: bool


class TranslateInfo(Shape):
    """What a Translate button needs for one address; its words are in ``lang``."""

    key: str
    title: str
    lang: LanguageTag
    dir: Literal["ltr", "rtl"]
    label: str
    choose: str
    languages: list[TranslateChoice]


class Problem(Shape):
    """An error (RFC 9457), in plain words. Its media type is its own."""

    model_config = example(
        type="about:blank", title="Not Found", status=404,
        detail="There is no such page.",
    )  # fmt: skip

    type: str
    title: str
    status: int
    detail: str


class WithdrawnPage(Problem):
    """The page was public once; ``detail`` says so in the reader's language."""

    model_config = example(
        type="about:blank", title="Gone", status=410,
        detail="Sidan har dragits tillbaka.", withdrawn_at="2018-02-05T09:12:00Z",
        reason="Mötet är inställt.", reason_lang="sv",
    )  # fmt: skip

    withdrawn_at: datetime
    #: Why, as the municipality wrote it, and the language of these words.
    reason: str | None
    reason_lang: str | None


class UnusableParameter(Shape):
    parameter: str
    message: str


class UnusableParameters(Problem):
    """Parameters that are unknown, missing, repeated, or cannot be used."""

    model_config = example(
        type="about:blank", title="Unprocessable Content", status=422,
        detail="These parameters cannot be used: langue.",
        errors=[{"parameter": "langue", "message": "There is no such parameter."}],
    )  # fmt: skip

    errors: list[UnusableParameter]


#: What every route may answer besides; and those that have a language or a key.
BAD_QUERY = {400: Problem, 422: UnusableParameters}
PROBLEMS = {404: Problem, **BAD_QUERY}
