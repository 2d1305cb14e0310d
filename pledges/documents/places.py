"""Places as documents: no more exact than their precision allows (C-5).

The log keeps what it gets for ever, so a place is made less exact here, before it gets
there. ``facts.geometry`` has a GeoJSON type and its ``positions``, each as text with the
latitude first: ``60.6167, 16.7667``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cms.core.blocks.media import image_document
from cms.gate.errors import Issue
from pledges import positions
from pledges.documents.figures import day
from pledges.documents.keys import key_of

if TYPE_CHECKING:
    from pledges.models import Place
    from pledges.positions import Point

#: An exact point needs this many independent reports before it may be shown.
MIN_REPORTS = 5
#: The mesh that points are moved to, degrees of longitude and latitude. At sixty degrees
#: north about 110 metres, and about 1.1 kilometres.
STREET_MESH = (0.002, 0.001)
AREA_MESH = (0.02, 0.01)


def place_document(place: Place) -> dict[str, Any]:
    """Return the place; how often it was reported is nobody else's business."""
    owner = key_of(place.lighting_owner)
    return {
        "name": place.name,
        "measure": place.measure,
        "before_alt": place.before_alt,
        "after_alt": place.after_alt,
        "facts": {
            "kind": place.kind,
            "locality": place.locality,
            "precision": place.precision,
            "geometry": shown_geometry(place),
            "lighting_status": place.lighting_status,
            "lighting_owner": owner,
            "fixed_on": day(place.fixed_on),
            "before": _picture(place.before_image),
            "after": _picture(place.after_image),
            "report_fault_url": place.report_fault_url,
        },
        "references": {"partners": [owner] if owner else []},
    }


def _picture(image: Any) -> dict[str, Any] | None:
    if image is None:
        return None
    return {"credit": image.credit, "image": image_document(image)}


def shown_geometry(place: Place) -> dict[str, Any] | None:
    """Return where readers may know that the place is; nothing unless it is on the map."""
    if not place.publish_on_map or not place.geometry:
        return None
    geometry = coarsened(place.geometry, place.precision)
    return {
        "type": geometry["type"],
        "positions": [positions.pair(point) for point in positions.points_of(geometry)],
    }


def coarsened(geometry: dict[str, Any], precision: str) -> dict[str, Any]:
    """Return the geometry, no more exact than ``precision``.

    A street keeps its shape on a mesh of about 100 metres. Of an area, the shape is
    kept if it is larger than the mesh of about a kilometre, else its middle.
    """
    if precision == "point":
        return geometry
    kind, points = geometry["type"], positions.points_of(geometry)
    if precision == "street":
        return _on_mesh(kind, points, STREET_MESH)
    if kind == "Polygon":
        return _on_mesh(kind, points, AREA_MESH)
    return _on_mesh("Point", [_middle(points)], AREA_MESH)


def _on_mesh(
    kind: str, points: list[Point], mesh: tuple[float, float]
) -> dict[str, Any]:
    """Move every point to the mesh; what shrinks to nothing becomes a point."""
    moved = [_moved(point, mesh) for point in points]
    kept = [
        point for point, before in zip(moved, [None, *moved], strict=False)
        if point != before
    ]  # fmt: skip
    if kind == "Polygon" and len(set(kept)) < 3 or len(kept) < 2:
        return positions.with_points("Point", [_moved(_middle(points), mesh)])
    return positions.with_points(kind, kept)


def _moved(point: Point, mesh: tuple[float, float]) -> Point:
    longitude, latitude = (
        round(round(value / step) * step, positions.DECIMALS)
        for value, step in zip(point, mesh, strict=True)
    )
    return longitude, latitude


def _middle(points: list[Point]) -> Point:
    """Return the middle of the rectangle around the points."""
    longitudes, latitudes = zip(*points, strict=True)
    return (
        (min(longitudes) + max(longitudes)) / 2,
        (min(latitudes) + max(latitudes)) / 2,
    )


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
