"""Blocks that hold running text."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core import building, kinds
from cms.core.blocks.described import Described, DescribedStruct, Given, Raw, row

INLINE = ["bold", "italic", "link", "document-link"]


class UntranslatedCharBlock(blocks.CharBlock):
    """Text that is the same in every language: a person's name, a duration."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Tell wagtail-localize that there is nothing here to translate."""
        return []


class HeadingBlock(DescribedStruct):
    """A heading. Its level says where it belongs, never how big it is (R-20)."""

    kind = kinds.HeadingBlock

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

    def raw_value(self, given: Given) -> Raw:
        return {"level": str(given["level"]), "text": given["text"]}


class ParagraphBlock(Described, blocks.RichTextBlock):
    """One or several paragraphs of running text."""

    kind = kinds.ParagraphBlock

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", INLINE)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")

    def to_document(self, value: Any) -> dict[str, Any]:
        return building.part_of(self.kind, {"html": value})

    def raw_value(self, given: Given) -> str:
        return str(given["html"])


class ItemsBlock(DescribedStruct):
    """A list with bullets or numbers."""

    kind = kinds.ListBlock

    ordered = blocks.BooleanBlock(required=False, label=_("Numbered"))
    items = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE, label=_("Item")), label=_("Items")
    )

    class Meta:
        icon = "list-ul"
        label = _("List")

    def raw_value(self, given: Given) -> Raw:
        items = [row(f"<p>{item}</p>") for item in given["items"]]
        return {"ordered": bool(given.get("ordered")), "items": items}


class QuoteBlock(DescribedStruct):
    """What a named person said, with the title they held then (R-24 to R-27)."""

    kind = kinds.QuoteBlock

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


class FactsBlock(DescribedStruct):
    """A box with facts beside the text."""

    kind = kinds.FactsBlock

    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = blocks.RichTextBlock(features=[*INLINE, "ul", "ol"], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Facts box")


class CalloutBlock(DescribedStruct):
    """Something the reader must not miss."""

    kind = kinds.CalloutBlock

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


def require_one(value: Any, names: list[str], message: Any) -> None:
    """Raise ``StructBlockValidationError`` unless exactly one of ``names`` is set."""
    if sum(bool(value.get(name)) for name in names) != 1:
        raise blocks.StructBlockValidationError(
            block_errors={names[0]: ValidationError(message)}
        )
