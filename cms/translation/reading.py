"""What a reader gets: one composition for the public site, the API and previews.

Reads the log and the languages, never a page model. An article takes three queries:
the languages, the address, and everything that the page refers to.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, F, JSONField, OuterRef, Q, Subquery, When

from cms.publication import log
from cms.publication.models import Action, Head, Publication
from cms.translation import status
from cms.translation.document_links import referred_keys, resolve_document
from cms.translation.languages import prefix_of, source_code, split_path
from cms.translation.models import Language
from cms.translation.status import Passport

EASY_READ = "sv-x-lattlast"


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
class Reading:
    """A page as one reader gets it."""

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
    translation_updated_at: datetime | None
    publication: int
    content_hash: str
    easy_read_path: str | None = None
    children: list[ListItem] = field(default_factory=list)
    next_page: str | None = None
    previous_page: str | None = None
    is_preview: bool = False


@dataclass(frozen=True)
class Redirect:
    """The page has another address."""

    path: str


@dataclass(frozen=True)
class Gone:
    """The page was withdrawn; ``language`` is the one to say so in."""

    language: Language
    head: Head


Answer = Reading | Redirect | Gone | None


class Library:
    """The languages of the site, read once for each request."""

    def __init__(self) -> None:
        self.languages = list(Language.objects.active().select_related("locale"))
        self.by_code = {language.code: language for language in self.languages}

    @property
    def visible(self) -> list[Language]:
        return [language for language in self.languages if language.visible]

    def readers_language(self, code: str) -> Language | None:
        """Return the language if readers are offered it."""
        language = self.by_code.get(code.lower())
        return language if language and language.visible else None

    def chain(self, language: Language) -> list[str]:
        """Return the codes to try for a reader of ``language``, best first.

        Nobody falls back to a language that readers are not offered.
        """
        tags = (tag.lower() for tag in language.fallback_chain)
        offered = (code for code in tags if self.readers_language(code))
        return list(dict.fromkeys([language.code, *offered, source_code()]))


def read_path(path: str, library: Library | None = None) -> Answer:
    """Answer a public address: the page, another address, gone, or nothing.

    ``/ar/<Swedish path>`` always answers when the Swedish page is public. A tag in
    other letters (``/AR/``) or an unneeded one (``/sv/``) leads to the usual address.
    """
    library = library or Library()
    code, rest = split_path(path)
    address = prefix_of(code) + rest
    language = library.readers_language(code)
    if language is None:
        return None
    chain = library.chain(language)
    pages = Head.objects.pages()
    swedish_key = pages.public().filter(path=rest, locale=source_code()).values("key")
    heads = pages.public().filter(
        Q(path=address, locale=code) | Q(key__in=swedish_key, locale__in=chain)
    )
    found = list(heads.select_related("publication"))
    own = (head for head in found if (head.path, head.locale) == (address, code))
    best = next(own, None) or _first_in(chain, found)
    if best is None:
        return _former_address(language, chain, address, rest)
    if best.locale == code and best.path != address:
        return Redirect(best.path)
    if path != address:
        return Redirect(address)
    return compose(library, language, best)


def read_key(
    key: uuid.UUID, language: Language, library: Library | None = None
) -> Reading | Gone | None:
    """Return a page by its translation key, in the reader's language or a fallback."""
    library = library or Library()
    chain = library.chain(language)
    heads = Head.objects.pages().filter(key=key, locale__in=chain)
    found = list(heads.select_related("publication"))
    best = _first_in(chain, [head for head in found if head.is_public])
    if best:
        return compose(library, language, best)
    gone = _first_in(chain, found)
    return Gone(language, gone) if gone else None


def _first_in(chain: list[str], heads: list[Head]) -> Head | None:
    """Return the version in the language that stands first in the chain."""
    by_code = {head.locale: head for head in heads}
    return next((by_code[code] for code in chain if code in by_code), None)


def _former_address(
    language: Language, chain: list[str], path: str, rest: str
) -> Redirect | Gone | None:
    """Answer an address that no page has now but one may have had."""
    for candidate in dict.fromkeys([path, rest]):
        match = log.find_path(candidate)
        if match is None:
            continue
        former, _is_there = match
        heads = Head.objects.pages().public().filter(key=former.key)
        versions = {head.locale: head for head in heads.filter(locale__in=chain)}
        if language.code in versions:
            return Redirect(versions[language.code].path)
        if source_code() in versions:
            return Redirect(prefix_of(language.code) + versions[source_code()].path)
        return Gone(language, former)
    return None


