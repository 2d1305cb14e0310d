"""The texts of the demo's pledges, read from the files beside this module.

A *text* is a dictionary from language to what the field says in it; a field without
one is a fact, the same in every language. All texts of an object are in its
``languages``, or, where it has no such list, in all languages of its first text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from cms.engine import localize
from demo.translations import block_pairs

FOLDER = Path(__file__).parent
SOURCE = "sv"
#: What is an object of its own, or is not read field by field.
APART = {"pledges", "follow_ups", "slug", "begun", "update"}


@cache
def read(name: str) -> Any:
    """Return one file, named without its ending."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def programmes() -> list[dict[str, Any]]:
    """Return the programmes with their pledges and follow-ups, the oldest first."""
    files = sorted((FOLDER / "programmes").glob("*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def is_text(value: Any) -> bool:
    return isinstance(value, dict) and SOURCE in value


def swedish(item: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the fields of an object in Swedish; absent ones are left out."""
    return {
        name: item[name][SOURCE] if is_text(item[name]) else item[name]
        for name in names
        if name in item
    }


def languages_of(item: dict[str, Any]) -> list[str]:
    """Return the languages that an object is translated into."""
    if "languages" in item:
        return list(item["languages"])
    first = next(value for value in item.values() if is_text(value))
    return [code for code in first if code != SOURCE]


def phrases(item: dict[str, Any], code: str) -> dict[str, str]:
    """Return every Swedish string of an object with its translation."""
    return dict(_pairs(item, code))


def _pairs(value: Any, code: str) -> Iterator[tuple[str, str]]:
    if is_text(value):
        yield from _text_pairs(value[SOURCE], value[code])
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in APART:
                yield from _pairs(part, code)
    elif isinstance(value, list):
        for part in value:
            yield from _pairs(part, code)


def _text_pairs(ours: Any, theirs: Any) -> Iterator[tuple[str, str]]:
    if isinstance(ours, list):
        for block, other in zip(ours, theirs, strict=True):
            yield from block_pairs(block, other)
    elif ours.startswith("<p>"):
        yield from localize.aligned_strings(ours, theirs)
    else:
        yield ours, theirs
