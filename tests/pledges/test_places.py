"""Places: how staff write them, and how little of where they are becomes public."""

from __future__ import annotations

import math

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from cms.desk import workbench
from cms.gate.errors import NotFit
from cms.log import entries
from cms.log.models import Publication
from pledges import positions
from pledges.coarsening import AREA_MESH, STREET_MESH, coarsened
from pledges.models import Place
from tests.factories.documents import facts_of
from tests.factories.files import make_image
from tests.factories.pages import fresh, publish, submit
from tests.factories.places import EXACT, TRACK, TUNNEL, line, point
from tests.factories.pledges import make_place
from tests.factories.translations import start, translate

METRES_PER_DEGREE = 111_320


def metres(a, b):
    east = (a[0] - b[0]) * math.cos(math.radians(a[1]))
    return math.hypot(east, a[1] - b[1]) * METRES_PER_DEGREE


def published_geometry(place):
    """What the log keeps of the place, as points."""
    stored = entries.current(place.translation_key, "sv").document["geometry"]
    if stored is None:
        return None
    return stored["type"], [positions.unpair(text) for text in stored["positions"]]


def log_as_text():
    """Every byte of every row of the log."""
    table = Publication._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(p)::text FROM {table} p")  # noqa: S608
        return "\n".join(row[0] for row in cursor.fetchall())


# --- what becomes public ---


def test_place_that_is_not_for_the_map_has_no_position(site):
    place = publish(make_place(geometry=point(), precision="point"))

    assert published_geometry(place) is None
    assert str(EXACT[0]) not in log_as_text()


def test_exact_point_is_public_when_it_may_be(site):
    place = publish(
        make_place(geometry=point(), precision="point", publish_on_map=True)
    )

    assert published_geometry(place) == ("Point", [EXACT])


@pytest.mark.parametrize(
    ("precision", "mesh", "nearest", "furthest"),
    [("street", STREET_MESH, 1, 80), ("area", AREA_MESH, 80, 800)],
)
def test_point_is_moved_to_a_mesh(precision, mesh, nearest, furthest):
    ((longitude, latitude),) = positions.points_of(coarsened(point(), precision))

    assert nearest < metres((longitude, latitude), EXACT) < furthest
    for value, step in zip((longitude, latitude), mesh, strict=True):
        assert value / step == pytest.approx(round(value / step), abs=1e-6)


def test_neighbours_cannot_be_told_apart():
    """Whoever lives on either side of the road is shown at the same spot."""
    one, other = point(16.7381, 60.5218), point(16.7384, 60.5221)

    assert coarsened(one, "street") == coarsened(other, "street")
    assert coarsened(one, "area") == coarsened(other, "area")


def test_street_keeps_its_shape_and_an_area_only_its_middle():
    street = coarsened(line(TUNNEL), "street")
    area = coarsened(line(TUNNEL), "area")

    assert street == line([[16.774, 60.619], [16.774, 60.618]])
    assert area["type"] == "Point"
    assert metres(area["coordinates"], TUNNEL[1]) < 800


def test_street_shorter_than_the_mesh_is_a_point():
    short = line([[16.77401, 60.61901], [16.77402, 60.61902]])

    assert coarsened(short, "street") == point(16.774, 60.619)


def test_large_area_keeps_its_shape_and_a_small_one_only_its_middle():
    large = {"type": "Polygon", "coordinates": [TRACK]}
    small = {
        "type": "Polygon",
        "coordinates": [[[16.601, 60.711], [16.602, 60.711], [16.602, 60.712], [16.601, 60.711]]],
    }  # fmt: skip

    kept = coarsened(large, "area")

    positions.check(kept)
    assert kept["type"] == "Polygon"
    for corner, exact in zip(positions.points_of(kept), TRACK, strict=True):
        assert metres(corner, exact) < 800
    assert coarsened(small, "area") == point(16.6, 60.71)


@pytest.mark.parametrize("precision", ["street", "area"])
@pytest.mark.parametrize("kind", ["Point", "LineString"])
def test_exact_position_is_nowhere_in_the_log(site, precision, kind):
    points = [EXACT, (EXACT[0] + 0.004271, EXACT[1] + 0.000913)]
    geometry = positions.with_points(kind, points)
    place = publish(
        make_place(geometry=geometry, precision=precision, publish_on_map=True)
    )
    translate(place, "fi")
    publish(fresh(place), measure="Lamporna är på plats.")

    text = log_as_text()

    assert "Lamporna är på plats." in text
    assert published_geometry(place) is not None
    for longitude, latitude in points:
        assert f"{longitude:.4f}" not in text
        assert f"{latitude:.4f}" not in text


def test_how_often_a_place_was_reported_is_not_public(site):
    place = publish(make_place(reported_via="walk", report_count=987654))

    assert "987654" not in log_as_text()
    assert "report_count" not in entries.current(place.translation_key, "sv").document


