"""Places where something is done, as exactly as readers may know them (C-5)."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _

from cms.kinds.kinds import Json, Part, SharedKind
from cms.kinds.media import Picture
from cms.kinds.members import Fact, Inner, Ref, Text
from pledges.choices import Lighting, PlaceCategory
from pledges.kinds import keys
from pledges.staff_choices import Precision


def _picture(alt: str, name: str) -> Json:
    """Return an image for the example."""
    src = f"/media/images/{name}.width-480.webp"
    return {
        "alt": alt,
        "caption": "Gångvägen vid ån",
        "credit": "Eva Exempel",
        "image": {
            "src": src,
            "width": 480,
            "height": 320,
            "srcset": [{"src": src, "width": 480}],
        },
    }


class Geometry(Part):
    """Where it is: the type of a GeoJSON geometry, and its ``positions``.

    Each is text with the latitude first: ``60.6167, 16.7667``.
    """

    type: Annotated[Literal["Point", "LineString", "Polygon"], Fact("", detail=True)]
    positions: Annotated[list[str], Fact("")]


class Place(SharedKind):
    """A place, no more exact than its precision allows.

    How often it was reported is nobody else's business, and not here.
    """

    type_name = "pledges.place"
    verbose_name = _("place")
    template = "pledges/shared/place.html"
    styles = ("pledges/pledges.css",)
    example_key = keys.PLACE
    example = {
        "name": "Gångvägen vid ån",
        "measure": "Ny belysning sätts upp.",
        "kind": "path",
        "locality": "Exempelby",
        "precision": "street",
        "geometry": {"type": "Point", "positions": ["60.618, 16.774"]},
        "lighting_status": "planned",
        "lighting_owner": keys.PARTNER,
        "fixed_on": "2026-04-10",
        "before": _picture("En mörk gångväg", "fore"),
        "after": _picture("Gångvägen med ny belysning", "efter"),
        "report_fault_url": "https://kommun.example.org/fel/",
    }

    name: Annotated[str, Text(_("name"))]
    measure: Annotated[str, Text(_("what is done"))] = ""
    kind: Annotated[
        str, Fact(_("kind"), source="category", choices=dict(PlaceCategory.choices))
    ]
    locality: Annotated[str, Fact(_("locality"))] = ""
    precision: Annotated[str, Fact(_("precision"), choices=dict(Precision.choices))]
    geometry: Annotated[
        Geometry | None, Inner(_("position"), source="shown_geometry")
    ] = None
    lighting_status: Annotated[str, Fact(_("lighting"), choices=dict(Lighting.choices))]
    lighting_owner: Annotated[
        str | None, Ref(_("who owns the lighting"), relation="partners")
    ] = None
    fixed_on: Annotated[str | None, Fact(_("mended on"))] = None
    before: Annotated[Picture | None, Inner(_("image before"), prefix="before_")] = None
    after: Annotated[Picture | None, Inner(_("image after"), prefix="after_")] = None
    report_fault_url: Annotated[str, Fact(_("where to report a fault"))] = ""
