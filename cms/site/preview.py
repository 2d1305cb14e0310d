"""Previews: the same composition and templates as for readers, from a draft.

:func:`render_preview` is called through ``CMS_PREVIEW_RENDERER`` by pages and snippets,
which know nothing of this package; the permission to look was checked by the admin view
that calls. :func:`shared_preview` is for whoever was sent a link.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.delivery.files import PRIVATE, answer
from cms.gate.protocols import Rendering
from cms.kinds import registry
from cms.kinds.resolving import resolved
from cms.previews import files, links
from cms.reading.languages import source_code
from cms.reading.pages import Library, Reading, compose
from cms.reading.queries import Row
from cms.site.middleware import site_policy
from cms.site.views import not_found, render_reading

Response = TypeVar("Response", bound=HttpResponseBase)

#: What every answer about a draft says, also that there is none: kept by nobody, found
#: by nobody, and its address told to nobody (T19, T20).
PRIVATE_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, noarchive",
    "Referrer-Policy": "no-referrer",
}


@xframe_options_sameorigin
def render_preview(request: HttpRequest, rendering: Rendering) -> HttpResponse:
    """Render the draft as it would look if it were published now."""
    reading = draft_reading(rendering)
    response = render_reading(request, reading)
    # A preview is a public page shown in a frame of the admin, and nowhere else.
    response["Content-Security-Policy"] = site_policy(
        "'self'", with_maps=not reading.is_sensitive
    )
    return kept_private(response)


@csrf_exempt
@require_safe
def shared_preview(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the draft of a preview link, or what any unknown address shows."""
    draft = links.open_link(secret)
    if draft is None:
        return kept_private(not_found(request, Http404()))
    reading = draft_reading(draft.text.rendering(), draft.link.pk)
    more = {"preview_expires_at": draft.link.expires_at}
    return kept_private(render_reading(request, reading, more))


def kept_private(response: Response) -> Response:
    """Add :data:`PRIVATE_HEADERS` to an answer and return it."""
    for name, value in PRIVATE_HEADERS.items():
        response[name] = value
    return response


@csrf_exempt
@require_safe
def draft_file(
    request: HttpRequest, seal: str, link_id: int, digest: str, name: str
) -> HttpResponseBase:
    """Answer with a file of a draft to whom the draft is shown."""
    stored = files.draft_name(seal, link_id, digest, name)
    if stored is None:
        return kept_private(not_found(request, Http404()))
    return kept_private(answer(request, stored, keep=PRIVATE))


def draft_reading(rendering: Rendering, link_id: int = 0) -> Reading:
    """Return what a reader of its language would get if the draft were published now.

    ``link_id`` is the preview link that shows it, 0 when staff look.
    """
    rendering = replace(rendering, document=files.shown(rendering.document, link_id))
    library = Library()
    language = library.by_code[rendering.locale]
    reading = compose(library, language, draft_row(rendering), draft=True)
    if rendering.kind == "block":
        return _showing_block(library, reading, rendering)
    return registry.completed(library, reading)


def draft_row(rendering: Rendering) -> Row:
    """Return a row that stands in no log, for a text that is not public."""
    now = timezone.now()
    is_source = rendering.locale == source_code()
    return Row(
        key=rendering.key,
        locale=rendering.locale,
        kind=rendering.kind,
        type=rendering.type,
        path=rendering.path or "/",
        parent_key=rendering.parent_key,
        title=rendering.title,
        is_public=True,
        in_menu=False,
        is_sensitive=False,
        sort_key="",
        list_date=now,
        id=0,
        content_id=0,
        critical_id=None,
        text_id=0,
        publication_id=0,
        origin="source" if is_source else "human",
        review="approved",
        reviewed_on=None,
        made_from=None,
        content_updated_at=now,
        published_at=now,
        content_hash="",
        document=rendering.document,
    )


def _nowhere(key: str) -> None:
    """Say that a shared block leads nowhere by itself."""


def _showing_block(library: Library, reading: Reading, rendering: Rendering) -> Reading:
    """Show a shared block as readers meet it, on a page that has nothing else."""
    language, kind = reading.requested, registry.shared_block(rendering.type)
    alone = {
        # What every page has, and a block has not.
        "ingress": "",
        "hero": None,
        "body": [],
        **resolved(kind, rendering.document, _nowhere),
        "html_lang": language.html_lang,
        "direction": language.direction,
        "is_fallback": False,
    }
    return replace(
        registry.completed(library, reading),
        shown_by=kind.template,
        path="/",
        document=alone,
        contact=None,
        emergency=None,
        # A block has no address of its own, in no language.
        languages=[],
        passport=replace(reading.passport, source_path="/"),
    )
