"""Many texts at once, each as one reader gets it: a whole programme, every place."""

from __future__ import annotations

from cms.kinds import registry
from cms.kinds.merging import with_facts
from cms.reading import selections
from cms.reading.languages import prefix_of, source_code
from cms.reading.library import Library
from cms.reading.models import Language
from cms.reading.queries import Row
from cms.reading.selections import Criterion
from cms.reading.shapes import Reference


def texts(library: Library, language: Language, *parts: Criterion) -> list[Reference]:
    """Return the public texts of all parts (see `cms.reading.selections`); one query.

    Swedish decides what there is: a text that is not translated comes in the first
    language of the reader's chain that has it, and says so with ``html_lang``.
    """
    versions: dict[str, dict[str, Row]] = {}
    for row in selections.texts(library.chain(language), parts):
        versions.setdefault(str(row.key), {})[row.locale] = row
    return [
        _reference(library, language, key, found)
        for key, found in versions.items()
        if source_code() in found
    ]


def _reference(
    library: Library, language: Language, key: str, found: dict[str, Row]
) -> Reference:
    best = next(found[code] for code in library.chain(language) if code in found)
    source = found[source_code()]
    served = library.by_code[best.locale]
    own = best.locale == language.code
    path = best.path if own else prefix_of(language.code) + source.path
    source_document = source.document or {}
    return Reference(
        key=key,
        type=best.type,
        title=best.title,
        path=path if best.kind == "page" else None,
        html_lang=None if own else served.html_lang,
        direction=served.direction,
        document=with_facts(
            registry.of(best.type),
            best.document or {},
            source_document,
            library.by_code[source.locale].html_lang,
        ),
        source_document=source_document,
        parent=str(source.parent_key) if source.parent_key else None,
        updated_at=source.content_updated_at,
    )
