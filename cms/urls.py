"""The composition root: the only place that knows every door of the project."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.api.problems import not_found
from cms.api.routes import api
from cms.site import urls as site_urls


def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with one size of an image. Originals are nobody's, files have a view."""
    return serve(request, path, document_root=f"{settings.MEDIA_ROOT}/images")


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
    urlpatterns += [path("media/images/<path:path>", image)]
urlpatterns += [path("", include(site_urls))]

handler400 = "cms.site.views.bad_request"
handler404 = "cms.site.views.not_found"
handler500 = "cms.site.views.server_error"
