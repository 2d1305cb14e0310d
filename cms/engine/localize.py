"""wagtail-localize as an engine: segments in, a safe draft out.

It cuts a page into segments, keeps strings, and builds a translated page from them.
It never publishes here: :func:`build_draft` makes a revision from the *ephemeral*
instance and leaves the live row alone, because ``Translation.save_target`` would write
the live row before anybody has approved it
(https://github.com/wagtail/wagtail-localize/issues/655).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.strings import extract_strings

from cms.engine import localized_tree, originals
from cms.engine.models import SourceState
from cms.gate.errors import Conflict
from cms.log.models import Head
from cms.reading.languages import allows_machine_text, source_code

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SLUG = "slug"


def source_head(key: Any) -> Head | None:
    """Return the log's state of the Swedish original."""
    return Head.objects.filter(key=key, locale=source_code()).first()


def require_public_source(source: Any) -> Head:
    """Return the public state of ``source``; only approved Swedish is translated."""
    head = source_head(source.translation_key)
    if head is None or not head.is_public:
        raise Conflict(_("Only a page that is public in Swedish can be translated."))
    return head


@transaction.atomic
def start(source: Any, locale: Locale) -> Translation:
    """Return the translation of ``source`` into ``locale``, begun if it was not."""
    head = require_public_source(source)
    engine_source, _created = TranslationSource.get_or_create_from_instance(source)
    SourceState.objects.get_or_create(
        source=engine_source, defaults={"publication_id": head.publication_id}
    )
    translation, _created = Translation.objects.get_or_create(
        source=engine_source, target_locale=locale
    )
    if not translation.enabled:
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    if not source.get_translations().filter(locale=locale).exists():
        if isinstance(source, Page):
            localized_tree.place_for_page(source, locale)
        else:
            localized_tree.place_for_snippet(source, locale)
    refresh(translation)
    return translation


def translation_of(target: Any) -> Translation | None:
    """Return the translation whose target is ``target``, if it is one."""
    return (
        Translation.objects.select_related("source", "target_locale")
        .filter(
            source__object_id=target.translation_key,
            target_locale_id=target.locale_id,
            enabled=True,
        )
        .first()
    )


def target_of(translation: Translation) -> Any:
    """Return the page or snippet that carries the translation."""
    target = translation.get_target_instance()
    return target.specific if isinstance(target, Page) else target


def refresh(translation: Translation) -> int:
    """Bring the segments up to the Swedish text that is public now.

    Unchanged segments keep their translation; changed ones are open again. Returns
    the id of the Swedish publication that the segments stand for.
    """
    source = translation.source
    head = source_head(source.object_id)
    state = SourceState.objects.filter(source=source).first()
    if head is None or not head.is_public:
        return state.publication_id if state else 0
    if state and state.publication_id == head.publication_id:
        return state.publication_id
    with transaction.atomic():
        source.update_from_db()
        SourceState.objects.update_or_create(
            source=source, defaults={"publication_id": head.publication_id}
        )
    return head.publication_id


def string_segments(translation: Translation) -> list[StringSegment]:
    """Return the segments in the order of the page."""
    return list(
        StringSegment.objects.filter(source_id=translation.source_id)
        .select_related("string", "context")
        .order_by("order")
    )


def strings_by_context(
    translation: Translation, context_id: int | None = None
) -> dict[int, list[StringTranslation]]:
    """Return the translated strings of this object and language, newest first.

    ``context_id`` asks for those of one place of the page only.
    """
    found: dict[int, list[StringTranslation]] = {}
    place = {"context_id": context_id} if context_id else {}
    strings = (
        StringTranslation.objects.filter(
            locale_id=translation.target_locale_id,
            context__object_id=translation.source.object_id,
            **place,
        )
        .select_related("translation_of", "last_translated_by")
        .order_by("-updated_at")
    )
    for string in strings:
        found.setdefault(string.context_id, []).append(string)
    return found


def aligned_strings(source: str, target: str) -> list[tuple[str, str]]:
    """Return the segments of two pieces of rich text with the same structure, paired."""
    _template, ours = extract_strings(source)
    _template, theirs = extract_strings(target)
    pairs = zip(ours, theirs, strict=True)
    return [(mine.data, other.data) for (mine, _a), (other, _b) in pairs]


def machine_may_draft(target: Any) -> bool:
    """Say whether a machine may write the first version of this text.

    The Swedish original decides: the row of a translation that is not public yet keeps
    what was true when it was begun.
    """
    original = originals.find(target.translation_key) or target
    if getattr(original, "mt_policy", "draft_only") == "forbidden":
        return False
    if original.is_safety_critical():
        return False
    return allows_machine_text(target.locale.language_code)


def preview_instance(translation: Translation) -> Any:
    """Return the target with what is translated so far; never save it."""
    return _ephemeral(translation)


def build_draft(translation: Translation, *, by: User | None) -> Revision:
    """Save what the segments say as a new revision of the target."""
    target = _ephemeral(translation)
    return target.save_revision(user=by, log_action=True)


def _ephemeral(translation: Translation) -> Any:
    target = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    if isinstance(target, Page):
        target.slug = _slug(translation, target)
        target.set_url_path(target.get_parent())
    return target


def public_slug(translation: Translation) -> str:
    """Return the end of the address that readers have, or had, or nothing."""
    target = translation.get_target_instance()
    if isinstance(target, Page) and target.first_published_at:
        return target.slug
    return ""


def _slug(translation: Translation, target: Page) -> str:
    """Return the target's slug: the translator's, the public one, or from the title.

    Letters of any script are kept (wagtail-localize would make them ASCII). An
    address that is public already stays unless the translator changes it.
    """
    wanted = (
        StringTranslation.objects.filter(
            locale_id=translation.target_locale_id,
            context__object_id=translation.source.object_id,
            context__path=SLUG,
        )
        .order_by("-updated_at")
        .values_list("data", flat=True)
        .first()
    )
    row = Page.objects.get(pk=target.pk)
    if not wanted and target.depth == 2:
        return row.slug
    if not wanted and row.first_published_at:
        return row.slug
    slug = slugify(wanted or target.title, allow_unicode=True) or row.slug
    return find_available_slug(target.get_parent(), slug, ignore_page_id=target.pk)
