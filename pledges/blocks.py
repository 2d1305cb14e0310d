"""Blocks that show something published elsewhere, always as it is now (R-28).

The document holds keys alone. What they stand for is read when the page is read, in
the reader's language or a labelled fallback.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.core.blocks.described import DescribedStruct, Given, Raw, row
from cms.core.building import keys_of
from pledges import kinds


class SamePageBlock(blocks.PageChooserBlock):
    """A page that is the same in every language: the reader finds the translation."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Tell wagtail-localize that there is nothing here to translate."""
        return []


class SameSnippetBlock(SnippetChooserBlock):
    """A shared block that is the same in every language."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Tell wagtail-localize that there is nothing here to translate."""
        return []


class PledgeCardBlock(DescribedStruct):
    """A pledge: the promise, its period and the latest follow-up."""

    kind = kinds.PledgeCardBlock

    pledge = SamePageBlock(page_type="pledges.Pledge", label=_("Pledge"))

    class Meta:
        icon = "pick"
        label = _("Pledge card")

    def to_document(self, value: Any) -> dict[str, Any] | None:
        keys = keys_of([value["pledge"]])
        return {"pledges": keys} if keys else None

    def raw_value(self, given: Given) -> Raw:
        return {"pledge": given["page"]}


class FocusAreaCardBlock(DescribedStruct):
    """A focus area: why it was chosen and who works for it."""

    kind = kinds.FocusAreaCardBlock

    focus_area = SamePageBlock(page_type="pledges.FocusArea", label=_("Focus area"))

    class Meta:
        icon = "view"
        label = _("Focus area card")

    def to_document(self, value: Any) -> dict[str, Any] | None:
        keys = keys_of([value["focus_area"]])
        return {"focus_areas": keys} if keys else None

    def raw_value(self, given: Given) -> Raw:
        return {"focus_area": given["page"]}


class ChartBlock(DescribedStruct):
    """The answers to survey questions over the years."""

    kind = kinds.ChartBlock

    indicators = blocks.ListBlock(
        SameSnippetBlock("pledges.SurveyIndicator"), min_num=1, max_num=4,
        label=_("Survey questions"),
    )  # fmt: skip

    class Meta:
        icon = "table"
        label = _("Chart")

    def to_document(self, value: Any) -> dict[str, Any] | None:
        keys = keys_of(value["indicators"])
        return {"indicators": keys} if keys else None

    def raw_value(self, given: Given) -> Raw:
        return {"indicators": [row(pk) for pk in given["indicators"]]}


class PlacesBlock(DescribedStruct):
    """Places, as a list and on a map."""

    kind = kinds.PlacesBlock

    heading = blocks.CharBlock(max_length=120, required=False, label=_("Heading"))
    places = blocks.ListBlock(
        SameSnippetBlock("pledges.Place"), min_num=1, max_num=60, label=_("Places")
    )

    class Meta:
        icon = "site"
        label = _("Places")

    def to_document(self, value: Any) -> dict[str, Any] | None:
        keys = keys_of(value["places"])
        return {"heading": value["heading"], "places": keys} if keys else None

    def raw_value(self, given: Given) -> Raw:
        chosen = [row(pk) for pk in given["places"]]
        return {"heading": given.get("heading", ""), "places": chosen}


#: The blocks that pledges offer to editors, in this order.
BLOCKS = (PledgeCardBlock, FocusAreaCardBlock, ChartBlock, PlacesBlock)
