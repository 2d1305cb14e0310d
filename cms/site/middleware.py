"""Guards around the public addresses: what comes in, and what a browser may do.

They act on public addresses and the API; the admin has its own rules.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.site.context import frame_context

GetResponse = Callable[[HttpRequest], HttpResponse]

SITE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'{media}{tiles}; "
    "media-src 'self'{media}; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors {framing}; manifest-src 'self'"
)
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
MAX_ADDRESS = 4096
# A page is asked for again at each visit (and mostly answered with 304): what has been
# published is seen in the next request. When we cannot answer, the last copy serves.
CACHE_CONTROL = "public, max-age=0, stale-if-error=86400"


class InputGuard:
    """Refuse addresses that are not text: NUL, broken UTF-8, endless ones (T35)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_valid_address(request):
            return self.get_response(request)
        return render(request, "site/errors/400.html", frame_context(None), status=400)


def is_valid_address(request: HttpRequest) -> bool:
    """Say whether path and query are text of a reasonable length."""
    query = request.META.get("QUERY_STRING", "")
    try:
        text = unquote_to_bytes(query).decode("utf-8")
    except UnicodeDecodeError:
        return False
    # Django has decoded the path already, with a mark for what it could not read.
    broken = "\x00" in text or "\x00" in request.path or "\ufffd" in request.path
    return not broken and max(len(query), len(request.path)) <= MAX_ADDRESS


class PublicHeaders:
    """Set what a browser may do with public pages and API answers."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(("/admin/", "/static/", "/media/")):
            return response
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        if settings.CMS_DEMO:
            # It has the name of a real municipality and made-up news about it.
            response.headers.setdefault("X-Robots-Tag", "noindex")
        if request.path.startswith("/api/"):
            response.headers.setdefault("Content-Security-Policy", API_POLICY)
            return response
        response.headers.setdefault("Content-Security-Policy", site_policy("'none'"))
        return response


def site_policy(framing: str, *, with_maps: bool = True) -> str:
    """Return the policy of public pages; ``framing`` says who may frame them.

    ``with_maps`` lets them ask the host of the map images, if there is one.
    """
    media = f" {settings.MEDIA_URL}" if "://" in settings.MEDIA_URL else ""
    tiles = tiles_host() if with_maps else ""
    return SITE_POLICY.format(media=media, tiles=tiles, framing=framing)


def tiles_host() -> str:
    """Return the host of the map images as a policy names it, with a space before."""
    parts = urlsplit(settings.CMS_MAP_TILES_URL)
    return f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
