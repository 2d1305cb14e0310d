"""The public log of changes of a pledge or follow-up, at an address of its own (R-40).

It lies below the page, in every language: ``/fi/lupaukset/…/andringar/``.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from cms.reading.library import Library
from cms.reading.pages import NavLink, Reading
from pledges.kinds.changes import NAME
from pledges.reading.change_log import change_log
from pledges.reading.pages import with_details

CHANGE_LOG = "pledges/change_log.html"
BELOW = f"{NAME}/"


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
        path=above.path + BELOW,
        title=title,
        served=above.requested,
        document={
            "ingress": "",
            "body": [],
            "sensitivity": above.document.get("sensitivity"),
        },
        languages=[replace(each, path=each.path + BELOW) for each in above.languages],
        passport=replace(
            above.passport, source_path=above.passport.source_path + BELOW, notices=[]
        ),
        breadcrumbs=[*above.breadcrumbs, link],
        easy_read_path=None,
        details=found,
    )
