"""Where a webhook may lead: a public address, and none inside a network (T33).

The name is looked up here, every answer is examined, and the connection is then made
to one of the answers. A name that leads elsewhere a moment later changes nothing.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Thread
from urllib.parse import urlsplit

from django.conf import settings

from cms.webhooks.obstacles import Obstacle, Undelivered

Address = IPv4Address | IPv6Address

#: Seconds to look up a name.
LOOK_UP = 5
#: Networks whose last 32 bits are an IPv4 address that a gateway leads to.
_GATEWAYS = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
#: The only part of IPv6 that is given out to be reached from everywhere.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_HOST = re.compile(r"[a-z0-9._:-]+")
_PATH = re.compile(r"[!-~]+")
_SPACE = re.compile(r"[\s\x00-\x1f]")


@dataclass(frozen=True)
class Receiver:
    """An address of a receiver, taken apart. ``host`` is in ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_local(self) -> bool:
        """Whether the operator has named the host as one to trust."""
        return self.host in settings.CMS_WEBHOOK_LOCAL_HOSTS


def parse(url: str) -> Receiver:
    """Take an address apart. Raises ``Undelivered`` if it is none that may be used."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError as error:
        raise Undelivered(Obstacle.ADDRESS) from error
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    usable = _HOST.fullmatch(host) and _PATH.fullmatch(path) and port != 0
    # urlsplit() drops line breaks without a word.
    if not usable or _SPACE.search(url) or parts.fragment:
        raise Undelivered(Obstacle.ADDRESS)
    if parts.username is not None or parts.password is not None:
        raise Undelivered(Obstacle.CREDENTIALS)
    target = Receiver(parts.scheme, host, port or 443, path)
    if parts.scheme == "http" and target.is_local:
        return Receiver("http", host, port or 80, path)
    if parts.scheme != "https":
        raise Undelivered(Obstacle.INSECURE)
    return target


def addresses(target: Receiver) -> list[Address]:
    """Look up a target. Raises ``Undelivered`` unless *every* answer is public."""
    found = _look_up(target)
    if not found:
        raise Undelivered(Obstacle.UNKNOWN_HOST)
    if not target.is_local and not all(map(is_public, found)):
        raise Undelivered(Obstacle.NOT_PUBLIC)
    return found


def is_public(address: Address) -> bool:
    """Say whether an address is one of the open internet, also seen through gateways."""
    if isinstance(address, IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(inner)
        if address not in _GLOBAL_UNICAST or address.teredo:
            return False
    return address.is_global and not (
        address.is_private
        or address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )


def _inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if any(address in gateway for gateway in _GATEWAYS):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _look_up(target: Receiver) -> list[Address]:
    """Ask the system, which has no time-out of its own, for at most `LOOK_UP` seconds."""
    found: list[Address] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(
                target.host, target.port, type=socket.SOCK_STREAM
            )
        except (OSError, UnicodeError):
            return
        found.extend(ip_address(str(answer[4][0])) for answer in answers)

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(LOOK_UP)
    return [] if thread.is_alive() else list(dict.fromkeys(found))
