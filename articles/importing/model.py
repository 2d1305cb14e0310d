"""What the importer hands back: an article read from a file, and where all of it went.

Nothing here knows of Wagtail or the database. Every piece of text in the file is either
`placed` (in a field or a block), `dropped` (furniture of the web page) or `unplaced`
(for the editor to look at), exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import datetime

MAX_INGRESS = 400
MAX_TITLE = 90

Block = dict[str, Any]
"""One block of the document body, without its id (the page gives it one)."""


class ArticleImportError(Exception):
    """The file could not become a draft; the message is written for an editor."""


class UnreadableFile(ArticleImportError):
    """The file is not text that can be read at all. `code` is stable, for tests."""

    def __init__(self, message: str, *, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code


class Place(StrEnum):
    """The part of the imported article that a piece of text became."""

    TITLE = "title"
    INGRESS = "ingress"
    BODY = "body"
    CONTACT = "contact"
    PAGE_UPDATED = "page_updated"
    PAGE_PUBLISHED = "page_published"
    REPORT_EMAIL = "report_email"


@dataclass(frozen=True)
class Placed:
    """A piece of the source that became part of the article."""

    line: int
    text: str
    place: Place


@dataclass(frozen=True)
class Leftover:
    """A piece of the source that did not become part of the article, and why."""

    line: int
    text: str
    code: str
    reason: str


@dataclass(frozen=True)
class Notice:
    """Something the editor should look at; the text itself was kept."""

    code: str
    message: str
    line: int = 0


class Phone(TypedDict):
    """A telephone number as in the document of a contact block."""

    label: str
    e164: str
    display: str


class VisitingAddress(TypedDict):
    """Where to come in person."""

    building: str
    street: str
    postcode: str
    city: str
    access_info: str


class PostalAddress(TypedDict):
    """Where to send a letter; never translated."""

    recipient: str
    line: str
    postcode: str
    city: str


class Opening(TypedDict):
    """One span of opening hours; weekday 0 is Monday."""

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True)
class ImportedContact:
    """The contact details that stood on the page.

    To be matched with a contact block we have, or proposed as a new one.
    `hours_text` is what the page said; `opening_hours` is empty when any part
    of that could not be understood.
    """

    name: str
    phones: tuple[Phone, ...]
    visiting: VisitingAddress | None
    postal: PostalAddress | None
    email: str
    opening_hours: tuple[Opening, ...]
    hours_text: str

    def document(self) -> dict[str, Any]:
        """Return the details in the shape of a contact block's document."""
        no_visiting = VisitingAddress(
            building="", street="", postcode="", city="", access_info=""
        )
        no_postal = PostalAddress(recipient="", line="", postcode="", city="")
        return {
            "name": self.name,
            "explanation": "",
            "phones": [dict(phone) for phone in self.phones],
            "visiting": dict(self.visiting or no_visiting),
            "postal": dict(self.postal or no_postal),
            "email": self.email,
            "opening_hours": [dict(opening) for opening in self.opening_hours],
            "exceptions": [],
            "hours_text": self.hours_text,
            "languages_served": [],
            "interpreter_info": "",
        }


@dataclass(frozen=True)
class ImportedArticle:
    """A page read from a file, ready to become a draft."""

    title: str
    ingress: str
    body: tuple[Block, ...]
    page_updated: datetime | None
    page_published: datetime | None
    contact: ImportedContact | None
    report_email: str
    placed: tuple[Placed, ...]
    dropped: tuple[Leftover, ...]
    unplaced: tuple[Leftover, ...]
    notices: tuple[Notice, ...]
