"""One of everything that a door may be tried on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import Translation

from cms.desk.workbench import open_workbench
from tests.factories.pages import (
    edit,
    make_article,
    make_contact,
    make_index,
    publish,
    submit,
)
from tests.factories.site import Municipality
from tests.factories.translations import translate, translation_of
from tests.stages.remembering import reloaded

_NO_COMMENTS = {
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "",
}


@dataclass(frozen=True)
class Scene:
    """``page`` and ``block`` are public, with a newer draft and a Finnish translation.

    ``waiting`` and ``waiting_block`` are under review, submitted by the editor.
    ``archive`` is another public list of articles.
    """

    page: Page
    translation: Page
    waiting: Page
    archive: Page
    block: Any
    block_translation: Any
    waiting_block: Any

    def reloaded(self) -> Scene:
        return reloaded(self)

    @cached_property
    def engine_translation(self) -> Translation:
        return translation_of(self.translation)

    @property
    def segment_id(self) -> int:
        return open_workbench(self.engine_translation, refresh=False).segments[0].id

    @property
    def somali(self) -> int:
        return Locale.objects.get(language_code="so").pk

    @property
    def arabic(self) -> int:
        return Locale.objects.get(language_code="ar").pk

    @property
    def public_paths(self) -> tuple[str, ...]:
        """Addresses that show the page, and one that must show nothing."""
        page = self.page.public_path()
        return (page, self.translation.public_path(), f"/so{page}", "/hemlig-plan/")

    def edit_form(self, page: Page, **changes: Any) -> dict[str, str]:
        """What the editor of an article sends."""
        body = streamfield(
            [("heading", {"level": "2", "text": "HEMLIGT i formuläret"})]
        )
        return nested_form_data(
            {
                "title": "HEMLIGT i formuläret",
                "slug": page.slug,
                "ingress": "Hemligt",
                "news_date": "2018-02-02",
                "body": body,
                "translation_priority": "on_demand",
                "mt_policy": "draft_only",
                "sensitivity": "normal",
                "retention_class": "preserve",
                **_NO_COMMENTS,
                **changes,
            }
        )

    def block_form(self, block: Any) -> dict[str, str]:
        """What the editor of a contact block sends."""
        empty = streamfield([])
        return nested_form_data(
            {
                "name": "HEMLIGT i formuläret",
                "phones": empty,
                "opening_hours": empty,
                "exceptions": empty,
            }
        )


def build_scene(site: Municipality) -> Scene:
    archive = publish(make_index(site.home, title="Arkiv", slug="arkiv"))
    page = site.live_article(title="Ny lampa", slug="ny-lampa")
    translation = translate(page, "fi")
    edit(page, title="HEMLIGT utkast")
    waiting = make_article(site.index, title="HEMLIG plan", slug="hemlig-plan")
    submit(waiting)
    block = publish(make_contact(name="Bygglov"))
    block_translation = translate(block, "fi")
    edit(block, explanation="HEMLIGT utkast")
    waiting_block = make_contact(name="HEMLIG kontakt")
    submit(waiting_block)
    return Scene(
        page, translation, waiting, archive, block, block_translation, waiting_block
    ).reloaded()
