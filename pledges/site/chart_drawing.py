"""Where the parts of a chart stand, in per cent of its width and height. Pure.

Per cent, so that a chart fits any screen while its letters keep their size. Time runs
as the reader reads: with the newest year at the left in a language from the right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pledges.reading.charts import Chart, Point

#: The drawing inside its frame: from the oldest to the newest year, top to bottom.
_LEFT, _RIGHT, _TOP, _BOTTOM = 18.0, 93.0, 13.0, 86.0
#: How far apart labels stand at least; labels of several years are longer.
_ROOM, _ROOM_FOR_YEARS = 13.0, 24.0
#: Markers differ by segment, so that nothing is said by colour alone.
SHAPES = ("circle", "diamond", "square")


@dataclass(frozen=True)
class Place:
    """A point in per cent, as SVG attributes write it."""

    left: float
    top: float

    @property
    def x(self) -> str:
        return _percent(self.left)

    @property
    def y(self) -> str:
        return _percent(self.top)


@dataclass(frozen=True)
class Dot:
    """One point; texts are empty where there is no room for them.

    ``is_current`` says that it can be compared with the newest, here and below.
    """

    place: Place
    shape: str
    is_current: bool
    value: str
    years: str
    highest: Place
    lowest: Place
    has_margin: bool


@dataclass(frozen=True)
class Line:
    start: Place
    end: Place
    is_current: bool


@dataclass(frozen=True)
class Level:
    """A line across, and the value that it stands for."""

    place: Place
    label: str


@dataclass(frozen=True)
class Part:
    """What the legend says about one segment."""

    shape: str
    is_current: bool
    years: str


@dataclass(frozen=True)
class Drawing:
    """A chart, ready for the template. ``edge`` is where the labels of levels start."""

    dots: list[Dot]
    lines: list[Line]
    levels: list[Level]
    breaks: list[Place]
    parts: list[Part]
    edge: str
    is_mirrored: bool


def draw(
    chart: Chart,
    write: Callable[[Decimal], str],
    *,
    write_level: Callable[[Decimal], str],
    mirrored: bool,
) -> Drawing:
    """Return the drawing; ``write`` writes a value, ``write_level`` one of the axis."""
    across = _across(chart.points, mirrored)
    ticks = chart.ticks
    down = _down(ticks[-1])

    def place(point: Point) -> Place:
        return Place(across(point), down(point.value))

    segments = [_segment(chart, number) for number in range(len(chart.segments))]
    shown = _with_room(chart.points, across)
    return Drawing(
        dots=[
            _dot(point, part, place(point), down, write if id(point) in shown else None)
            for part, points in segments
            for point in points
        ],
        lines=[
            Line(place(one), place(next_one), part.is_current)
            for part, points in segments
            for one, next_one in pairwise(points)
        ],
        levels=[Level(Place(0, down(tick)), write_level(tick)) for tick in ticks],
        breaks=[
            Place((across(old[-1]) + across(new[0])) / 2, 0)
            for old, new in pairwise(chart.segments)
        ],
        parts=[part for part, _points in segments],
        edge="100%" if mirrored else "0%",
        is_mirrored=mirrored,
    )


def _segment(chart: Chart, number: int) -> tuple[Part, list[Point]]:
    points = chart.segments[number]
    is_current = number == len(chart.segments) - 1
    shape = SHAPES[number % len(SHAPES)]
    return Part(shape, is_current, _span(points)), points


def _span(segment: list[Point]) -> str:
    if len(segment) == 1:
        return segment[0].years
    return f"{segment[0].year}–{segment[-1].year_to or segment[-1].year}"


def _across(points: list[Point], mirrored: bool) -> Callable[[Point], float]:
    """Return where a point stands from the left: years keep their distances."""
    first, last = points[0].moment, points[-1].moment

    def across(point: Point) -> float:
        share = float((point.moment - first) / (last - first)) if last > first else 0.5
        left = _LEFT + share * (_RIGHT - _LEFT)
        return 100 - left if mirrored else left

    return across


def _down(greatest: Decimal) -> Callable[[Decimal], float]:
    def down(value: Decimal) -> float:
        share = max(min(float(value / greatest), 1.0), 0.0)
        return _BOTTOM - share * (_BOTTOM - _TOP)

    return down


def _with_room(points: list[Point], across: Callable[[Point], float]) -> set[int]:
    """Return the points that get labels: the newest, and older ones while they fit."""
    room = _ROOM_FOR_YEARS if any(point.year_to for point in points) else _ROOM
    shown: set[int] = set()
    last: float | None = None
    for point in reversed(points):
        here = across(point)
        if last is None or abs(here - last) >= room:
            shown.add(id(point))
            last = here
    return shown


def _dot(
    point: Point,
    part: Part,
    place: Place,
    down: Callable[[Decimal], float],
    write: Callable[[Decimal], str] | None,
) -> Dot:
    margin = point.margin or Decimal()
    return Dot(
        place=place,
        shape=part.shape,
        is_current=part.is_current,
        value=write(point.value) if write else "",
        years=point.years if write else "",
        highest=Place(place.left, down(point.value + margin)),
        lowest=Place(place.left, down(point.value - margin)),
        has_margin=bool(margin),
    )


def _percent(share: float) -> str:
    return f"{share:.2f}%"
