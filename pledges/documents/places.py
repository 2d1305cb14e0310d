"""Places as documents: no more exact than their precision allows (§1.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cms.core.blocks.media import image_document
from cms.publishing.errors import Issue
from pledges.documents.figures import day
from pledges.documents.keys import key_of

if TYPE_CHECKING:
    from pledges.models import Place

#: An exact point needs this many independent reports before it may be shown.
MIN_REPORTS = 5


def place_document(place: Place) -> dict[str, Any]:
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
            "geometry": None,
            "lighting_status": place.lighting_status,
            "lighting_owner": owner,
            "fixed_on": day(place.fixed_on),
            "before": image_document(place.before_image)
            if place.before_image
            else None,
            "after": image_document(place.after_image) if place.after_image else None,
            "report_fault_url": place.report_fault_url,
        },
        "references": {"partners": [owner] if owner else []},
    }


def place_issues(place: Place) -> Iterator[Issue]:
    """Yield what forbids showing the place as it stands."""
    exact = place.precision == "point" and place.publish_on_map
    if exact and place.reported_via and (place.report_count or 0) < MIN_REPORTS:
        text = _("An exact point needs at least five independent reports.")
        yield Issue("precision", text, "precision")
