"""How a reading is put together: one composition for site, API and previews."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Case, F, JSONField, OuterRef, Q, Subquery, When

from cms.kinds import registry
from cms.kinds.kinds import SAFETY_CRITICAL, Kind
from cms.kinds.merging import with_facts
from cms.kinds.references import TEXT_LINK, named
from cms.kinds.resolving import Target, resolved
from cms.log.models import Action, Head, HeadReference, Publication
from cms.reading import status
from cms.reading.languages import prefix_of, source_code
from cms.reading.library import Library
from cms.reading.models import Language
from cms.reading.shapes import LanguageChoice, NavLink, Reading, Reference
from cms.reading.status import Passport

EASY_READ = "sv-x-lattlast"
EMERGENCY_NUMBERS = "core.emergency"


def compose(
    library: Library,
    language: Language,
    head: Head,
    *,
    source: Head | None = None,
    draft: bool = False,
) -> Reading:
    """Build what a reader of ``language`` gets when ``head``, or a draft, is the text.

    ``source`` is the public Swedish version, looked up when it is not given.
    """
    around = _Surroundings(library, language, head, _original(head, source))
    public_source = around.versions.get(source_code(), head)
    return Reading(
        requested=language,
        served=library.by_code[head.locale],
        key=str(head.key),
        type=head.type,
        path=around.path_of(head),
        title=head.title,
        document=resolved(around.kind, around.document, around.target),
        source_document=resolved(around.kind, around.original_document, around.target),
        source_language=library.by_code[source_code()],
        passport=around.passport(public_source),
        languages=around.choices(public_source),
        breadcrumbs=around.breadcrumbs(),
        navigation=around.navigation(),
        contact=around.contact(),
        references=around.references,
        is_sensitive=_is_sensitive(around.kind, around.document, around.references),
        emergency=around.emergency(),
        published_at=head.publication.published_at,
        first_published_at=around.first_published_at,
        content_updated_at=public_source.publication.content_updated_at,
        publication=head.publication_id or 0,
        content_hash=head.publication.content_hash,
        easy_read_path=around.easy_read_path,
        is_preview=draft,
    )


def _original(head: Head, source: Head | None) -> Head:
    """Return the Swedish version of what is shown, or ``head`` when there is none."""
    if source or head.locale == source_code():
        return source or head
    heads = Head.objects.public().filter(key=head.key, locale=source_code())
    return heads.select_related("publication").first() or head


def _is_sensitive(
    kind: type[Kind], document: dict[str, Any], references: dict[str, Reference]
) -> bool:
    """Say whether reading the page may put somebody in danger.

    The page says so itself, or a text that it belongs to.
    """
    through = registry.sensitive_relations()
    belongs = (key for relation, key in named(kind, document) if relation in through)
    documents = [
        document,
        *(references[k].document for k in belongs if k in references),
    ]
    return any(each.get("sensitivity") == SAFETY_CRITICAL for each in documents)


def _first_publication() -> Subquery:
    rows = Publication.objects.filter(
        key=OuterRef("key"), locale=OuterRef("locale"), action=Action.PUBLISH
    )
    return Subquery(rows.order_by("id").values("published_at")[:1])


class _Surroundings:
    """Everything in the log that a page refers to, fetched with one query."""

    def __init__(
        self, library: Library, language: Language, head: Head, original: Head
    ) -> None:
        self.library = library
        self.language = language
        self.chain = library.chain(language)
        self.head = head
        self.original_document = original.publication.document
        self.kind = registry.of(head.type)
        self.document = with_facts(
            self.kind,
            head.publication.document,
            self.original_document,
            library.by_code[original.locale].html_lang,
        )
        self._heads = self._fetch()
        self.versions = {
            found.locale: found
            for (key, _code), found in self._heads.items()
            if key == str(head.key)
        }

    def _fetch(self) -> dict[tuple[str, str], Head]:
        """Return what the page names and what surrounds every page, with one query."""
        head = self.head
        found = list(named(self.kind, self.document))
        shown = {key for relation, key in found if relation != TEXT_LINK}
        referred = {key for _relation, key in found} | set(
            self.document.get("ancestors", [])
        )
        in_chain = Q(locale__in=self.chain)
        wanted = Head.objects.public().filter(
            Q(key=head.key)
            | (Q(key__in=referred) & in_chain)
            | (Q(key__in=_named_by(shown), kind="block") & in_chain)
            | (Q(type=EMERGENCY_NUMBERS) & in_chain)
            | (Q(in_menu=True) & in_chain)
        )
        wanted = wanted.select_related("publication").defer("publication__document")
        wanted = wanted.annotate(
            shown_document=Case(
                When(
                    Q(kind="block") | Q(key__in=shown), then=F("publication__document")
                ),
                default=None,
                output_field=JSONField(),
            ),
            first_published_at=Case(
                When(key=head.key, locale=head.locale, then=_first_publication()),
                default=None,
            ),
        )
        return {(str(found.key), found.locale): found for found in wanted}

    @property
    def first_published_at(self) -> datetime | None:
        """When the text was public for the first time; nothing for a new draft."""
        head = self.versions.get(self.head.locale)
        # Annotated, like the document of a block.
        return head.first_published_at if head else None  # type: ignore[attr-defined]

    @property
    def easy_read_path(self) -> str | None:
        head = self.versions.get(EASY_READ)
        return head.path if head else None

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

    def target(self, key: str) -> Target | None:
        """Return where a link in the text leads."""
        found = self.link(key)
        if found is None:
            return None
        head, path, foreign = found
        return Target(path, head.title, foreign.html_lang if foreign else None)

    def passport(self, source: Head) -> Passport:
        """Say what kind of text this is, and how it stands to the Swedish one."""
        return status.passport(
            requested=self.language,
            served=self.library.by_code[self.head.locale],
            head=self.head,
            source=source,
            source_path=source.path,
            easy_read=self.versions.get(EASY_READ),
        )

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

    def breadcrumbs(self) -> list[NavLink]:
        links = (self.link(key) for key in self.document.get("ancestors", []))
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

    @cached_property
    def references(self) -> dict[str, Reference]:
        """Return everything that the page shows, and what that in turn names."""
        found = {}
        for (key, _code), head in self._heads.items():
            if key in found or head.shown_document is None:  # type: ignore[attr-defined]
                continue
            if reference := self._reference(key):
                found[key] = reference
        return found

    def _reference(self, key: str) -> Reference | None:
        head = self.best(key)
        if head is None:
            return None
        original = self._heads.get((key, source_code()), head)
        foreign = self.foreign_language(head)
        return Reference(
            key=key,
            type=head.type,
            title=head.title,
            path=self.path_of(head) if head.kind == "page" else None,
            html_lang=foreign.html_lang if foreign else None,
            direction=(foreign or self.language).direction,
            document=with_facts(
                registry.of(head.type),
                head.shown_document or {},  # type: ignore[attr-defined]
                original.shown_document or {},  # type: ignore[attr-defined]
                self.library.by_code[original.locale].html_lang,
            ),
            source_document=original.shown_document or {},  # type: ignore[attr-defined]
            parent=str(original.parent_key) if original.parent_key else None,
            updated_at=original.publication.content_updated_at,
        )

    def contact(self) -> dict[str, Any] | None:
        """Return the contact block as it is now, in the reader's language."""
        return self._block(self.best(self.document.get("contact_block") or ""))

    def emergency(self) -> dict[str, Any] | None:
        """Return the emergency numbers, in the reader's language."""
        keys = (
            k for (k, _code), h in self._heads.items() if h.type == EMERGENCY_NUMBERS
        )
        key = next(keys, None)
        return self._block(self.best(key)) if key else None

    def _block(self, head: Head | None) -> dict[str, Any] | None:
        if head is None:
            return None
        language = self.library.by_code[head.locale]
        original = self._heads.get((str(head.key), source_code()), head)
        kind = registry.of(head.type)
        document = with_facts(
            kind,
            head.shown_document,  # type: ignore[attr-defined]
            original.shown_document,  # type: ignore[attr-defined]
            self.library.by_code[original.locale].html_lang,
        )
        return {
            **resolved(kind, document, self.target),
            "key": str(head.key),
            "html_lang": language.html_lang,
            "direction": language.direction,
            "is_fallback": head.locale != self.language.code,
        }


def _named_by(keys: set[str]) -> Subquery:
    """Return the keys that shown texts name: whose lamp it is, who calls a group."""
    rows = HeadReference.objects.filter(head__key__in=keys, head__is_public=True)
    return Subquery(rows.exclude(relation__in=["link", "contact"]).values("key"))
