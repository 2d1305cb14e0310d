"""From page to document, for the types of this app."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cms.core.blocks.media import image_document
from cms.core.documents import page_document

if TYPE_CHECKING:
    from articles.models import ArticleIndexPage, ArticlePage


def index_document(page: ArticleIndexPage) -> dict[str, Any]:
    return page_document(page)


def article_document(page: ArticlePage) -> dict[str, Any]:
    """Return the article; lists sort it by the day of the news."""
    day = timezone.make_aware(datetime.combine(page.news_date, time(12)))
    return page_document(
        page,
        news_date=page.news_date.isoformat(),
        category=page.category or None,
        hero=_hero(page),
        list_date=day.isoformat(),
        references={
            "focus_areas": [str(a.translation_key) for a in page.focus_areas.all()]
        },
    )


def _hero(page: ArticlePage) -> dict[str, Any] | None:
    if page.hero_image is None:
        return None
    return {
        "alt": page.hero_alt,
        "caption": "",
        "credit": page.hero_image.credit,
        "image": image_document(page.hero_image),
    }
