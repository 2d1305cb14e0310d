"""The demo's emergency numbers: real ones, in every language that it shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from wagtail.models import Locale

from cms.core.emergency import EmergencyNumbers, to_dial
from demo import content, swedish, translations


def make_emergency(people: dict[str, User]) -> EmergencyNumbers:
    """Return the numbers, published in Swedish and in every language of the demo.

    Must come before the pages: a safety-critical page waits for them.
    """
    text = content.emergency()
    numbers = _swedish(text["sv"], people)
    for code, translated in text["translations"].items():
        phrases = dict(_pairs(text["sv"], translated))
        translations.translate_phrases(numbers, code, phrases, people)
    return numbers


def _swedish(text: dict[str, Any], people: dict[str, User]) -> EmergencyNumbers:
    sv = Locale.objects.get(language_code="sv")
    existing = EmergencyNumbers.objects.filter(locale=sv).first()
    if existing:
        return existing
    entries = [
        {"type": "helpline", "value": {**entry, "number": to_dial(entry["number"])}}
        for entry in text["entries"]
    ]
    numbers = EmergencyNumbers(
        locale=sv, text=text["text"], entries=json.dumps(entries)
    )
    numbers.save()
    return swedish.publish(numbers, by=people["editor"], approver=people["approver"])


def _pairs(ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the strings with their translations; both texts have one shape."""
    yield ours["text"], theirs["text"]
    for entry, other in zip(ours["entries"], theirs["entries"], strict=True):
        yield entry["label"], other["label"]
        yield entry["note"], other["note"]
