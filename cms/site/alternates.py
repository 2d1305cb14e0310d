"""Which texts search engines and feeds are told of, and how they hang together (R-06).

A translation is told of when it is public and a person stands behind it. A fallback is
not a translation, and a machine's text that nobody has reviewed is one only to readers
who see its label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from cms.reading.languages import source_code

#: The states of a language version that is told of; see ``cms.reading.status``.
STATES = frozenset({"source", "current", "minor", "outdated"})


@dataclass(frozen=True)
class Alternate:
    """The same page in another language, as ``hreflang`` links name it."""

    hreflang: str
    href: str


def alternates(own: str, paths: Mapping[str, str], base_url: str) -> list[Alternate]:
    """Return the links between the languages of a page, Swedish as the default.

    ``paths`` are the public paths by language tag, ``own`` is the tag of the page that
    carries the links. A page that is there in one language only has none. Easy Swedish
    has none either and is nobody's alternate: search engines know languages, scripts
    and countries, no private use, and to them it is Swedish once more.
    """
    links = [
        Alternate(tag, base_url + quote(path))
        for tag, path in paths.items()
        if not _is_private(tag)
    ]
    if len(links) < 2 or _is_private(own):
        return []
    default = [link for link in links if link.hreflang == source_code()]
    return links + [Alternate("x-default", link.href) for link in default]


def _is_private(tag: str) -> bool:
    return "-x-" in tag
