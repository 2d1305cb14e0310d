"""Blocks that lead somewhere else: pages, websites, files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.core.blocks.text import UntranslatedCharBlock, require_one


def file_facts(document: Any) -> dict[str, Any]:
    """Return what a reader is told before opening a file (R-33)."""
    return {
        "url": document.url,
        "file_type": document.file_extension.upper(),
        "size": document.get_file_size() or 0,
        "language": document.language,
        "accessible": document.accessible,
    }


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
            return {"kind": "document", "text": text, **file_facts(document)}
        if url := value.get("url"):
            return {
                "kind": "external",
                "url": url,
                "text": value["text"] or url,
                "language": value["language"] or settings.LANGUAGE_CODE,
            }
        return None


class LinkListBlock(blocks.StructBlock):
    """«Mer information»: where to read on (R-32)."""

    heading = blocks.CharBlock(
        max_length=120, default=_("More information"), label=_("Heading")
    )
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("More information")

    def to_document(self, value: Any) -> dict[str, Any]:
        link_block = self.child_blocks["links"].child_block
        links = [link_block.to_document(link) for link in value["links"]]
        return {"heading": value["heading"], "links": [link for link in links if link]}


class DocumentBlock(blocks.StructBlock):
    """One file, with its type, size, language and accessibility."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(max_length=160, required=False, label=_("Title"))

    class Meta:
        icon = "doc-full"
        label = _("File")

    def to_document(self, value: Any) -> dict[str, Any] | None:
        document = value["document"]
        if document is None:
            return None
        return {"title": value["title"] or document.title, **file_facts(document)}
