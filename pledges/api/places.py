"""Places for maps of other people's making: GeoJSON, from the log alone."""

from __future__ import annotations

import json
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Query, Router
from ninja.errors import HttpError

from cms.api import schemas as s
from cms.api.shapes import LanguageTag, Shape
from cms.kinds.media import Picture
from cms.reading.pages import Library
from cms.reading.selections import of_types
from cms.reading.shared import texts
from pledges.reading import places as reading

MEDIA_TYPE = "application/geo+json"

router = Router()


class Geometry(Shape):
    """A GeoJSON geometry: WGS84, longitude first."""

    type: Literal["Point", "LineString", "Polygon"]
    coordinates: list[Any]


class LightingStatus(Shape):
    code: Literal["ok", "missing", "broken", "planned", "fixed", "not_applicable"]
    words: str


class PlaceProperties(Shape):
    """What the list of places says; ``before`` and ``after`` show what was done.

    ``lang`` is that of ``name``, ``measure`` and the words of the images.
    """

    key: str
    name: str
    lang: LanguageTag
    kind: str
    locality: str
    lighting_status: LightingStatus
    measure: str
    owner: str | None
    fixed_on: str | None
    report_url: str | None
    precision: Literal["point", "street", "area"]
    before: Picture | None
    after: Picture | None


class PlaceFeature(Shape):
    type: Literal["Feature"]
    id: str
    geometry: Geometry
    properties: PlaceProperties


class PlaceCollection(Shape):
    """A GeoJSON FeatureCollection (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: list[PlaceFeature]


@router.get(
    "places.geojson",
    response={200: PlaceCollection, **s.PROBLEMS},
    summary="Places on the map",
    openapi_extra={"x-media-type": MEDIA_TYPE},
)
def places(request: HttpRequest, query: Query[s.LangQuery]) -> Any:
    """Every public place that is shown on a map, no more exactly than it may be."""
    library = Library()
    language = library.readers_language(query.lang)
    if language is None:
        raise HttpError(404, f"There is no language '{query.lang[:35]}' here.")
    found = texts(library, language, of_types(reading.TYPE, reading.OWNER_TYPE))
    with translation.override(language.code):
        features = [
            reading.feature(card, language.tag)
            for card in reading.cards([each.key for each in found], _by_key(found))
            if card.geometry
        ]
    collection = {"type": "FeatureCollection", "features": features}
    return HttpResponse(
        json.dumps(collection, ensure_ascii=False), content_type=MEDIA_TYPE
    )


def _by_key(found: list[Any]) -> dict[str, Any]:
    return {each.key: each for each in found}
