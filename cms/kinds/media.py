"""Files as documents hold them."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from cms.kinds.kinds import Json, Part, Worded
from cms.kinds.members import Fact, Media, Text


class ImageSize(BaseModel):
    """One size of an image; the address is relative to this site."""

    src: str
    width: int


class ImageFile(BaseModel):
    """An image in its largest size, and in ``srcset`` in all, smallest first."""

    src: str
    width: int
    height: int
    srcset: list[ImageSize]


class Picture(Worded):
    """An image with its words; one that is ``decorative`` has nothing to say."""

    alt: Annotated[str, Text(_("text alternative"))]
    caption: Annotated[str, Text(_("caption"))] = ""
    credit: Annotated[str, Fact(_("photographer"), source="image.credit")] = ""
    image: Annotated[ImageFile, Media("")]
    decorative: Annotated[bool, Fact(_("only decorates"))] = False

    @classmethod
    def answer(cls, values: Json, links: Any) -> Json:
        """An image that only decorates has nothing to say."""
        return {**values, "alt": ""} if values.get("decorative") else values


class FileFacts(Part):
    """A file: type, bytes, language, and whether a screen reader can read it (R-33)."""

    url: Annotated[str, Media(_("address"), source="public_address")]
    file_type: Annotated[str, Fact(_("type of file"), detail=True)]
    size: Annotated[int, Fact(_("bytes"), source="get_file_size", detail=True)]
    language: Annotated[str, Fact(_("language"))]
    accessible: Annotated[bool, Fact(_("accessible"))]


class Captions(Part):
    """What is said in a film, in one language (WebVTT)."""

    named_by = "language"

    language: Annotated[str, Fact(_("language"))]
    url: Annotated[str, Media(_("file"), source="public_address")]
