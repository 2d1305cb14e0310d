"""Which languages readers were offered: recorded as it changes, recalled for a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from cms.archive.models import LanguageRecord
from cms.log.models import Head
from cms.reading.models import Language

_FACTS = ("visible", "order", "fallback_chain")


def record(sender: type[Language], instance: Language, **kwargs: Any) -> None:
    """Record what a language is to readers from now on, if that is something new."""
    last = LanguageRecord.objects.filter(code=instance.code).order_by("-pk").first()
    facts = {name: getattr(instance, name) for name in _FACTS}
    if last is None or facts != {name: getattr(last, name) for name in _FACTS}:
        LanguageRecord.objects.create(
            code=instance.code, recorded_at=timezone.now(), **facts
        )


def as_they_were(moment: datetime) -> list[Language]:
    """Return every language as it was to readers at a moment; asked inside a shadow.

    Before its first record, a language was offered if it had a text: the log may be
    older than the records.
    """
    then = LanguageRecord.objects.filter(recorded_at__lte=moment).order_by("pk")
    records = {each.code: each for each in then}
    written = set(Head.objects.order_by().values_list("locale", flat=True).distinct())
    languages = list(Language.objects.select_related("locale"))
    for language in languages:
        if found := records.get(language.code):
            for name in _FACTS:
                setattr(language, name, getattr(found, name))
        elif not language.is_source:
            language.visible = language.code in written
    return languages
