"""Requests to the admin as nobody's browser sends them: each parameter in turn is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.walk.forms import filled

#: What may stand where something else is expected, percent-encoded.
WRONG = {
    "nothing": "",
    "word": "x",
    "number": "1",
    "negative": "-1",
    "gone": "99999999",
    "huge": "9" * 5000,
    "list": "%5B%5D",
    "object": "%7B%7D",
    "nul": "a%00b",
    "not UTF-8": "%ff%fe",
}
MISSING, REPEATED = "missing", "repeated"
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """One request: where to, how, and the parameters as they are written."""

    address: str
    method: str
    parameters: tuple[tuple[str, str], ...]
    what: str = "as it is"

    def __str__(self) -> str:
        return f"{self.method} {self.address} {self.what}"

    def mutated(self) -> Iterator[Request]:
        """Yield the request with each parameter wrong in each way."""
        for name in dict(self.parameters):
            others = tuple(each for each in self.parameters if each[0] != name)
            for how, value in WRONG.items():
                yield self._with((*others, (name, value)), f"{name}: {how}")
            yield self._with(others, f"{name}: {MISSING}")
            twice = (*self.parameters, (name, "x"))
            yield self._with(twice, f"{name}: {REPEATED}")

    def _with(self, parameters: tuple[tuple[str, str], ...], what: str) -> Request:
        return Request(self.address, self.method, parameters, what)

    def sent_by(self, client: Client) -> Any:
        written = "&".join(f"{quote_plus(n)}={v}" for n, v in self.parameters)
        if self.method == "GET":
            return client.get(self.address, QUERY_STRING=written)
        return client.post(self.address, written, content_type=_FORM)


def requests_of(client: Client, path: str) -> list[Request]:
    """Return what a page's address and its forms ask, as they stand."""
    address, _mark, query = path.partition("?")
    found = [
        Request(address, "GET", _written(parse_qsl(query, keep_blank_values=True)))
    ]
    answer = client.get(path)
    if answer.streaming or "text/html" not in answer.get("Content-Type", ""):
        return found
    if answer.status_code != 200:
        # Addresses that only take forms: what stands in the question will do.
        return [*found, Request(address, "POST", found[0].parameters)]
    for form in BeautifulSoup(answer.content, "html.parser").find_all("form"):
        action = str(form.get("action") or path)
        target = urlsplit(urljoin(path, action))
        method = str(form.get("method") or "get").upper()
        data = _written((filled(form, {}) | _of_blocks(form)).items())
        if target.netloc or target.path.endswith("/logout/"):
            continue
        where = target.path if method == "GET" else f"{target.path}?{target.query}"
        found.append(Request(where.rstrip("?"), method, data))
    return found


def _written(pairs: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name, quote_plus(value)) for name, value in pairs)


def _of_blocks(form: Any) -> dict[str, str]:
    """What the script of Wagtail adds to a form, for each field that holds blocks."""
    names = [str(each["id"]) for each in form.select("[data-controller~=w-block]")]
    found: dict[str, str] = {}
    for name in names:
        blocks = _BODY if name == "body" else []
        found |= nested_form_data({name: streamfield(blocks)})
    return found


_RICH = {
    "blocks": [
        {
            "key": "aaaaa", "text": "Ett stycke", "type": "unstyled", "depth": 0,
            "inlineStyleRanges": [], "data": {},
            "entityRanges": [{"key": 0, "offset": 0, "length": 3}],
        }
    ],
    "entityMap": {
        "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": 3, "url": "/"}}
    },
}  # fmt: skip
_BODY = [
    ("heading", {"level": "2", "text": "Rubrik"}),
    ("paragraph", json.dumps(_RICH)),
    ("image", {"image": "1", "alt": "Bild", "caption": "", "decorative": ""}),
]
