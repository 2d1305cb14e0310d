"""The examples of all kinds, published and translated, as readers meet them.

Examples name each other by their keys, so together they are a small municipality. Each
that others name has a twin with other words and figures: what a changed reference names.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.text import slugify

from cms.kinds.kinds import SAFETY_CRITICAL, Json, Kind, PageKind, SharedKind
from cms.kinds.members import Hidden, Html, Ref, Text
from cms.kinds.references import named, texts
from cms.log import entries
from cms.log.models import Publication
from tests.cms.kinds import variations
from tests.cms.kinds.variations import Case

#: When everything is read: in the middle of what the examples are about.
NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
SOURCE, TRANSLATED = "sv", ("fi", "ar")
#: How answers write that there is nothing.
NOTHING = (None, "null", '""')
#: It says that something changed, and not what.
_CHANGES = "/api/v1/changes"
#: The type of the plain pages, which no app knows.
_PLAIN = "example.plain"


@dataclass(frozen=True)
class Example:
    """What is published under one key."""

    name: str
    key: UUID
    kind: type[Kind]
    document: Json

    @property
    def is_page(self) -> bool:
        return not issubclass(self.kind, SharedKind)

    @property
    def type(self) -> str:
        return self.kind.type_name or _PLAIN

    @property
    def parent(self) -> UUID | None:
        above = self.document.get("ancestors") or [None]
        return UUID(above[-1]) if above[-1] else None

    @property
    def names(self) -> set[UUID]:
        return {UUID(key) for _relation, key in named(self.kind, self.document)}

    def path(self, document: Json) -> str:
        folder = slugify(f"{self.name.replace('.', '-')}-{str(self.key)[:4]}")
        return f"/{folder}/{slugify(document['slug'])}/" if self.is_page else ""


def title_of(document: Json) -> str:
    """What a text goes by where others name it."""
    return next(
        (document[name] for name in ("title", "name", "label") if name in document),
        "Text",
    )


def twin_of(example: Example) -> Example:
    """Another text of the kind, in which everything that is plain text is different."""
    document = copy.deepcopy(example.document)
    for case in variations.cases_of(example.name, example.kind, example.document):
        member = case.place.member
        value = case.place.value
        if isinstance(member, Ref) and value:
            of_twins = [variations.twin_key(key) for key in texts(value)]
            case.place_in(
                document, of_twins if isinstance(value, list) else of_twins[0]
            )
        elif isinstance(member, Hidden) or getattr(member, "choices", None):
            continue
        elif isinstance(value, str) and value:
            document = case.changed_in(document)
    key = UUID(variations.twin_key(str(example.key)))
    return Example(f"twin-{example.name}", key, example.kind, document)


def in_words_of(kind: type[Kind], document: Json, tag: str) -> Json:
    """The document with all its words, but its address, in a made-up language."""
    translated = copy.deepcopy(document)
    for case in variations.cases_of("", kind, document):
        if isinstance(case.place.member, Text) and case.place.path != "slug":
            inline = not isinstance(case.place.member, Html) or case.place.member.inline
            words = _marked(case.place.value, tag, inline=inline)
            case.place_in(translated, words)
    return translated


def _marked(value: Any, tag: str, *, inline: bool) -> Any:
    if isinstance(value, list):
        return [_marked(each, tag, inline=inline) for each in value]
    if not value:
        return value
    return f"{tag} {value}" if inline else value.replace("<p>", f"<p>{tag} ", 1)


def examples() -> list[Example]:
    """Every example, with what it takes to read them all."""
    found = [
        Example(name, variations.key_of(name, kind), kind, document)
        for name, kind, document in variations.documents()
    ]
    twins = [twin_of(each) for each in found if each.kind.example_key]
    danger = {**PageKind.sample(), "sensitivity": SAFETY_CRITICAL}
    safety = Example("safety", variations.key_of("safety", PageKind), PageKind, danger)
    return [*found, *twins, safety]


@dataclass(repr=False)
class World:
    """The published examples, and what readers are answered about them."""

    examples: dict[str, Example] = field(default_factory=dict)
    _client: Client = field(default_factory=Client)
    _same: dict[tuple[str, str], Any] = field(default_factory=dict)

    def publish(self, found: list[Example]) -> None:
        """Publish examples in Swedish, and in every other language."""
        swedish = [self.entry(each, each.document) for each in found]
        rows = entries.append_first(swedish, at=timezone.now())
        for tag in TRANSLATED:
            translations = [
                self.entry(
                    each,
                    in_words_of(each.kind, each.document, tag),
                    tag,
                    source_publication_id=row.pk,
                )
                for each, row in zip(found, rows, strict=True)
            ]
            entries.append_first(translations, at=timezone.now())
        self.examples |= {each.name: each for each in found}

    def entry(
        self, example: Example, document: Json, tag: str = SOURCE, **facts: Any
    ) -> entries.Entry:
        path = example.path(document or example.document)
        standard: dict[str, Any] = {
            "action": "publish",
            "significance": "first",
            "origin": "source" if tag == SOURCE else "human",
            "source_publication_id": None,
        }
        return entries.Entry(
            key=example.key,
            locale=tag,
            kind="page" if example.is_page else "block",
            type=example.type,
            path=path if tag == SOURCE or not path else f"/{tag}{path}",
            parent_key=example.parent,
            title=title_of(document or example.document),
            document=document,
            review="approved",
            content_updated_at=timezone.now(),
            actor="test",
            **standard | facts,
        )

    def append(self, example: Example, document: Json) -> Publication:
        """Publish another Swedish version of an example."""
        entry = self.entry(example, document, significance="content")
        return entries.append(entry, at=timezone.now())

    @contextmanager
    def changed(self, example: Example, document: Json) -> Iterator[None]:
        """Another Swedish version, as long as the block lasts: always the next row."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence('log_publication', 'id'),"
                    " (SELECT max(id) FROM log_publication))"
                )
            self.append(example, document)
            yield
            transaction.set_rollback(True)

    def newest(self) -> int:
        """The place in the log of what was published last."""
        row = Publication.objects.order_by("-id").first()
        assert row is not None
        return row.pk

    def changes(self, since: int) -> list[Json]:
        """What the feed of changes tells since a place in the log."""
        answer = self._client.get(f"{_CHANGES}?since={since}")
        found: list[Json] = answer.json()["items"]
        return found

    @cached_property
    def lists(self) -> list[str]:
        """Every address of the API that needs nothing but a language."""
        paths = self._client.get("/api/v1/openapi.json").json()["paths"]
        return [
            path
            for path, operations in paths.items()
            if "get" in operations
            and "{" not in path
            and path != _CHANGES
            and not any(
                each["required"] for each in operations["get"].get("parameters", ())
            )
        ]

    def readers(self, example: Example) -> list[Example]:
        """The pages on which something of an example is to be seen."""
        if example.is_page:
            above = [e for e in self.examples.values() if e.key == example.parent]
            return [example, *above]
        shown = {example.key}
        shown |= {
            each.key
            for each in self.examples.values()
            if not each.is_page and shown & each.names
        }
        found = [
            each
            for each in self.examples.values()
            if each.is_page and shown & each.names
        ]
        known = [each for each in found if each.kind.type_name]
        beside = [
            each
            for each in self.examples.values()
            if each.is_page and each not in known and example.names & each.names
        ]
        return [*known[:4], *beside[:2]] or found[:1] or [self.examples["safety"]]

    def pages(self, example: Example, tag: str, document: Json) -> dict[str, str]:
        """Addresses of the site, in one language, by what is at them."""
        prefix = "" if tag == SOURCE else f"/{tag}"
        return {
            each.name: prefix
            + each.path(
                document if each is example and tag == SOURCE else each.document
            )
            for each in self.readers(example)
        }

    def answers(self, example: Example, tag: str) -> dict[str, str]:
        """Addresses of the API, in one language, by what is at them."""
        pages = {
            each.name: f"/api/v1/pages/{each.key}?lang={tag}"
            for each in self.readers(example)
        }
        return pages | {
            path: f"{path}?lang={tag}"
            if not path.endswith((".csv", "languages"))
            else path
            for path in self.lists
            if not path.endswith("openapi.json")
        }

    def own(self, example: Example, tag: str) -> list[str]:
        """The addresses of a page itself: on the site, and in the API."""
        page = self.pages(example, tag, self.document(example))[example.name]
        return [page, f"/api/v1/pages/{example.key}?lang={tag}"]

    def document(self, example: Example) -> Json:
        """The document of an example that is public now, in Swedish."""
        row = entries.current(example.key, SOURCE)
        return row.document if row else example.document

    def read(self, address: str) -> Any:
        """What is answered now: flat JSON, or text."""
        response = self._client.get(address)
        content = response.content.decode()
        assert response.status_code == 200, f"{address}: {content[:300]}"
        is_json = "json" in response["Content-Type"]
        return dict(leaves(json.loads(content))) if is_json else content

    def tags(self, address: str) -> set[str]:
        """What an answer of the API was made from, as caches are told."""
        return set(self._client.get(address)["Cache-Tag"].split(","))

    def unchanged(self, example: Example, addresses: Iterable[str]) -> dict[str, Any]:
        """What is answered after the example was published again as it was."""
        asked = list(addresses)
        new = [at for at in asked if (example.name, at) not in self._same]
        if new:
            with self.changed(example, example.document):
                for at in new:
                    self._same[example.name, at] = self.read(at)
        return {at: self._same[example.name, at] for at in asked}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of an answer by its path: ``details.pledge.parties.0.name``."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{path}.{number}")
    else:
        yield path, json.dumps(value)


def differing(before: Json, after: Json) -> set[str]:
    """The paths at which two answers differ."""
    return {
        path
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path)
    }


def after(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def example_of(world: World, case: Case) -> Example:
    return world.examples[case.name]
