"""Places as residents meet them: a card in a list, and a feature on a map.

From the log's documents alone. A card says everything; the map says no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.kinds.media import Picture
from cms.kinds.resolving import defaults
from cms.reading.shapes import Reference
from pledges import positions
from pledges.choices import Lighting, PlaceCategory
from pledges.reading.words import Readers, Text
from pledges.staff_choices import Precision

TYPE = "pledges.place"
OWNER_TYPE = "pledges.partner"

KINDS = dict(PlaceCategory.choices)
#: Where light is not the matter, readers are told nothing of it.
LIGHTING = {
    each.value: each.label for each in Lighting if each != Lighting.NOT_APPLICABLE
}
#: How roughly the map shows a place; an exact one needs no words. Staff choose what is
#: shown, readers are told how near the place is: hence other words than the choices'.
ROUGHLY = {
    Precision.STREET: _("The map shows the place to within about 100 metres."),
    Precision.AREA: _("The map shows the place to within about a kilometre."),
}


@dataclass(frozen=True)
class PlaceCard:
    """A place for one reader.

    ``html_lang`` is that of name, measure and text alternatives when it is not the
    reader's. ``lighting`` is ``not_applicable`` where light is not the matter, and
    ``lighting_words`` empty. ``geometry`` is a GeoJSON geometry, or nothing when the
    place is not on the map.
    """

    key: str
    name: str
    html_lang: str | None
    direction: str
    kind: str
    kind_words: Any
    locality: str
    lighting: str
    lighting_words: Any
    measure: str
    owner: Reference | None
    fixed_on: date | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    report_url: str
    precision: str
    precision_words: Any
    geometry: dict[str, Any] | None

    @property
    def owner_name(self) -> str:
        """Return the owner's official name, the same in every language."""
        return self.owner.document["name"] if self.owner else ""

    @property
    def map_data(self) -> str:
        """Return what the map needs and the list does not say, as JSON."""
        return json.dumps(
            {
                "geometry": self.geometry,
                "precision": self.precision,
                "locality": self.locality,
            }
        )


@dataclass(frozen=True)
class PlaceName:
    """A place that a text only names."""

    key: str
    name: Text


def place_name(
    key: str | None, found: Mapping[str, Reference], by: Readers
) -> PlaceName | None:
    """Return what a place is called, or nothing when it is not public."""
    reference = found.get(key or "")
    if reference is None:
        return None
    return PlaceName(reference.key, by.speaker(reference).say("name"))


def card(reference: Reference, others: Mapping[str, Reference]) -> PlaceCard:
    """Return the card of a place; ``others`` holds its owner, by key, if public."""
    document = reference.document
    lighting = document["lighting_status"]
    return PlaceCard(
        key=reference.key,
        name=document["name"],
        html_lang=reference.html_lang,
        direction=reference.direction,
        kind=document["kind"],
        kind_words=KINDS.get(document["kind"], ""),
        locality=document["locality"],
        lighting=lighting,
        lighting_words=LIGHTING.get(lighting, ""),
        measure=document["measure"],
        owner=others.get(document["lighting_owner"] or ""),
        fixed_on=date.fromisoformat(document["fixed_on"])
        if document["fixed_on"]
        else None,
        before=document["before"],
        after=document["after"],
        report_url=document["report_fault_url"],
        precision=document["precision"],
        precision_words=ROUGHLY.get(document["precision"], ""),
        geometry=_geometry(document["geometry"]),
    )


def cards(keys: Iterable[str], references: Mapping[str, Reference]) -> list[PlaceCard]:
    """Return the cards of the places among ``keys`` that are public, in their order."""
    found = (references.get(key) for key in dict.fromkeys(keys))
    return [card(each, references) for each in found if each and each.type == TYPE]


def feature(place: PlaceCard, lang: str) -> dict[str, Any]:
    """Return a place as a GeoJSON Feature; ``lang`` is the reader's language tag."""
    return {
        "type": "Feature",
        "id": place.key,
        "geometry": place.geometry,
        "properties": {
            "key": place.key,
            "name": place.name,
            "lang": place.html_lang or lang,
            "kind": place.kind,
            "locality": place.locality,
            "lighting_status": {
                "code": place.lighting,
                "words": str(place.lighting_words),
            },
            "measure": place.measure,
            "owner": place.owner_name or None,
            "fixed_on": place.fixed_on.isoformat() if place.fixed_on else None,
            "report_url": place.report_url or None,
            "precision": place.precision,
            "before": _picture(place.before),
            "after": _picture(place.after),
        },
    }


def _picture(stored: dict[str, Any] | None) -> dict[str, Any] | None:
    return {**defaults(Picture), **stored} if stored else None


def _geometry(stored: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the GeoJSON geometry of what the log keeps as text."""
    if stored is None:
        return None
    points = [positions.unpair(text) for text in stored["positions"]]
    if stored["type"] == "Polygon" and _is_clockwise(points):
        # RFC 7946 3.1.6: the outer ring runs against the clock.
        points.reverse()
    return positions.with_points(stored["type"], points)


def _is_clockwise(ring: list[positions.Point]) -> bool:
    pairs = zip(ring, ring[1:], strict=False)
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairs) > 0
