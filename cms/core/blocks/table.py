"""A table of text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

from cms.engine.segments import StringSegmentValue


class TableBlock(TypedTableBlock):
    """A table with a caption and headed columns; every cell is plain text.

    wagtail-localize does not look into tables: the two ``translat*`` methods are its
    documented seam for blocks of one's own.
    """

    text = blocks.CharBlock(required=False, label=_("Text"))

    class Meta:
        icon = "table"
        label = _("Table")

    def to_document(self, value: TypedTable) -> dict[str, Any]:
        headings = [column["heading"] for column in value.columns]
        rows = [[str(cell or "") for cell in _cells(row)] for row in value.row_data]
        has_headings = any(headings)
        return {
            "caption": value.caption or "",
            "header_row": has_headings,
            "header_column": True,
            "rows": [headings, *rows] if has_headings else rows,
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
