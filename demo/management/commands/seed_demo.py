"""Makes the demo municipality. Can be run again: what exists is left as it is."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.models import ArticlePage
from cms.desk.setup import add_language
from demo import content, swedish, translations
from demo.emergency import make_emergency
from demo.people import make_accounts
from demo.pledges.seeding import DemoPledges

VISIBLE = ("sv", "sv-x-lattlast", "fi", "en", "ar", "so")
CONFIGURED = ("uk", "fa-AF", "ti", "ckb")


class Command(BaseCommand):
    """Fill an empty database with the demo municipality."""

    help = "Make the demo municipality (only with DEMO=1: its passwords are known)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CMS_DEMO:
            raise CommandError(
                "The demo has accounts with a known password. Set DEMO=1 to make it."
            )
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        self._say("Languages")
        add_language("sv", visible=True)
        home = swedish.make_front_page()
        for tag in (*VISIBLE, *CONFIGURED):
            add_language(tag, visible=tag in VISIBLE)
        people = make_accounts()
        self._say("Swedish pages")
        contact = swedish.make_contact(people)
        make_emergency(people)
        drafts = swedish.make_drafts(home, contact)
        pledges = DemoPledges(home, contact, people, self._say)
        swedish.publish_drafts(drafts[:1], pledges.known(), people)
        pledges.make_swedish()
        self._say("Articles")
        swedish.publish_drafts(drafts[1:], pledges.known(), people)
        self._say("Translations of the site")
        self._translate_site(contact, people)
        self._translate_articles(people)
        pledges.translate()
        self.stdout.write("The demo municipality is ready.")

    def _translate_site(self, contact: Any, people: dict[str, Any]) -> None:
        text = content.site()["contact"]
        for code, translated in text["translations"].items():
            phrases = dict(translations.contact_pairs(text["sv"], translated))
            translations.translate_phrases(contact, code, phrases, people)
        for page, name in self._site_pages():
            text = content.site()[name]
            for code, translated in text["translations"].items():
                translations.translate(page, code, text["sv"], translated, people)

    def _site_pages(self) -> list[tuple[Any, str]]:
        home = swedish.make_front_page()
        children = {page.slug: page.specific for page in home.get_children()}
        site = content.site()
        return [
            (home, "home"),
            (children[site["news"]["slug"]], "news"),
            (children[site["accessibility"]["slug"]], "accessibility"),
        ]

    def _translate_articles(self, people: dict[str, Any]) -> None:
        for number, text in enumerate(content.articles(), start=1):
            self._say(f"Article {number} of {len(content.articles())}")
            page = ArticlePage.objects.get(
                slug=text["slug"], locale__language_code="sv"
            )
            source = {**text["sv"], "category": text["category"]}
            for code, translated in text["translations"].items():
                translations.translate(page, code, source, translated, people)
            if swedish.publish_update(text, people):
                page = ArticlePage.objects.get(pk=page.pk)
                again = text["update"].get("retranslate", {})
                for code, html in again.items():
                    translations.retranslate(page, code, html, people)

    def _say(self, what: str) -> None:
        self.stdout.write(f"  {what} …")
        self.stdout.flush()
