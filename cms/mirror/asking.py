"""Asking our own site, in this process and without a network."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.http.response import HttpResponseBase

#: What belongs to one answer or one server, or comes from nginx itself.
NOT_KEPT = frozenset(
    {"content-length", "content-type", "date", "etag", "last-modified", "location",
     "server", "set-cookie", "vary"}
)  # fmt: skip

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Response:
    """What a reader who asks for an address gets."""

    status: int
    headers: Headers
    content_type: str
    location: str
    body: bytes


class Site:
    """The whole public site with its middleware, but for the layer that keeps answers."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()
        self._base = urlsplit(settings.CMS_PUBLIC_BASE_URL)

    def get(self, address: str, **marks: str) -> Response:
        """Return the answer to a percent-encoded address of this site."""
        request = self.request(address)
        request.META.update(marks)
        return answer_of(self._handler.get_response(request))

    def options(self, address: str) -> Response:
        return answer_of(self._handler.get_response(self.request(address, "OPTIONS")))

    def request(self, address: str, method: str = "GET") -> WSGIRequest:
        path, _mark, query = address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self._base.hostname or "localhost",
            "SERVER_PORT": str(self._base.port or self._usual_port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self._base.netloc,
            "HTTP_X_FORWARDED_PROTO": self._base.scheme,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": self._base.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        }
        return WSGIRequest(environ)

    @property
    def _usual_port(self) -> int:
        return 443 if self._base.scheme == "https" else 80


def answer_of(response: HttpResponseBase) -> Response:
    """Return what there is to keep of a response, and close its files."""
    body = (
        response.content if isinstance(response, HttpResponse) else b"".join(response)
    )
    headers = sorted(
        (name, value)
        for name, value in response.items()
        if name.lower() not in NOT_KEPT
    )
    # Not `close()`: it says that a request has ended, and the database is let go.
    for close in response._resource_closers:  # type: ignore[attr-defined]
        close()
    return Response(
        status=response.status_code,
        headers=tuple(headers),
        content_type=response.get("Content-Type", ""),
        location=response.get("Location", ""),
        body=body,
    )
