"""A strict reader of HTML: what a browser would mend in silence is a fault here."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
ONLY_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
}
PHRASING_ONLY = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "span",
        "strong",
        "em",
        "small",
        "cite",
        "summary",
        "bdi",
    ]
)
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


class StrictReader(HTMLParser):
    """Collects every fault of one document in ``faults``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.references: set[str] = set()
        self.headings: list[int] = []
        self.has_doctype = False

    def handle_decl(self, decl: str) -> None:
        self.has_doctype = decl.lower() == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._place(tag)
        self._attributes(tag, attrs)
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._place(tag)
        self._attributes(tag, attrs)
        if tag not in VOID and "svg" not in self.open:
            self.faults.append(f"<{tag}/> is not closed by its slash")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.faults.append(f"</{tag}> of a void element")
        elif not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1:]}>")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] in ONLY_CHILDREN:
            self.faults.append(f"text {data.strip()[:30]!r} in <{self.open[-1]}>")

    def _place(self, tag: str) -> None:
        parent = self.open[-1] if self.open else ""
        if tag not in ONLY_CHILDREN.get(parent, {tag}):
            self.faults.append(f"<{tag}> in <{parent}>")
        if tag in BLOCK and PHRASING_ONLY & set(self.open):
            self.faults.append(f"<{tag}> in running text of {self.open[-3:]}")
        if tag in {"a", "button"} and {"a", "button"} & set(self.open):
            self.faults.append(f"<{tag}> in a link")

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _value in attrs)
        values = dict(attrs)
        self.faults += [f"{name} twice on <{tag}>" for name in names if names[name] > 1]
        if "id" in values:
            self.ids[values["id"] or ""] += 1
        for name in REFERENCES:
            self.references.update((values.get(name) or "").split())
        href = values.get("href") or ""
        if tag == "a" and href.startswith("#"):
            self.references.add(href[1:])
        for name in ("lang", "hreflang", "dir", "href", "src"):
            if name in values and not values[name]:
                self.faults.append(f"empty {name} on <{tag}>")
        if values.get("dir", "ltr") not in {"ltr", "rtl", "auto"}:
            self.faults.append(f"dir={values['dir']} on <{tag}>")
        if tag == "img" and "alt" not in values:
            self.faults.append("<img> without alt")


def faults(html: str) -> list[str]:
    """Return what is wrong with a whole page; nothing when all is well."""
    reader = StrictReader()
    reader.feed(html)
    reader.close()
    found = reader.faults
    if not reader.has_doctype:
        found.append("no doctype")
    found += [f"<{tag}> is never closed" for tag in reader.open]
    found += [f"id {name!r} twice" for name, n in reader.ids.items() if n > 1]
    found += [f"no id {name!r}" for name in reader.references - set(reader.ids)]
    if reader.headings.count(1) != 1:
        found.append(f"{reader.headings.count(1)} h1")
    for before, after in zip([0, *reader.headings], reader.headings, strict=False):
        if after > before + 1:
            found.append(f"h{after} after h{before}")
    return found
