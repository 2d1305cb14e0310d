"""The composition root: the only place that knows every door of the project."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from wagtail.admin import urls as wagtailadmin_urls

from cms.api.problems import not_found
from cms.api.routes import api
from cms.delivery import files
from cms.gate import own_language
from cms.log.files import PUBLIC
from cms.site import urls as site_urls


@require_safe
def file(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """Answer with a file that a publication names: it stays as it is for ever."""
    return files.answer(request, f"{PUBLIC}/{digest}/{name}", keep=files.IMMUTABLE)


urlpatterns = [
    path("admin/", include(own_language)),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^media/files/(?P<digest>[0-9a-f]{64})/(?P<name>[A-Za-z0-9._-]+)$", file),
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", not_found),
    path("", include(site_urls)),
]

handler400 = "cms.site.views.bad_request"
handler404 = "cms.site.views.not_found"
handler500 = "cms.site.views.server_error"
