"""Files as documents hold them."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from cms.kinds.kinds import Part, Worded
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
    """An image with its words. An empty ``alt``: the image only decorates."""

    alt: Annotated[str, Text(_("text alternative"))]
    caption: Annotated[str, Text(_("caption"))] = ""
    credit: Annotated[str, Fact(_("photographer"), source="image.credit")] = ""
    image: Annotated[ImageFile, Media("")]


class FileFacts(Part):
    """A file: type, bytes, language, and whether a screen reader can read it (R-33)."""

    url: Annotated[str, Media(_("address"), source="public_address")]
    file_type: Annotated[str, Fact(_("type of file"), detail=True)]
    size: Annotated[int, Fact(_("bytes"), source="get_file_size", detail=True)]
    language: Annotated[str, Fact(_("language"))]
    accessible: Annotated[bool, Fact(_("accessible"))]
