"""What the search field and its hits need in templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.reading.languages import source_code
from cms.search.snippets import Piece
from cms.site.search import search_path

register = template.Library()


@register.simple_tag(takes_context=True)
def search_address(context: Mapping[str, Any]) -> str:
    """Return the path of the search page in the reader's language."""
    language = context.get("language")
    return search_path(language.code if language else source_code())


@register.simple_tag
def pieces(found: Iterable[Piece]) -> SafeString:
    """Write a text with what was asked for marked; every piece is escaped."""
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html("<mark>{}</mark>", piece.text)
                if piece.is_hit
                else piece.text,
            )
            for piece in found
        ),
    )
