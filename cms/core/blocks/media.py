"""Blocks that show something: images and films."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.core import building, kinds
from cms.core.blocks.described import DescribedStruct
from cms.core.blocks.text import UntranslatedCharBlock


class ImageBlock(DescribedStruct):
    """An image with the text that stands in for it."""

    kind = kinds.ImageBlock

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
            "alt": value["alt"],
            "caption": value["caption"],
            "credit": image.credit,
            "image": building.image_document(image),
            "decorative": bool(value["decorative"]),
        }


class VideoBlock(DescribedStruct):
    """A film of our own, with captions and a transcript (WCAG 1.2)."""

    kind = kinds.VideoBlock

    video = DocumentChooserBlock(label=_("Film (MP4 or WebM)"))
    captions = blocks.ListBlock(
        DocumentChooserBlock(label=_("File")), default=[],
        label=_("Captions (WebVTT), one file for each language"),
        help_text=_("The language is that of the file, in the library."),
    )  # fmt: skip
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
        if value["video"] is None:
            return None
        part = super().to_document(value) or {}
        # A file that has been deleted is left out.
        return {**part, "captions": [each for each in part["captions"] if each["url"]]}
