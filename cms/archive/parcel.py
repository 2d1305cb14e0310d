"""A ZIP of which every file is counted: same content, same bytes."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from typing import IO, Any

from cms.archive.enclosures import Asset

_CHUNK = 1 << 16
#: The earliest time that a ZIP can hold: when a file was packed tells nobody anything.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class Parcel:
    """Files go in one by one, straight to the disk; their checksums are kept."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._files: dict[str, dict[str, Any]] = {}
        self._absent: set[str] = set()

    def __enter__(self) -> Parcel:
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    def add(self, name: str, content: bytes) -> str:
        """Add a file and return its name."""
        self._zip.writestr(_info(name), content, zipfile.ZIP_DEFLATED, 6)
        self._count(name, sha256(content).hexdigest(), len(content))
        return name

    def add_json(self, name: str, content: Any) -> str:
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        return self.add(name, text.encode())

    def add_asset(self, asset: Asset) -> bool:
        """Add a stored file once; say whether it is there."""
        if asset.name in self._files:
            return True
        source = None if asset.name in self._absent else asset.open()
        if source is None:
            self._absent.add(asset.name)
            return False
        digest, size = sha256(), 0
        with source, self._zip.open(_info(asset.name), "w", force_zip64=True) as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self._count(asset.name, digest.hexdigest(), size)
        return True

    def seal(self, manifest: dict[str, Any]) -> None:
        """Add the manifest, which names every file, and its own checksum."""
        self.add_json("manifest.json", {**manifest, "files": dict(self._files)})
        seal = f"{self._files['manifest.json']['sha256']}  manifest.json\n"
        self.add("manifest.sha256", seal.encode())

    def _count(self, name: str, digest: str, size: int) -> None:
        self._files[name] = {"sha256": digest, "bytes": size}


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _NO_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