def compose(
    library: Library, language: Language, head: Head, *, draft: bool = False
) -> Reading:
    """Build what a reader of ``language`` gets when ``head``, or a draft, is the text."""
    surroundings = _Surroundings(library, language, head)
    served = library.by_code[head.locale]
    publication = head.publication
    source = surroundings.versions.get(source_code(), head)
    easy_read = surroundings.versions.get(EASY_READ)
    passport = status.passport(
        requested=language,
        served=served,
        head=head,
        source=source,
        source_path=source.path,
        easy_read=easy_read,
    )
    return Reading(
        requested=language,
        served=served,
        key=str(head.key),
        type=head.type,
        path=surroundings.path_of(head),
        title=head.title,
        document=resolve_document(publication.document, surroundings),
        passport=passport,
        languages=surroundings.choices(source),
        breadcrumbs=surroundings.breadcrumbs(publication.document),
        navigation=surroundings.navigation(),
        contact=surroundings.contact(publication.document),
        published_at=publication.published_at,
        first_published_at=surroundings.first_published_at,
        content_updated_at=source.publication.content_updated_at,
        translation_updated_at=passport.translation_updated_at,
        publication=head.publication_id or 0,
        content_hash=publication.content_hash,
        easy_read_path=easy_read.path if easy_read else None,
        is_preview=draft,
    )


def _first_publication() -> Subquery:
    rows = Publication.objects.filter(
        key=OuterRef("key"), locale=OuterRef("locale"), action=Action.PUBLISH
    )
    return Subquery(rows.order_by("id").values("published_at")[:1])


class _Surroundings:
    """Everything in the log that a page refers to, fetched with one query."""

    def __init__(self, library: Library, language: Language, head: Head) -> None:
        self.library = library
        self.language = language
        self.chain = chain = library.chain(language)
        self.head = head
        self._heads: dict[tuple[str, str], Head] = {}
        document = head.publication.document
        keys = set(referred_keys(document))
        in_chain = Q(locale__in=chain)
        wanted = Head.objects.public().filter(
            Q(key=head.key)
            | (Q(key__in=keys) & in_chain)
            | (Q(in_menu=True) & in_chain)
        )
        wanted = wanted.select_related("publication").defer("publication__document")
        wanted = wanted.annotate(
            block_document=Case(
                When(kind="block", then=F("publication__document")),
                default=None,
                output_field=JSONField(),
            ),
            first_published_at=Case(
                When(key=head.key, locale=head.locale, then=_first_publication()),
                default=None,
            ),
        )
        for found in wanted:
            self._heads[(str(found.key), found.locale)] = found
        self.versions = {
            found.locale: found
            for (key, _code), found in self._heads.items()
            if key == str(head.key)
        }

    @property
    def first_published_at(self) -> datetime | None:
        """When the text was public for the first time; nothing for a new draft."""
        head = self.versions.get(self.head.locale)
        # Annotated, like the document of a block.
        return head.first_published_at if head else None  # type: ignore[attr-defined]

    def best(self, key: str) -> Head | None:
        """Return the version of a page or block that this reader gets."""
        for code in self.chain:
            if head := self._heads.get((key, code)):
                return head
        return None

    def path_of(self, head: Head) -> str:
        """Return the address at which this reader finds ``head``."""
        if head.locale == self.language.code:
            return head.path
        source = self._heads.get((str(head.key), source_code()), head)
        return prefix_of(self.language.code) + source.path

    def foreign_language(self, head: Head) -> Language | None:
        """Return the language of ``head`` when it is not the reader's."""
        if head.locale == self.language.code:
            return None
        return self.library.by_code.get(head.locale)

    def link(self, key: str) -> tuple[Head, str, Language | None] | None:
        """Return the target of an internal link, or nothing when it is not public."""
        head = self.best(key)
        if head is None:
            return None
        return head, self.path_of(head), self.foreign_language(head)

    def choices(self, source: Head) -> list[LanguageChoice]:
        """Return the language switch for this page (R-03, R-04)."""
        return [
            LanguageChoice(
                tag=language.tag,
                autonym=language.autonym,
                html_lang=language.html_lang,
                direction=language.direction,
                path=self.versions[language.code].path
                if language.code in self.versions
                else prefix_of(language.code) + source.path,
                state=status.state(self.versions.get(language.code), source),
                is_current=language.pk == self.language.pk,
            )
            for language in self.library.visible
        ]

    def breadcrumbs(self, document: dict[str, Any]) -> list[NavLink]:
        links = (self.link(key) for key in document.get("ancestors", []))
        return [self._nav(*link) for link in links if link]

    def navigation(self) -> list[NavLink]:
        keys: dict[str, str] = {}
        for (key, code), head in self._heads.items():
            if head.in_menu and code == source_code():
                keys[key] = head.sort_key
        ordered: Iterable[str] = sorted(keys, key=lambda key: keys[key])
        links = (self.link(key) for key in ordered)
        return [self._nav(*link) for link in links if link]

    def _nav(self, head: Head, path: str, foreign: Language | None) -> NavLink:
        return NavLink(
            title=head.title,
            path=path,
            html_lang=foreign.html_lang if foreign else None,
            direction=(foreign or self.language).direction,
            is_current=head.key == self.head.key
            or str(head.key) in self.head.publication.document.get("ancestors", [])[1:],
        )

    def contact(self, document: dict[str, Any]) -> dict[str, Any] | None:
        """Return the contact block as it is now, in the reader's language."""
        head = self.best(document.get("contact_block") or "")
        if head is None:
            return None
        language = self.library.by_code[head.locale]
        return {
            **head.block_document,  # type: ignore[attr-defined]
            "key": str(head.key),
            "html_lang": language.html_lang,
            "direction": language.direction,
            "is_fallback": head.locale != self.language.code,
        }
