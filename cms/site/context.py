"""What the public templates are given, from a reading."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.reading.languages import prefix_of
from cms.reading.models import Language
from cms.reading.pages import Reading

ACCESSIBILITY_STATEMENT = "/tillganglighetsredogorelse/"


def frame_context(language: Language | None) -> dict[str, Any]:
    """Return what every page needs, also one that could not be found."""
    prefix = prefix_of(language.code) if language else ""
    return {
        "language": language,
        "site_name": settings.CMS_SITE_NAME,
        "base_url": settings.CMS_PUBLIC_BASE_URL,
        "is_demo": settings.CMS_DEMO,
        "home_path": f"{prefix}/",
        "accessibility_path": f"{prefix}{ACCESSIBILITY_STATEMENT}",
    }


def page_context(reading: Reading) -> dict[str, Any]:
    """Return the context of ``site/page.html``."""
    return {
        **frame_context(reading.requested),
        "reading": reading,
        "languages": reading.languages,
        "canonical_url": settings.CMS_PUBLIC_BASE_URL + quote(_home_of(reading)),
        "quick_exit_url": settings.CMS_QUICK_EXIT_URL,
        "report_form": report_form(reading),
        "wish_form": wish_form(reading),
        "report_href": report_href(reading, _("Report an error on this page")),
        "translation_report_href": report_href(
            reading, _("Report a translation error")
        ),
    }


def _home_of(reading: Reading) -> str:
    """Return the path at which the text that is shown is at home.

    What a reader gets for want of a translation is at home in another language.
    """
    served = reading.served.tag
    if served == reading.requested.tag:
        return reading.path
    paths = (choice.path for choice in reading.languages if choice.tag == served)
    return next(paths, reading.path)


def report_form(reading: Reading) -> str | None:
    """Return the form for errors on a page; a safety-critical one has only mail."""
    if reading.is_sensitive or reading.is_preview:
        return None
    address = reverse("site:report", kwargs=place_of(reading))
    return f"{address}?version={reading.publication}"


def wish_form(reading: Reading) -> str | None:
    """Return where to wish for a page that is not there in the reader's language."""
    missing = reading.passport.fallback_reason == "missing"
    if not missing or reading.is_sensitive or reading.is_preview:
        return None
    return reverse("site:wish", kwargs=place_of(reading))


def place_of(reading: Reading) -> dict[str, Any]:
    """Return the parts of an address that is about a page in the reader's language."""
    language = reading.requested
    tag = {} if language.is_source else {"tag": language.tag}
    return {"key": UUID(reading.key), **tag}


def report_address(reading: Reading | None) -> str:
    """Return where mail about errors on a page goes."""
    contact = (reading.contact if reading else None) or {}
    return contact.get("email") or settings.CMS_REPORT_EMAIL


def report_href(reading: Reading, subject: str) -> str:
    """Return a mail link that says which text in which language is meant (R-41).

    A letter about a safety-critical page, which stays in the outbox, names neither the
    page nor its address: the number of the publication tells staff which it is.
    """
    address = report_address(reading)
    secret = reading.is_sensitive
    page = [] if secret else [settings.CMS_PUBLIC_BASE_URL + quote(reading.path)]
    facts = [
        *page,
        f"{_('Language')}: {reading.served.tag}",
        f"Publication: {reading.publication}",
        "",
        "",
    ]
    title = subject if secret else f"{subject}: {reading.title}"
    body = "\r\n".join(facts)
    return f"mailto:{address}?subject={quote(title)}&body={quote(body)}"
