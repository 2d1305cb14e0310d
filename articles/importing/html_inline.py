"""Inline HTML: text with links and emphasis, rebuilt from scratch and sanitised.

Nothing of the source's own markup is copied. What comes out is made of strong, em, a
and br, and nh3 looks at it once more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import nh3
from bs4 import Tag

from articles.importing.lines import single_spaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bs4 import PageElement

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
TAGS = frozenset({"p", "a", "strong", "em", "ul", "ol", "li", "br", "h3"})
_STRONG = ("strong", "b")
_EMPHASIS = ("em", "i", "cite", "dfn")
_BREAKING = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "dt", "dd", "tr", "blockquote", "pre"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "section", "address"}
)


@dataclass(frozen=True)
class Run:
    """A stretch of text with one look. A run without text is a line break."""

    text: str
    href: str = ""
    strong: bool = False
    emphasis: bool = False


BREAK = Run("")


@dataclass(frozen=True)
class Segment:
    """One line of inline content."""

    text: str
    html: str
    href: str
    lost_links: tuple[tuple[str, str], ...]


def segments(nodes: Iterable[PageElement], base: str) -> list[Segment]:
    """Return the lines of some inline nodes; an empty one stands for a gap."""
    runs = [run for node in nodes for run in _runs(node, Run(""))]
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.text:
            lines[-1].append(run)
        else:
            lines.append([])
    return [_segment(line, base) for line in lines]


def sanitise(html: str) -> str:
    """Return html with nothing in it but what a document may hold."""
    if "<" not in html:
        return html
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": {"href"}},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def full_address(href: str, base: str) -> str:
    """Return an address that works from anywhere, or nothing."""
    try:
        joined = urljoin(base, href.strip()) if base else href.strip()
        parts = urlsplit(joined)
    except ValueError:
        return ""
    if parts.scheme.lower() not in SCHEMES or re.search(r"[\s<>\"]", joined):
        return ""
    return joined if parts.netloc or parts.scheme in ("mailto", "tel") else ""


def _runs(node: PageElement, look: Run) -> Iterator[Run]:
    if not isinstance(node, Tag):
        text = str(node)
        if text:
            yield Run(text, look.href, look.strong, look.emphasis)
        return
    name = node.name
    if name in _BREAKING:
        yield BREAK
    quotes = ("”", "”") if name == "q" else ("", "")
    href = str(node.get("href") or "").strip() if name == "a" else ""
    inner = Run(
        "",
        href or look.href,
        look.strong or name in _STRONG,
        look.emphasis or name in _EMPHASIS,
    )
    if quotes[0]:
        yield Run(quotes[0], look.href, look.strong, look.emphasis)
    for child in node.children:
        yield from _runs(child, inner)
    if quotes[1]:
        yield Run(quotes[1], look.href, look.strong, look.emphasis)
    if name in _BREAKING and name != "br":
        yield BREAK


def _segment(runs: Sequence[Run], base: str) -> Segment:
    tidied = _tidy(runs)
    text = "".join(run.text for run in tidied)
    lost: list[tuple[str, str]] = []
    html = ""
    for href, linked in groupby(tidied, key=lambda run: run.href):
        parts = list(linked)
        inner = _with_looks(parts)
        address = full_address(href, base) if href else ""
        if address:
            html += f'<a href="{escape(address)}">{inner}</a>'
            continue
        html += inner
        if href and not href.startswith("#"):
            lost.append(("".join(run.text for run in parts).strip(), href[:200]))
    return Segment(text, sanitise(html), _only_href(tidied, text), tuple(lost))


def _with_looks(runs: Iterable[Run]) -> str:
    html = ""
    for (strong, emphasis), alike in groupby(
        runs, key=lambda run: (run.strong, run.emphasis)
    ):
        words = escape("".join(run.text for run in alike), quote=False)
        if words.strip():
            words = f"<em>{words}</em>" if emphasis else words
            words = f"<strong>{words}</strong>" if strong else words
        html += words
    return html


def _tidy(runs: Sequence[Run]) -> list[Run]:
    """Collapse white space across runs, and take it off the ends."""
    tidied: list[Run] = []
    for run in runs:
        text = single_spaces(run.text)
        if not tidied or tidied[-1].text[-1].isspace():
            text = text.lstrip()
        if text:
            tidied.append(Run(text, run.href, run.strong, run.emphasis))
    while tidied and not (stripped := tidied[-1].text.rstrip()):
        tidied.pop()
    if tidied:
        last = tidied.pop()
        tidied.append(Run(stripped, last.href, last.strong, last.emphasis))
    return tidied


def _only_href(runs: Sequence[Run], text: str) -> str:
    """Return the address as written when a line is one link, and little else.

    «(pdf, 1 MB)» may stand beside it.
    """
    hrefs = {run.href for run in runs if run.href and run.text.strip()}
    if len(hrefs) != 1:
        return ""
    covered = sum(len(run.text.strip()) for run in runs if run.href)
    beside = "".join(run.text for run in runs if not run.href).strip()
    if covered * 2 < len(text) and not beside.startswith("("):
        return ""
    (href,) = hrefs
    if href.startswith("#") or href.lower().startswith("javascript:"):
        return ""
    return href
