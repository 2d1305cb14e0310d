"""The files that publications name, as they are stored now, and where they lie in a ZIP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from wagtail.documents import get_document_model

_STATIC = re.compile(r'(?<=")' + re.escape(settings.STATIC_URL) + r'[^"#?]+')
_DOCUMENT = re.compile(r"/documents/(\d{1,18})/")


@dataclass(frozen=True)
class Asset:
    """A file that a page names: its address, and its name in the ZIP."""

    address: str

    @property
    def name(self) -> str:
        """Return a name that cannot lead out of its folder."""
        path = unquote(urlsplit(self.address).path)
        parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
        return "files/" + quote("/".join(parts), safe="/")

    def open(self) -> IO[bytes] | None:
        """Return the file as it is stored now; nothing if it is not there."""
        try:
            return self._open()
        except (OSError, ValueError, SuspiciousOperation):
            return None

    def _open(self) -> IO[bytes] | None:
        if document := _DOCUMENT.match(self.address):
            found = get_document_model().objects.filter(pk=int(document[1])).first()
            return found.file.storage.open(found.file.name) if found else None
        if self.address.startswith(settings.STATIC_URL):
            return _static(unquote(self.address.removeprefix(settings.STATIC_URL)))
        name = unquote(self.address.removeprefix(settings.MEDIA_URL).partition("?")[0])
        return default_storage.open(name)


def assets_of(document: Any) -> Iterator[Asset]:
    """Yield what a document names, however deep: pictures, films, files."""
    if isinstance(document, dict):
        for value in document.values():
            yield from assets_of(value)
    elif isinstance(document, list):
        for value in document:
            yield from assets_of(value)
    elif isinstance(document, str) and (
        document.startswith((settings.MEDIA_URL, "/documents/"))
    ):
        yield Asset(document)


def styles_of(html: str) -> list[Asset]:
    """Return what the layout of a page asks for."""
    return [Asset(address) for address in dict.fromkeys(_STATIC.findall(html))]


def _static(name: str) -> IO[bytes] | None:
    """Open a file of the layout: where it is written, or where it was collected."""
    path = finders.find(name)
    if isinstance(path, str):
        return Path(path).open("rb")
    return staticfiles_storage.open(name) if settings.STATIC_ROOT else None
