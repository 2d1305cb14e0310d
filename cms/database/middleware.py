"""What a request may ask of the database: for how long, and which one."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.database import deadlines
from cms.database.router import reading_from_replica

#: Staff and drafts are read where they are written; files and probes from no database.
NOT_FROM_REPLICA = (
    *("/admin/", "/forhandsvisning/", "/api/v1/preview/"),
    *("/static/", "/media/", "/livez", "/readyz"),
)


class BoundedDatabase:
    """Wait for the database no longer than a reader does; read public pages anywhere.

    The first of all, so that whatever the others ask is bounded too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with deadlines.patience(settings.CMS_DATABASE_PATIENCE):
            response = self._answer(request)
        if response.status_code == 503:
            response.headers.setdefault("Retry-After", "5")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if not is_public_read(request):
            return self.get_response(request)
        with deadlines.within(settings.CMS_DATABASE_PATIENCE), reading_from_replica():
            return self.get_response(request)


def is_public_read(request: HttpRequest) -> bool:
    """Say whether the request only reads what everybody may read from the log."""
    is_read = request.method in {"GET", "HEAD"}
    return is_read and not request.path.startswith(NOT_FROM_REPLICA)
