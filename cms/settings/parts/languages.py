"""The languages, as data: read from `languages.json`, told to Django and Wagtail.

Django knows about half of the languages a Swedish municipality writes in. For the
others it needs an entry in LANG_INFO *and* a compiled catalogue under `locale/`
(`python tools/messages.py compile`); with either missing, Wagtail refuses to make
a Locale. A language is added by a row in the file, never by code.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, TypedDict

from django.conf import locale
from django.conf.global_settings import LANGUAGES_BIDI as DJANGO_BIDI

LANGUAGES_FILE = Path(__file__).resolve().parent.parent / "languages.json"


class LanguageRow(TypedDict):
    """One row of the file.

    `tag` is the BCP 47 tag in public paths; Django and Wagtail use it lower-cased.
    `fallback` is where a missing page is looked for, nearest first, Swedish last.
    `mt_allowed` says whether a machine may write a first draft.
    `start` is what a new site does with the language: `visible` to readers,
    `configured` for editors only, `available` to be added, `media` (sign language:
    a property of films, never a page tree).
    """

    tag: str
    autonym: str
    name_sv: str
    name_en: str
    direction: Literal["ltr", "rtl"]
    html_lang: str
    script: str
    fallback: list[str]
    fts_config: str
    plural_forms: str
    legal_basis: str
    mt_allowed: bool
    start: Literal["visible", "configured", "available", "media"]
    order: int


def read_languages(path: Path = LANGUAGES_FILE) -> list[LanguageRow]:
    """All rows, in the order a list of languages is shown."""
    rows: list[LanguageRow] = json.loads(path.read_text(encoding="utf-8"))
    return sorted(rows, key=lambda row: row["order"])


def page_languages(rows: list[LanguageRow]) -> list[tuple[str, str]]:
    """(code, autonym) of every language that pages can be written in."""
    return [
        (row["tag"].lower(), row["autonym"]) for row in rows if row["start"] != "media"
    ]


def bidi_codes(rows: list[LanguageRow]) -> list[str]:
    """Codes written from right to left: ours and the ones Django knows."""
    ours = [row["tag"].lower() for row in rows if row["direction"] == "rtl"]
    return sorted({*DJANGO_BIDI, *ours})


def register_with_django(rows: list[LanguageRow]) -> None:
    """Make Django answer for every language with our name, autonym and direction."""
    for row in rows:
        code = row["tag"].lower()
        known: dict[str, Any] = locale.LANG_INFO.get(code, {})
        locale.LANG_INFO[code] = {
            **known,
            "bidi": row["direction"] == "rtl",
            "code": code,
            "name": row["name_en"],
            "name_local": row["autonym"],
        }
