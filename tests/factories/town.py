"""What a reader can meet: pages in each state of their translations.

Built on the municipality of :mod:`tests.factories.site`, by the real actions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from articles.models import ArticlePage
from cms.core.models import ContactBlock
from cms.gate import actions
from cms.log import entries
from home.models import StandardPage
from tests.factories.files import make_file, make_image
from tests.factories.pages import (
    fresh,
    make_standard,
    publish,
)
from tests.factories.people import person
from tests.factories.site import Municipality
from tests.factories.translations import translate

ARABIC_SLUG = "مصابيح-جديدة"


@dataclass(frozen=True)
class Town:
    """Pages by what is special about them.

    lamps      every block type; Finnish at its own address, Arabic with Arabic slug
    plain      Swedish only
    stale      Finnish, made from an older Swedish text
    renamed    had another address, in Swedish and in Finnish
    withdrawn  was public in Swedish and in Finnish
    service    in the menu, Finnish
    """

    site: Municipality
    lamps: ArticlePage
    plain: ArticlePage
    stale: ArticlePage
    renamed: ArticlePage
    withdrawn: ArticlePage
    service: StandardPage
    contact: ContactBlock


def publish_copies(page: Any, count: int) -> None:
    """Fill a list: copies of a public page, written to the log without the desk.

    One for each day from 1 January 2018, at ``nr-1`` and so on.
    """
    last = entries.current(page.translation_key, "sv")
    parent, _slug = last.path.rstrip("/").rsplit("/", 1)
    for number in range(1, count + 1):
        day = datetime(2018, 1, 1, 12, tzinfo=UTC) + timedelta(days=number - 1)
        entry = entries.Entry(
            key=uuid4(),
            locale="sv",
            kind="page",
            type=last.type,
            action="publish",
            path=f"{parent}/nr-{number}/",
            parent_key=last.parent_key,
            title=f"Nr {number}",
            document={**last.document, "list_date": day.isoformat()},
            significance="first",
            origin="source",
            review="approved",
            content_updated_at=day,
            actor="test",
        )
        with transaction.atomic():
            entries.append(entry, at=timezone.now())


def build_town(site: Municipality) -> Town:
    """Bring every page to its state."""
    contact = site.contact
    translate(contact, "fi")
    service = make_standard(
        site.home, title="Service", slug="service", show_in_menus=True
    )
    service = publish(service)
    translate(service, "fi", {"title": "Palvelu", "slug": "palvelu"})
    plain = site.live_article(title="Bara svenska", slug="bara-svenska")
    withdrawn = _withdrawn(site)
    lamps = site.live_article(
        title="Nya lampor",
        slug="nya-lampor",
        category="Trygghet",
        contact_block=contact,
        hero_image=make_image(),
        hero_alt="Torget i kvällsljus",
        body=every_block(service, plain, withdrawn),
    )
    translate(lamps, "fi", {"title": "Uudet lamput", "slug": "uudet-lamput"})
    translate(lamps, "ar", {"title": "مصابيح جديدة", "slug": ARABIC_SLUG})
    return Town(
        site=site,
        lamps=fresh(lamps),
        plain=plain,
        stale=_stale(site),
        renamed=_renamed(site),
        withdrawn=withdrawn,
        service=fresh(service),
        contact=fresh(contact),
    )


def _withdrawn(site: Municipality) -> ArticlePage:
    page = site.live_article(title="Inställt", slug="installt")
    translate(page, "fi", {"title": "Peruttu", "slug": "peruttu"})
    actions.withdraw(fresh(page), by=person("approver"))
    return fresh(page)


def _stale(site: Municipality) -> ArticlePage:
    page = site.live_article(title="Nya tider", slug="nya-tider")
    translate(page, "fi", {"title": "Uudet ajat", "slug": "uudet-ajat"})
    return publish(page, ingress="Nu gäller andra tider.")


def _renamed(site: Municipality) -> ArticlePage:
    page = site.live_article(title="Bytt namn", slug="gammalt")
    translate(page, "fi", {"title": "Uusi nimi", "slug": "vanha"})
    return publish(page, slug="nytt", significance="wording")


def every_block(page: Any, other: Any, gone: Any) -> list[tuple[str, Any]]:
    """A body with each type of block, linking to two public pages and one that is not."""
    file = make_file()
    film = make_file("film.mp4", title="Filmen")
    link = '<a linktype="page" id="{}">{}</a>'.format
    running = (
        f"<p>Läs om {link(page.pk, 'service')}, {link(other.pk, 'mer')} och "
        f"{link(gone.pk, 'det inställda')}, eller "
        f'<a linktype="document" id="{file.pk}">planen</a>.</p>'
    )
    nothing = {"page": None, "url": "", "document": None, "text": "", "language": ""}
    return [
        ("paragraph", running),
        ("heading", {"level": "2", "text": "Ljus på vägen"}),
        ("heading", {"level": "3", "text": "Köpmangatan"}),
        ("list", {"ordered": True, "items": [running, "<p>Två <i>lampor</i></p>"]}),
        (
            "quote",
            {
                "text": "Det blir ljusare.",
                "name": "Mikaela Nordlund",
                "title": "säkerhetschef",
                "organisation": "Sandvikens kommun",
                "approved": True,
            },
        ),
        ("facts", {"heading": "Fakta", "text": running}),
        ("callout", {"tone": "warning", "heading": "Obs", "text": running}),
        (
            "link_list",
            {
                "heading": "Mer information",
                "links": [
                    {**nothing, "page": page},
                    {**nothing, "page": other},
                    {**nothing, "page": gone},
                    {**nothing, "url": "https://polisen.se/", "text": "Polisen"},
                    {**nothing, "document": file},
                ],
            },
        ),
        (
            "image",
            {
                "image": make_image(),
                "alt": "En lampa",
                "decorative": False,
                "caption": "Den första lampan",
            },
        ),
        (
            "video",
            {
                "video": film,
                "captions": [],
                "title": "Så byts en lampa",
                "duration": "1.20",
                "transcript": running,
            },
        ),
        ("table", _table()),
        ("document", {"document": file, "title": ""}),
    ]


def _table() -> dict[str, Any]:
    return {
        "columns": [
            {"type": "text", "heading": "Plats"},
            {"type": "text", "heading": "Lampor"},
        ],
        "rows": [{"values": ["Storvik", "12"]}, {"values": ["Järbo", "11"]}],
        "caption": "Lampor per ort",
    }
