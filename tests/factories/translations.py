"""Translations in each state, made at the desk and reviewed by somebody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import User
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.desk import actions, workbench
from cms.desk.setup import reviewers_of, translators_of
from cms.desk.workbench import Segment
from cms.engine import localize
from tests.factories import pages
from tests.factories.pages import fresh
from tests.factories.people import make_person, person

Texts = Mapping[str, str] | Callable[[str], str]


def marked(tag: str) -> Callable[[str], str]:
    """Write any text in "another language": the Swedish words with the tag first."""
    return lambda source: f"{tag}: {source}"


def start(source: Any, tag: str, *, by: User | None = None) -> Translation:
    """Begin the translation of a public page or block."""
    locale = Locale.objects.get(language_code=tag.lower())
    return actions.start_translation(fresh(source), locale, by=by or translator(tag))


def fill(
    translation: Translation, texts: Texts | None = None, *, by: User | None = None
) -> None:
    """Write every segment; texts are a function of the Swedish, or a dictionary.

    What the dictionary does not name gets the mark of the language.
    """
    tag = translation.target_locale.language_code
    write = marked(tag)
    segments = workbench.open_workbench(translation).segments
    written = [(segment, _text(segment, texts, write)) for segment in segments]
    actions.save_segments(
        translation,
        [(segment, text) for segment, text in written if text is not None],
        by=by or translator(tag),
    )


def _text(
    segment: Segment, texts: Texts | None, otherwise: Callable[[str], str]
) -> str | None:
    """Return what to write; nothing into an address that nobody named."""
    if isinstance(texts, Mapping):
        named = texts.get(segment.path) or texts.get(segment.source)
        if named or not segment.required:
            return named
        return otherwise(segment.source)
    return (texts or otherwise)(segment.source) if segment.required else None


def translate(
    source: Any,
    tag: str,
    texts: Texts | None = None,
    *,
    submit: bool = True,
    approve: bool = True,
    by: User | None = None,
    reviewer: User | None = None,
) -> Any:
    """Translate a public text and return the target, by default published.

    Stop before review with ``submit=False``, in review with ``approve=False``.
    """
    by = by or translator(tag)
    translation = start(source, tag, by=by)
    fill(translation, texts, by=by)
    if submit:
        _reviewer(localize.target_of(translation))
        actions.submit_translation(translation, by=by)
    if submit and approve:
        return approved(localize.target_of(translation), reviewer)
    return fresh(localize.target_of(translation))


def approved(target: Any, reviewer: User | None = None) -> Any:
    """Let a reviewer of the language approve what is under review."""
    return pages.approve(target, approver=reviewer or _reviewer(target))


def translation_of(target: Any) -> Translation:
    """The desk's object for a target."""
    translation = localize.translation_of(target)
    assert translation is not None
    return translation


def translator(tag: str) -> User:
    """Whoever translates into the language; made when nobody does yet."""
    return _somebody(f"translator_{tag.lower()}", translators_of(tag.lower()))


def _reviewer(target: Any) -> User:
    code = target.locale.language_code
    return _somebody(f"reviewer_{code}", reviewers_of(code))


def _somebody(username: str, group: str) -> User:
    found = User.objects.filter(username=username).exists()
    return person(username) if found else make_person(username, group)
