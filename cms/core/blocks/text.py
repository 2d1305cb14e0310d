"""Blocks that hold running text."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.rich_text import document_html, inline_html

INLINE = ["bold", "italic", "link", "document-link"]


class UntranslatedCharBlock(blocks.CharBlock):
    """Text that is the same in every language: a person's name, a duration."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Tell wagtail-localize that there is nothing here to translate."""
        return []


class HeadingBlock(blocks.StructBlock):
    """A heading. Its level says where it belongs, never how big it is (R-20)."""

    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Part of a section"))],
        default="2",
        label=_("Level"),
    )
    text = blocks.CharBlock(max_length=120, label=_("Heading"))

    class Meta:
        icon = "title"
        label = _("Heading")

    def to_document(self, value: Any) -> dict[str, Any]:
        return {"level": int(value["level"] or 2), "text": value["text"]}


class ParagraphBlock(blocks.RichTextBlock):
    """One or several paragraphs of running text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", INLINE)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")

    def to_document(self, value: Any) -> dict[str, Any]:
        return {"html": document_html(value.source)}


class ItemsBlock(blocks.StructBlock):
    """A list with bullets or numbers."""

    ordered = blocks.BooleanBlock(required=False, label=_("Numbered"))
    items = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE, label=_("Item")), label=_("Items")
    )

    class Meta:
        icon = "list-ul"
        label = _("List")

    def to_document(self, value: Any) -> dict[str, Any]:
        return {
            "ordered": bool(value["ordered"]),
            "items": [inline_html(item.source) for item in value["items"]],
        }


class QuoteBlock(blocks.StructBlock):
    """What a named person said, with the title they held then (R-24 to R-27)."""

    text = blocks.TextBlock(label=_("Quote"), help_text=_("Without quotation marks."))
    name = UntranslatedCharBlock(max_length=100, label=_("Name"))
    title = blocks.CharBlock(max_length=120, required=False, label=_("Title"))
    organisation = blocks.CharBlock(
        max_length=120, required=False, label=_("Organisation")
    )
    approved = blocks.BooleanBlock(
        required=False, label=_("The person has approved the quote")
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")

    def to_document(self, value: Any) -> dict[str, Any]:
        return {name: value[name] for name in ("text", "name", "title", "organisation")}


class FactsBlock(blocks.StructBlock):
    """A box with facts beside the text."""

    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = blocks.RichTextBlock(features=[*INLINE, "ul", "ol"], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Facts box")

    def to_document(self, value: Any) -> dict[str, Any]:
        return {
            "heading": value["heading"],
            "html": document_html(value["text"].source),
        }


class CalloutBlock(blocks.StructBlock):
    """Something the reader must not miss."""

    tone = blocks.ChoiceBlock(
        choices=[
            ("info", _("Information")),
            ("warning", _("Warning")),
            ("emergency", _("Emergency")),
        ],
        default="info",
        label=_("Tone"),
    )
    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = blocks.RichTextBlock(features=[*INLINE, "ul"], label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Callout")

    def to_document(self, value: Any) -> dict[str, Any]:
        return {
            "tone": value["tone"] or "info",
            "heading": value["heading"],
            "html": document_html(value["text"].source),
        }


def require_one(value: Any, names: list[str], message: Any) -> None:
    """Raise ``StructBlockValidationError`` unless exactly one of ``names`` is set."""
    if sum(bool(value.get(name)) for name in names) != 1:
        raise blocks.StructBlockValidationError(
            block_errors={names[0]: ValidationError(message)}
        )
