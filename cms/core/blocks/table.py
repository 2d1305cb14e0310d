"""A table of text."""

from __future__ import annotations

import html
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

from cms.core import kinds
from cms.core.blocks.described import Described, Given, Raw
from cms.engine.segments import StringSegmentValue


class TableBlock(Described, TypedTableBlock):
    """A table with a caption and headed columns; every cell is plain text.

    wagtail-localize does not look into tables: the two ``translat*`` methods are its
    documented seam for blocks of one's own.
    """

    kind = kinds.TableBlock

    text = blocks.CharBlock(required=False, label=_("Text"))

    class Meta:
        icon = "table"
        label = _("Table")

    def to_document(self, value: TypedTable) -> dict[str, Any]:
        headings = [column["heading"] for column in value.columns]
        rows = [[str(cell or "") for cell in _cells(row)] for row in value.row_data]
        return {
            "caption": value.caption or "",
            "columns": headings if any(headings) else [],
            "rows": rows,
        }

    def raw_value(self, given: Given) -> Raw:
        """Headings are ``columns``, or the first of the rows with ``header_row``."""
        rows = [[html.unescape(str(cell)) for cell in row] for row in given["rows"]]
        headings = [html.unescape(str(text)) for text in given.get("columns", [])]
        if given.get("header_row") and rows:
            headings = rows.pop(0)
        width = max((len(row) for row in [headings, *rows]), default=0)
        headings, *rows = [row + [""] * (width - len(row)) for row in [headings, *rows]]
        return {
            "columns": [{"type": "text", "heading": heading} for heading in headings],
            "rows": [{"values": row} for row in rows],
            "caption": given.get("caption", ""),
        }

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        """Return caption, headings and cells as segments."""
        found = [("caption", value.caption or "")]
        found += [(f"h{i}", c["heading"]) for i, c in enumerate(value.columns)]
        for r, row in enumerate(value.row_data):
            found += [
                (f"r{r}c{c}", str(cell or "")) for c, cell in enumerate(_cells(row))
            ]
        return [StringSegmentValue(path, text) for path, text in found if text]

    def restore_translated_segments(
        self, value: TypedTable, segments: list[StringSegmentValue]
    ) -> TypedTable:
        """Return a table of the same shape with the translated texts."""
        texts = {segment.path: segment.render_text() for segment in segments}
        columns = [
            {**column, "heading": texts.get(f"h{i}", column["heading"])}
            for i, column in enumerate(value.columns)
        ]
        rows = [
            {
                **row,
                "values": [
                    texts.get(f"r{r}c{c}", cell) for c, cell in enumerate(_cells(row))
                ],
            }
            for r, row in enumerate(value.row_data)
        ]
        return TypedTable(
            columns=columns, row_data=rows, caption=texts.get("caption", value.caption)
        )


def _cells(row: dict[str, Any]) -> list[Any]:
    return list(row["values"])
