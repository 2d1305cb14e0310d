"""Checks of a translated segment against its source: deterministic, one function each.

An error keeps a translation from being submitted unless somebody with the right to
says why (T-5); a warning only speaks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """What a check has to say about one segment."""

    code: str
    severity: str
    message: str


_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f.,\u066c](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+|[\w.+-]+@[\w-]+\.[\w.-]+\w")


def check(source: str, target: str) -> list[Finding]:
    """Return what is suspicious about ``target``; both are segment HTML."""
    return [finding for run in CHECKS for finding in run(source, target)]


def numbers(source: str, target: str) -> Iterator[Finding]:
    """Every number stands in both, whatever digits and separators are used."""
    missing = _numbers(source) - _numbers(target)
    added = _numbers(target) - _numbers(source)
    if missing:
        text = _("Missing number: %(numbers)s")
        yield Finding("numbers", ERROR, text % {"numbers": _listed(missing)})
    if added:
        text = _("Number that is not in the Swedish text: %(numbers)s")
        yield Finding("numbers", ERROR, text % {"numbers": _listed(added)})


def addresses(source: str, target: str) -> Iterator[Finding]:
    """Web and e-mail addresses are the same."""
    if _addresses(source) != _addresses(target):
        message = _("A web or e-mail address differs from the Swedish text.")
        yield Finding("addresses", ERROR, message)


def links(source: str, target: str) -> Iterator[Finding]:
    """Every link of the source is in the target, once."""
    if _link_ids(source) != _link_ids(target):
        message = _("The links differ from the Swedish text.")
        yield Finding("links", ERROR, message)


def untranslated(source: str, target: str) -> Iterator[Finding]:
    """A long text that is the same as the source was probably forgotten."""
    if source.strip() == target.strip() and len(_words(source)) > 6:
        message = _("The text is the same as in Swedish.")
        yield Finding("untranslated", ERROR, message)


def length(source: str, target: str) -> Iterator[Finding]:
    """A text that is much longer or shorter may lack or add something."""
    ours, theirs = len(" ".join(_words(target))), len(" ".join(_words(source)))
    if theirs > 40 and not 0.35 <= ours / theirs <= 2.8:
        message = _("The text is much longer or shorter than in Swedish.")
        yield Finding("length", WARNING, message)


def isolates(source: str, target: str) -> Iterator[Finding]:
    """What is isolated from the direction of the text around it ends again."""
    depth = 0
    for char in target:
        depth += (char in "\u2066\u2067\u2068") - (char == "\u2069")
        if depth < 0:
            break
    if depth:
        message = _("A direction mark is opened but not closed.")
        yield Finding("isolates", ERROR, message)


CHECKS: tuple[Callable[[str, str], Iterator[Finding]], ...] = (
    numbers,
    addresses,
    links,
    untranslated,
    length,
    isolates,
)


def _soup(fragment: str) -> BeautifulSoup:
    # In a tag, or a fragment that is an address alone is taken for one to fetch.
    return BeautifulSoup(f"<p>{fragment}</p>", "html.parser")


def _text(fragment: str) -> str:
    return _soup(fragment).get_text(" ")


def _words(fragment: str) -> list[str]:
    return _text(fragment).split()


def _numbers(fragment: str) -> Counter[int]:
    text = _ADDRESS.sub(" ", _text(fragment))
    latin = "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char
        for char in text
    )
    return Counter(int(n) for n in _NUMBER.findall(_GROUPED.sub("", latin)))


def _addresses(fragment: str) -> Counter[str]:
    return Counter(match.rstrip(".,") for match in _ADDRESS.findall(_text(fragment)))


def _link_ids(fragment: str) -> Counter[str]:
    return Counter(str(link.get("id")) for link in _soup(fragment).find_all("a"))


def _listed(numbers_found: Counter[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers_found.elements()))
