"""The composition root: the only place that knows every door of the project."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.api.problems import not_found
from cms.api.routes import api
from cms.site import urls as site_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Where Wagtail sends a reader of a private file: to the login of the desk.
    path(
        "_login/",
        RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True),
        name="wagtailcore_login",
    ),
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", not_found),
]
if settings.CMS_SERVE_MEDIA:
    urlpatterns += [
        # Sizes of images. Originals are nobody's, files have a view that checks.
        path(
            "media/images/<path:path>",
            serve,
            {"document_root": f"{settings.MEDIA_ROOT}/images"},
        )
    ]
urlpatterns += [path("", include(site_urls))]

handler400 = "cms.site.views.bad_request"
handler404 = "cms.site.views.not_found"
handler500 = "cms.site.views.server_error"
