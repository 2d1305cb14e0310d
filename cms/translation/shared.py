"""Shared blocks that are public, as one reader gets them."""

from __future__ import annotations

from cms.publication.models import Head, Kind
from cms.translation.composition import with_facts_of
from cms.translation.languages import source_code
from cms.translation.library import Library
from cms.translation.models import Language
from cms.translation.shapes import Reference


def blocks(library: Library, language: Language, *types: str) -> list[Reference]:
    """Return every public block of these types, oldest first; one query.

    Swedish decides what there is: a block that is not translated comes in the first
    language of the reader's chain that has it, and says so with ``html_lang``.
    """
    chain = library.chain(language)
    heads = Head.objects.public().filter(
        kind=Kind.BLOCK, type__in=types, locale__in=chain
    )
    versions: dict[str, dict[str, Head]] = {}
    for head in heads.select_related("publication").order_by("id"):
        versions.setdefault(str(head.key), {})[head.locale] = head
    return [
        _reference(library, language, key, found)
        for key, found in versions.items()
        if source_code() in found
    ]


def _reference(
    library: Library, language: Language, key: str, found: dict[str, Head]
) -> Reference:
    best = next(found[code] for code in library.chain(language) if code in found)
    served = library.by_code[best.locale]
    return Reference(
        key=key,
        type=best.type,
        title=best.title,
        path=None,
        html_lang=None if best.locale == language.code else served.html_lang,
        direction=served.direction,
        document=with_facts_of(
            best.publication.document, found[source_code()].publication.document
        ),
    )
