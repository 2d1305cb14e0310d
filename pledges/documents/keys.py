"""What documents call other objects: the key that is the same in every language."""

from __future__ import annotations

from typing import Any


def key_of(original: Any) -> str | None:
    """Return the key of an object, if there is one."""
    return str(original.translation_key) if original else None


def keys_of(originals: Any) -> list[str]:
    """Return the keys of several objects, in the order in which they were made."""
    return [
        str(each.translation_key)
        for each in sorted(originals.all(), key=lambda each: each.pk)
    ]
