"""Answering with a file: its type, its parts, and what a browser may do with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO

from django.core.files.storage import default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

#: What pages of other sites may show, read and embed.
SHOWN = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt; charset=utf-8",
}
#: What a browser shows by itself, besides.
READ = {"pdf": "application/pdf"}
#: Everything else is for other programs.
DOWNLOADED = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TYPES = {**SHOWN, **READ, **DOWNLOADED}
UNKNOWN = "application/octet-stream"
IMMUTABLE = "public, max-age=31536000, immutable"
PRIVATE = "private, no-store"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_CHUNK = 1 << 16


def headers_of(name: str) -> dict[str, str]:
    """Return what every answer with a file of this name says."""
    ending = name.rpartition(".")[2].lower()
    headers = {
        "Content-Type": TYPES.get(ending, UNKNOWN),
        "X-Content-Type-Options": "nosniff",
    }
    if ending in SHOWN:
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if ending in SHOWN or ending in READ:
        headers["Content-Disposition"] = "inline"
    else:
        headers["Content-Disposition"] = "attachment"
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return headers


def answer(request: HttpRequest, name: str, *, keep: str) -> HttpResponseBase:
    """Answer with a stored file, or the part of it that was asked for (RFC 9110).

    ``keep`` is the ``Cache-Control``. The folder in the name is the checksum of the
    bytes, and so the ``ETag``. Raises ``Http404``.
    """
    try:
        file = default_storage.open(name)
        size = file.size
    except (OSError, ValueError) as error:
        raise Http404 from error
    etag = f'"{name.split("/")[1]}"'
    always = {"ETag": etag, "Cache-Control": keep}
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        file.close()
        return _with(HttpResponseNotModified(), always)
    always |= {"Accept-Ranges": "bytes", **headers_of(name)}
    part = _part(request, size, etag)
    if part is not None and not part:
        file.close()
        refused = HttpResponse(status=416)
        return _with(refused, {**always, "Content-Range": f"bytes */{size}"})
    first, last = (part[0], part[-1]) if part else (0, size - 1)
    length = last - first + 1
    response = StreamingHttpResponse(
        _read(file, first, length) if request.method != "HEAD" else _nothing(file),
        status=206 if part else 200,
    )
    always["Content-Length"] = str(length)
    if part:
        always["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _with(response, always)


def _part(request: HttpRequest, size: int, etag: str) -> range | None:
    """Return the bytes that are asked for: None for all, empty if there are none such.

    What is not one range of bytes of this very file is answered with all of it.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not asked or asked.group(0) == "bytes=-":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(int(last) + 1 if last else size, size))


def _read(file: IO[bytes], first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while length > 0 and (chunk := file.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk


def _nothing(file: IO[bytes]) -> Iterator[bytes]:
    file.close()
    yield from ()


def _with(response: HttpResponseBase, headers: Mapping[str, str]) -> HttpResponseBase:
    for name, value in headers.items():
        response[name] = value
    return response
