"""From a fragment of HTML, as an older site's database keeps it, to blocks of a body.

Takes only what an editor could have written here; anything else is a problem that names
the tag, because what is left out of thousands of pages nobody would notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

LONGEST_HEADING = 120
INLINE_TAGS = {"a": "a", "b": "b", "strong": "b", "i": "i", "em": "i", "br": "br"}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_HEADINGS = {"h2": 2, "h3": 3}

Block = dict[str, Any]


@dataclass
class Fragment:
    """The blocks of a fragment, the addresses on this site that it links to, and what
    is wrong with it."""

    blocks: list[Block] = field(default_factory=list)
    local_links: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


def read_fragment(source: str) -> Fragment:
    """Return the blocks of ``source``; when there are problems they are incomplete."""
    fragment = Fragment()
    level = 1
    for node in BeautifulSoup(source, "html.parser").contents:
        if _is_blank(node):
            continue
        if not isinstance(node, Tag):
            fragment.problems.append(f"text outside a paragraph: “{_start(str(node))}”")
        elif node.name in _HEADINGS:
            level = _heading(node, level, fragment)
        elif node.name in _READERS:
            _READERS[node.name](node, fragment)
        else:
            fragment.problems.append(f"<{node.name}> cannot be brought in")
    return fragment


def _is_blank(node: Any) -> bool:
    if isinstance(node, Comment):
        return True
    return isinstance(node, NavigableString) and not node.strip()


def _start(text: str) -> str:
    return text.strip()[:40]


def _heading(tag: Tag, level: int, fragment: Fragment) -> int:
    """Take a heading; return its level. Levels do not skip (R-20)."""
    found, text = _HEADINGS[tag.name], tag.get_text(" ", strip=True)
    if found > level + 1:
        fragment.problems.append(f"the heading “{_start(text)}” skips a level")
    if not text or len(text) > LONGEST_HEADING:
        fragment.problems.append(
            f"a heading needs 1 to {LONGEST_HEADING} characters: “{_start(text)}”"
        )
    fragment.blocks.append({"type": "heading", "level": found, "text": text})
    return found


def _paragraph(tag: Tag, fragment: Fragment) -> None:
    inner = _inline(tag, fragment)
    if inner.strip():
        fragment.blocks.append({"type": "paragraph", "html": f"<p>{inner}</p>"})


def _list(tag: Tag, fragment: Fragment) -> None:
    items = []
    for child in tag.contents:
        if isinstance(child, Tag) and child.name == "li":
            items.append(_inline(child, fragment))
        elif not _is_blank(child):
            fragment.problems.append(f"a list holds something else than items: {child}")
    if items:
        ordered = tag.name == "ol"
        fragment.blocks.append({"type": "list", "ordered": ordered, "items": items})


_READERS: dict[str, Callable[[Tag, Fragment], None]] = {
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
}


def _inline(tag: Tag, fragment: Fragment) -> str:
    return "".join(_pieces(tag, fragment)).strip()


def _pieces(tag: Tag, fragment: Fragment) -> Iterator[str]:
    """Yield the running text in a tag, as Wagtail stores it."""
    for node in tag.contents:
        if not isinstance(node, Tag):
            if not isinstance(node, Comment):
                yield escape(str(node), quote=False)
            continue
        name = INLINE_TAGS.get(node.name)
        if name is None:
            fragment.problems.append(f"<{node.name}> inside text cannot be brought in")
        elif name == "br":
            yield "<br/>"
        elif name == "a":
            yield _link(node, fragment)
        else:
            yield f"<{name}>{''.join(_pieces(node, fragment))}</{name}>"


def _link(tag: Tag, fragment: Fragment) -> str:
    """Return a link; one to this site keeps its path until the page is looked up."""
    href = str(tag.get("href", "")).strip()
    inner = "".join(_pieces(tag, fragment))
    if href.startswith("/") and not href.startswith("//"):
        fragment.local_links.add(href)
    elif not href.lower().startswith(_SCHEMES):
        fragment.problems.append(f"a link leads to “{_start(href)}”")
    return f'<a href="{escape(href)}">{inner}</a>'
