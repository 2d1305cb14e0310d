"""The other languages of the demo: translated at the desk's own actions, and reviewed.

Which language is in which state follows from the texts: what has no translation is
missing, what Swedish has changed since is outdated, what a machine wrote is labelled
until somebody has examined it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from wagtail.models import Locale

from cms.desk import actions, workbench
from cms.engine import localize
from cms.engine.providers import PhrasebookProvider
from cms.gate import actions as gate
from cms.gate import record

MACHINE = "demo-mt"
TRANSLATORS = {
    "fi": "translator-fi",
    "ar": "translator-ar",
    "so": "translator-so",
    "en": "editor",
    "sv-x-lattlast": "editor2",
}
REVIEWERS = {
    "fi": "reviewer-fi",
    "ar": "reviewer-ar",
    "so": "approver2",
    "en": "approver",
    "sv-x-lattlast": "approver",
}
REASON = "Demo: siffrorna är kontrollerade, språket räknar på ett annat sätt."


def translate(
    source: Any, code: str, swedish: dict[str, Any], text: dict[str, Any],
    people: dict[str, User],
) -> bool:  # fmt: skip
    """Translate, submit and publish one page; return whether anything was to do."""
    phrases = dict(_pairs(swedish, text))
    return translate_phrases(
        source, code, phrases, people, slug=text.get("slug"),
        machine=phrases if text.get("origin") == "machine" else None,
    )  # fmt: skip


def translate_phrases(
    source: Any, code: str, phrases: dict[str, str], people: dict[str, User], *,
    slug: str | None = None, machine: dict[str, str] | None = None,
) -> bool:  # fmt: skip
    """Translate one page or block with these phrases, submit and publish it.

    ``machine`` are those that a machine writes; a person writes what is left.
    """
    locale = Locale.objects.get(language_code=code)
    public = record.head_of(source)
    done = source.get_translations().filter(locale=locale).first()
    if public is None or (done and record.is_public(done)):
        return False
    translator, reviewer = people[TRANSLATORS[code]], people[REVIEWERS[code]]
    translation = actions.start_translation(source, locale, by=translator)
    if machine is not None:
        provider = PhrasebookProvider(MACHINE, machine)
        actions.pretranslate(translation, provider, by=translator)
    _type(translation, phrases, slug, by=translator)
    submit_and_approve(
        translation, by=translator, reviewer=reviewer,
        examined=machine is None or code == "en",
    )  # fmt: skip
    return True


def retranslate(source: Any, code: str, html: str, people: dict[str, User]) -> None:
    """Bring a translation up to the Swedish text that has changed."""
    locale = Locale.objects.get(language_code=code)
    translator = people[TRANSLATORS[code]]
    translation = actions.start_translation(source, locale, by=translator)
    bench = workbench.open_workbench(translation)
    target = source.get_translations().get(locale=locale)
    public = record.head_of(target)
    machine = bool(public and public.publication.origin.startswith("machine"))
    for segment in bench.segments:
        if segment.required and not segment.target:
            [(_path, text)] = localize.aligned_strings(html, html)
            actions.save_segment(
                translation, segment.id, text, base_version=segment.version,
                by=translator, tool=MACHINE if machine else "",
            )  # fmt: skip
    submit_and_approve(
        translation, by=translator, reviewer=people[REVIEWERS[code]],
        examined=not machine or code == "en",
    )  # fmt: skip


def begin(
    source: Any, code: str, words: dict[str, str], people: dict[str, User]
) -> None:
    """Leave a translation half done, as it is on an ordinary afternoon."""
    translator = people[TRANSLATORS[code]]
    locale = Locale.objects.get(language_code=code)
    translation = actions.start_translation(source, locale, by=translator)
    _type(translation, words, None, by=translator)


def submit_and_approve(
    translation: Any, *, by: User, reviewer: User, examined: bool = True
) -> None:
    """Send to review and approve."""
    revision = actions.submit_translation(translation, by=by, override_reason=REASON)
    target = localize.target_of(translation)
    gate.approve(target, by=reviewer, revision_id=revision.pk, examined=examined)


def _type(
    translation: Any, phrases: dict[str, str], slug: str | None, *, by: User
) -> None:
    """Fill the segments that are still empty, as a person would."""
    bench = workbench.open_workbench(translation)
    found = [
        (
            segment,
            slug if segment.path == localize.SLUG else phrases.get(segment.source),
        )
        for segment in bench.segments
        if not segment.target
    ]
    texts = [(segment, text) for segment, text in found if text]
    actions.save_segments(translation, texts, by=by)


def _pairs(swedish: dict[str, Any], text: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every Swedish string with its translation; both texts have one shape."""
    for name in ("title", "ingress", "category"):
        if swedish.get(name):
            yield swedish[name], text.get(name, swedish[name])
    pairs = zip(swedish.get("body", []), text.get("body", []), strict=True)
    for ours, theirs in pairs:
        yield from block_pairs(ours, theirs)


def block_pairs(
    ours: dict[str, Any], theirs: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield every string of a block with its translation."""
    for name in ("text", "title", "organisation", "heading", "caption"):
        if ours.get(name) and theirs.get(name):
            yield ours[name], theirs[name]
    if ours.get("html"):
        yield from localize.aligned_strings(ours["html"], theirs["html"])
    yield from zip(ours.get("items", []), theirs.get("items", []), strict=True)
    for row, other in zip(ours.get("rows", []), theirs.get("rows", []), strict=True):
        yield from zip(row, other, strict=True)
    links = zip(ours.get("links", []), theirs.get("links", []), strict=True)
    for link, other in links:
        if link.get("text"):
            yield link["text"], other["text"]


def contact_pairs(
    swedish: dict[str, Any], text: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield the strings of the contact block with their translations."""
    yield swedish["explanation"], text["explanation"]
    yield swedish["visiting"]["building"], text["building"]
    yield swedish["visiting"]["access_info"], text["access_info"]
    yield swedish["interpreter_info"], text["interpreter_info"]
    for phone, label in zip(swedish["phones"], text["phone_labels"], strict=True):
        yield phone["label"], label
