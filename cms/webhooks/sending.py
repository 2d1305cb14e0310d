"""One signed request to one receiver (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import hmac
import secrets
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Event, Timer

from cms.webhooks import targets
from cms.webhooks.obstacles import Obstacle, Undelivered
from cms.webhooks.targets import Address, Receiver

#: Seconds to connect, over all addresses that are tried; to wait for the next byte; and
#: for the whole exchange after that. With the look-up, well below a worker's lease.
CONNECT, READ, EXCHANGE = 5.0, 5.0, 10.0
_ADDRESSES = 3
_ANSWER_BYTES = 64 * 1024
_SECRET_PREFIX = "whsec_"  # noqa: S105 - what every secret begins with


def new_secret() -> str:
    """Return a fresh secret: 256 random bits, as the standard writes them."""
    return _SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return ``v1,`` and the HMAC-SHA256 over ``id.timestamp.body`` in base64."""
    key = base64.b64decode(secret.removeprefix(_SECRET_PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def send(url: str, message_id: str, body: bytes, keys: Iterable[str]) -> int:
    """Post a JSON message, signed with every key; return the receiver's 2xx status.

    Raises ``Undelivered``, which says why, when the receiver did not confirm.
    """
    target = targets.parse(url)
    timestamp = int(time.time())
    signatures = [signature(key, message_id, timestamp, body) for key in keys]
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Kommun-CMS-Webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
        "Connection": "close",
    }
    connected = _connect(targets.addresses(target), target.port)
    status = _exchange(target, connected, headers, body)
    if 300 <= status < 400:
        raise Undelivered(Obstacle.REDIRECT, status)
    if not 200 <= status < 300:
        raise Undelivered(Obstacle.REFUSED, status)
    return status


def _connect(addresses: list[Address], port: int) -> socket.socket:
    """Connect to the first address that answers: exactly those, and no proxy."""
    tried = addresses[:_ADDRESSES]
    obstacle = Obstacle.NO_CONNECTION
    for address in tried:
        try:
            return socket.create_connection((str(address), port), CONNECT / len(tried))
        except TimeoutError:
            obstacle = Obstacle.TOO_SLOW
        except OSError:
            obstacle = Obstacle.NO_CONNECTION
    raise Undelivered(obstacle)


def _exchange(
    target: Receiver, connected: socket.socket, headers: dict[str, str], body: bytes
) -> int:
    """Send the request over an open connection and return the status of the answer."""
    connected.settimeout(READ)
    if target.scheme == "https":
        connected = _trust().wrap_socket(
            connected, server_hostname=target.host, do_handshake_on_connect=False
        )
    with connected, _deadline(connected) as is_late:
        try:
            if isinstance(connected, ssl.SSLSocket):
                connected.do_handshake()
            with _ask(target, connected, headers, body) as answer:
                if is_late():
                    raise TimeoutError
                with suppress(OSError, HTTPException):
                    answer.read(_ANSWER_BYTES)
                return answer.status
        except TimeoutError as error:
            raise Undelivered(Obstacle.TOO_SLOW) from error
        except ssl.SSLCertVerificationError as error:
            raise Undelivered(Obstacle.CERTIFICATE) from error
        except (OSError, HTTPException, ValueError) as error:
            obstacle = Obstacle.TOO_SLOW if is_late() else Obstacle.NO_ANSWER
            raise Undelivered(obstacle) from error


def _ask(
    target: Receiver, connected: socket.socket, headers: dict[str, str], body: bytes
) -> HTTPResponse:
    connection = HTTPConnection(target.host, target.port)
    # The host header leaves out the usual port. Without a socket it connects to nobody.
    connection.default_port = 443 if target.scheme == "https" else 80
    connection.auto_open = 0
    connection.sock = connected
    connection.request("POST", target.path, body, headers)
    return connection.getresponse()


@contextmanager
def _deadline(connected: socket.socket) -> Iterator[Callable[[], bool]]:
    """End the connection when its time is over, however slowly bytes still drip in."""
    late = Event()

    def end() -> None:
        late.set()
        with suppress(OSError):
            # Not the TLS layer's shutdown(): the other thread is using that layer.
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    timer = Timer(EXCHANGE, end)
    timer.daemon = True
    timer.start()
    try:
        yield late.is_set
    finally:
        timer.cancel()


@cache
def _trust() -> ssl.SSLContext:
    """Whom we believe: the authorities that the system believes."""
    return ssl.create_default_context()
