"""What leads somewhere else: links and files."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cms.core.kinds.text import KEY
from cms.kinds.kinds import BlockKind, Json, Worded, example_address
from cms.kinds.media import FileFacts
from cms.kinds.members import (
    Fact,
    Id,
    Inner,
    Read,
    Ref,
    Text,
    Weight,
)

#: The facts of a file, for examples.
_PDF = {
    "url": example_address("plan.pdf"),
    "file_type": "PDF",
    "size": 1240000,
    "language": "sv",
    "accessible": True,
}


class PageLink(Worded):
    """A page of this site. ``lang`` is the language of ``text`` and ``served_lang``
    that of the page, each when it is not the reader's.
    """

    id: Annotated[str, Id()] = ""
    kind: Annotated[Literal["page"], Id()]
    key: Annotated[str, Ref(_("page"), relation="link")]
    text: Annotated[str, Text(_("text"))]
    path: Annotated[str, Read()] = ""
    served_lang: Annotated[str | None, Read()] = None

    @classmethod
    def answer(cls, values: Json, links: Any) -> Json | None:
        """A link goes by the title of its page, unless it has words of its own."""
        target = links(values["key"])
        if target is None:
            return None
        own_words = values.get("lang") if values["text"] else target.lang
        return {
            **values,
            "text": values["text"] or target.title,
            "path": target.path,
            "lang": own_words,
            "served_lang": target.lang,
        }


class ExternalLink(Worded):
    """Another website, and the language it is in."""

    id: Annotated[str, Id()] = ""
    kind: Annotated[Literal["external"], Id()]
    url: Annotated[str, Fact(_("address"))]
    text: Annotated[str, Text(_("text"))]
    language: Annotated[str, Fact(_("language"))]


class FileLink(FileFacts, Worded):
    """A file in a list of links."""

    id: Annotated[str, Id()] = ""
    kind: Annotated[Literal["document"], Id()]
    text: Annotated[str, Text(_("text"))]


AnyLink = Annotated[PageLink | ExternalLink | FileLink, Field(discriminator="kind")]


class LinkListBlock(BlockKind):
    """Where to read on."""

    verbose_name = _("More information")
    template = "site/blocks/link_list.html"
    example = {
        "type": "link_list",
        "id": "a7",
        "heading": "Mer information",
        "links": [
            {"id": "l1", "kind": "page", "key": KEY, "text": "Löften"},
            {
                "id": "l2",
                "kind": "external",
                "url": "https://polisen.se/",
                "text": "Polisen",
                "language": "sv",
            },
            {"id": "l3", "kind": "document", "text": "Planen", **_PDF},
        ],
    }

    type: Annotated[Literal["link_list"], Id()]
    heading: Annotated[str, Text(_("heading"), weight=Weight.HEADING)]
    links: Annotated[list[AnyLink], Inner(_("link"))]


class DocumentBlock(BlockKind, FileFacts):
    """One file to open."""

    verbose_name = _("File")
    template = "site/blocks/document.html"
    example = {"type": "document", "id": "b2", "title": "Planen", **_PDF}

    type: Annotated[Literal["document"], Id()]
    title: Annotated[str, Text(_("title"))]
