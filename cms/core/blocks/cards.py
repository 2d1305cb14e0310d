"""Blocks that show something published elsewhere, always as it is now (R-28).

The document holds keys alone. What they stand for is read when the page is read, in
the reader's language or a labelled fallback.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


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


def _keys(chosen: Any) -> list[str]:
    """Return the keys of what was chosen and has not been deleted since."""
    return [str(each.translation_key) for each in chosen if each]


class PledgeCardBlock(blocks.StructBlock):
    """A pledge: the promise, its period and the latest follow-up."""

    pledge = SamePageBlock(page_type="pledges.Pledge", label=_("Pledge"))

    class Meta:
        icon = "pick"
        label = _("Pledge card")

    def to_document(self, value: Any) -> dict[str, Any] | None:
        keys = _keys([value["pledge"]])
        return {"pledges": keys} if keys else None


class FocusAreaCardBlock(blocks.StructBlock):
    """A focus area: why it was chosen and who works for it."""

    focus_area = SamePageBlock(page_type="pledges.FocusArea", label=_("Focus area"))

    class Meta:
        icon = "view"
        label = _("Focus area card")

    def to_document(self, value: Any) -> dict[str, Any] | None:
        keys = _keys([value["focus_area"]])
        return {"focus_areas": keys} if keys else None


class ChartBlock(blocks.StructBlock):
    """The answers to survey questions over the years."""

    indicators = blocks.ListBlock(
        SameSnippetBlock("pledges.SurveyIndicator"), min_num=1, max_num=4,
        label=_("Survey questions"),
    )  # fmt: skip

    class Meta:
        icon = "table"
        label = _("Chart")

    def to_document(self, value: Any) -> dict[str, Any] | None:
        keys = _keys(value["indicators"])
        return {"indicators": keys} if keys else None


class PlacesBlock(blocks.StructBlock):
    """Places, as a list and on a map."""

    heading = blocks.CharBlock(max_length=120, required=False, label=_("Heading"))
    places = blocks.ListBlock(
        SameSnippetBlock("pledges.Place"), min_num=1, max_num=60, label=_("Places")
    )

    class Meta:
        icon = "site"
        label = _("Places")

    def to_document(self, value: Any) -> dict[str, Any] | None:
        keys = _keys(value["places"])
        return {"heading": value["heading"], "places": keys} if keys else None
