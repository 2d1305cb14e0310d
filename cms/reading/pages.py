"""The page at an address or with a key, in the reader's language or a fallback.

Reads the log and the languages, never a page model. An article takes two queries (the
address, and everything that the page refers to), and one for the languages when the
site has changed since they were read.
"""

from __future__ import annotations

import uuid

from cms.reading import queries
from cms.reading.composition import compose
from cms.reading.languages import prefix_of, source_code, split_path
from cms.reading.library import Library
from cms.reading.models import Language
from cms.reading.queries import Row
from cms.reading.shapes import (
    Answer,
    Gone,
    LanguageChoice,
    ListItem,
    NavLink,
    Reading,
    Redirect,
    Reference,
)

__all__ = [
    "Answer",
    "Gone",
    "LanguageChoice",
    "Library",
    "ListItem",
    "NavLink",
    "Reading",
    "Redirect",
    "Reference",
    "compose",
    "read_key",
    "read_path",
]


def read_path(path: str, library: Library | None = None) -> Answer:
    """Answer a public address: the page, another address, gone, or nothing.

    ``/ar/<Swedish path>`` always answers when the Swedish page is public. A tag in
    other letters (``/AR/``) or an unneeded one (``/sv/``) leads to the usual address.
    """
    library = library or Library()
    code, rest = split_path(path)
    address = prefix_of(code) + rest
    language = library.readers_language(code)
    if language is None:
        return None
    chain = library.chain(language)
    found = queries.at_address(address, rest, code, chain)
    own = (row for row in found if (row.path, row.locale) == (address, code))
    best = next(own, None) or _first_in(chain, found)
    if best is None:
        return _former_address(language, chain, address, rest)
    if best.locale == code and best.path != address:
        return Redirect(best.path)
    if path != address:
        return Redirect(address)
    return compose(library, language, best, source=_source_of(best, found))


def read_key(
    key: uuid.UUID, language: Language, library: Library | None = None
) -> Reading | Gone | None:
    """Return a page by its translation key, in the reader's language or a fallback."""
    library = library or Library()
    chain = library.chain(language)
    found = queries.with_key(key, chain)
    best = _first_in(chain, [row for row in found if row.is_public])
    if best:
        return compose(library, language, best, source=_source_of(best, found))
    gone = _first_in(chain, found)
    return Gone(language, gone) if gone else None


def _source_of(row: Row, found: list[Row]) -> Row | None:
    """Return the public Swedish version of a page among what was found."""
    return next(
        (
            other
            for other in found
            if other.key == row.key
            and other.locale == source_code()
            and other.is_public
        ),
        None,
    )


def _first_in(chain: list[str], rows: list[Row]) -> Row | None:
    """Return the version in the language that stands first in the chain."""
    by_code = {row.locale: row for row in rows}
    return next((by_code[code] for code in chain if code in by_code), None)


def _former_address(
    language: Language, chain: list[str], path: str, rest: str
) -> Redirect | Gone | None:
    """Answer an address that no page has now but one may have had."""
    for candidate in dict.fromkeys([path, rest]):
        former = queries.formerly_at(candidate)
        if former is None:
            continue
        found = queries.with_key(former.key, chain)
        versions = {row.locale: row for row in found if row.is_public}
        if language.code in versions:
            return Redirect(versions[language.code].path)
        if source_code() in versions:
            return Redirect(prefix_of(language.code) + versions[source_code()].path)
        return Gone(language, former)
    return None
