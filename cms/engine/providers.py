"""Machine translation services behind one small interface.

A provider translates segment texts in order; it never sees a page, never stores
anything and is never called while a page is being published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Provider(Protocol):
    """Something that translates texts from one language to another."""

    name: str

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> list[str | None]:
        """Return a translation, or ``None``, for each text."""


class PhrasebookProvider:
    """Answers from a prepared list of texts; the demo's stand-in for a machine.

    Deterministic and without network. What it does not know stays untranslated.
    """

    def __init__(self, name: str, phrases: Mapping[str, str]) -> None:
        self.name = name
        self._phrases = dict(phrases)

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> list[str | None]:
        return [self._phrases.get(text) for text in texts]
