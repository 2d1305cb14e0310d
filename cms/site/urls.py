"""Public addresses. The catch-all comes last: any other path is a page or nothing."""

from __future__ import annotations

from django.urls import path, re_path

from cms.site import (
    feedback,
    feeds,
    health,
    preview,
    robots,
    search,
    sitemaps,
    views,
)

app_name = "site"

urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path(
        "sitemap-<str:tag>-<int:number>.xml",
        sitemaps.language,
        name="sitemap-language",
    ),
    path("feeds/<str:tag>/<str:kind>.atom", feeds.feed, name="feed"),
    re_path(
        r"^(?:(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)/)?(?:sok|search)/?$",
        search.search,
        name="search",
    ),
    re_path(
        r"^forhandsvisning/(?P<secret>[^/]+)/?$",
        preview.shared_preview,
        name="shared_preview",
    ),
    path(
        "forhandsvisning/fil/<str:seal>/<int:link_id>/<str:digest>/<str:name>",
        preview.draft_file,
        name="draft_file",
    ),
    path("rapportera/<uuid:key>/", feedback.report, name="report"),
    path("rapportera/<uuid:key>/tack/", feedback.reported, name="reported"),
    path("<str:tag>/rapportera/<uuid:key>/", feedback.report, name="report"),
    path("<str:tag>/rapportera/<uuid:key>/tack/", feedback.reported, name="reported"),
    path("<str:tag>/onskemal/<uuid:key>/", feedback.wish, name="wish"),
    path("<str:tag>/onskemal/<uuid:key>/tack/", feedback.wished, name="wished"),
    path("", views.page, {"path": ""}, name="front"),
    path("<path:path>", views.page, name="page"),
]
