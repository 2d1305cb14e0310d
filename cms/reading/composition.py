"""How a reading is put together: one composition for site, API and previews."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from cms.kinds import registry
from cms.kinds.kinds import SAFETY_CRITICAL
from cms.kinds.merging import with_facts
from cms.kinds.references import TEXT_LINK, named
from cms.kinds.resolving import LinkTarget, resolved
from cms.reading import queries, status
from cms.reading.languages import prefix_of, source_code
from cms.reading.library import Library
from cms.reading.models import Language
from cms.reading.queries import EMERGENCY, Row
from cms.reading.shapes import LanguageChoice, NavLink, Reading, Reference
from cms.reading.status import Passport

EASY_READ = "sv-x-lattlast"


def compose(
    library: Library,
    language: Language,
    row: Row,
    *,
    source: Row | None = None,
    draft: bool = False,
) -> Reading:
    """Build what a reader of ``language`` gets when ``row``, or a draft, is the text.

    ``source`` is the public Swedish version, looked up when it is not given.
    """
    around = _Surroundings(library, language, row, _original(row, source))
    public_source = around.versions.get(source_code(), row)
    return Reading(
        requested=language,
        served=library.by_code[row.locale],
        key=str(row.key),
        type=row.type,
        path=around.path_of(row),
        title=row.title,
        document=around.shown,
        source_document=around.shown_original(),
        source_language=library.by_code[source_code()],
        passport=around.passport(public_source),
        languages=around.choices(public_source),
        breadcrumbs=around.breadcrumbs(),
        navigation=around.navigation(),
        contact=around.block(around.document.get("contact_block")),
        references=around.references,
        is_sensitive=around.is_sensitive(),
        emergency=around.block(around.emergency_key()),
        published_at=row.published_at,
        first_published_at=around.own.first_published_at if around.own else None,
        content_updated_at=public_source.content_updated_at,
        publication=row.publication_id,
        content_hash=row.content_hash,
        easy_read_path=around.easy_read.path if around.easy_read else None,
        is_preview=draft,
    )


def _original(row: Row, source: Row | None) -> Row:
    """Return the Swedish version of what is shown, or ``row`` when there is none."""
    if source or row.locale == source_code():
        return source or row
    found = queries.with_key(row.key, [source_code()])
    return next((each for each in found if each.is_public), row)


class _Surroundings:
    """Everything in the log that a page refers to, fetched with one query."""

    def __init__(
        self, library: Library, language: Language, row: Row, original: Row
    ) -> None:
        self.library = library
        self.language = language
        self.chain = library.chain(language)
        self.row = row
        self.is_original = row is original
        self.original_document = original.document or {}
        self.kind = registry.of(row.type)
        self.document = with_facts(
            self.kind,
            row.document or {},
            self.original_document,
            library.by_code[original.locale].html_lang,
        )
        self._named = list(named(self.kind, self.document))
        self._ancestors: list[str] = self.document.get("ancestors", [])
        self._rows = {(str(each.key), each.locale): each for each in self._fetch()}
        self.versions = {
            each.locale: each for each in self._rows.values() if each.key == row.key
        }
        self.own = self.versions.get(row.locale)
        self.easy_read = self.versions.get(EASY_READ)

    def _fetch(self) -> list[Row]:
        """Return what the page names and what surrounds every page, with one query."""
        keys = {key: UUID(key) for _relation, key in self._named}
        keys |= {key: UUID(key) for key in self._ancestors}
        shown = {keys[key] for relation, key in self._named if relation != TEXT_LINK}
        return queries.around(
            self.row.key,
            self.row.locale,
            self.chain,
            named=sorted(keys.values()),
            shown=sorted(shown),
        )

    def best(self, key: str) -> Row | None:
        """Return the version of a page or block that this reader gets."""
        for code in self.chain:
            if row := self._rows.get((key, code)):
                return row
        return None

    def path_of(self, row: Row) -> str:
        """Return the address at which this reader finds a page."""
        if row.locale == self.language.code:
            return row.path
        source = self._rows.get((str(row.key), source_code()), row)
        return prefix_of(self.language.code) + source.path

    def foreign_language(self, row: Row) -> Language | None:
        """Return the language of a text when it is not the reader's."""
        if row.locale == self.language.code:
            return None
        return self.library.by_code.get(row.locale)

    def target(self, key: str) -> LinkTarget | None:
        """Return where a link in the text leads, or nothing when it is not public."""
        row = self.best(key)
        if row is None:
            return None
        foreign = self.foreign_language(row)
        lang = foreign.html_lang if foreign else None
        return LinkTarget(self.path_of(row), row.title, lang)

    @cached_property
    def shown(self) -> dict[str, Any]:
        """Return the text with addresses in place of keys."""
        return resolved(self.kind, self.document, self.target)

    def shown_original(self) -> dict[str, Any]:
        """Return the Swedish text, which most often is the text."""
        if self.is_original:
            return self.shown
        return resolved(self.kind, self.original_document, self.target)

    def passport(self, source: Row) -> Passport:
        """Say what kind of text this is, and how it stands to the Swedish one."""
        return status.passport(
            requested=self.language,
            served=self.library.by_code[self.row.locale],
            head=self.row,
            source=source,
            source_path=source.path,
            easy_read=self.easy_read,
        )

    def choices(self, source: Row) -> list[LanguageChoice]:
        """Return the language switch for this page (R-03, R-04)."""
        return [
            LanguageChoice.to(
                language,
                self.versions[language.code].path
                if language.code in self.versions
                else prefix_of(language.code) + source.path,
                current=self.language,
                state=status.state(self.versions.get(language.code), source),
            )
            for language in self.library.visible
        ]

    def breadcrumbs(self) -> list[NavLink]:
        return self._links(self._ancestors)

    def navigation(self) -> list[NavLink]:
        """Return the menu, in the order of the Swedish tree."""
        keys = {
            key: row.sort_key
            for (key, code), row in self._rows.items()
            if row.in_menu and code == source_code()
        }
        return self._links(sorted(keys, key=lambda key: keys[key]))

    def _links(self, keys: list[str]) -> list[NavLink]:
        rows = (self.best(key) for key in keys)
        return [self._link(row) for row in rows if row]

    def _link(self, row: Row) -> NavLink:
        foreign = self.foreign_language(row)
        above = (self.row.document or {}).get("ancestors", [])[1:]
        return NavLink(
            title=row.title,
            path=self.path_of(row),
            html_lang=foreign.html_lang if foreign else None,
            direction=(foreign or self.language).direction,
            is_current=row.key == self.row.key or str(row.key) in above,
        )

    @cached_property
    def references(self) -> dict[str, Reference]:
        """Return everything that the page shows, and what that in turn names."""
        keys = (key for (key, _), row in self._rows.items() if row.document is not None)
        found = {key: self._reference(key) for key in dict.fromkeys(keys)}
        return {key: reference for key, reference in found.items() if reference}

    def _reference(self, key: str) -> Reference | None:
        row = self.best(key)
        if row is None:
            return None
        original = self._rows.get((key, source_code()), row)
        foreign = self.foreign_language(row)
        original_document = original.document or {}
        return Reference(
            key=key,
            type=row.type,
            title=row.title,
            path=self.path_of(row) if row.kind == "page" else None,
            html_lang=foreign.html_lang if foreign else None,
            direction=(foreign or self.language).direction,
            document=with_facts(
                registry.of(row.type),
                row.document or {},
                original_document,
                self.library.by_code[original.locale].html_lang,
            ),
            source_document=original_document,
            parent=str(original.parent_key) if original.parent_key else None,
            updated_at=original.content_updated_at,
        )

    def block(self, key: str | None) -> dict[str, Any] | None:
        """Return a shared block as it is now, in the reader's language."""
        reference = self.references.get(key or "")
        if reference is None:
            return None
        kind = registry.of(reference.type)
        return {
            **resolved(kind, reference.document, self.target),
            "key": reference.key,
            "html_lang": reference.html_lang or self.language.html_lang,
            "direction": reference.direction,
            "is_fallback": reference.html_lang is not None,
        }

    def emergency_key(self) -> str | None:
        found = (key for (key, _), row in self._rows.items() if row.type == EMERGENCY)
        return next(found, None)

    def is_sensitive(self) -> bool:
        """Say whether reading the page may put somebody in danger.

        The page says so itself, or a text that it belongs to.
        """
        through = registry.sensitive_relations()
        belongs = (key for relation, key in self._named if relation in through)
        documents = [
            self.document,
            *(self.references[k].document for k in belongs if k in self.references),
        ]
        return any(each.get("sensitivity") == SAFETY_CRITICAL for each in documents)
