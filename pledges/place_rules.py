"""What places must be like before they may be published (C-5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from django.utils.translation import gettext as _

from cms.gate.errors import Issue

#: An exact point needs this many independent reports before it may be shown.
MIN_REPORTS = 5


class Place(Protocol):
    """What the rules ask of a place."""

    precision: str
    publish_on_map: bool
    reported_via: str
    report_count: int | None
    geometry: Any
    before_image: Any
    before_alt: str
    after_image: Any
    after_alt: str


def place_issues(place: Place) -> Iterator[Issue]:
    """Yield what forbids showing the place as it stands."""
    exact = place.precision == "point" and place.publish_on_map
    if exact and place.reported_via and (place.report_count or 0) < MIN_REPORTS:
        text = _("An exact point needs at least five independent reports.")
        yield Issue("precision", text, "precision")
    if place.publish_on_map and not place.geometry:
        text = _("Say where the place is, or do not show it on the map.")
        yield Issue("position", text, "geometry")
    if place.before_image and not place.before_alt.strip():
        text = _("Describe the image before.")
        yield Issue("before_alt", text, "before_alt")
    if place.after_image and not place.after_alt.strip():
        text = _("Describe the image after.")
        yield Issue("after_alt", text, "after_alt")
