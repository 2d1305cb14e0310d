"""Which answers a publication may have changed. Too many rather than too few.

An answer is what a page says in one language. From the references as they are now: a
page that no longer names what was published has been published itself since.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT

from cms.kinds import registry
from cms.kinds.members import Ref
from cms.kinds.structure import fields
from cms.log.models import Action, Head, HeadReference, Publication, PublicationKind
from cms.reading.languages import source_code
from cms.reading.library import Library
from cms.reading.queries import EMERGENCY

#: Of so many pages each is named; more are everything.
MOST = 500
AT_ONCE = 100


class Answer(NamedTuple):
    """A page, and the tag of the language in which it is asked for."""

    key: UUID
    lang: str


@dataclass(frozen=True)
class Affected:
    """The answers that one row of the log may have changed.

    ``others`` are the pages besides its own, in the languages of ``readers``: those in
    which its words may be shown. With ``everywhere`` all pages are, in those languages:
    what it changes is in the frame of each, or on more than `MOST`.
    """

    own: UUID
    others: frozenset[UUID]
    readers: tuple[str, ...]
    offered: tuple[str, ...]
    everywhere: bool
    is_page: bool

    def answers(self) -> list[Answer]:
        """Return them in a fixed order, those of its own page first.

        A page says in each language in which others it is there, and how current.
        """
        own = self.offered if self.is_page else self.readers
        return [
            *(Answer(self.own, tag) for tag in own),
            *(Answer(key, tag) for key in sorted(self.others) for tag in self.readers),
        ]


@dataclass
class _Row:
    """A row of the log, and what stood before it under its key in its language."""

    id: int
    key: UUID
    locale: str
    kind: str
    type: str
    action: str
    title: str
    path: str
    parent_key: UUID | None
    menu: str | None
    place: str | None
    title_before: str | None
    path_before: str | None
    parent_before: UUID | None
    menu_before: str | None
    place_before: str | None
    listed_before: frozenset[UUID]

    @property
    def is_page(self) -> bool:
        return self.kind == PublicationKind.PAGE

    @property
    def goes_by_another_name(self) -> bool:
        """Say whether links to it and the ways down through it are different."""
        return (
            self.action == Action.WITHDRAW
            or (self.title, self.path) != (self.title_before, self.path_before)
        )  # fmt: skip

    @property
    def is_in_every_frame(self) -> bool:
        """Say whether the menu or the name of the site may be different."""
        listed = "true" in {self.menu, self.menu_before}
        moved = (self.menu, self.place) != (self.menu_before, self.place_before)
        is_front = self.is_page and self.parent_key is None
        return (listed and (moved or self.goes_by_another_name)) or (
            is_front and self.goes_by_another_name
        )

    @property
    def parents(self) -> set[UUID]:
        return {each for each in (self.parent_key, self.parent_before) if each}


def by_row(publications: QuerySet[Publication]) -> dict[int, Affected]:
    """Return what each of some rows has changed, by its id.

    The number of questions to the database depends on the rows by the hundred.
    """
    rows = _rows(publications)
    if not rows:
        return {}
    around = _Around.of(rows)
    library = Library()
    offered = tuple(language.tag for language in library.visible)
    chains = {each.tag: set(library.chain(each)) for each in library.visible}
    found = {}
    for row in rows:
        others = around.pages(row) - {row.key}
        everywhere = row.is_in_every_frame or len(others) > MOST
        found[row.id] = Affected(
            own=row.key,
            others=frozenset() if everywhere else frozenset(others),
            readers=tuple(tag for tag in offered if row.locale in chains[tag]),
            offered=offered,
            everywhere=everywhere,
            is_page=row.is_page,
        )
    return found


def keys(publications: QuerySet[Publication]) -> set[UUID] | None:
    """Return the keys of all pages that some rows may have changed, and their own.

    None: more than can be named. What is in the frame of every page is not looked at.
    """
    rows = _rows(publications)
    around = _Around.of(rows)
    found: set[UUID] = set()
    for row in rows:
        pages = around.pages(row)
        if len(pages) > MOST:
            return None
        found |= {row.key, *pages}
    return found


def _rows(publications: QuerySet[Publication]) -> list[_Row]:
    earlier = Publication.objects.filter(
        key=OuterRef("key"), locale=OuterRef("locale"), id__lt=OuterRef("id")
    ).order_by("-id")

    def before(name: str) -> Subquery:
        return Subquery(earlier.values(name)[:1])

    found = publications.annotate(
        menu=KT("document__show_in_menus"),
        place=KT("document__sort_key"),
        title_before=before("title"),
        path_before=before("path"),
        parent_before=before("parent_key"),
        menu_before=Subquery(earlier.values(was=KT("document__show_in_menus"))[:1]),
        place_before=Subquery(earlier.values(was=KT("document__sort_key"))[:1]),
    )
    names = [name for name in _Row.__dataclass_fields__ if name != "listed_before"]
    listing = {f"was_{name}": name for name in _listing()}
    found = found.annotate(
        **{
            was: Subquery(earlier.values(was=KT(f"document__{name}"))[:1])
            for was, name in listing.items()
        }
    )
    return [
        _Row(
            **{name: facts[name] for name in names},
            listed_before=_keys_in(facts[was] for was in listing),
        )
        for facts in found.values(*names, *listing)
    ]


def _listing() -> set[str]:
    """Return the members by which pages say on which other pages they are listed."""
    return {
        each.name
        for kind in registry.pages()
        for each in fields(kind)
        if isinstance(each.member, Ref) and each.member.chosen_by
    }


def _keys_in(lists: Iterable[str | None]) -> frozenset[UUID]:
    return frozenset(UUID(key) for text in lists if text for key in json.loads(text))


@dataclass
class _Around:
    """What is drawn from what, for the rows at hand."""

    users: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    children: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    lists: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    families: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    news: set[UUID] = field(default_factory=set)
    sensitive: set[UUID] = field(default_factory=set)
    blocks: set[UUID] = field(default_factory=set)

    @classmethod
    def of(cls, rows: list[_Row]) -> _Around:
        around = cls()
        around._look_for_families({row.type for row in rows})
        around._look_for_users({row.key for row in rows}, around.families)
        around._look_for_lists({row.key for row in rows})
        around._look_below({row.key for row in rows if row.goes_by_another_name})
        if any(registry.page(row.type).is_news for row in rows):
            kinds = [kind.type_name for kind in registry.pages() if kind.shows_news]
            around.news = {key for (key,) in _each(kinds, _of_type, "key")}
        if any(row.type == EMERGENCY for row in rows):
            found = _each([True], _sensitive, "key")
            around.sensitive = {key for (key,) in found}
        return around

    def pages(self, row: _Row) -> set[UUID]:
        """Return the pages that may look different through a row, blocks left out."""
        drawn = {row.key}
        for name in registry.drawn_together([row.type]):
            drawn |= self.families[name]
        found = drawn | self._using(drawn) | row.parents
        found |= self.lists[row.key] | row.listed_before
        if row.goes_by_another_name:
            found |= self._below(row.key)
        if registry.page(row.type).is_news:
            found |= self.news
        if row.type == EMERGENCY:
            found |= self.sensitive
        return found - self.blocks

    def _using(self, keys: Iterable[UUID]) -> set[UUID]:
        """Return who names the keys, and who names a block that does."""
        found: set[UUID] = set()
        asked = set(keys)
        while asked:
            new = set().union(*(self.users[key] for key in asked)) - found
            found |= new
            asked = new & self.blocks
        return found

    def _below(self, key: UUID) -> set[UUID]:
        found: set[UUID] = set()
        asked = {key}
        while asked:
            asked = set().union(*(self.children[each] for each in asked)) - found
            found |= asked
        return found

    def _look_for_families(self, types: set[str]) -> None:
        """Find the texts that an app draws together with texts of these types."""
        related = sorted(registry.drawn_together(types))
        for name, key, kind in _each(related, _of_type, "type", "key", "kind"):
            self.families[name].add(key)
            if kind == PublicationKind.BLOCK:
                self.blocks.add(key)

    def _look_for_users(
        self, keys: set[UUID], families: Mapping[str, set[UUID]]
    ) -> None:
        asked = keys.union(*families.values())
        seen = set(asked)
        while asked:
            found = _each(sorted(asked), _naming, "key", "head__key", "head__kind")
            for key, user, _kind in found:
                self.users[key].add(user)
            asked = {
                user for _key, user, kind in found if kind == PublicationKind.BLOCK
            } - seen
            self.blocks |= asked
            seen |= asked

    def _look_for_lists(self, keys: set[UUID]) -> None:
        """Find the pages that list what names them, such as the page of an area."""
        for key, listing in _each(sorted(keys), _listed_by, "head__key", "key"):
            self.lists[key].add(listing)

    def _look_below(self, keys: set[UUID]) -> None:
        asked, seen = keys, set(keys)
        while asked:
            found = _each(sorted(asked), _below, "parent_key", "key")
            for parent, key in found:
                self.children[parent].add(key)
            asked = {key for _parent, key in found} - seen
            seen |= asked


# Each of these finds its rows by an index, in the order of the index. What is public in
# any language is public in the original, which has the same references.


def _of_type(name: str) -> QuerySet[Any]:
    heads = Head.objects.public().filter(locale=source_code(), type=name)
    return heads.order_by("-list_date", "-id")


def _sensitive(_: bool) -> QuerySet[Any]:
    heads = Head.objects.public().filter(locale=source_code(), is_sensitive=True)
    return heads.order_by("locale")


def _below(parent: UUID) -> QuerySet[Any]:
    heads = Head.objects.public().filter(locale=source_code(), parent_key=parent)
    return heads.order_by("-list_date", "-id")


def _naming(key: UUID) -> QuerySet[Any]:
    return HeadReference.objects.filter(key=key).order_by("relation")


def _listed_by(key: UUID) -> QuerySet[Any]:
    listing = registry.choices().values()
    return HeadReference.objects.filter(
        head__key=key, head__locale=source_code(), relation__in=list(listing)
    ).order_by("relation")


def _each(
    asked: Sequence[Any], find: Callable[[Any], QuerySet[Any]], *columns: str
) -> set[tuple[Any, ...]]:
    """Return the first `MOST` rows and one more for each of what is asked about.

    A statement for each `AT_ONCE`; SQLite, which has no limit inside a union, is asked
    for each.
    """
    parts = [find(each).values_list(*columns)[: MOST + 1] for each in asked]
    if not connection.features.supports_slicing_ordering_in_compound:
        return {row for part in parts for row in part}
    found: set[tuple[Any, ...]] = set()
    for start in range(0, len(parts), AT_ONCE):
        first, *others = parts[start : start + AT_ONCE]
        found.update(first.union(*others, all=True) if others else first)
    return found
