"""The page trees of the other languages hold what somebody translates.

A parent that nobody has translated stands there as structure only: a draft with the
Swedish slug, never public by itself, that lends its place to the pages below.
"""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from cms.engine.fields import TranslatableField


def translated_parent(parent: Page, locale: Locale) -> Page:
    """Return the counterpart of ``parent`` in ``locale``, made if it is missing."""
    if parent.depth <= 1:
        return parent
    found = parent.get_translation_or_none(locale)
    return found or place_for_page(parent.specific, locale)


def place_for_page(source: Page, locale: Locale) -> Page:
    """Create the draft that will carry the translation of ``source``.

    It holds the Swedish text until a translation is submitted, and no revision that
    could be approved: the desk makes the first one.
    """
    translated_parent(source.get_parent().specific, locale)
    # The title of a newer draft is not approved either; Wagtail would copy it.
    source.draft_title = source.title
    place = source.copy_for_translation(locale, copy_parents=False)
    if not source.live:
        _empty(place)
    return place


def _empty(place: Page) -> None:
    """Take out what nobody has approved: a translator need not be allowed to read it.

    Wagtail copies the latest draft of a page that is not public. The place keeps its
    slug, and the figures and dates without which it could not be stored.
    """
    drafts = list(place.revisions.all())
    for declared in place.translatable_fields:
        if isinstance(declared, TranslatableField):
            _blank(place, declared.field_name)
    place.title = place.draft_title = place.slug
    place.save()
    place.save_revision(changed=False, clean=False)
    for draft in drafts:
        draft.delete()


def _blank(place: Page, name: str) -> None:
    """Empty one field, or take out the rows of a relation."""
    field = place._meta.get_field(name)
    if name in {"title", "slug"}:
        return
    if field.one_to_many or isinstance(field, StreamField):
        setattr(place, name, [])
    else:
        setattr(place, name, "")


def place_for_snippet(source: Any, locale: Locale) -> Any:
    """Create the draft that will carry the translation of a snippet."""
    copy = source.copy_for_translation(locale)
    copy.live = False
    copy.has_unpublished_changes = True
    copy.live_revision = None
    copy.first_published_at = None
    copy.last_published_at = None
    copy.latest_revision = None
    copy.save()
    return copy
