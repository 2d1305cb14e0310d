"""The interface words that a front end of one's own needs, in the reader's language."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_noop

WORDS = {
    "language": gettext_noop("Language"),
    "translate": gettext_noop("Translate"),
    "choose_language": gettext_noop("Choose language"),
    "page_updated": gettext_noop("Page updated"),
    "translation_updated": gettext_noop("Translation updated"),
    "report": gettext_noop("Report an error on this page"),
    "original": gettext_noop("Read the page in Swedish"),
    "skip": gettext_noop("Skip to content"),
    "menu": gettext_noop("Menu"),
    "contact": gettext_noop("Contact us"),
    "more": gettext_noop("More information"),
    "not_found": gettext_noop("Page not found"),
}


def in_language(code: str) -> dict[str, str]:
    """Return the words by their stable names."""
    with translation.override(code):
        return {name: translation.gettext(text) for name, text in WORDS.items()}


def gone(code: str) -> str:
    """Return the notice of a withdrawn page."""
    with translation.override(code):
        return translation.gettext("This page has been withdrawn.")
