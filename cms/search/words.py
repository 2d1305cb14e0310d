"""Words as search compares them: cut out of texts, and folded."""

from __future__ import annotations

import re
import unicodedata

from cms.reading.languages import catalogue

#: PostgreSQL's word for "no grammar known"; texts in such a language are folded.
SIMPLE = "simple"
#: What text search speaks in every PostgreSQL since 15.
CONFIGURATIONS = (
    "arabic", "armenian", "basque", "catalan", "danish", "dutch", "english", "finnish",
    "french", "german", "greek", "hindi", "hungarian", "indonesian", "irish", "italian",
    "lithuanian", "nepali", "norwegian", "portuguese", "romanian", "russian", "serbian",
    "spanish", "swedish", "tamil", "turkish", "yiddish",
)  # fmt: skip
LONGEST_WORD = 60

# Marks above and below letters belong to their word (Arabic, Hebrew, decomposed Latin),
# an apostrophe inside too (Somali, Ukrainian). Both are folded away.
_LETTERS = (
    r"[\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+"
)
_WORD = re.compile(rf"{_LETTERS}(?:['’ʼ]{_LETTERS})*")
# Letters that stand for the same sound to whoever types, and have no decomposition.
_ALIKE = str.maketrans(
    {
        "ة": "ه", "ى": "ي", "ک": "ك", "ی": "ي", "ە": "ه",
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th",
        "ـ": None, "'": None, "’": None, "ʼ": None,
    }
)  # fmt: skip
# Marks of direction, joiners, soft hyphens: seen by nobody, typed by keyboards.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]")

_VOWELS = re.compile("[\u064b-\u0652\u0670\u0640]")


def configuration(code: str) -> str:
    """Return the text search configuration of a language, by its catalogue row."""
    name = catalogue().get(code, {}).get("fts_config") or SIMPLE
    return name if name in CONFIGURATIONS else SIMPLE


def plain(text: str) -> str:
    """Return a text without what nobody sees, its letters composed."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def indexed(text: str) -> str:
    """Return a text as its words alone, for a database that has its own idea of signs.

    Short vowels are written in Arabic for those who learn it, and typed by nobody.
    """
    return _VOWELS.sub("", " ".join(tokens(text)))


def fold(text: str) -> str:
    """Return the text as it is compared: small letters without any marks.

    ``Österfärnebo`` and ``osterfarnebo`` are one, as are the ways to write an alef.
    """
    letters = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).casefold())
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return bare.translate(_ALIKE)


def tokens(text: str) -> list[str]:
    """Return the words of a text in order, in small letters."""
    return [match.group().lower() for match in places(plain(text))]


def places(text: str) -> list[re.Match[str]]:
    """Return where the words of a text stand."""
    return [m for m in _WORD.finditer(text) if len(m.group()) <= LONGEST_WORD]
