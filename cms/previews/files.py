"""The files of a draft, for whoever may see the draft: nobody else finds their bytes."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.storage import default_storage
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from cms.log import files
from cms.previews import links

_SIGNER = TimestampSigner(salt="cms.previews.files")
#: How long a page that was opened goes on to show its pictures and films, in seconds.
_SHOWN = 3600


def shown(document: dict[str, Any], link_id: int = 0) -> dict[str, Any]:
    """Return a draft's document with addresses that answer while it may be seen.

    ``link_id`` is the preview link through which it is seen, 0 for staff.
    """
    text = json.dumps(document)
    for address in sorted(set(files.named_in(document)), key=len, reverse=True):
        name = files.public_name(address)
        if name and not default_storage.exists(name):
            text = text.replace(address, _signed(name, link_id))
    found: dict[str, Any] = json.loads(text)
    return found


def draft_name(seal: str, link_id: int, digest: str, name: str) -> str | None:
    """Return where the bytes of such an address are stored; nothing if it is over."""
    value = f"{link_id}:{digest}/{name}"
    try:
        _SIGNER.unsign(f"{value}:{seal}", max_age=_SHOWN)
    except BadSignature:
        return None
    is_open = not link_id or links.is_open(link_id)
    return f"{files.DRAFTS}/{digest}/{name}" if is_open else None


def _signed(name: str, link_id: int) -> str:
    _folder, digest, file = name.split("/")
    value = f"{link_id}:{digest}/{file}"
    seal = _SIGNER.sign(value).removeprefix(f"{value}:")
    return reverse("site:draft_file", args=[seal, link_id, digest, file])
