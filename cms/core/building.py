"""From models and blocks to documents: one way for every kind.

A kind says which attribute each of its members comes from; what an attribute holds
says how it is written. Whatever needs more has a property or method of its own on the
model, or a ``to_document`` on the block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Manager, Model
from django.utils.functional import Promise
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import TranslatableMixin
from wagtail.rich_text import RichText

from cms.core.rich_text import document_html, inline_html
from cms.kinds import registry
from cms.kinds.kinds import Json, Part
from cms.kinds.members import Body, Html, Inner, Media, Member, Ref
from cms.kinds.structure import Field, fields

WIDTHS = (480, 960, 1440)


def document_of(kind: type[Part], source: Any) -> Json:
    """Return a page, shared block or row as its kind describes it.

    The document holds plain JSON. Raises ``ValidationError`` (pydantic) when a model
    gives something that its kind does not describe: a fault in the program.
    """
    document = part_of(kind, source)
    kind.model_validate(document)
    for block in document.get("body", []):
        registry.block(block["type"]).model_validate(block)
    return document


def part_of(kind: type[Part], source: Any, prefix: str = "") -> Json:
    """Return the members of a part from the attributes of a model or block value."""
    return {field.name: member_of(field, source, prefix) for field in fields(kind)}


def member_of(field: Field, source: Any, prefix: str = "") -> Any:
    """Return one member, as the document holds it."""
    member = field.member
    if isinstance(member, Inner) and member.prefix is not None:
        return _beside(field, source, member.prefix)
    value = _attribute(source, f"{prefix}{member.source or field.name}")
    write = next(write for marker, write in _WRITERS if isinstance(member, marker))
    return write(field, value)


def body_of(stream: Any) -> list[Json]:
    """Return the blocks of a body as the document holds them.

    A block whose image or file has been deleted has nothing to show and is left out.
    """
    parts = ((child, child.block.to_document(child.value)) for child in stream)
    return [
        {"type": child.block_type, "id": child.id, **part}
        for child, part in parts
        if part is not None
    ]


def key_of(original: Any) -> str | None:
    """Return the key of an object, if there is one."""
    return str(original.translation_key) if original else None


def keys_of(originals: Any) -> list[str]:
    """Return the keys of several objects that are still there.

    Related objects come in the order in which they were made, chosen ones as chosen.
    """
    if isinstance(originals, Manager):
        originals = sorted(originals.all(), key=lambda each: each.pk)
    return [str(each.translation_key) for each in originals if each]


def image_document(image: Any) -> Json:
    """Return the sizes of an image that a page may choose from, smallest first."""
    filters = [f"width-{width}|format-webp" for width in WIDTHS]
    renditions = image.get_renditions(*filters)
    sizes = {
        r.width: {"src": r.public_address, "width": r.width}
        for r in renditions.values()
    }
    largest = max(renditions.values(), key=lambda rendition: rendition.width)
    return {
        "src": largest.public_address,
        "width": largest.width,
        "height": largest.height,
        "srcset": [sizes[width] for width in sorted(sizes)],
    }


def number(value: Decimal) -> str:
    """Return a figure in its shortest form: ``4.2``, ``57``.

    Figures are text, because databases spell decimal numbers differently.
    """
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _attribute(source: Any, path: str) -> Any:
    """Return what a dotted path leads to, called if it can be; nothing if it ends."""
    for name in path.split("."):
        if source is None:
            return None
        source = source[name] if isinstance(source, dict) else getattr(source, name)
        if callable(source) and not isinstance(source, Manager | Model):
            source = source()
    return source


def _beside(field: Field, source: Any, prefix: str) -> Any:
    """Return a part whose members are attributes of the model itself.

    A part that may be missing is so while its first file is.
    """
    (shape,) = field.shapes.values()
    if field.is_optional:
        media = next(f for f in fields(shape) if isinstance(f.member, Media))
        if not _attribute(source, f"{prefix}{media.member.source or media.name}"):
            return None
    return part_of(shape, source, prefix)


def _body(field: Field, value: Any) -> list[Json]:
    return body_of(value)


def _inner(field: Field, value: Any) -> Any:
    (shape,) = field.shapes.values()
    if field.is_list:
        return [_row(shape, row) for row in _rows(value)]
    return None if value is None else part_of(shape, value)


def _rows(value: Any) -> Iterable[Any]:
    if isinstance(value, Manager):
        return value.all()
    if isinstance(value, ListValue):
        return value.bound_blocks
    return value or ()


def _row(shape: type[Part], row: Any) -> Json:
    """Return one row: a related object, the child of a stream, or what is one already."""
    names = shape.model_fields
    if isinstance(row, dict):
        return row
    if isinstance(row, Model):
        # Rows of figures have no words, and so no key.
        own = {"key": key_of(row)} if "key" in names else {}
        return {**own, **part_of(shape, row)}
    own = {"id": row.id} if "id" in names else {}
    make = getattr(row.block, "to_document", None)
    return {**own, **(make(row.value) if make else part_of(shape, row.value))}


def _html(field: Field, value: Any) -> Any:
    inline = isinstance(field.member, Html) and field.member.inline
    if isinstance(value, ListValue | list):
        return [_html(field, item) for item in value]
    source = value.source if isinstance(value, RichText) else value
    return inline_html(source or "") if inline else document_html(source or "")


def _key(field: Field, value: Any) -> Any:
    return keys_of(value) if field.is_list else key_of(value)


def _file(field: Field, value: Any) -> Any:
    """Return a file as its member holds it: the sizes of an image, or an address."""
    if isinstance(value, AbstractImage):
        return image_document(value)
    if isinstance(value, AbstractDocument):
        return value.public_address
    return value or _nothing(field)


def _plain(field: Field, value: Any) -> Any:
    """Return words and facts as JSON has them."""
    if value is None or value == "":
        return _nothing(field)
    if isinstance(value, StreamValue):
        return [child.value for child in value]
    for kinds, written in _WRITTEN:
        if isinstance(value, kinds):
            return written(value)
    return value


def _nothing(field: Field) -> Any:
    """Return what stands for a member that a model has nothing for."""
    if field.is_list:
        return []
    return None if field.is_optional else ""


_WRITERS: tuple[tuple[type[Member], Callable[[Field, Any], Any]], ...] = (
    (Body, _body),
    (Inner, _inner),
    (Html, _html),
    (Ref, _key),
    (Media, _file),
    (Member, _plain),
)
_WRITTEN: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    ((datetime, date), lambda value: value.isoformat()),
    (time, lambda value: value.strftime("%H:%M")),
    (Decimal, number),
    (Promise, str),
    # A row of a page, such as an activity: no text of its own, so no reference.
    (TranslatableMixin, key_of),
)
