"""A text in one language with everything that is the same in all languages.

Words are those of the translation; facts, references and files are those of the
original as it is now (I7). So a corrected number is right everywhere at once, and a
translation keeps the words that somebody has approved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cms.kinds import registry
from cms.kinds.kinds import Json, Part, Worded
from cms.kinds.members import Inner, Text
from cms.kinds.structure import Field, fields, has_words, key_of, shows_facts


def with_facts(
    kind: type[Part], own: Mapping[str, Any], original: Mapping[str, Any], lang: str
) -> Json:
    """Return ``own`` with the facts of ``original``, which is in ``lang``.

    A row that the translation does not have yet comes with the words of the original
    and says so in its ``lang``.
    """
    if own is original:
        return dict(own)
    merged = dict(own)
    for field in fields(kind):
        name = field.name
        if name not in original:
            continue
        if field.is_body:
            merged[name] = _body(own.get(name) or [], original[name] or [], lang)
        elif field.is_shared:
            merged[name] = original[name]
        elif isinstance(field.member, Inner):
            merged[name] = _inner(field, own.get(name), original[name], lang)
    return merged


def _inner(field: Field, own: Any, original: Any, lang: str) -> Any:
    """Return one part or a list of them; the original says which there are."""
    if isinstance(original, list):
        known = {key_of(part): part for part in own or []}
        return [_part(field, known.get(key_of(part)), part, lang) for part in original]
    return None if original is None else _part(field, own, original, lang)


def _part(field: Field, own: Any, original: Json, lang: str) -> Json:
    shape = field.shape_of(original)
    if shape is None:
        return original
    if own is None:
        is_foreign = issubclass(shape, Worded) and has_words(shape)
        return {**original, "lang": lang} if is_foreign else original
    return _with_words(shape, own, original, lang)


def _with_words(shape: type[Part], own: Json, original: Json, lang: str) -> Json:
    """Return a part of the original in the words of the translation."""
    merged = dict(original)
    for field in fields(shape):
        if field.name not in own or field.name not in original:
            continue
        if isinstance(field.member, Text):
            merged[field.name] = own[field.name]
        elif isinstance(field.member, Inner) and not field.is_shared:
            merged[field.name] = _inner(
                field, own[field.name], original[field.name], lang
            )
    return merged


def _body(own: list[Json], original: list[Json], lang: str) -> list[Json]:
    """Return the blocks of a translation, each with its facts.

    The words of a translation hang together, so its blocks stay as they were approved.
    But a block that shows something else goes away with that of the original: nobody
    is to see a film that was taken down. And one that has no words needs none.
    """
    theirs = {block.get("id"): block for block in original}
    blocks = []
    for block in own:
        kind = registry.block(block["type"])
        match = theirs.get(block.get("id"))
        if match and match["type"] == block["type"]:
            blocks.append(with_facts(kind, block, match, lang))
        elif not shows_facts(kind):
            blocks.append(block)
    _put_in_wordless(blocks, original)
    return blocks


def _put_in_wordless(blocks: list[Json], original: list[Json]) -> None:
    """Put in what the translation lacks and needs no words, where the original has it."""
    places = {block.get("id"): number for number, block in enumerate(blocks)}
    after = -1
    for block in original:
        if block.get("id") in places:
            after = places[block.get("id")]
        elif not has_words(registry.block(block["type"])) and registry.knows_block(
            block["type"]
        ):
            after += 1
            blocks.insert(after, block)
            places = {each.get("id"): number for number, each in enumerate(blocks)}
