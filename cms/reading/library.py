"""The languages of the site, and in which order a reader is served them."""

from __future__ import annotations

from functools import lru_cache

from cms.delivery import version
from cms.reading.languages import source_code
from cms.reading.models import Language


def languages() -> list[Language]:
    """Return the languages that staff work in.

    They are read once for each version of the site: a change of a language makes a new
    one. Where nobody knows which version it is, they are read anew.
    """
    known = version.known()
    return list(_languages() if known is None else _languages_of(known))


@lru_cache(maxsize=1)
def _languages_of(version: bytes) -> list[Language]:
    return _languages()


def _languages() -> list[Language]:
    return list(Language.objects.raw(_ACTIVE))


_ACTIVE = f"""
SELECT * FROM {Language._meta.db_table} WHERE active ORDER BY "order", tag
"""


class Library:
    """The languages of the site, read once for each request."""

    def __init__(self) -> None:
        self.languages = languages()
        self.by_code = {language.code: language for language in self.languages}

    @property
    def visible(self) -> list[Language]:
        return [language for language in self.languages if language.visible]

    def readers_language(self, code: str) -> Language | None:
        """Return the language if readers are offered it."""
        language = self.by_code.get(code.lower())
        return language if language and language.visible else None

    def chain(self, language: Language) -> list[str]:
        """Return the codes to try for a reader of ``language``, best first.

        Nobody falls back to a language that readers are not offered.
        """
        tags = (tag.lower() for tag in language.fallback_chain)
        offered = (code for code in tags if self.readers_language(code))
        return list(dict.fromkeys([language.code, *offered, source_code()]))
