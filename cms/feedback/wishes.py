"""Wishes: how many readers want a page in their language. A counter, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from cms.feedback import throttle
from cms.feedback.models import TranslationWish
from cms.log.models import Action, Head, Publication
from cms.log.signals import appended
from cms.reading import status
from cms.reading.languages import source_code
from cms.reading.models import Language
from cms.reading.pages import Library, Reading, read_key

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What a reader need not wish for: it is there, and says what the Swedish page says.
_THERE = frozenset({"source", "current", "minor"})


def wishable(
    key: UUID, language: Language, library: Library | None = None
) -> Reading | None:
    """Return a public page that is not there in ``language``, or only in an old version."""
    reading = read_key(key, language, library)
    if not isinstance(reading, Reading):
        return None
    states = {choice.tag: choice.state for choice in reading.languages}
    return None if states.get(language.tag) in _THERE else reading


def is_public(key: UUID) -> bool:
    """Say whether there is a page with this key, in any language."""
    return Head.objects.pages().public().filter(key=key).exists()


def wish(reading: Reading, *, client: str) -> int:
    """Count one more reader who wants the page in their language; return how many.

    A reader who asks again on the same day is not counted again. Raises ``TooMany``.
    """
    throttle.count(client, "wish")
    found, _is_new = TranslationWish.objects.get_or_create(
        key=reading.key, locale=reading.requested.code
    )
    if throttle.is_first_today(client, f"wish {reading.key} {found.locale}"):
        rows = TranslationWish.objects.filter(pk=found.pk)
        rows.update(count=F("count") + 1, last_at=timezone.now())
    found.refresh_from_db()
    return found.count


def granted(publication: Publication, **others: Any) -> None:
    """Forget what readers wished for once they have it."""
    if publication.locale == source_code() or publication.action != Action.PUBLISH:
        return
    TranslationWish.objects.filter(
        key=publication.key, locale=publication.locale
    ).delete()


def listen() -> None:
    appended.connect(granted, dispatch_uid="cms_feedback.granted")


@dataclass(frozen=True)
class Wished:
    """A page that readers want in a language, and what they have of it now."""

    wish: TranslationWish
    source: Head
    state: str
    is_critical: bool


def wished_for(languages: Iterable[Language]) -> list[Wished]:
    """Return what readers want in these languages and do not have, most wanted first.

    What is not public in Swedish any more is left out.
    """
    codes = [language.code for language in languages]
    wishes = list(
        TranslationWish.objects.filter(locale__in=codes, count__gt=0).order_by(
            "-count", "-last_at"
        )
    )
    heads = Head.objects.public().filter(
        key__in={wish.key for wish in wishes}, locale__in=[*codes, source_code()]
    )
    known = {
        (head.key, head.locale): head
        for head in heads.select_related("publication").defer("publication__document")
    }
    return [found for wish in wishes if (found := _wished(wish, known))]


def _wished(
    wish: TranslationWish, heads: dict[tuple[UUID, str], Head]
) -> Wished | None:
    source = heads.get((wish.key, source_code()))
    if source is None:
        return None
    target = heads.get((wish.key, wish.locale))
    state = status.state(target, source)
    if state in _THERE:
        return None
    critical = bool(target and status.is_critical(target, source))
    return Wished(wish, source, state, critical)
