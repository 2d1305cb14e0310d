"""What anybody can get of the site, and how its addresses answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from cms.log.models import Publication
from cms.reading.models import Language
from tests.walk.staff import FILE, bytes_of, words_in

#: Besides the pages: what is made from many of them.
_LISTS = ("/api/v1/pages?limit=100", "/api/v1/changes?limit=1000")
_THERE, _ELSEWHERE, _GONE = 200, {301, 302, 308}, 410


@dataclass
class Readers:
    """Everybody outside. They remember every address that once was there."""

    client: Client = field(default_factory=Client)
    seen: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)

    def words(self) -> dict[str, set[str]]:
        """What readers meet, by address; every language has every page."""
        found = {}
        for address in self._addresses():
            answer = self.client.get(address)
            if answer.status_code == _THERE:
                self.seen.add(address)
                page = answer.content.decode()
                found[address] = words_in(page)
                for file in FILE.findall(page):
                    found[address] |= words_in(bytes_of(self.client.get(file)))
                    self.seen.add(file)
                self.met |= found[address]
        return found

    def lost(self) -> dict[str, Any]:
        """Addresses that were there and say neither where it is now nor that it is gone.

        Those in a language that an administrator took away are not asked.
        """
        hidden = Language.objects.filter(visible=False).values_list("tag", flat=True)
        away = tuple(f"/{tag.lower()}/" for tag in hidden) or ("/?",)
        answers = {
            address: self._final(address)
            for address in sorted(self.seen)
            if not address.startswith(away)
        }
        return {
            address: status
            for address, status in answers.items()
            if status not in {_THERE, _GONE}
        }

    def _final(self, address: str) -> int:
        answer = self.client.get(address, follow=True)
        # Read to its end a file is closed, and with it nothing else.
        bytes_of(answer)
        return int(answer.status_code)

    def _addresses(self) -> list[str]:
        paths = Publication.objects.exclude(path="").values_list("path", flat=True)
        swedish = Publication.objects.filter(locale="sv").exclude(path="")
        tags = (
            Language.objects.visible().exclude(tag="sv").values_list("tag", flat=True)
        )
        prefixed = [
            f"/{tag.lower()}{path}"
            for path in set(swedish.values_list("path", flat=True))
            for tag in tags
        ]
        lists = [f"{address}&lang={tag}" for address in _LISTS for tag in ("sv", "fi")]
        return sorted({*paths, *prefixed, *lists, *self._sitemaps()})

    def _sitemaps(self) -> list[str]:
        index = self.client.get("/sitemap.xml").content.decode()
        return [urlsplit(each).path for each in re.findall(r"<loc>([^<]+)", index)]
