#!/usr/bin/env python3
"""Which requirement is kept where: fills in the tables of `docs/requirements.md`.

    python tools/requirements.py   writes the columns "kept in" and "shown by" again

A requirement is cited by its id in a docstring or a comment, or in a guide. What it
asks is written by hand. A test fails when an id that is cited is not explained, when
one that is explained is cited by nobody, and when the columns are not as written here.
"""

from __future__ import annotations

import ast
import re
import tokenize
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = Path("docs/requirements.md")
NOT_OURS = {"var", "locale", "node_modules"}
#: Words with the shape of an id.
ORDINARY = {"S3", "SHA-256", "T1", "UTF-8", "W001", "WGS84"}

_ID = re.compile(r"(?<![\w%/.-])[A-Z]{1,3}-?\d{1,3}(?!\w)")
_RANGE = re.compile(r"([A-Z]{1,3}-?)(\d+) ?(?:to|–) ?\1(\d+)")
_ROW = re.compile(r"^\| ([A-Z]{1,3}-?\d+) \| ([^|\n]+) \|.*$", re.MULTILINE)
_NOQA = re.compile(r"\b(?:noqa|type: ignore)\b.*")
_TEMPLATE_COMMENT = re.compile(
    r"{% comment %}(.*?){% endcomment %}|{#(.*?)#}|<!--(.*?)-->", re.DOTALL
)
_SCRIPT_COMMENT = re.compile(r"/\*(.*?)\*/|^\s*//(.*)$", re.DOTALL | re.MULTILINE)

Texts = Iterator[str]


def _python(path: Path) -> Texts:
    with tokenize.open(path) as file:
        yield " ".join(
            _NOQA.sub("", token.string).lstrip("#: ")
            for token in tokenize.generate_tokens(file.readline)
            if token.type == tokenize.COMMENT
        )
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ):
            yield ast.get_docstring(node) or ""


def _matches(pattern: re.Pattern[str]) -> Callable[[Path], Texts]:
    def read(path: Path) -> Texts:
        for found in pattern.finditer(path.read_text(encoding="utf-8")):
            yield next(filter(None, found.groups()), "")

    return read


def _whole(path: Path) -> Texts:
    yield path.read_text(encoding="utf-8")


READERS: dict[str, Callable[[Path], Texts]] = {
    ".py": _python,
    ".html": _matches(_TEMPLATE_COMMENT),
    ".js": _matches(_SCRIPT_COMMENT),
    ".css": _matches(_SCRIPT_COMMENT),
    ".md": _whole,
}


@cache
def notes(root: Path) -> list[tuple[str, str]]:
    """Return what people wrote for people, each with the file that it stands in.

    Docstrings, comments, and guides as a whole; not what programs read.
    """
    folders = [
        each
        for each in sorted(root.iterdir())
        if each.is_dir() and each.name not in NOT_OURS and each.name[0] != "."
    ]
    paths = [path for folder in folders for path in sorted(folder.rglob("*"))]
    return [
        (path.relative_to(root).as_posix(), " ".join(text.split()))
        for path in paths
        if path.suffix in READERS and path != root / FILE and path.is_file()
        for text in READERS[path.suffix](path)
    ]


def ids(text: str) -> set[str]:
    """Return the ids that a text names; a range names each one in it."""
    named = set(_ID.findall(text)) - ORDINARY
    for family, first, last in _RANGE.findall(text):
        numbers = range(int(first), int(last) + 1)
        named |= {f"{family}{number:0{len(first)}}" for number in numbers}
    return named


def citations(root: Path) -> dict[str, set[str]]:
    """Return the files that cite each id."""
    found = defaultdict(set)
    for name, text in notes(root):
        for each in ids(text):
            found[each].add(name)
    return dict(found)


def explained(root: Path) -> dict[str, str]:
    """Return what each id asks, in the order of the file."""
    return dict(_ROW.findall((root / FILE).read_text(encoding="utf-8")))


def rewritten(root: Path) -> str:
    """Return the file with its two last columns as they should be."""
    cited = citations(root)

    def row(found: re.Match[str]) -> str:
        name, sentence = found.groups()
        places = sorted(cited.get(name, ()))
        shown = [place for place in places if place.startswith(("tests/", "bench/"))]
        kept = [place for place in places if place not in shown]
        return f"| {name} | {sentence} | {_named(kept)} | {_named(shown)} |"

    return _ROW.sub(row, (root / FILE).read_text(encoding="utf-8"))


def _named(places: list[str]) -> str:
    return " ".join(f"`{place}`" for place in places) or "–"


if __name__ == "__main__":
    (ROOT / FILE).write_text(rewritten(ROOT), encoding="utf-8")
