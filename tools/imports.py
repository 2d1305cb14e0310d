"""Which files of the project a file of it imports, read from the text alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_DOTTED = re.compile(r"^[a-z_]\w*(?:\.\w+)+$")


@cache
def imported(file: Path, root: Path = ROOT) -> frozenset[Path]:
    """What ``file`` imports, anywhere in it, and what it names as a dotted string.

    To import a module is to import the packages around it too.
    """
    tree = ast.parse(file.read_bytes(), filename=str(file))
    return frozenset(found for name in _names(tree) for found in _files(name, root))


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _DOTTED.findall(node.value)


@cache
def _files(name: str, root: Path) -> frozenset[Path]:
    """The module of a dotted name and the packages around it, if they are ours."""
    found = []
    place = root
    for part in name.split("."):
        place /= part
        found += [place.with_name(f"{part}.py"), place / "__init__.py"]
        if not place.is_dir():
            break
    return frozenset(file for file in found if file.is_file())