# --- what is refused ---


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, set()),
        ({"publish_on_map": True}, {"position"}),
        ({"publish_on_map": True, "geometry": point()}, set()),
        (
            {"publish_on_map": True, "geometry": point(), "precision": "point",
             "reported_via": "dialogue", "report_count": 4},
            {"precision"},
        ),
        (
            {"publish_on_map": True, "geometry": point(), "precision": "point",
             "reported_via": "dialogue", "report_count": 5},
            set(),
        ),
        (
            {"publish_on_map": True, "geometry": point(), "precision": "point",
             "reported_via": "report", "report_count": None},
            {"precision"},
        ),
        (
            {"publish_on_map": True, "geometry": point(), "precision": "street",
             "reported_via": "report", "report_count": 1},
            set(),
        ),
    ],
)  # fmt: skip
def test_rules_of_publication(site, facts, expected):
    place = make_place(**facts)

    assert {issue.code for issue in place.publication_issues()} == expected


def test_place_against_the_rules_is_not_even_reviewed(site):
    place = make_place(publish_on_map=True)

    with pytest.raises(NotFit):
        submit(place)


def test_images_need_words_for_those_who_do_not_see_them(site):
    place = make_place(before_image=make_image(), after_image=make_image())

    codes = [issue.code for issue in place.publication_issues()]
    place.before_alt, place.after_alt = "En mörk tunnel", " "

    assert codes == ["before_alt", "after_alt"]
    assert [issue.code for issue in place.publication_issues()] == ["after_alt"]


def test_geometry_from_elsewhere_than_the_form_is_checked_too(site):
    place = make_place(geometry={"type": "Point", "coordinates": [60.6, 16.7]})

    with pytest.raises(ValidationError) as refusal:
        place.full_clean()

    (error,) = refusal.value.error_dict["geometry"]
    assert error.code == "swapped"


# --- the form ---


@pytest.fixture
def save(site, client):
    """Save a place as the editor does; the answer."""
    client.force_login(site.people.editor)

    def save(place, **changes):
        data = {
            "name": place.name,
            "category": place.category,
            "measure": place.measure,
            "precision": place.precision,
            "lighting_status": place.lighting_status,
            "geometry": "",
            **changes,
        }
        url = reverse("wagtailsnippets_pledges_place:edit", args=[place.pk])
        return client.post(url, data)

    return save


def draft(place) -> Place:
    return fresh(place).get_latest_revision_as_object()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("60.6167N 16.7667E", "Point"),
        ("60.6167, 16.7667\n60.6170, 16.7680", "LineString"),
        ("60.1, 16.1\n60.2, 16.1\n60.2, 16.3\n60.1, 16.1", "Polygon"),
    ],
)
def test_editor_writes_a_position_in_the_form(site, save, text, kind):
    place = make_place()

    response = save(place, geometry=text)

    assert response.status_code == 302
    assert draft(place).geometry == positions.parse(text)
    assert draft(place).geometry["type"] == kind


def test_form_shows_the_stored_position_as_it_is_written(site, save, client):
    place = make_place(geometry=line(TUNNEL))

    url = reverse("wagtailsnippets_pledges_place:edit", args=[place.pk])
    page = client.get(url).content.decode()

    assert "60.61905, 16.7737\n60.61862, 16.77392\n60.6182, 16.7741</textarea>" in page


def test_what_cannot_be_read_stays_in_the_box_with_a_reason(site, save):
    place = make_place()

    response = save(place, geometry="60.6167, 16.7667\nvid stationen")

    form = response.context["form"]
    assert response.status_code == 200
    assert [error.code for error in form.errors.as_data()["geometry"]] == ["unreadable"]
    assert "60.6167, 16.7667\nvid stationen</textarea>" in response.content.decode()
    assert draft(place).geometry is None


def test_position_that_nobody_touched_is_unchanged(site, save):
    place = make_place(geometry=point())
    before = positions.to_text(point())

    save(place, name="Bron", geometry=before.replace("\n", "\r\n"))

    assert draft(place).geometry == point()
    assert draft(place).name == "Bron"


def test_position_can_be_taken_away(site, save):
    place = make_place(geometry=point())

    save(place, geometry="")

    assert draft(place).geometry is None


# --- translations ---


def test_translator_meets_words_and_no_coordinates(site):
    place = publish(make_place(geometry=point(), publish_on_map=True))
    translation = start(place, "fi")

    fields = {each.path for each in workbench.open_workbench(translation).segments}

    assert fields == {"name", "measure"}


def test_translation_stands_where_the_original_does(site):
    place = publish(make_place(geometry=point(), publish_on_map=True))
    finnish = translate(place, "fi")

    assert finnish.geometry == point()
    ours, theirs = (
        facts_of(Place.kind, entries.current(place.translation_key, tag).document)
        for tag in ("sv", "fi")
    )
    assert ours["geometry.positions"]
    assert theirs == ours


def test_reviewer_sees_the_position_as_it_will_be_public(site, client):
    place = make_place(geometry=point(), publish_on_map=True, precision="area")
    submit(place)
    client.force_login(site.people.approver)
    kind = ContentType.objects.get_for_model(Place)

    page = client.get(reverse("review:text", args=[kind.pk, place.pk])).content.decode()

    assert "60.52, 16.74" in page
    assert str(EXACT[0]) not in page
