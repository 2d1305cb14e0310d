"""From Wagtail's stored rich text to the HTML of a document.

The document's HTML knows nothing of Wagtail: internal links name the translation key
of their target (``cms:<key>``) and are resolved when read, in the reader's language.
"""

from __future__ import annotations

import nh3
from bs4 import BeautifulSoup, Tag
from wagtail.documents import get_document_model
from wagtail.models import Page

ALLOWED_TAGS = {"p", "a", "strong", "em", "ul", "ol", "li", "br", "h3"}
URL_SCHEMES = {"http", "https", "mailto", "tel", "cms"}
_RENAMED = {"b": "strong", "i": "em"}


def document_html(source: str) -> str:
    """Return clean HTML: allowed tags, resolved targets, nothing else."""
    soup = BeautifulSoup(source or "", "html.parser")
    for tag in soup.find_all(True):
        if tag.name in _RENAMED:
            tag.name = _RENAMED[tag.name]
        if tag.name == "a":
            _resolve_link(tag)
    return clean(str(soup))


def clean(source: str) -> str:
    """Return ``source`` without anything that a document's HTML may not contain."""
    return nh3.clean(
        source,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes=URL_SCHEMES,
        link_rel=None,
    )


def inline_html(source: str) -> str:
    """Return the HTML of a list item: without the paragraph around it."""
    soup = BeautifulSoup(document_html(source), "html.parser")
    for paragraph in soup.find_all("p"):
        if paragraph.find_next_sibling("p"):
            paragraph.insert_after(soup.new_tag("br"))
        paragraph.unwrap()
    return clean(str(soup))


def _resolve_link(tag: Tag) -> None:
    kind, number = tag.get("linktype"), tag.get("id")
    if kind == "page":
        page = Page.objects.filter(pk=number).only("translation_key").first()
        _set_href(tag, f"cms:{page.translation_key}" if page else None)
    elif kind == "document":
        document = get_document_model().objects.filter(pk=number).first()
        _set_href(tag, document.public_address if document else None)
    elif str(tag.get("href", "")).strip().lower().startswith("cms:"):
        # Only a link to a page may become one of these.
        tag.unwrap()


def _set_href(tag: Tag, href: str | None) -> None:
    """Point the link there, or leave its text standing when the target is gone."""
    if href is None:
        tag.unwrap()
    else:
        tag.attrs = {"href": href}
