"""Makes the demo's pledges: Swedish first, then the languages that each is in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from cms.core.models import ContactBlock
from demo import swedish, translations
from demo.pledges import texts
from demo.pledges.maker import Maker
from demo.pledges.pages import Item, Pages
from demo.pledges.shared import Made, make_shared
from home.models import HomePage
from pledges.models import FocusArea, Place, Pledge, SurveyIndicator

Say = Callable[[str], None]


class DemoPledges:
    """The pledges of the demo. What exists is left as it is."""

    def __init__(
        self, home: HomePage, contact: ContactBlock, people: dict[str, User], say: Say
    ) -> None:
        self.people = people
        self.say = say
        self.maker = Maker(people)
        self.pages = Pages(self.maker, home, contact)
        self.made: list[Made] = []

    def make_swedish(self) -> None:
        """Publish everything in Swedish; the front page must be public already."""
        self.say("Partners, places and surveys")
        self.made += make_shared(self.maker)
        self.say("Pledges and follow-ups")
        self.made += self.pages.make()

    def known(self) -> swedish.Known:
        """Return the primary keys of what articles may show as cards."""
        kinds = {
            "focus_area": FocusArea,
            "pledge": Pledge,
            "indicator": SurveyIndicator,
            "place": Place,
        }
        return {
            **self.pages.known,
            **{kind: self._primary_keys(model) for kind, model in kinds.items()},
        }

    def _primary_keys(self, model: Any) -> dict[str, int]:
        return {
            item.get("key") or item["code"]: source.pk
            for source, item in self.made
            if isinstance(source, model)
        }

    def translate(self) -> None:
        """Publish the translations, and the change that some of them do not have."""
        self.say("Translations of the pledges")
        for source, item in self.made:
            translate(source, item, self.people)
            begin(source, item, self.people)
        for _page, item in self.made:
            if "update" in item:
                update(self.pages, item, self.people)


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
