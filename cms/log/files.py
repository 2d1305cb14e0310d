"""The bytes that publications name, kept for ever under what they are.

A file that somebody brings in lies under ``drafts/<sha256>/<name>``, where no reader
finds it (T18). A document names it by the address that it has once it is public, and that
says the same SHA-256: ``/media/files/<sha256>/<name>``. Publishing the document copies
the bytes there. So nothing else remembers which files a publication has, the chain of
the log holds their checksums, and an address never answers with other bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.text import slugify

DRAFTS, PUBLIC = "drafts", "files"
_NAMED = re.compile(r"files/([0-9a-f]{64})/([A-Za-z0-9._-]+)")
_HREF = re.compile(r'(?<=href=")[^"]+')
_LONGEST_NAME = 80


class MissingFile(Exception):
    """The bytes that a document names are not there, or not those that it names."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.name = address.rpartition("/")[2]


def draft_name(content: File, filename: str) -> str:
    """Return where a file that is brought in is stored."""
    path = PurePosixPath(filename.replace("\\", "/"))
    stem = slugify(path.stem.replace(".", "-"))[:_LONGEST_NAME].strip("-_") or "file"
    ending = slugify(path.suffix[1:])
    return f"{DRAFTS}/{checksum(content)}/{stem}{'.' if ending else ''}{ending}"


def checksum(content: File) -> str:
    """Return the SHA-256 of the bytes of a file, which is then at its start."""
    content.seek(0)
    digest = sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def address_of(name: str) -> str:
    """Return the address that a file that was brought in has once it is public."""
    return settings.MEDIA_URL + PUBLIC + name.removeprefix(DRAFTS)


def public_name(address: str) -> str | None:
    """Return where the bytes of an address are stored; nothing for other addresses."""
    found = address.removeprefix(settings.MEDIA_URL)
    is_ours = found != address and _NAMED.fullmatch(found)
    return found if is_ours else None


def named_in(document: Any) -> Iterator[str]:
    """Yield every address of such a file in a document, however deep, also of links."""
    if isinstance(document, dict):
        for value in document.values():
            yield from named_in(value)
    elif isinstance(document, list):
        for value in document:
            yield from named_in(value)
    elif isinstance(document, str):
        found = _HREF.findall(document) if "href=" in document else [document]
        yield from (address for address in found if public_name(address))


def publish(document: Any) -> None:
    """Make public the bytes of every file that a document names.

    Raises ``MissingFile``. What a transaction that fails leaves behind has an address
    that nobody was told.
    """
    for address in dict.fromkeys(named_in(document)):
        name = public_name(address)
        if name and not default_storage.exists(name):
            _copy(name, address)


def _copy(name: str, address: str) -> None:
    try:
        with default_storage.open(DRAFTS + name.removeprefix(PUBLIC)) as source:
            if checksum(source) != name.split("/")[1]:
                raise MissingFile(address)
            default_storage.save(name, source)
    except OSError as error:
        raise MissingFile(address) from error
