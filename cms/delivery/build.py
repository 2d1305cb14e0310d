"""Which program made an answer: kept answers of another are not shown."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from installed import PACKAGES

_KINDS = frozenset({".py", ".html", ".mo", ".css", ".js", ".svg", ".json"})
# A secret changes nothing that is shown.
_SHOWN = ("MEDIA_URL", "STATIC_URL", "TIME_ZONE", "DEBUG", "SECURE_SSL_REDIRECT")


def fingerprint() -> str:
    """Return a name for code, templates, words and settings as they are now."""
    digest = hashlib.sha256()
    for part in (*PACKAGES, "locale"):
        for path in sorted((Path(settings.BASE_DIR) / part).rglob("*")):
            if path.suffix in _KINDS:
                facts = path.stat()
                digest.update(f"{path}{facts.st_mtime_ns}{facts.st_size}".encode())
    for name in sorted(dir(settings)):
        if name in _SHOWN or name.startswith("CMS_"):
            digest.update(f"{name}={getattr(settings, name)!r}".encode())
    return digest.hexdigest()[:16]
