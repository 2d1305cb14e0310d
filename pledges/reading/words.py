"""Words that know their language: a page may show several side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cms.reading.models import Language
from cms.reading.shapes import Reading, Reference


@dataclass(frozen=True)
class Text:
    """Words with their language, as the ``lang`` and ``dir`` attributes want it."""

    text: str
    html_lang: str
    direction: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    def as_json(self) -> dict[str, str]:
        return {"text": self.text, "lang": self.html_lang}


@dataclass(frozen=True)
class Link:
    """Where to read more: a title in its language, and an address."""

    title: Text
    path: str


@dataclass(frozen=True)
class Speaker:
    """One document and its language.

    A translation keeps its words while Swedish gets a new activity; readers are then
    shown the Swedish row, marked, rather than nothing (C-10).
    """

    document: dict[str, Any]
    html_lang: str
    direction: str

    def say(self, name: str) -> Text:
        """Return a text of the document's first level."""
        return Text(self.document.get(name) or "", self.html_lang, self.direction)

    def say_of(self, row: Mapping[str, Any], name: str) -> Text:
        """Return a text of one row, such as the title of an activity.

        A row in another language than its document is in that of the original.
        """
        if row.get("lang"):
            return Text(row[name], row["lang"], "ltr")
        return Text(row[name], self.html_lang, self.direction)


@dataclass(frozen=True)
class Readers:
    """Whose page this is: gives every text its absolute language."""

    language: Language
    source_lang: str

    def speaker(self, reference: Reference) -> Speaker:
        return Speaker(
            document=reference.document,
            html_lang=reference.html_lang or self.language.html_lang,
            direction=reference.direction,
        )

    def title(self, reference: Reference) -> Text:
        html_lang = reference.html_lang or self.language.html_lang
        return Text(reference.title, html_lang, reference.direction)

    def link(self, reference: Reference) -> Link:
        return Link(self.title(reference), reference.path or "")


def page_as_reference(reading: Reading) -> Reference:
    """Return the page that is read in the shape of what other pages name."""
    own = reading.served.pk == reading.requested.pk
    ancestors = reading.document.get("ancestors") or [None]
    return Reference(
        key=reading.key,
        type=reading.type,
        title=reading.title,
        path=reading.path,
        html_lang=None if own else reading.served.html_lang,
        direction=reading.served.direction,
        document=reading.document,
        source_document=reading.source_document,
        parent=ancestors[-1],
        updated_at=reading.content_updated_at,
    )


def readers_of(reading: Reading) -> Readers:
    source = reading.source_language or reading.served
    return Readers(reading.requested, source.html_lang)
