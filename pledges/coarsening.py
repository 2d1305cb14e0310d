"""A place, no more exact than its precision allows (C-5). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pledges import positions

if TYPE_CHECKING:
    from pledges.positions import Point

#: The mesh that points are moved to, degrees of longitude and latitude. At sixty degrees
#: north about 110 metres, and about 1.1 kilometres.
STREET_MESH = (0.002, 0.001)
AREA_MESH = (0.02, 0.01)


def shown(geometry: dict[str, Any], precision: str) -> dict[str, Any]:
    """Return what readers may know: a type of GeoJSON, and its ``positions``.

    Each is text with the latitude first: ``60.6167, 16.7667``.
    """
    rough = coarsened(geometry, precision)
    return {
        "type": rough["type"],
        "positions": [positions.pair(point) for point in positions.points_of(rough)],
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
