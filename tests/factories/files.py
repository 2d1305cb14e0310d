"""Small files: an image and documents, as an editor would upload them."""

from __future__ import annotations

import gc
import warnings
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from cms.core.building import image_document
from cms.core.models import ContentImage, MediaFile


def png(width: int, *, colour: str = "#123c46") -> bytes:
    """An image of one colour, half as high as wide."""
    buffer = BytesIO()
    Image.new("RGB", (width, width // 2), colour).save(buffer, "PNG")
    return buffer.getvalue()


def make_image(title: str = "Torget", *, width: int = 1600) -> ContentImage:
    """An image of one colour, wide enough for every size that pages use."""
    image = ContentImage.objects.create(
        title=title, credit="Eva Exempel", file=ContentFile(png(width), "a.png")
    )
    with warnings.catch_warnings():
        # Wagtail leaves the file open that it writes a size into.
        warnings.simplefilter("ignore", ResourceWarning)
        image_document(image)
        gc.collect()
    return image


def make_file(name: str = "plan.pdf", **facts: object) -> MediaFile:
    """A file; nothing looks into it."""
    standard = {"title": "Planen", "language": "sv", "accessible": True}
    return MediaFile.objects.create(
        **{**standard, **facts}, file=ContentFile(b"%PDF-1.7", name)
    )
