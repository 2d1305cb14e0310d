"""One of everything that a door may be tried on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from articles.models import ArticleIndexPage
from tests.factories.pages import (
    edit,
    fresh,
    make_article,
    make_contact,
    publish,
    submit,
)
from tests.factories.site import Municipality
from tests.factories.translations import translate

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
        return Scene(**{name: fresh(obj) for name, obj in vars(self).items()})

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
    archive = ArticleIndexPage(
        title="Arkiv", slug="arkiv", ingress="Äldre nyheter.", locale=site.home.locale
    )
    archive = publish(site.home.add_child(instance=archive))
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
