"""Blocks that lead somewhere else: pages, websites, files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.core import building, kinds
from cms.core.blocks.described import DescribedStruct, Given, Raw, row
from cms.core.blocks.text import UntranslatedCharBlock, require_one
from cms.kinds.media import FileFacts


class LinkBlock(blocks.StructBlock):
    """One link: to a page of ours, to another website, or to a file."""

    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = blocks.URLBlock(required=False, label=_("Address of another website"))
    document = DocumentChooserBlock(required=False, label=_("File"))
    text = blocks.CharBlock(
        max_length=160, required=False, label=_("Link text"),
        help_text=_("A page is shown with its own title unless you write something."),
    )  # fmt: skip
    language = UntranslatedCharBlock(
        max_length=35, required=False, label=_("Language of the other website"),
        help_text=_("Language tag, for example sv, fi or ar."),
    )  # fmt: skip

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        require_one(
            value,
            ["page", "url", "document"],
            _("Choose one: a page, an address or a file."),
        )
        return value

    def to_document(self, value: Any) -> dict[str, Any] | None:
        """Return the link, or nothing when its target has been deleted."""
        if page := value.get("page"):
            key = str(page.translation_key)
            return {"kind": "page", "key": key, "text": value["text"]}
        if document := value.get("document"):
            text = value["text"] or document.title
            return {
                "kind": "document",
                "text": text,
                **building.part_of(FileFacts, document),
            }
        if url := value.get("url"):
            return {
                "kind": "external",
                "url": url,
                "text": value["text"] or url,
                "language": value["language"] or settings.LANGUAGE_CODE,
            }
        return None


class LinkListBlock(DescribedStruct):
    """«Mer information»: where to read on (R-32)."""

    kind = kinds.LinkListBlock

    heading = blocks.CharBlock(
        max_length=120, default=_("More information"), label=_("Heading")
    )
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("More information")

    def to_document(self, value: Any) -> dict[str, Any]:
        links = [
            {"id": link.id, **part}
            for link in value["links"].bound_blocks
            if (part := link.block.to_document(link.value))
        ]
        return {"heading": value["heading"], "links": links}

    def raw_value(self, given: Given) -> Raw:
        links = [row(_raw_link(link)) for link in given["links"]]
        return {"heading": given["heading"], "links": links}


def _raw_link(given: Given) -> Raw:
    return {
        "page": given.get("page"),
        "url": given.get("url", ""),
        "document": None,
        "text": given.get("text", ""),
        "language": given.get("language", ""),
    }


class DocumentBlock(DescribedStruct):
    """One file, with its type, size, language and accessibility."""

    kind = kinds.DocumentBlock

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(max_length=160, required=False, label=_("Title"))

    class Meta:
        icon = "doc-full"
        label = _("File")

    def to_document(self, value: Any) -> dict[str, Any] | None:
        document = value["document"]
        if document is None:
            return None
        return {
            "title": value["title"] or document.title,
            **building.part_of(FileFacts, document),
        }
