"""An address as it answered at a moment: asked of the ordinary views."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.archive.shadow import as_it_was
from cms.gate.errors import NotAllowed
from cms.reading.pages import Reading, read_path
from cms.site import views

#: The permission to look into the archive and to take out of it.
PERMISSION = "log.view_publication"
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_LINK = re.compile(r'(<(?:a|area|form)\b[^>]*?\s(?:href|action)=")([^"]*)(?=")')
#: Addresses that are no pages.
_FILES = ("/static/", "/media/", "/api/", "/admin/")


def require_archivist(user: User) -> None:
    """Raise ``NotAllowed`` for whoever may not read the log."""
    if not user.has_perm(PERMISSION):
        raise NotAllowed(_("Only archivists may look into the archive."))


def look(path: str, query: str, moment: datetime, *, by: User) -> HttpResponse:
    """Return what a reader was answered at ``path`` at ``moment``.

    The answer may be a redirect, a page that was not there or one that was gone.
    Raises ``NotAllowed``, and Http404 for a moment that has not come.
    """
    require_archivist(by)
    if moment > timezone.now():
        raise Http404
    with as_it_was(moment):
        return answer(path, query)


def answer(path: str, query: str = "") -> HttpResponse:
    """Ask the public view for a page, as a reader whom nobody knows.

    It reads nothing but the log; what other views answer is not kept.
    """
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    host = urlsplit(settings.CMS_PUBLIC_BASE_URL)
    request.META = {
        "QUERY_STRING": query,
        "SERVER_NAME": host.hostname or "localhost",
        "SERVER_PORT": str(host.port or 443),
    }
    request.GET = QueryDict(query)
    return views.page(request, path.removeprefix("/"))


def path_in_language(path: str, tag: str, moment: datetime, *, by: User) -> str:
    """Return the address that a page had in another language at a moment.

    The same address when it was not public, or not offered in the language.
    """
    require_archivist(by)
    with as_it_was(moment):
        reading = read_path(path)
    if not isinstance(reading, Reading):
        return path
    found = (choice.path for choice in reading.languages if choice.tag == tag)
    return next(found, path)


def stamp(moment: datetime) -> str:
    """Write a moment as it stands in the archive's addresses: to the microsecond."""
    return moment.astimezone(UTC).strftime(_STAMP)


def read_stamp(text: str) -> datetime:
    """Read such a moment, or raise Http404."""
    try:
        return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise Http404 from error


def with_links(html: str, lead: Callable[[str], str]) -> str:
    """Return a public page whose links and forms go where ``lead`` says.

    ``lead`` is given the path of a page of ours, with query and fragment.
    """

    def replace(match: re.Match[str]) -> str:
        path = match[2].removeprefix(settings.CMS_PUBLIC_BASE_URL)
        is_page = path.startswith("/") and not path.startswith(("//", *_FILES))
        return match[1] + (lead(path) if is_page else match[2])

    return _LINK.sub(replace, html)


def public_path(text: str) -> str | None:
    """Read an address as people copy it; nothing if it is of another site."""
    base = settings.CMS_PUBLIC_BASE_URL
    text = text.strip().removeprefix(base)
    if "://" in text or text.startswith("//"):
        return None
    path = unquote(text.partition("?")[0].partition("#")[0]).strip("/")
    return f"/{path}/" if path else "/"


def quoted(path: str) -> str:
    return quote(path, safe="/%")
