"""Positions on the ground: as a person writes them, and as GeoJSON geometries.

WGS84 in decimal degrees. A person writes latitude before longitude, as maps show them;
GeoJSON (RFC 7946) has longitude first. Pure: knows no model and no form.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

#: A ``(longitude, latitude)`` in degrees.
Point = tuple[float, float]
Geometry = dict[str, Any]

MAX_POINTS = 500
#: Sweden with some room around it: degrees from, degrees to.
LATITUDES = (55.0, 70.0)
LONGITUDES = (10.0, 25.0)
#: A tenth of a metre; what a telephone says beyond that is noise.
DECIMALS = 6

_DOT_PAIR = re.compile(r"([0-9]{1,9}\.[0-9]+)[\s,;]+([0-9]{1,9}\.[0-9]+)")
_COMMA_PAIR = re.compile(r"([0-9]{1,9},[0-9]+)\s*[\s,;]\s*([0-9]{1,9},[0-9]+)")
_MINUTES = re.compile(r"[0-9]\s*['′’]")
_LETTERS = re.compile(r"[NEÖ°º]", re.IGNORECASE)
#: Marks of direction that come along when text is copied from a web page.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class NotAPosition(ValueError):
    """The text or geometry is no place in Sweden; the message says why.

    ``code`` is a stable name for the reason.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def parse(text: str) -> Geometry | None:
    """Return what the lines of ``text`` mean, nothing when there are none.

    One line is a point, several are a line, and a line that ends where it began is an
    area. Raises :class:`NotAPosition`.
    """
    lines = [line for line in _INVISIBLE.sub("", text).splitlines() if line.strip()]
    if len(lines) > MAX_POINTS:
        raise NotAPosition("too_many", _too_many())
    points = [_point(line.strip(), number) for number, line in enumerate(lines, 1)]
    if not points:
        return None
    geometry = _geometry(points)
    check(geometry)
    return geometry


def to_text(geometry: Geometry) -> str:
    """Return the geometry as it is written: a line for each point."""
    return "\n".join(pair(point) for point in points_of(geometry))


def pair(point: Sequence[float]) -> str:
    """Return a point as a person writes it: ``60.6167, 16.7667``."""
    longitude, latitude = point
    return f"{_degrees(latitude)}, {_degrees(longitude)}"


def unpair(text: str) -> Point:
    """Return the point that :func:`pair` has written."""
    latitude, longitude = text.split(", ")
    return float(longitude), float(latitude)


def points_of(geometry: Geometry) -> list[Point]:
    """Return the points of a geometry in order; those of an area are closed."""
    coordinates: Any = geometry["coordinates"]
    if geometry["type"] == "Point":
        return [_as_point(coordinates)]
    if geometry["type"] == "Polygon":
        return [_as_point(each) for each in coordinates[0]]
    return [_as_point(each) for each in coordinates]


def with_points(kind: str, points: Sequence[Point]) -> Geometry:
    """Return the geometry of a GeoJSON type that has these points."""
    coordinates: Any = [list(point) for point in points]
    if kind == "Point":
        coordinates = coordinates[0]
    if kind == "Polygon":
        coordinates = [coordinates]
    return {"type": kind, "coordinates": coordinates}


def check(geometry: Any) -> None:
    """Refuse what is no geometry of ours, whoever made it; see :func:`parse`."""
    try:
        points = list(_checked_points(geometry))
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        if isinstance(error, NotAPosition):
            raise
        message = _("This is not a point, a line or an area.")
        raise NotAPosition("shape", message) from error
    if len(points) > MAX_POINTS:
        raise NotAPosition("too_many", _too_many())
    kind = geometry["type"]
    if kind == "LineString" and len(set(points)) < 2:
        raise NotAPosition("line", _("A line needs at least two different points."))
    if kind == "Polygon" and (len(set(points)) < 3 or points[0] != points[-1]):
        raise NotAPosition(
            "area",
            _("An area needs at least three different corners, and the first again."),
        )


def _checked_points(geometry: Any) -> Iterator[Point]:
    if set(geometry) != {"type", "coordinates"}:
        raise ValueError
    if geometry["type"] not in {"Point", "LineString", "Polygon"}:
        raise ValueError
    if geometry["type"] == "Polygon" and len(geometry["coordinates"]) != 1:
        raise ValueError
    for point in points_of(geometry):
        if not all(math.isfinite(each) for each in point):
            raise ValueError
        _check_bounds(point, pair(point))
        yield point


def _as_point(value: Any) -> Point:
    longitude, latitude = value
    if any(isinstance(each, bool | str) for each in (longitude, latitude)):
        raise TypeError
    return float(longitude), float(latitude)


def _geometry(points: list[Point]) -> Geometry:
    if len(points) == 1:
        return with_points("Point", points)
    closed = points[0] == points[-1]
    return with_points("Polygon" if closed else "LineString", points)


def _point(line: str, number: int) -> Point:
    plain = " ".join(_LETTERS.sub(" ", line).split()).strip(" ,;")
    match = _DOT_PAIR.fullmatch(plain)
    match = match or _COMMA_PAIR.fullmatch(plain)
    if match is None:
        raise _misread(line, number)
    latitude, longitude = (float(each.replace(",", ".")) for each in match.groups())
    point = (round(longitude, DECIMALS), round(latitude, DECIMALS))
    _check_bounds(point, line)
    return point


def _check_bounds(point: Point, written: str) -> None:
    longitude, latitude = point
    if _within(latitude, LATITUDES) and _within(longitude, LONGITUDES):
        return
    if _within(longitude, LATITUDES) and _within(latitude, LONGITUDES):
        code = "swapped"
        message = _("'%(text)s' has the longitude first. Write latitude, longitude.")
    elif max(abs(longitude), abs(latitude)) > 180:
        code = "not_degrees"
        message = _(
            "'%(text)s' is not in degrees. Choose WGS84 with decimal degrees in the map "
            "you copy from."
        )
    else:
        code, message = "elsewhere", _("'%(text)s' is not in Sweden.")
    raise NotAPosition(code, message % {"text": written[:60]})


def _misread(line: str, number: int) -> NotAPosition:
    code, values = "unreadable", {"number": number, "text": line[:60]}
    if _MINUTES.search(line):
        code = "minutes"
        message = _(
            "Line %(number)d, '%(text)s', has minutes. Write degrees with decimals: "
            "60.6167, 16.7667."
        )
    else:
        message = _(
            "Line %(number)d, '%(text)s', is not a position. Write latitude and "
            "longitude with decimals: 60.6167, 16.7667."
        )
    return NotAPosition(code, message % values)


def _too_many() -> str:
    return _("There are more than %(limit)d points.") % {"limit": MAX_POINTS}


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _degrees(value: float) -> str:
    """Return degrees in the shortest form that is still a decimal number."""
    text = f"{value:.{DECIMALS}f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text
