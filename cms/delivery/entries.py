"""One answer, as it is sent: status, headers and body, compressed for each reader."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

import brotli

Headers = list[tuple[str, str]]

#: What depends on the request and is written anew for each answer.
_OWN = frozenset({"etag", "content-length", "content-encoding", "vary", "date"})
#: What a 304 repeats (RFC 9110, 15.4.5).
_IN_304 = frozenset({"cache-control", "vary", "etag", "access-control-allow-origin"})
# Smaller ones fit into one packet anyway.
_WORTH_COMPRESSING = 300
_BROTLI_QUALITY = 5
_COMPRESSIBLE = ("text/", "application/json", "application/problem", "application/xml")


@dataclass(frozen=True, slots=True)
class Wire:
    """What is sent to a reader who takes one encoding."""

    headers: Headers
    body: bytes


@dataclass(slots=True)
class KeptAnswer:
    """A complete answer, the version it shows and how long it may be shown.

    ``until`` is in epoch seconds: pages about promises change with the calendar.
    ``drawn_on`` are the texts that it shows; None when nobody knows.
    """

    version: bytes
    until: float
    rendered_at: float
    status: str
    headers: Headers
    body: bytes
    drawn_on: frozenset[UUID] | None = None
    etag: str = ""
    used: bool = False
    _wires: dict[str, Wire] = field(default_factory=dict)

    def __post_init__(self) -> None:
        given = {name.lower(): value for name, value in self.headers}
        self.headers = [(n, v) for n, v in self.headers if n.lower() not in _OWN]
        # An answer that came without one (safety-critical pages) is sent without one.
        if "etag" in given:
            self.etag = f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'

    @property
    def size(self) -> int:
        """Bytes kept in memory, roughly: the body, and what is made of it."""
        keys = len(self.drawn_on or ())
        return len(self.body) + len(self.body) // 2 + 150 * keys + 1000

    def is_current(self, version: bytes, now: float) -> bool:
        return self.version == version and now < self.until

    def wire(self, encoding: str) -> Wire:
        """Return headers and body in an encoding: ``br``, ``gzip`` or empty."""
        wire = self._wires.get(encoding)
        if wire is None:
            wire = self._wires[encoding] = self._make(encoding)
        return wire

    def is_known(self, if_none_match: str) -> bool:
        """Say whether the reader has these very bytes (weak comparison)."""
        return bool(self.etag) and (
            self.etag in if_none_match or if_none_match.strip() == "*"
        )

    def not_modified(self) -> Headers:
        return [h for h in self.wire("").headers if h[0].lower() in _IN_304]

    def _make(self, encoding: str) -> Wire:
        body, used = compress(self.body, self._kind(), encoding)
        headers = [*self.headers, ("Vary", "Accept-Encoding")]
        if self.etag:
            # The same text in other bytes is equal only weakly.
            headers.append(("ETag", f"W/{self.etag}" if used else self.etag))
        if used:
            headers.append(("Content-Encoding", used))
        headers.append(("Content-Length", str(len(body))))
        return Wire(headers, body)

    def _kind(self) -> str:
        return next((v for n, v in self.headers if n.lower() == "content-type"), "")

    def to_bytes(self, key: str) -> bytes:
        """Return the entry for a file: a line of JSON, then the body."""
        facts = {
            "key": key,
            "version": self.version.hex(),
            "until": self.until,
            "rendered_at": self.rendered_at,
            "status": self.status,
            "headers": [*self.headers, *([("ETag", self.etag)] if self.etag else [])],
            "length": len(self.body),
            "drawn_on": self.drawn_on and sorted(key.hex for key in self.drawn_on),
        }
        return json.dumps(facts).encode() + b"\n" + self.body

    @classmethod
    def from_bytes(cls, stored: bytes, key: str) -> KeptAnswer | None:
        """Return the entry of a file; nothing if it is broken or of another address."""
        line, _newline, body = stored.partition(b"\n")
        try:
            facts = json.loads(line)
            if facts["key"] != key or facts["length"] != len(body):
                return None
            return cls(
                version=bytes.fromhex(facts["version"]),
                until=facts["until"],
                rendered_at=facts["rendered_at"],
                status=facts["status"],
                headers=[(name, value) for name, value in facts["headers"]],
                body=body,
                drawn_on=facts["drawn_on"] and frozenset(map(UUID, facts["drawn_on"])),
            )
        except (ValueError, KeyError, TypeError):
            return None


def compress(body: bytes, kind: str, encoding: str) -> tuple[bytes, str]:
    """Return the body in an encoding, and which: none if it would not pay."""
    if len(body) < _WORTH_COMPRESSING or not kind.startswith(_COMPRESSIBLE):
        return body, ""
    if encoding == "br":
        packed = brotli.compress(body, quality=_BROTLI_QUALITY)
    elif encoding == "gzip":
        packed = gzip.compress(body, compresslevel=6, mtime=0)
    else:
        return body, ""
    return (packed, encoding) if len(packed) < len(body) else (body, "")


@lru_cache(maxsize=256)
def best_encoding(accept_encoding: str) -> str:
    """Return the encoding to use for an ``Accept-Encoding`` header (RFC 9110, 12.5.3)."""
    accepted = set()
    for part in accept_encoding.lower().split(","):
        name, _semicolon, parameters = part.strip().partition(";")
        if parameters.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            accepted.add(name.strip())
    return next((name for name in ("br", "gzip") if name in accepted), "")
