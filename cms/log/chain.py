"""Hashes of the log: what one row's text is, and how rows hang together.

Pure functions of a publication's fields; PostgreSQL and SQLite give the same hashes.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cms.log.models import Publication

#: What the first row of the log names as the row before it.
GENESIS = "0" * 64

# NUL as JSON escapes it, and not the six characters of the escape written as text.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")

_CONTENT_FIELDS = (
    "path",
    "locale",
    "title",
    "document",
    "origin",
    "review",
    "reviewed_on",
    "source_publication_id",
    "content_updated_at",
)
# The document is covered through content_hash: it is serialised once, not twice.
_ROW_FIELDS = (
    "key",
    "locale",
    "kind",
    "type",
    "action",
    "path",
    "parent_key",
    "title",
    "significance",
    "origin",
    "review",
    "reviewed_on",
    "source_publication_id",
    "content_updated_at",
    "published_at",
    "actor",
    "content_hash",
    "previous_hash",
)


def content_hash(publication: Publication) -> str:
    """Identity of one language's text and its passport; used as ETag."""
    return content_hash_of(vars(publication))


def row_hash(publication: Publication) -> str:
    """Identity of the whole row, including the row before it."""
    return row_hash_of(vars(publication))


def content_hash_of(facts: Mapping[str, Any]) -> str:
    """Return the content hash for the fields of a row by name."""
    return _digest(content_text(facts))


def row_hash_of(facts: Mapping[str, Any]) -> str:
    """Return the row hash for the fields of a row by name."""
    return _digest(row_text(facts))


def content_text(facts: Mapping[str, Any]) -> str:
    """Return the text that the content hash is the SHA-256 of."""
    return _FACTS_ENCODER.encode({name: facts[name] for name in _CONTENT_FIELDS})


def row_text(facts: Mapping[str, Any]) -> str:
    """Return the text that the row hash is the SHA-256 of."""
    return _FACTS_ENCODER.encode({name: facts[name] for name in _ROW_FIELDS})


def plain_document(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document as every database gives it back, or raise ValueError.

    Databases spell decimal numbers differently and PostgreSQL cannot store NUL, so
    neither may occur: the hash of such a document could not be verified later.
    """
    text = _ENCODER.encode(document)
    if _NUL.search(text):
        raise ValueError("A document may not contain the NUL character.")
    plain: dict[str, Any] = json.loads(text, parse_float=_refuse_decimal)
    return plain


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    """Spell out the field values that JSON has no form for."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form.")


def _refuse_decimal(literal: str) -> NoReturn:
    raise ValueError(
        f"A document may not contain the decimal number {literal}: write it as text."
    )


# Canonical JSON, one spelling for one value: sorted keys, no spaces, characters as
# themselves. Documents are plain JSON; facts of a row may also be times and keys.
_SPELLING: dict[str, Any] = {
    "sort_keys": True,
    "separators": (",", ":"),
    "ensure_ascii": False,
    "allow_nan": False,
}
_ENCODER = json.JSONEncoder(**_SPELLING)
_FACTS_ENCODER = json.JSONEncoder(**_SPELLING, default=_plain, check_circular=False)
