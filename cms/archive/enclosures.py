"""The files that publications name, and where they lie in a ZIP."""

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

from cms.log import files

_STATIC = re.compile(r'(?<=")' + re.escape(settings.STATIC_URL) + r'[^"#?]+')


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
        """Return the file; nothing if it is not there.

        What a publication names is what it was then; the layout is that of today.
        """
        try:
            return self._open()
        except (OSError, ValueError, SuspiciousOperation):
            return None

    def _open(self) -> IO[bytes] | None:
        if self.address.startswith(settings.STATIC_URL):
            return _static(unquote(self.address.removeprefix(settings.STATIC_URL)))
        name = files.public_name(self.address)
        return default_storage.open(name) if name else None


def assets_of(document: Any) -> Iterator[Asset]:
    """Yield what a document names, however deep: pictures, films, files."""
    return map(Asset, files.named_in(document))


def styles_of(html: str) -> list[Asset]:
    """Return what the layout of a page asks for."""
    return [Asset(address) for address in dict.fromkeys(_STATIC.findall(html))]


def _static(name: str) -> IO[bytes] | None:
    """Open a file of the layout: where it is written, or where it was collected."""
    path = finders.find(name)
    if isinstance(path, str):
        return Path(path).open("rb")
    return staticfiles_storage.open(name) if settings.STATIC_ROOT else None
