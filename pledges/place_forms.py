"""How staff say where a place is: a line of text for each point."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from pledges import positions

#: A line for each point, each with room for signs and spaces.
MAX_LENGTH = positions.MAX_POINTS * 60


class PositionField(forms.CharField):
    """A geometry, written as lines of ``latitude, longitude``.

    What cannot be read is refused with the line in question, and the typed text stays
    in the box. The value is a GeoJSON geometry, or nothing.
    """

    def __init__(self, **options: Any) -> None:
        box = forms.Textarea(
            attrs={
                "rows": 4,
                "dir": "ltr",
                "spellcheck": "false",
                "autocomplete": "off",
                "placeholder": "60.6167, 16.7667",
            }
        )
        super().__init__(
            **{"required": False, "max_length": MAX_LENGTH, "widget": box, **options}
        )

    def prepare_value(self, value: Any) -> Any:
        """Return what stands in the box: the stored points, or what was typed."""
        if not isinstance(value, dict):
            return value
        try:
            positions.check(value)
        except positions.NotAPosition:
            return ""
        return positions.to_text(value)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return positions.parse(text)
        except positions.NotAPosition as error:
            raise ValidationError(str(error), code=error.code) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        before, after = self.prepare_value(initial) or "", data or ""
        return before.split() != str(after).split()


class PlaceForm(WagtailAdminModelForm):
    """The form of a place."""

    geometry = PositionField(
        label=_("Position"),
        help_text=_(
            "Latitude, longitude in decimal degrees (WGS84), as a map on the web gives "
            "them. One line is a point, several lines are a street or path, and several "
            "that end with the first one again are an area."
        ),
    )
