"""The timetable, as editors write it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks.described import DescribedStruct, Given, Raw, row
from tests.example_app import kinds


class TimeBlock(blocks.TimeBlock):
    """A time of day, the same in every language."""

    def get_translatable_segments(self, value: object) -> list[object]:
        """Tell wagtail-localize that there is nothing here to translate."""
        return []


class PointBlock(blocks.StructBlock):
    """One line."""

    time = TimeBlock(label=_("when"))
    what = blocks.CharBlock(max_length=120, label=_("text"))


class TimetableBlock(DescribedStruct):
    """What happens when."""

    kind = kinds.TimetableBlock

    heading = blocks.CharBlock(max_length=120, label=_("heading"))
    points = blocks.ListBlock(PointBlock(), label=_("row"))

    class Meta:
        icon = "time"
        label = _("Starts")

    def raw_value(self, given: Given) -> Raw:
        points = [
            row({"time": each["time"], "what": each["what"]})
            for each in given["points"]
        ]
        return {"heading": given["heading"], "points": points}
