"""Blocks that show something: images and films."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.core.blocks.text import UntranslatedCharBlock
from cms.core.rich_text import document_html

WIDTHS = (480, 960, 1440)


def image_document(image: Any) -> dict[str, Any]:
    """Return the sizes of an image that a page may choose from, smallest first."""
    filters = [f"width-{width}|format-webp" for width in WIDTHS]
    renditions = image.get_renditions(*filters)
    sizes = {r.width: {"src": r.url, "width": r.width} for r in renditions.values()}
    largest = max(renditions.values(), key=lambda rendition: rendition.width)
    return {
        "src": largest.url,
        "width": largest.width,
        "height": largest.height,
        "srcset": [sizes[width] for width in sorted(sizes)],
    }


class ImageBlock(blocks.StructBlock):
    """An image with the text that stands in for it."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        max_length=250, required=False, label=_("Text alternative"),
        help_text=_("What the image tells, for those who do not see it."),
    )  # fmt: skip
    decorative = blocks.BooleanBlock(
        required=False, label=_("The image only decorates")
    )
    caption = blocks.CharBlock(max_length=250, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not value["decorative"] and not value["alt"].strip():
            message = _("Describe the image, or say that it only decorates.")
            raise blocks.StructBlockValidationError(
                block_errors={"alt": ValidationError(message)}
            )
        return value

    def to_document(self, value: Any) -> dict[str, Any] | None:
        image = value["image"]
        if image is None:
            return None
        return {
            "alt": "" if value["decorative"] else value["alt"],
            "caption": value["caption"],
            "credit": image.credit,
            "image": image_document(image),
        }


class VideoBlock(blocks.StructBlock):
    """A film of our own, with captions and a transcript (WCAG 1.2)."""

    video = DocumentChooserBlock(label=_("Film (MP4 or WebM)"))
    captions = DocumentChooserBlock(required=False, label=_("Captions (WebVTT)"))
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    duration = UntranslatedCharBlock(
        max_length=10, required=False, label=_("Length (minutes.seconds)")
    )
    transcript = blocks.RichTextBlock(
        features=["bold", "italic", "link"], required=False, label=_("Transcript")
    )

    class Meta:
        icon = "media"
        label = _("Film")

    def to_document(self, value: Any) -> dict[str, Any] | None:
        video, captions = value["video"], value["captions"]
        if video is None:
            return None
        return {
            "title": value["title"],
            "url": video.url,
            "captions_url": captions.url if captions else "",
            "transcript_html": document_html(value["transcript"].source)
            if value["transcript"]
            else "",
            "duration": value["duration"],
        }
