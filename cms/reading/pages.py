"""The page at an address or with a key, in the reader's language or a fallback.

Reads the log and the languages, never a page model. An article takes three queries:
the languages, the address, and everything that the page refers to.
"""

from __future__ import annotations

import uuid

from django.db.models import Q

from cms.log import entries
from cms.log.models import Head
from cms.reading.composition import compose
from cms.reading.languages import prefix_of, source_code, split_path
from cms.reading.library import Library
from cms.reading.models import Language
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
    pages = Head.objects.pages()
    swedish_key = pages.public().filter(path=rest, locale=source_code()).values("key")
    own_key = pages.public().filter(path=address, locale=code).values("key")
    heads = pages.public().filter(
        Q(path=address, locale=code)
        | Q(key__in=own_key, locale=source_code())
        | Q(key__in=swedish_key, locale__in=chain)
    )
    found = list(heads.select_related("publication"))
    own = (head for head in found if (head.path, head.locale) == (address, code))
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
    heads = Head.objects.pages().filter(key=key, locale__in=chain)
    found = list(heads.select_related("publication"))
    best = _first_in(chain, [head for head in found if head.is_public])
    if best:
        return compose(library, language, best, source=_source_of(best, found))
    gone = _first_in(chain, found)
    return Gone(language, gone) if gone else None


def _source_of(head: Head, found: list[Head]) -> Head | None:
    """Return the public Swedish version of ``head`` among what was found."""
    return next(
        (
            other
            for other in found
            if other.key == head.key
            and other.locale == source_code()
            and other.is_public
        ),
        None,
    )


def _first_in(chain: list[str], heads: list[Head]) -> Head | None:
    """Return the version in the language that stands first in the chain."""
    by_code = {head.locale: head for head in heads}
    return next((by_code[code] for code in chain if code in by_code), None)


def _former_address(
    language: Language, chain: list[str], path: str, rest: str
) -> Redirect | Gone | None:
    """Answer an address that no page has now but one may have had."""
    for candidate in dict.fromkeys([path, rest]):
        match = entries.find_path(candidate)
        if match is None:
            continue
        former, _is_there = match
        heads = Head.objects.pages().public().filter(key=former.key)
        versions = {head.locale: head for head in heads.filter(locale__in=chain)}
        if language.code in versions:
            return Redirect(versions[language.code].path)
        if source_code() in versions:
            return Redirect(prefix_of(language.code) + versions[source_code()].path)
        return Gone(language, former)
    return None
