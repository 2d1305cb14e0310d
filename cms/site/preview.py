"""Previews: the same composition and templates as for readers, from a draft.

Called through ``CMS_PREVIEW_RENDERER`` by pages and snippets, which know nothing of
this package. The permission to look was checked by the admin view that calls.
"""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin

from cms.publication.models import Head, Publication
from cms.publishing.protocols import Rendering
from cms.site.middleware import site_policy
from cms.site.views import render_reading
from cms.translation.languages import source_code
from cms.translation.reading import Library, Reading, compose
from pledges.reading.blocks import shared_block
from pledges.reading.pages import with_details

_CONTACT, _EMERGENCY = "core.contact", "core.emergency"
_BLOCK_PAGE = "preview.block"


@xframe_options_sameorigin
def render_preview(request: HttpRequest, rendering: Rendering) -> HttpResponse:
    """Render the draft as it would look if it were published now."""
    head = draft_head(rendering)
    library = Library()
    language = library.by_code[rendering.locale]
    reading = compose(library, language, head, draft=True)
    if rendering.kind == "block":
        reading = _showing_block(library, reading, rendering)
    else:
        reading = with_details(library, reading)
    response = render_reading(request, reading)
    # A preview is a public page shown in a frame of the admin, and nowhere else.
    response["Content-Security-Policy"] = site_policy(
        "'self'", with_maps=not reading.is_sensitive
    )
    response["X-Robots-Tag"] = "noindex, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


def draft_head(rendering: Rendering) -> Head:
    """Return a head that stands in no log, for a text that is not public."""
    now = timezone.now()
    is_source = rendering.locale == source_code()
    publication = Publication(
        key=rendering.key,
        locale=rendering.locale,
        kind=rendering.kind,
        type=rendering.type,
        action="publish",
        path=rendering.path,
        title=rendering.title,
        document=rendering.document,
        significance="first",
        origin="source" if is_source else "human",
        review="approved",
        content_updated_at=now,
        published_at=now,
    )
    return Head(
        publication=publication,
        key=rendering.key,
        locale=rendering.locale,
        kind=rendering.kind,
        type=rendering.type,
        path=rendering.path or "/",
        title=rendering.title,
        is_public=True,
        content_id=0,
        text_id=0,
    )


def _showing_block(library: Library, reading: Reading, rendering: Rendering) -> Reading:
    """Show a shared block as readers meet it, on a page that has nothing else."""
    language = reading.requested
    alone = {
        **rendering.document,
        "html_lang": language.html_lang,
        "direction": language.direction,
        "is_fallback": False,
    }
    shown = shared_block(library, reading)
    return replace(
        reading,
        type=_BLOCK_PAGE,
        path="/",
        document={"ingress": "", "hero": None, "body": []},
        details=shown,
        charts=shown.charts,
        contact=alone if reading.type == _CONTACT else None,
        emergency=alone if reading.type == _EMERGENCY else None,
        # A block has no address of its own, in no language.
        languages=[],
        passport=replace(reading.passport, source_path="/"),
    )
