"""Positions as people write them, and what is no position."""

from __future__ import annotations

import math

import pytest

from pledges import positions
from pledges.positions import NotAPosition

SANDVIKEN = {"type": "Point", "coordinates": [16.7667, 60.6167]}


@pytest.mark.parametrize(
    "text",
    [
        "60.6167, 16.7667",
        "  60.6167 16.7667  ",
        "60.6167;16.7667",
        "60.6167,16.7667",
        "60.6167N 16.7667E",
        "N60.6167 E16.7667",
        "60.6167° N, 16.7667° Ö",
        "60,6167 16,7667",
        "60,6167, 16,7667",
        "60,6167; 16,7667",
        "\u200e60.6167,\u00a016.7667\u200f",
        "\n60.6167, 16.7667\n\n",
        "60.61670000001, 16.76669999999",
    ],
)
def test_pair_is_read_as_it_is_pasted(text):
    assert positions.parse(text) == SANDVIKEN


def test_nothing_written_is_no_position():
    assert positions.parse(" \n ") is None


def test_several_lines_are_a_line_and_closed_ones_an_area():
    corners = ["60.1, 16.1", "60.2, 16.1", "60.2, 16.3"]

    line = positions.parse("\n".join(corners))
    area = positions.parse("\n".join([*corners, corners[0]]))

    assert line == {
        "type": "LineString",
        "coordinates": [[16.1, 60.1], [16.1, 60.2], [16.3, 60.2]],
    }
    assert area == {"type": "Polygon", "coordinates": [[*line["coordinates"], [16.1, 60.1]]]}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["60.6167, 16.7667", "60.0, 16.0\n60.25, 16.123456", "60.1, 16.1\n60.2, 16.1\n60.2, 16.3\n60.1, 16.1"],
)  # fmt: skip
def test_what_is_stored_is_written_as_it_was(text):
    geometry = positions.parse(text)

    assert geometry is not None
    assert positions.to_text(geometry) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("16.7667, 60.6167", "swapped"),
        ("48.8566, 2.3522", "elsewhere"),
        ("0.0, 0.0", "elsewhere"),
        ("6721000.5, 600000.5", "not_degrees"),
        ("60°37'0\"N 16°46'0\"E", "minutes"),
        ("60, 16", "unreadable"),
        ("60.6167", "unreadable"),
        ("60.6167, 16.7667, 12.5", "unreadable"),
        ("60.6167, -16.7667", "unreadable"),
        ("nan, nan", "unreadable"),
        ("6e1, 1.6e1", "unreadable"),
        ("٦٠.٦١٦٧, ١٦.٧٦٦٧", "unreadable"),
        ("https://kartor.example/@60.61,16.77", "unreadable"),
        ("60.1, 16.1\nSandviken", "unreadable"),
        ("60.1, 16.1\n60.2, 16.2\n60.1, 16.1", "area"),
        ("\n".join(["60.1, 16.1", "60.2, 16.2"] * 251), "too_many"),
    ],
)
def test_refusal_says_what_is_wrong(text, code):
    with pytest.raises(NotAPosition) as refusal:
        positions.parse(text)

    assert refusal.value.code == code


def test_refusal_quotes_the_line():
    with pytest.raises(NotAPosition, match=r"2.*vid stationen"):
        positions.parse("60.1, 16.1\nvid stationen\n60.2, 16.2")


@pytest.mark.parametrize(
    "geometry",
    [
        [],
        {},
        7,
        "POINT (16.7 60.6)",
        {"type": "Point"},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": [16.7]},
        {"type": "Point", "coordinates": [16.7, 60.6, 70.0]},
        {"type": "Point", "coordinates": ["16.7", "60.6"]},
        {"type": "Point", "coordinates": [True, 60.6]},
        {"type": "Point", "coordinates": [math.nan, 60.6]},
        {"type": "Point", "coordinates": [math.inf, 60.6]},
        {"type": "Point", "coordinates": [10**400, 60.6]},
        {"type": "Point", "coordinates": [60.6, 16.7]},
        {"type": "Point", "coordinates": [16.7, 60.6], "crs": {}},
        {"type": "LineString", "coordinates": []},
        {"type": "LineString", "coordinates": [[16.7, 60.6], [16.7, 60.6]]},
        {"type": "LineString", "coordinates": [[16.7, 60.6], [16.8, 60.6]] * 251},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [[[16.1, 60.1], [16.2, 60.1], [16.2, 60.2]]]},
        {"type": "Polygon", "coordinates": [[[16.1, 60.1]] * 4, [[16.1, 60.1]] * 4]},
        {"type": "MultiPoint", "coordinates": [[16.7, 60.6]]},
        {"type": ["Point"], "coordinates": [16.7, 60.6]},
    ],
)  # fmt: skip
def test_geometry_that_no_form_made_is_refused(geometry):
    with pytest.raises(NotAPosition):
        positions.check(geometry)


def test_sweden_from_end_to_end_is_accepted():
    for latitude, longitude in ((55.34, 13.36), (69.06, 20.55), (65.81, 24.17)):
        geometry = {"type": "Point", "coordinates": [longitude, latitude]}
        positions.check(geometry)
        assert positions.unpair(positions.pair((longitude, latitude))) == (
            longitude,
            latitude,
        )
