#!/usr/bin/env python3
"""The licences of what is installed to run the product, for `THIRD_PARTY.md`.

    python tools/third_party.py   writes the generated part again

A test fails when it is not what is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = "THIRD_PARTY.md"
#: What is written lies after this line, to the end of the file.
MARK = "<!-- Written by tools/third_party.py; `make docs`. -->\n"

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", re.MULTILINE)
_CLASSIFIER = "License :: "
# Says that there is a choice, and not which.
_NO_LICENCE = {"", "Dual License"}


def pinned(root: Path) -> list[str]:
    """Return the names of the packages that the product is run with."""
    return _PINNED.findall((root / "requirements.txt").read_text(encoding="utf-8"))


def licence(package: PackageMetadata) -> str:
    """Return what a package says of its own licence.

    Its expression if it has one, else its short statement, else its classifiers.
    Raises ``ValueError`` when it says nothing: somebody must look then.
    """
    for field in ("License-Expression", "License"):
        stated = (package.get_all(field) or [""])[0].strip()
        if stated not in _NO_LICENCE and "\n" not in stated:
            return stated
    classified = [
        entry.rpartition(" :: ")[2]
        for entry in package.get_all("Classifier") or []
        if entry.startswith(_CLASSIFIER)
    ]
    if not classified:
        raise ValueError(f"{package['Name']} does not state its licence.")
    return " or ".join(sorted(classified))


def table(root: Path) -> Iterator[str]:
    """Yield the lines of the generated part."""
    yield "| package | licence, as the package states it |\n"
    yield "|---|---|\n"
    for name in sorted(pinned(root)):
        yield f"| {name} | {licence(metadata(name))} |\n"


def rewritten(root: Path) -> str:
    """Return the file as it should be. Raises ``ValueError`` if the mark is gone."""
    text = (root / FILE).read_text(encoding="utf-8")
    written_by_hand, mark, _ = text.partition(MARK)
    if not mark:
        raise ValueError(f"{FILE} has lost the line: {MARK}")
    return "".join((written_by_hand, mark, "\n", *table(root)))


if __name__ == "__main__":
    (ROOT / FILE).write_text(rewritten(ROOT), encoding="utf-8")
