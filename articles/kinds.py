"""What news consists of."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cms.kinds.kinds import PageKind
from cms.kinds.media import Picture
from cms.kinds.members import Fact, Inner, Ref, Text

#: The key by which the example of an article names the list that it is in.
_INDEX = "1c3e5a7b-9d0f-4b2d-8e4a-6c8b0d2f4e19"


class ArticleIndexPage(PageKind):
    """A list of articles; ``pages?type=articles.article`` has what is in it."""

    type_name = "articles.index"
    verbose_name = _("list of articles")
    template = "articles/index.html"
    schema_type = "CollectionPage"
    lists_children = True
    example_key = _INDEX
    example = {"title": "Nyheter", "ingress": "Vad som händer."}


class ArticlePage(PageKind):
    """News: it has ``news_date``, and perhaps ``category`` and ``hero``."""

    type_name = "articles.article"
    verbose_name = _("article")
    template = "articles/article.html"
    schema_type = "NewsArticle"
    feed = ("articles", gettext_noop("News"))
    is_news = True
    example = {
        "title": "Nya lampor",
        "ingress": "Kommunen byter 23 lampor.",
        "body": [{"type": "paragraph", "id": "a1", "html": "<p>Nu är det ljust.</p>"}],
        "news_date": "2018-02-02",
        "category": "Trygghet",
        "focus_areas": ["0d2f4b6a-9c1e-4a3c-9e7f-2b4d6f8a0c86"],
        "ancestors": [_INDEX],
        "hero": {
            "alt": "Torget i kvällsljus",
            "caption": "Torget i Exempelby",
            "credit": "Eva Exempel",
            "image": {
                "src": "/media/images/torget.width-960.webp",
                "width": 960,
                "height": 480,
                "srcset": [
                    {"src": "/media/images/torget.width-480.webp", "width": 480}
                ],
            },
        },
    }

    news_date: Annotated[str, Fact(_("Date of the news"))]
    category: Annotated[str | None, Text(_("Category"))] = None
    hero: Annotated[Picture | None, Inner(_("Main image"), prefix="hero_")] = None
    focus_areas: Annotated[
        list[str],
        Ref(
            _("Focus areas"),
            sensitive=True,
            chosen_by="focus_area",
            unseen="The page of the area lists it.",
            answered="pages?focus_area=",
        ),
    ] = []
