"""The public log of changes of a pledge or follow-up, at an address of its own (R-40).

It lies below the page, in every language: ``/fi/lupaukset/…/andringar/``. A page of that
name is served before it.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.reading.library import Library
from cms.reading.pages import Gone, NavLink, Reading, Redirect, read_path
from cms.site import views
from cms.site.middleware import CACHE_CONTROL
from pledges.reading.change_log import TYPES, change_log
from pledges.reading.pages import with_details

NAME = "andringar/"
CHANGE_LOG = "pledges/change_log.html"


@csrf_exempt
@require_safe
def page(request: HttpRequest, path: str, slash: str) -> HttpResponse:
    """Show what changed in the page above this address."""
    library = Library()
    above = read_path(f"/{path}", library)
    if isinstance(above, Reading) and above.type not in TYPES:
        above = None
    is_taken = read_path(f"/{path}{NAME}", library) is not None
    if isinstance(above, Gone) and above.head.type in TYPES and not is_taken:
        return views.page(request, path)
    if is_taken or not isinstance(above, Reading | Redirect):
        return views.page(request, f"{path}andringar{slash}")
    if isinstance(above, Redirect) or not slash:
        response = HttpResponsePermanentRedirect(quote(above.path + NAME))
        response["Cache-Control"] = CACHE_CONTROL
        return response
    return views.respond(request, reading_of(library, above))


def reading_of(library: Library, above: Reading) -> Reading:
    """Return the log of changes as a page of its own, in the language asked for."""
    with translation.override(above.requested.code):
        title = _("Changes")
    found = change_log(library, with_details(library, above))
    link = NavLink(
        title=above.title,
        path=above.path,
        html_lang=above.served.html_lang if above.served != above.requested else None,
        direction=above.served.direction,
    )
    return replace(
        above,
        type="",
        shown_by=CHANGE_LOG,
        path=above.path + NAME,
        title=title,
        served=above.requested,
        document={
            "ingress": "",
            "body": [],
            "sensitivity": above.document.get("sensitivity"),
        },
        languages=[replace(each, path=each.path + NAME) for each in above.languages],
        passport=replace(
            above.passport, source_path=above.passport.source_path + NAME, notices=[]
        ),
        breadcrumbs=[*above.breadcrumbs, link],
        easy_read_path=None,
        details=found,
        charts={},
    )
