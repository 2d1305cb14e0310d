"""Places that are public, with an article that shows them.

All made up. Two are so close that a map of the municipality shows them as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from articles.models import ArticlePage
from pledges.models import Partner, Place
from tests.factories.files import make_image
from tests.factories.pages import fresh, publish
from tests.factories.pledges import make_partner, make_place
from tests.factories.site import Municipality
from tests.factories.translations import translate

#: Nobody but the staff may know exactly where this is.
EXACT = (16.738147, 60.521863)
TUNNEL = [[16.7737, 60.61905], [16.77392, 60.61862], [16.7741, 60.6182]]
FOOTPATH = [[16.772, 60.6187], [16.7672, 60.61905], [16.7618, 60.6196]]
TRACK = [
    [16.589, 60.7105],
    [16.621, 60.7105],
    [16.621, 60.7265],
    [16.589, 60.7265],
    [16.589, 60.7105],
]


def point(longitude: float = EXACT[0], latitude: float = EXACT[1]) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


def line(coordinates: list[list[float]]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": coordinates}


@dataclass(frozen=True)
class Places:
    """The article, and the places by what is special about them.

    tunnel    mended, a line, with images; Finnish and Arabic
    path      planned, beside the tunnel; Finnish and Arabic
    bridge    no lighting, somebody else's; exact position known, shown as an area
    track     an area; Swedish only
    hidden    public in the list, not on the map
    """

    article: ArticlePage
    state: Partner
    tunnel: Place
    path: Place
    bridge: Place
    track: Place
    hidden: Place

    @property
    def all(self) -> list[Place]:
        return [self.tunnel, self.path, self.bridge, self.track, self.hidden]


def build_places(site: Municipality) -> Places:
    """Publish everything, and the article in Swedish, Finnish and Arabic."""
    town = publish(make_partner("Sandvikens kommun"))
    state = publish(
        make_partner(
            "Trafikverket", category="state", display_name="statens väghållare"
        )
    )
    on_map: dict[str, Any] = {"publish_on_map": True, "precision": "street"}
    tunnel = make_place(
        "Gångtunneln vid stationen", category="tunnel", locality="Sandviken",
        measure="Tunneln har fått starkare lampor.", geometry=line(TUNNEL), **on_map,
        lighting_status="fixed", lighting_owner=town, fixed_on=date(2018, 11, 20),
        before_image=make_image(), before_alt="En mörk tunnel",
        after_image=make_image(), after_alt="Tunneln med ljusa väggar",
    )  # fmt: skip
    path = make_place(
        "Cykelvägen västerut", locality="Sandviken", geometry=line(FOOTPATH), **on_map,
        measure="Ny belysning är beställd.", lighting_status="planned",
        lighting_owner=town, report_fault_url="https://felanmalan.example/",
    )  # fmt: skip
    bridge = make_place(
        "Bron i Årsunda", category="bridge", locality="Årsunda", geometry=point(),
        measure="Staten äger belysningen.", publish_on_map=True, precision="area",
        lighting_status="missing", lighting_owner=state, reported_via="dialogue",
        report_count=2,
    )  # fmt: skip
    track = make_place(
        "Elljusspåret i Järbo", locality="Järbo", publish_on_map=True, precision="area",
        measure="Hela spåret har fått nya lampor.", lighting_status="ok",
        geometry={"type": "Polygon", "coordinates": [TRACK]},
    )  # fmt: skip
    hidden = make_place("Parken i Hammarby", category="park", geometry=point())
    found = [publish(each) for each in (tunnel, path, bridge, track, hidden)]
    article = site.live_article(
        title="Nu tänds lamporna",
        slug="nu-tands-lamporna",
        body=[("places", {"heading": "Platserna", "places": found})],
    )
    _translated(article, state, found)
    return Places(fresh(article), fresh(state), *(fresh(each) for each in found))


def _translated(article: Any, state: Partner, places: list[Place]) -> None:
    tunnel, path, *_rest = places
    translate(
        tunnel,
        "fi",
        {
            "name": "Aseman jalankulkutunneli",
            "measure": "Tunneliin on asennettu kirkkaammat valot.",
            "before_alt": "Pimeä tunneli",
            "after_alt": "Tunnelin vaaleat seinät",
        },
    )
    translate(tunnel, "ar", {"name": "نفق المشاة عند المحطة"})
    translate(path, "fi", {"name": "Pyörätie länteen"})
    translate(path, "ar", {"name": "مسار الدراجات باتجاه الغرب"})
    translate(state, "fi", {"display_name": "valtion tienpitäjä"})
    translate(
        article,
        "fi",
        {"title": "Valot syttyvät", "slug": "valot-syttyvat", "Platserna": "Paikat"},
    )
    translate(
        article,
        "ar",
        {"title": "تُضاء المصابيح", "slug": "المصابيح", "Platserna": "الأماكن"},
    )
