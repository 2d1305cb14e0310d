"""The languages of the site: what the catalogue says, and the addresses they have.

A *code* is a language tag in lower case, as Wagtail's ``Locale`` keeps it; a *tag* is
spelled as in BCP 47 and stands in public addresses. The catalogue is data
(``CMS_LANGUAGES``); which of its languages a site uses is in the
:class:`~cms.reading.models.Language` table.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings


def source_code() -> str:
    """Return the code of the language in which originals are written."""
    return settings.LANGUAGE_CODE


@cache
def catalogue() -> dict[str, Mapping[str, Any]]:
    """Return every known language by code."""
    return {row["tag"].lower(): row for row in settings.CMS_LANGUAGES}


def tag_of(code: str) -> str:
    """Return the tag as it is spelled in addresses."""
    row = catalogue().get(code)
    return row["tag"] if row else code


def name_of(code: str) -> str:
    """Return the name of the language in Swedish, for staff."""
    row = catalogue().get(code)
    return row["name_sv"] if row else code


def allows_machine_text(code: str) -> bool:
    """Say whether a machine may write this language at all (C-8)."""
    row = catalogue().get(code)
    return bool(row and row["mt_allowed"])


def prefix_of(code: str) -> str:
    """Return what every path in this language begins with."""
    return "" if code == source_code() else f"/{tag_of(code)}"


def public_path(code: str, url_path: str) -> str:
    """Return the public path of a page from Wagtail's ``url_path``.

    ``/home-fi/uutiset/`` in Finnish is ``/fi/uutiset/``; the first part names the
    front page in the tree and is nobody's business.
    """
    tail = url_path.lstrip("/").split("/", 1)
    return f"{prefix_of(code)}/{tail[1] if len(tail) > 1 else ''}"


def split_path(path: str) -> tuple[str, str]:
    """Return the code of the language that ``path`` asks for, and the rest.

    ``/ar/nyheter/`` is ``("ar", "/nyheter/")``; without a known tag it is Swedish.
    Swedish may be named too, though its own addresses do not: prefix and rest make
    the address as it should be spelled.
    """
    first, _slash, rest = path.lstrip("/").partition("/")
    code = first.lower()
    if code in catalogue():
        return code, f"/{rest}"
    return source_code(), path
