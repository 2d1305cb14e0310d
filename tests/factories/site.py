"""A small municipality: four languages, its people, and a front page that is public."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from wagtail.models import Locale, Page, Site

from articles.models import ArticleIndexPage, ArticlePage
from cms.core.models import ContactBlock
from cms.desk.setup import add_language
from home.models import HomePage
from tests.factories.pages import (
    make_article,
    make_contact,
    make_index,
    publish,
)
from tests.factories.people import People, make_people
from tests.stages.remembering import reloaded

LANGUAGES = ("sv", "fi", "ar", "so")


@dataclass(frozen=True)
class Municipality:
    """What every test may start from.

    home             /           public
    └── index        /nyheter/   public, in the menu
    contact                      public
    """

    home: HomePage
    index: ArticleIndexPage
    contact: ContactBlock
    people: People

    def reloaded(self) -> Municipality:
        """The same, as the database has it now."""
        return reloaded(self)

    @cached_property
    def root(self) -> Page:
        return Page.objects.get(depth=1)

    def article(self, **facts) -> ArticlePage:
        """A draft below the list of articles."""
        return make_article(self.index, **facts)

    def live_article(self, **facts) -> ArticlePage:
        """A public article."""
        return publish(self.article(**facts))


def build_site() -> Municipality:
    """Set up languages, people, front page, list of articles and contact block."""
    home = _front_page()
    for tag in LANGUAGES:
        add_language(tag, visible=True)
    people = make_people()
    home = publish(home)
    index = make_index(home, title="Nyheter", slug="nyheter", show_in_menus=True)
    index = publish(index)
    contact = publish(make_contact(name="Medborgarservice"))
    return Municipality(home, index, contact, people)


def _front_page() -> HomePage:
    """A Swedish front page in place of the one that Wagtail's migrations made."""
    Site.objects.all().delete()
    for page in Page.objects.filter(depth=2):
        page.delete()
    locale, _created = Locale.objects.get_or_create(language_code="sv")
    home = HomePage(
        title="Sandvikens kommun",
        slug="home",
        ingress="Välkommen till Sandviken.",
        locale=locale,
    )
    Page.objects.get(depth=1).add_child(instance=home)
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home
