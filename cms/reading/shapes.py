"""What a reader gets, as plain values: for the public site, the API and previews."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cms.kinds import registry
from cms.kinds.kinds import PageKind
from cms.log.entries import REASON
from cms.reading.languages import tag_of
from cms.reading.models import Language
from cms.reading.queries import Row
from cms.reading.status import Passport


@dataclass(frozen=True)
class LanguageChoice:
    """One entry of the language switch, for the page at hand."""

    tag: str
    autonym: str
    html_lang: str
    direction: str
    path: str
    state: str
    is_current: bool

    @classmethod
    def to(
        cls, language: Language, path: str, *, current: Language | None, state: str = ""
    ) -> LanguageChoice:
        """Return the choice of ``language``, at ``path``, on a page in ``current``."""
        return cls(
            tag=language.tag,
            autonym=language.autonym,
            html_lang=language.html_lang,
            direction=language.direction,
            path=path,
            state=state,
            is_current=current is not None and language.pk == current.pk,
        )

    def as_json(self) -> dict[str, str]:
        return {
            "tag": self.tag,
            "autonym": self.autonym,
            "dir": self.direction,
            "path": self.path,
            "state": self.state,
        }


@dataclass(frozen=True)
class NavLink:
    """A link in menu or breadcrumbs. ``html_lang`` is set when it differs."""

    title: str
    path: str
    html_lang: str | None
    direction: str
    is_current: bool = False


@dataclass(frozen=True)
class ListItem:
    """A page in a list. ``html_lang`` is set when it falls back."""

    key: str
    type: str
    title: str
    ingress: str
    path: str
    date: datetime
    html_lang: str | None
    direction: str
    state: str


@dataclass(frozen=True)
class Reference:
    """A page or shared block that the page names, as this reader gets it.

    ``document`` has the words of the reader's language, or of a fallback, and the
    facts of the Swedish original; ``source_document`` is the original, for words that
    the translation does not have yet. ``html_lang`` is set when it is a fallback;
    ``path`` for pages only; ``parent`` is the key of the page above.
    """

    key: str
    type: str
    title: str
    path: str | None
    html_lang: str | None
    direction: str
    document: dict[str, Any]
    source_document: dict[str, Any] = field(default_factory=dict)
    parent: str | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """A page as one reader gets it.

    ``source_document`` is the Swedish text, for words that the translation does not
    have yet. ``shown_by`` is the template of a page that is made when it is read, such
    as a log of changes. ``details`` is what the page's own app adds.
    """

    requested: Language
    served: Language
    key: str
    type: str
    path: str
    title: str
    document: dict[str, Any]
    passport: Passport
    languages: list[LanguageChoice]
    breadcrumbs: list[NavLink]
    navigation: list[NavLink]
    contact: dict[str, Any] | None
    published_at: datetime
    first_published_at: datetime | None
    content_updated_at: datetime
    publication: int
    content_hash: str
    easy_read_path: str | None = None
    source_document: dict[str, Any] = field(default_factory=dict)
    source_language: Language | None = None
    references: dict[str, Reference] = field(default_factory=dict)
    is_sensitive: bool = False
    emergency: dict[str, Any] | None = None
    details: Any = None
    children: list[ListItem] = field(default_factory=list)
    next_page: str | None = None
    previous_page: str | None = None
    is_preview: bool = False
    shown_by: str = ""

    @property
    def kind(self) -> builtins.type[PageKind]:
        """What the page consists of; a plain page when nobody knows its type."""
        return registry.page(self.type)

    @property
    def template(self) -> str:
        """The template that shows the page."""
        return self.shown_by or self.kind.template

    @property
    def translation_updated_at(self) -> datetime | None:
        return self.passport.translation_updated_at


@dataclass(frozen=True)
class Redirect:
    """The page has another address."""

    path: str


@dataclass(frozen=True)
class Gone:
    """The page was withdrawn; ``language`` is the one to say so in."""

    language: Language
    row: Row

    @property
    def reason(self) -> str:
        """Why, in the words of the staff; empty when they gave no reason."""
        return self._told.get("text", "")

    @property
    def reason_lang(self) -> str:
        """The tag of the language in which the reason is written."""
        return tag_of(self._told.get("lang", ""))

    @property
    def _told(self) -> dict[str, str]:
        document = self.row.document or {}
        told: dict[str, str] = document.get(REASON) or {}
        return told


Answer = Reading | Redirect | Gone | None
