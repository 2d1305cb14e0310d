"""Wagtail's API v2 on the benchmark's own addresses; everything else as deployed."""

from __future__ import annotations

from django.urls import path
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from articles.models import ArticlePage
from cms import urls

handler400, handler404, handler500 = urls.handler400, urls.handler404, urls.handler500

# What our own answer holds too; without this v2 gives little more than the title.
ArticlePage.api_fields = [
    APIField(name)
    for name in ("ingress", "body", "news_date", "category", "contact_block")
]
api = WagtailAPIRouter("bench_v2")
api.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [path("bench/v2/", api.urls), *urls.urlpatterns]
