"""A process of the product, asked as an application server would ask it."""

from __future__ import annotations

import gzip
import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import brotli
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from cms.delivery.layer import DeliveryLayer
from cms.wsgi import unavailable


@dataclass(frozen=True)
class Response:
    """What went over the wire, its header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as a browser reads it."""
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
        encoding = self.headers.get("content-encoding", "")
        return unpack.get(encoding, bytes)(self.body).decode()

    @property
    def is_marked_stale(self) -> bool:
        return "stale" in self.headers.get("cache-status", "")


class Machine:
    """One process. Without a watcher: a test is the only thing that happens."""

    def __init__(self, application: Any = None, build: str = "test") -> None:
        self._delivery = DeliveryLayer(
            application or WSGIHandler(),
            build=build,
            unavailable=unavailable,
            watch=False,
        )

    def get(self, address: str, method: str = "GET", **headers: str) -> Response:
        """Ask for an address; ``if_none_match="…"`` becomes the header."""
        path, _mark, query = address.partition("?")
        started: list[Any] = []

        def start_response(status: str, given: Any, exc_info: Any = None) -> None:
            started[:] = [status, given]

        body = self._ask(
            {
                "REQUEST_METHOD": method,
                "PATH_INFO": unquote(path).encode().decode("latin-1"),
                "QUERY_STRING": query,
                "SERVER_NAME": "testserver",
                "SERVER_PORT": "80",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_HOST": "testserver",
                "wsgi.url_scheme": "http",
                "wsgi.input": io.BytesIO(),
                "wsgi.errors": io.StringIO(),
                **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
            },
            start_response,
        )
        status, given = started
        return Response(
            int(status.split()[0]),
            {name.lower(): value for name, value in given},
            b"".join(body),
        )

    def _ask(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Keep the connection of the test open, as Django's test client does."""
        signals = (request_started, request_finished)
        for signal in signals:
            signal.disconnect(close_old_connections)
        try:
            return self._delivery(environ, start_response)
        finally:
            for signal in signals:
                signal.connect(close_old_connections)
