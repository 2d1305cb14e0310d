"""Makes the demo's pledges: Swedish first, then the languages that each is in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from cms.core.models import ContactBlock
from home.demo import translations
from home.demo.pledges import texts
from home.demo.pledges.maker import Maker
from home.demo.pledges.pages import Item, Pages
from home.demo.pledges.shared import make_shared
from home.models import HomePage


def make_pledges(
    home: HomePage, contact: ContactBlock, people: dict[str, User],
    say: Callable[[str], None],
) -> None:  # fmt: skip
    """Make what is missing of the pledges, in every language that the demo promises."""
    maker = Maker(people)
    say("Partners, places and surveys")
    for block, item in list(make_shared(maker)):
        translate(block, item, people)
    say("Pledges and follow-ups")
    pages = Pages(maker, home, contact)
    made = list(pages.make())
    say("Translations of the pledges")
    for page, item in made:
        translate(page, item, people)
        begin(page, item, people)
    for _page, item in made:
        if "update" in item:
            update(pages, item, people)


def translate(source: Any, item: Item, people: dict[str, User]) -> None:
    """Translate into the languages of the text, by machine where it says so."""
    slug: Any = item.get("slug")
    for code in texts.languages_of(item):
        phrases = texts.phrases(item, code)
        translations.translate_phrases(
            source, code, phrases, people,
            slug=slug[code] if texts.is_text(slug) else slug,
            machine=_machine_draft(item, code, phrases),
        )  # fmt: skip


def _machine_draft(
    item: Item, code: str, phrases: dict[str, str]
) -> dict[str, str] | None:
    """Return what a machine writes: all of it, all but the promise, or nothing."""
    origin = item.get("origins", {}).get(code, "human")
    if origin == "human":
        return None
    by_hand = ("title", "ingress") if origin == "machine_edited" else ()
    mine = {item[name][texts.SOURCE] for name in by_hand}
    return {ours: phrases[ours] for ours in phrases if ours not in mine}


def begin(source: Any, item: Item, people: dict[str, User]) -> None:
    """Leave the translations that are not finished as far as they have come."""
    for code, words in item.get("begun", {}).items():
        if not source.get_translations().filter(locale__language_code=code).exists():
            known = {item[name][texts.SOURCE]: text for name, text in words.items()}
            translations.begin(source, code, known, people)


def update(pages: Pages, item: Item, people: dict[str, User]) -> None:
    """Publish a change of the Swedish text; only some translations follow at once."""
    page = pages.publish_update(item)
    if page is None:
        return
    for code, html in item["update"]["text"].items():
        if code != texts.SOURCE:
            translations.retranslate(page, code, html, people)
