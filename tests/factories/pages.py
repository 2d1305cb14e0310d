"""Pages and blocks in each editorial state, brought there by the real actions.

A state is never set: a page that is live has been submitted by one person and
approved by another.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from wagtail.models import Locale, Page, Revision

from articles.models import ArticleIndexPage, ArticlePage
from cms.core.models import ContactBlock, EmergencyNumbers
from cms.gate import actions
from home.models import StandardPage
from tests.factories.numbers import free_number
from tests.factories.people import person


def fresh(obj: Any) -> Any:
    """The object as the database has it now, with nothing remembered."""
    if isinstance(obj, Page):
        return Page.objects.get(pk=obj.pk).specific
    return type(obj)._default_manager.get(pk=obj.pk)


def make_article(parent: Page, **facts: Any) -> ArticlePage:
    """An article that nobody has submitted yet, below a list of articles."""
    number = free_number(Page)
    page = ArticlePage(
        **{
            "title": f"Artikel {number}",
            "slug": f"artikel-{number}",
            "ingress": "Så här går det till i Sandviken.",
            "body": [
                ("heading", {"level": "2", "text": "Nya lampor"}),
                ("paragraph", "<p>Kommunen byter <b>23</b> lampor i vår.</p>"),
            ],
            "locale": parent.locale,
            **facts,
        }
    )
    return parent.add_child(instance=page)


def make_index(parent: Page, **facts: Any) -> ArticleIndexPage:
    """A list of articles that nobody has submitted yet."""
    number = free_number(Page)
    page = ArticleIndexPage(
        **{
            "title": f"Lista {number}",
            "slug": f"lista-{number}",
            "ingress": "Alla artiklar.",
            "locale": parent.locale,
            **facts,
        }
    )
    return parent.add_child(instance=page)


def make_standard(parent: Page, **facts: Any) -> StandardPage:
    """A page with lasting information that nobody has submitted yet."""
    number = free_number(Page)
    page = StandardPage(
        **{
            "title": f"Sida {number}",
            "slug": f"sida-{number}",
            "ingress": "Det här gäller.",
            "locale": parent.locale,
            **facts,
        }
    )
    return parent.add_child(instance=page)


def make_contact(**facts: Any) -> ContactBlock:
    """A Swedish contact block that nobody has submitted yet."""
    block = ContactBlock(
        **{
            "name": f"Kundtjänst {free_number(ContactBlock)}",
            "explanation": "kommunens kundtjänst",
            "email": "kontakt@example.org",
            "visiting_building": "Stadshuset",
            "visiting_street": "Odengatan 37",
            "visiting_city": "Sandviken",
            "phones": [("phone", {"label": "Växel", "number": "+4626240000"})],
            "locale": Locale.objects.get(language_code="sv"),
            **facts,
        }
    )
    block.save()
    return block


def make_emergency(**facts: Any) -> EmergencyNumbers:
    """Swedish emergency numbers that nobody has submitted yet.

    Safety-critical pages need them public: ``publish(make_emergency())``.
    """
    free = "Öppet dygnet runt, gratis."
    entries = [
        {"label": "SOS Alarm", "number": "112", "note": free},
        {"label": "Kvinnofridslinjen", "number": "+4620505050", "note": free},
        {"label": "Polisen", "number": "11414", "note": ""},
    ]
    numbers = EmergencyNumbers(
        **{
            "text": "Ring 112 om du är i fara.",
            "entries": [("helpline", entry) for entry in entries],
            "locale": Locale.objects.get(language_code="sv"),
            **facts,
        }
    )
    numbers.save()
    return numbers


def edit(obj: Any, *, by: User | None = None, **changes: Any) -> Revision:
    """Save a new draft of ``obj`` with the changes; the row stays as it is."""
    draft = fresh(obj).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    return draft.save_revision(user=by or person("editor"))


def submit(obj: Any, *, by: User | None = None, **changes: Any) -> Revision:
    """Save a draft and send it to review: the state *in review*."""
    by = by or person("editor")
    revision = edit(obj, by=by, **changes)
    actions.submit_for_review(obj, by=by)
    return revision


def approve(obj: Any, *, approver: User | None = None, **terms: Any) -> Any:
    """Let somebody approve the revision under review; return the fresh object."""
    obj = fresh(obj)
    actions.approve(
        obj,
        by=approver or person("approver"),
        revision_id=obj.latest_revision_id,
        **terms,
    )
    return fresh(obj)


def publish(
    obj: Any,
    *,
    by: User | None = None,
    approver: User | None = None,
    significance: str = "content",
    go_live_at: datetime | None = None,
    **changes: Any,
) -> Any:
    """Bring ``obj``, with the changes, to the state *live*; return it fresh."""
    submit(obj, by=by, **changes)
    return approve(
        obj, approver=approver, significance=significance, go_live_at=go_live_at
    )


def schedule(obj: Any, *, at: datetime, **changes: Any) -> Any:
    """Bring ``obj`` to the state *approved, to be published at a time*."""
    return publish(obj, go_live_at=at, **changes)
