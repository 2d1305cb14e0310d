"""``places.geojson``: what is on the map, for everybody else's maps."""

from __future__ import annotations

import json

import pytest

from cms.gate import actions
from pledges.models import Place
from tests.cms.api.problems import assert_problem
from tests.factories.pages import fresh, publish
from tests.factories.people import person
from tests.factories.places import EXACT, point
from tests.factories.pledges import make_place

URL = "/api/v1/places.geojson"


def features(client, **parameters):
    """The features by key."""
    body = client.get(URL, parameters).json()
    assert body["type"] == "FeatureCollection"
    return {each["id"]: each for each in body["features"]}


def test_media_type_is_that_of_geojson(places, client):
    response = client.get(URL)

    assert response["Content-Type"] == "application/geo+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "max-age" in response["Cache-Control"]


def test_every_place_on_the_map_is_there_and_no_other(places, client):
    on_the_map = [places.tunnel, places.path, places.bridge, places.track]

    assert list(features(client)) == [str(each.translation_key) for each in on_the_map]


def test_place_says_what_the_page_says(places, client):
    key = str(places.tunnel.translation_key)

    place = features(client, lang="fi")[key]

    assert place["geometry"] == {
        "type": "LineString",
        "coordinates": [[16.774, 60.619], [16.774, 60.618]],
    }
    words = place["properties"]["lighting_status"].pop("words")
    assert words
    images = [place["properties"].pop(name) for name in ("before", "after")]
    assert [image["alt"] for image in images] == [
        "Pimeä tunneli",
        "Tunnelin vaaleat seinät",
    ]
    assert place["properties"] == {
        "key": key,
        "name": "Aseman jalankulkutunneli",
        "lang": "fi",
        "kind": "tunnel",
        "locality": "Sandviken",
        "lighting_status": {"code": "fixed"},
        "measure": "Tunneliin on asennettu kirkkaammat valot.",
        "owner": "Sandvikens kommun",
        "fixed_on": "2018-11-20",
        "report_url": None,
        "precision": "street",
    }


def test_place_that_is_not_translated_is_in_swedish_and_says_so(places, client):
    """R-05."""
    bridge = features(client, lang="fi")[str(places.bridge.translation_key)]

    assert bridge["properties"]["name"] == "Bron i Årsunda"
    assert bridge["properties"]["lang"] == "sv"
    assert bridge["properties"]["owner"] == "Trafikverket"


def test_every_language_has_the_same_places_at_the_same_spots(places, client):
    swedish = features(client)
    for tag in ("fi", "ar", "so"):
        there = features(client, lang=tag)
        assert list(there) == list(swedish)
        for key, place in there.items():
            assert place["geometry"] == swedish[key]["geometry"]


def test_facts_follow_the_swedish_text(places, client):
    """I7: a translation that is behind does not say that the lamp is still broken."""
    key = str(places.path.translation_key)
    publish(fresh(places.path), lighting_status="fixed")

    properties = features(client, lang="fi")[key]["properties"]

    assert properties["name"] == "Pyörätie länteen"
    assert properties["lighting_status"]["code"] == "fixed"


def test_outer_ring_runs_against_the_clock(places, client):
    """RFC 7946, 3.1.6."""
    key = str(places.track.translation_key)

    (ring,) = features(client)[key]["geometry"]["coordinates"]

    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False))
    assert ring[0] == ring[-1]
    assert area > 0


def test_exact_position_of_an_area_never_leaves(places, client):
    text = client.get(URL).content.decode()

    assert str(places.bridge.translation_key) in text
    assert not any(f"{value:.3f}" in text for value in EXACT)


def test_place_that_was_withdrawn_is_gone(places, client):
    place = publish(make_place(geometry=point(), publish_on_map=True))
    key = str(place.translation_key)
    before = features(client)
    actions.withdraw(fresh(place), by=person("approver"))

    assert key in before
    assert key not in features(client)


def test_draft_is_not_there_to_be_found(places, client):
    draft = make_place("Utkastet", geometry=point(), publish_on_map=True)

    assert str(draft.translation_key) not in features(client)
    assert "Utkastet" not in client.get(URL).content.decode()


def test_number_of_queries_does_not_grow(places, client, django_assert_num_queries):
    for _number in range(3):
        publish(make_place(geometry=point(), publish_on_map=True))

    with django_assert_num_queries(2):
        response = client.get(URL, {"lang": "ar"})

    assert len(response.json()["features"]) == 7


def test_reading_asks_the_log_alone(places, client):
    """What editors do to the row afterwards changes nothing."""
    before = client.get(URL).content
    Place.objects.update(name="Annat", geometry=None)

    assert client.get(URL).content == before


def test_unchanged_answer_is_not_sent_again(places, client):
    tag = client.get(URL)["ETag"]

    again = client.get(URL, headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("query", "status"),
    [("?lang=xx", 404), ("?language=fi", 422), ("?lang=fi&bbox=1,2,3,4", 422)],
)
def test_question_that_makes_no_sense_is_a_problem(places, client, query, status):
    response = client.get(URL + query)

    assert_problem(response, status)


def test_words_are_readable_letters(places, client):
    body = client.get(URL, {"lang": "ar"}).content.decode()

    assert "نفق المشاة عند المحطة" in body
    assert json.loads(body)["features"]
