"""Many articles in one file: a JSON object on each line. Pure; no database.

Members: ``id`` (what the older site calls it: the same id is the same article for
ever), ``title``, ``ingress``, ``date`` (2018-02-02), ``body`` (HTML, see
:mod:`articles.importing.fragment`); and if wanted ``slug``, ``category``, ``parent``
(public path of the list of articles), ``locale`` (sv) and ``updated`` (ISO 8601 with a
zone: the date that readers are shown).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import slugify

from articles.importing.fragment import Fragment, read_fragment

REQUIRED = ("id", "title", "ingress", "date", "body")
OPTIONAL = ("slug", "category", "parent", "locale", "updated")
LONGEST = {"id": 255, "title": 90, "ingress": 400, "slug": 255, "category": 60}
LONGEST_LINE = 1_000_000
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")


@dataclass(frozen=True)
class Rejection:
    """Why a line cannot be brought in. Lines are counted from 1."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


@dataclass(frozen=True)
class Row:
    """One article of the file, fit to become a draft as far as the file can tell."""

    line: int
    id: str
    title: str
    slug: str
    ingress: str
    day: date
    category: str
    parent: str
    updated: datetime | None
    fragment: Fragment


def read_rows(lines: Iterable[bytes]) -> Iterator[Row | list[Rejection]]:
    """Yield for each line that is not empty the article, or everything against it."""
    ids: dict[str, int] = {}
    addresses: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = _row(number, line)
        if isinstance(found, Row):
            doubles = [
                f"the {what} is that of line {first}"
                for what, first in (
                    ("id", ids.setdefault(found.id, number)),
                    (
                        "address",
                        addresses.setdefault((found.parent, found.slug), number),
                    ),
                )
                if first != number
            ]
            yield [Rejection(number, text) for text in doubles] or found
        else:
            yield [Rejection(number, text) for text in found]


def _row(number: int, line: bytes) -> Row | list[str]:
    """Return the article on a line, or what is wrong with it."""
    try:
        facts = _facts(line)
    except ValueError as error:
        return [str(error)]
    problems = [*_shape_problems(facts)]
    if problems:
        return problems
    day = _moment(facts["date"], date, "date", problems)
    updated = _moment(facts.get("updated"), datetime, "updated", problems)
    if updated is not None and updated.tzinfo is None:
        problems.append("updated needs a time zone")
    slug = facts.get("slug") or slugify(facts["title"])[: LONGEST["slug"]]
    if not _SLUG.fullmatch(slug):
        problems.append(f"“{slug}” cannot be an address")
    fragment = read_fragment(facts["body"])
    problems += [f"body: {text}" for text in fragment.problems]
    if problems or day is None:
        return problems
    parent = f"/{facts['parent'].strip('/')}/" if facts.get("parent") else ""
    return Row(
        line=number,
        id=facts["id"],
        title=facts["title"].strip(),
        slug=slug,
        ingress=facts["ingress"].strip(),
        day=day,
        category=facts.get("category", "").strip(),
        parent=parent,
        updated=updated,
        fragment=fragment,
    )


def _facts(line: bytes) -> dict[str, Any]:
    """Return the object on a line; raises ValueError with a sentence."""
    if len(line) > LONGEST_LINE:
        raise ValueError(f"the line is longer than {LONGEST_LINE:,} bytes")
    try:
        facts = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise ValueError("not UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON ({error})") from error
    if not isinstance(facts, dict):
        raise ValueError("not a JSON object")
    return {name: value for name, value in facts.items() if value is not None}


def _shape_problems(facts: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the members before anybody looks inside."""
    for name in REQUIRED:
        if name not in facts:
            yield f"{name} is missing"
    for name, value in facts.items():
        if name not in REQUIRED and name not in OPTIONAL:
            yield f"there is no member {name}"
        elif not isinstance(value, str):
            yield f"{name} is not a text"
        elif "\0" in value:
            yield f"{name} contains the NUL character"
        elif name in REQUIRED and not value.strip():
            yield f"{name} is empty"
        elif len(value) > LONGEST.get(name, len(value)):
            yield f"{name} is longer than {LONGEST[name]} characters"
    if facts.get("locale", "sv") != "sv":
        yield "articles are brought in in Swedish and translated at the desk"


def _moment(text: str | None, kind: Any, name: str, problems: list[str]) -> Any:
    if text is None:
        return None
    try:
        return kind.fromisoformat(text)
    except ValueError:
        problems.append(f"{name}: “{text[:40]}” is no date")
        return None
