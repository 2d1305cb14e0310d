"""What a reader asked of a page besides its address, and what of it made a difference."""

from __future__ import annotations

from collections.abc import Container

from django.http import HttpRequest

from cms.delivery.addresses import USED


class Asked:
    """The parameters of a request. Whoever uses one asks here.

    An answer is kept only for values that were used: others anybody can make up.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._given = request.GET
        self._used: set[tuple[str, str]] = request.META.setdefault(USED, set())

    def one_of(self, name: str, known: Container[str]) -> str:
        """Return the value if it is one of those; what is not known asks for nothing."""
        value = self._given.get(name, "")
        if value not in known:
            return ""
        self._used.add((name, value))
        return value

    def page(self) -> int | None:
        """Return the page of a list that is asked for; nothing if that is no number."""
        text = self._given.get("page", "1")
        if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) < 1:
            return None
        if text == str(int(text)):
            self._used.add(("page", text))
        return int(text)
