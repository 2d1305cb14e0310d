"""Public texts for searching, written to the log without the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.utils.text import slugify

from cms.log.models import Publication
from cms.reading.pages import Library
from cms.search.finding import Found, find
from tests.cms.log.entries import append, page_document


def publish_text(
    title: str,
    text: str = "",
    *,
    locale: str = "sv",
    key: UUID | None = None,
    page_type: str = "articles.article",
    **more: Any,
) -> Publication:
    """Make a page public whose body is one paragraph."""
    key = key or uuid4()
    prefix = "" if locale == "sv" else f"/{locale}"
    body = [{"type": "paragraph", "id": str(uuid4()), "html": f"<p>{text}</p>"}]
    document = page_document(title=title, ingress="", body=body) | more
    return append(
        key=key,
        locale=locale,
        type=page_type,
        title=title,
        path=f"{prefix}/{slugify(title, allow_unicode=True)}-{key.hex[:6]}/",
        origin="source" if locale == "sv" else "human",
        document=document,
    )


def search(text: str, tag: str = "sv", **options: Any) -> Found:
    """Ask as a reader of the language does."""
    library = Library()
    return find(library, library.by_code[tag], text, **options)


def titles(found: Found) -> list[str]:
    return ["".join(piece.text for piece in hit.title) for hit in found.hits]
