"""What readers of a front end tell us: an error on a page, a language they miss."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status
from ninja.errors import HttpError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from cms.api import schemas as s
from cms.api.problems import problem, refuse_parameters
from cms.api.shapes import LanguageTag, Shape, example
from cms.feedback import reports, wishes
from cms.feedback.plain_text import plain
from cms.feedback.throttle import TooMany, client_of
from cms.reading.models import Language
from cms.reading.pages import Library

router = Router()

_KEY = "7f6c3a0e-5b1f-4a53-9e41-1c1f2d3b4a5e"
_PROBLEMS = dict.fromkeys((400, 404, 409, 413, 415, 422, 429), s.Problem)  # fmt: skip


def _with_letters(text: str) -> str:
    """Clean a text and refuse one in which nothing is left."""
    if not (cleaned := plain(text)):
        raise ValueError("Write what is wrong.")
    return cleaned


class AboutPage(BaseModel):
    """A page in the language that the reader asked for."""

    model_config = ConfigDict(extra="forbid")

    key: uuid.UUID
    lang: str = Field("sv", max_length=35, description="Language tag of the reader.")


class NewReport(AboutPage):
    """An error that a reader has found; nobody has to say who they are."""

    model_config = example(
        key=_KEY,
        lang="fi",
        publication=57,
        kind="translation",
        text="Lamppuja on 23, ei 32.",
        contact="",
    ) | ConfigDict(extra="forbid")

    text: Annotated[str, AfterValidator(_with_letters)] = Field(
        min_length=1, max_length=reports.MAX_TEXT
    )
    publication: int | None = Field(
        None, ge=1, le=2**63 - 1, description="The version that was read."
    )
    kind: Literal["fact", "translation", "accessibility", "technical", "other"] = (
        "other"
    )
    contact: str = Field(
        "", max_length=reports.MAX_CONTACT, description="If an answer is wanted."
    )


class Received(Shape):
    """The number of a report, to refer to it."""

    number: int


class NewWish(AboutPage):
    """A reader wants a page in their language."""

    model_config = example(key=_KEY, lang="so") | ConfigDict(extra="forbid")

    lang: str = Field(max_length=35, description="The language that is missed.")


class Wish(Shape):
    """How many readers have wished for the page in this language."""

    key: uuid.UUID
    lang: LanguageTag
    wishes: int


@router.post(
    "reports", response={201: Received, **_PROBLEMS}, summary="Report an error"
)
def report(request: HttpRequest, body: NewReport) -> Any:
    """Say what is wrong with a page. The same words about it are one report.

    Not about pages on which somebody's safety may depend: give readers the address of
    the contact instead, so that nothing tells of their visit (409). The sixth message
    in a minute from one address is refused (429); `Retry-After` says until when.
    """
    refuse_parameters(request)
    library = Library()
    language = _language(library, body.lang)
    reading = reports.reportable(body.key, language, library)
    if reading is None:
        if wishes.is_public(body.key):
            raise HttpError(409, "Errors on this page are reported by mail.")
        raise HttpError(404, "There is no such page.")
    told = reports.Told(body.text, body.kind, body.contact, body.publication)
    try:
        kept = reports.receive(reading, told, client=client_of(request))
    except TooMany as many:
        return _too_many(many)
    return Status(201, {"number": kept.pk})


@router.post(
    "translation-requests",
    response={201: Wish, **_PROBLEMS},
    summary="Wish for a translation",
)
def translation_request(request: HttpRequest, body: NewWish) -> Any:
    """Count a reader who wants a page in a language that it is not up to date in.

    Nothing is kept but the number. A page that is there already is 409.
    """
    refuse_parameters(request)
    library = Library()
    language = _language(library, body.lang)
    reading = wishes.wishable(body.key, language, library)
    if reading is None:
        if wishes.is_public(body.key):
            raise HttpError(409, "The page is there in this language.")
        raise HttpError(404, "There is no such page.")
    try:
        number = wishes.wish(reading, client=client_of(request))
    except TooMany as many:
        return _too_many(many)
    return Status(201, {"key": reading.key, "lang": language.tag, "wishes": number})


def _language(library: Library, tag: str) -> Language:
    language = library.readers_language(tag)
    if language is None:
        raise HttpError(404, "There is no such language here.")
    return language


def _too_many(many: TooMany) -> HttpResponse:
    response = problem(429, "You have sent many messages. Wait, then send this one.")
    response["Retry-After"] = str(many.retry_after)
    return response
