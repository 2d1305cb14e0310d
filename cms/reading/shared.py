"""Many texts at once, each as one reader gets it: a whole programme, every place."""

from __future__ import annotations

from django.db.models import Q

from cms.kinds import registry
from cms.kinds.merging import with_facts
from cms.log.models import Head, Kind
from cms.reading.languages import prefix_of, source_code
from cms.reading.library import Library
from cms.reading.models import Language
from cms.reading.shapes import Reference


def blocks(library: Library, language: Language, *types: str) -> list[Reference]:
    """Return every public shared block of these types, oldest first; one query."""
    return texts(library, language, Q(kind=Kind.BLOCK, type__in=types))


def texts(library: Library, language: Language, wanted: Q) -> list[Reference]:
    """Return the public texts that ``wanted`` (a filter on heads) names; one query.

    Swedish decides what there is: a text that is not translated comes in the first
    language of the reader's chain that has it, and says so with ``html_lang``.
    """
    chain = library.chain(language)
    heads = Head.objects.public().filter(wanted, locale__in=chain)
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
    source = found[source_code()]
    served = library.by_code[best.locale]
    own = best.locale == language.code
    path = best.path if own else prefix_of(language.code) + source.path
    return Reference(
        key=key,
        type=best.type,
        title=best.title,
        path=path if best.kind == Kind.PAGE else None,
        html_lang=None if own else served.html_lang,
        direction=served.direction,
        document=with_facts(
            registry.of(best.type),
            best.publication.document,
            source.publication.document,
            library.by_code[source.locale].html_lang,
        ),
        source_document=source.publication.document,
        parent=str(source.parent_key) if source.parent_key else None,
        updated_at=source.publication.content_updated_at,
    )
