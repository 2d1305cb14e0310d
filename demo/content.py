"""The texts of the demo, read from the files beside this module."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def site() -> dict[str, Any]:
    """Return front page, news list, contact block and accessibility statement."""
    return json.loads((FOLDER / "site.json").read_text(encoding="utf-8"))


@cache
def emergency() -> dict[str, Any]:
    """Return the emergency numbers, in Swedish and translated."""
    return json.loads((FOLDER / "emergency.json").read_text(encoding="utf-8"))


@cache
def articles() -> list[dict[str, Any]]:
    """Return the articles, oldest number first."""
    files = sorted((FOLDER / "articles").glob("*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]
