"""What a page tells its reader about itself, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class Notice:
    """One sentence or two, with a stable code for programs."""

    code: str
    text: str


_TEXTS: dict[str, tuple[str, ...]] = {
    "not_translated": (gettext_noop("This page has not been translated yet."),),
    "shown_in_swedish": (gettext_noop("The page is shown in Swedish."),),
    "shown_in_other_language": (
        gettext_noop("The page is shown in another language that you may understand."),
    ),
    "easy_read_available": (gettext_noop("Easy-to-read Swedish is available."),),
    "machine": (
        gettext_noop("Machine translated – not checked"),
        gettext_noop(
            "This text was translated by a computer. No person has checked it. "
            "It may contain errors. The Swedish text applies."
        ),
    ),
    "machine_checked": (
        gettext_noop("Machine translated and checked by a translator"),
    ),
    "human": (gettext_noop("Translated by a translator"),),
    "outdated": (
        gettext_noop(
            "The Swedish page has changed since this translation. "
            "Some of it may be out of date."
        ),
    ),
    "critical": (
        gettext_noop(
            "Important information in the Swedish page has changed since this "
            "translation. Read the Swedish page first."
        ),
    ),
}


def in_language(code: str, notice_codes: Iterable[str]) -> list[Notice]:
    """Return the notices in the language with this code."""
    with translation.override(code):
        return [
            Notice(
                notice, _joined(translation.gettext(part) for part in _TEXTS[notice])
            )
            for notice in notice_codes
        ]


def _joined(parts: Iterable[str]) -> str:
    """Join a label and its explanation into running text."""
    first, *rest = parts
    return ". ".join([first, *rest]) if rest else first


def untranslated(code: str) -> list[str]:
    """Return the texts that a reader of this language would see in another one."""
    if code.split("-")[0] in {"en", settings.LANGUAGE_CODE}:
        return []
    texts = [part for parts in _TEXTS.values() for part in parts]
    with translation.override(settings.LANGUAGE_CODE):
        swedish = {text: translation.gettext(text) for text in texts}
    with translation.override(code):
        return [
            text
            for text in texts
            # What a catalogue lacks is answered in Swedish, or as it stands here.
            if translation.gettext(text) in {text, swedish[text]}
        ]
