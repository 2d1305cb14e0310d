"""Kinds with a deliberate mistake each: what the checks must be able to find."""

from __future__ import annotations

from itertools import count
from typing import Annotated, Any

from cms.kinds.kinds import Json, PageKind, Worded
from cms.kinds.media import ImageFile
from cms.kinds.members import Fact, Id, Inner, Media, Text

_asked = count()


class Stubborn(Worded):
    """In a translation its day is another one, whatever the original says."""

    id: Annotated[str, Id()]
    text: Annotated[str, Text("Text")]
    when: Annotated[str, Fact("Date")]

    @classmethod
    def answer(cls, values: Json, links: Any) -> Json:
        is_original = not values["text"].startswith(("fi ", "ar "))
        return values if is_original else {**values, "when": "1900-01-01"}


class KeepsAnOldFact(PageKind):
    type_name = "scratch.keeps"
    verbose_name = "Text"
    example = {"title": "T", "rows": [{"id": "r", "text": "Ord", "when": "2026-01-01"}]}

    rows: Annotated[list[Stubborn], Inner("Row")]


class IsNotAnswered(PageKind):
    """It says that ``details`` have a member of which they know nothing."""

    type_name = "scratch.answers"
    verbose_name = "Text"
    example = {"title": "T", "price": "10"}

    price: Annotated[str, Fact("Price", answered="details")]


class IsNotShown(PageKind):
    """Its template knows nothing of a member."""

    type_name = "scratch.shows"
    verbose_name = "Text"
    example = {"title": "T", "price": "10"}

    price: Annotated[str, Fact("Price")]


class Restless(Worded):
    """It is something else whenever somebody looks."""

    id: Annotated[str, Id()]
    alt: Annotated[str, Text("Text")]
    image: Annotated[ImageFile, Media("Image")]

    @classmethod
    def answer(cls, values: Json, links: Any) -> Json:
        return {**values, "alt": f"{values['alt']} {next(_asked)}"}


class IsNeverTheSame(PageKind):
    """The archive cannot show what readers met."""

    type_name = "scratch.changes"
    verbose_name = "Text"
    template = "site/types/standard.html"
    example = {
        "title": "T",
        "hero": {
            "id": "h",
            "alt": "Torget",
            "image": {
                "src": "/media/torget.webp",
                "width": 2,
                "height": 1,
                "srcset": [],
            },
        },
    }

    hero: Annotated[Restless, Inner("Image")]


class HasAnUnknownName(PageKind):
    """Nobody has translated what the staff call its member."""

    type_name = "scratch.named"
    verbose_name = "Text"
    example = {"title": "T", "tune": "a"}

    tune: Annotated[str, Fact("Xylophone tune")]
