"""A receiver of webhooks on this machine, which answers as it is told to."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any


@dataclass(frozen=True)
class Message:
    """One request as it came in."""

    headers: dict[str, str]
    raw: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.raw)


class Receiver(ThreadingHTTPServer):
    """Keeps every message and answers with what ``answer`` returns for it.

    A status; or a whole answer as bytes, sent as it is. Called one at a time.
    """

    daemon_threads = True
    # What drips is not waited for.
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.turn = Lock()
        self.messages: list[Message] = []
        self.answer: Callable[[Message], int | bytes] = lambda message: 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?from=cms"

    @property
    def told(self) -> list[int]:
        """The numbers of the publications that it was told of, in order."""
        return [message.body["id"] for message in self.messages]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that hangs up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        own = {":path": self.path, ":port": str(self.client_address[1])}
        message = Message({**headers, **own}, raw)
        with self.server.turn:
            self.server.messages.append(message)
            answer = self.server.answer(message)
        if isinstance(answer, bytes):
            self.wfile.write(answer)
            return
        self.send_response(answer)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Run a receiver for a while."""
    receiver = Receiver()
    if tls:
        receiver.socket = tls.wrap_socket(receiver.socket, server_side=True)
    thread = Thread(target=receiver.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.shutdown()
        receiver.server_close()


def offered_languages() -> list[str]:
    """What ``CMS_OFFERED_LANGUAGES`` names in these tests: no language is in the tables."""
    return ["sv", "fi"]


class Nothing:
    """What a row has changed, where nobody knows what readers get."""

    everywhere = False

    def answers(self) -> list[Any]:
        return []


def affected(publications: Iterable[Any]) -> dict[int, Nothing]:
    """What ``CMS_AFFECTED`` names where the readers' side is not installed."""
    return {row.pk: Nothing() for row in publications}
