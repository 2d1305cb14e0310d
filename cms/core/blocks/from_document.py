"""From plain block dictionaries to the raw value of a body: the way back.

For imports and sample content. The dictionaries have the shape of a document's blocks;
what a document names by key they name by primary key (a page as ``page``).
"""

from __future__ import annotations

import html
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Raw = dict[str, Any]
Block = Mapping[str, Any]


def body_value(blocks: Iterable[Block]) -> list[Raw]:
    """Return what a ``StreamField`` stores, with an id for each block."""
    return [_with_id(block["type"], _VALUES[block["type"]](block)) for block in blocks]


def _with_id(kind: str, value: Any) -> Raw:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _heading(block: Block) -> Raw:
    return {"level": str(block["level"]), "text": block["text"]}


def _paragraph(block: Block) -> str:
    return str(block["html"])


def _list(block: Block) -> Raw:
    items = [_with_id("item", f"<p>{item}</p>") for item in block["items"]]
    return {"ordered": bool(block.get("ordered")), "items": items}


def _quote(block: Block) -> Raw:
    return {
        "text": block["text"],
        "name": block["name"],
        "title": block.get("title", ""),
        "organisation": block.get("organisation", ""),
        "approved": bool(block.get("approved", False)),
    }


def _facts(block: Block) -> Raw:
    return {"heading": block["heading"], "text": block["html"]}


def _callout(block: Block) -> Raw:
    return {"tone": block.get("tone", "info"), **_facts(block)}


def _link_list(block: Block) -> Raw:
    links = [_with_id("item", _link(link)) for link in block["links"]]
    return {"heading": block["heading"], "links": links}


def _link(link: Block) -> Raw:
    return {
        "page": link.get("page"),
        "url": link.get("url", ""),
        "document": None,
        "text": link.get("text", ""),
        "language": link.get("language", ""),
    }


def _table(block: Block) -> Raw:
    rows = [[html.unescape(str(cell)) for cell in row] for row in block["rows"]]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    headings = rows.pop(0) if block.get("header_row") and rows else [""] * width
    return {
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": row} for row in rows],
        "caption": block.get("caption", ""),
    }


def _pledge_card(block: Block) -> Raw:
    return {"pledge": block["page"]}


def _focus_area_card(block: Block) -> Raw:
    return {"focus_area": block["page"]}


def _chart(block: Block) -> Raw:
    chosen = [_with_id("item", pk) for pk in block["indicators"]]
    return {"indicators": chosen}


def _places(block: Block) -> Raw:
    chosen = [_with_id("item", pk) for pk in block["places"]]
    return {"heading": block.get("heading", ""), "places": chosen}


_VALUES: dict[str, Callable[[Block], Any]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "list": _list,
    "quote": _quote,
    "facts": _facts,
    "callout": _callout,
    "link_list": _link_list,
    "table": _table,
    "pledge_card": _pledge_card,
    "focus_area_card": _focus_area_card,
    "chart": _chart,
    "places": _places,
}
