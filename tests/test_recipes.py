"""The recipes of `docs/contributing.md` are true: each line stands in working code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from cms.reading.models import Language
from tests.factories.fixtures import site, site_of_the_module

__all__ = ["site", "site_of_the_module"]

ROOT = Path(settings.BASE_DIR)
GUIDE = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
_RECIPES = GUIDE.partition("\n## Recipes\n")[2].partition("\n## ")[0]
_SNIPPET = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^(?:#|//|\{#) (\S+)")
#: Stands for lines that the guide leaves out.
LEFT_OUT = "…\n"
NEEDED = ("A field", "A block", "A page type", "A language", "A check", "A route")


def snippets() -> list[tuple[str, str]]:
    """What is quoted, with the file that it is from."""
    found = (text for kind, text in _SNIPPET.findall(_RECIPES) if kind != "sh")
    return [(_FILE.match(text)[1], text.partition("\n")[2]) for text in found]


def missing(quoted: str, code: str) -> list[str]:
    """The quoted pieces that do not stand in the code, one after the other."""
    lost, rest = [], code
    for piece in quoted.split(LEFT_OUT):
        before, found, rest = rest.partition(piece.strip("\n"))
        if not found:
            lost.append(piece)
            rest = before
    return lost


@pytest.mark.parametrize(("file", "quoted"), snippets())
def test_what_a_recipe_quotes_is_in_the_file_that_it_names(file, quoted):
    assert missing(quoted, (ROOT / file).read_text(encoding="utf-8")) == []


def test_a_line_that_is_no_longer_so_is_found():
    assert missing("a = 1\n…\nb = 2\n", "b = 2\na = 1\n") == ["b = 2\n"]


def test_there_is_a_recipe_for_each_thing_that_is_added():
    headings = re.findall(r"^### (.+)$", _RECIPES, re.MULTILINE)

    assert [
        name for name in NEEDED if not any(h.startswith(name) for h in headings)
    ] == []


@pytest.mark.usefixtures("site")
def test_commands_of_the_recipes_do_what_they_say():
    commands = [text for kind, text in _SNIPPET.findall(_RECIPES) if kind == "sh"]
    for line in "".join(commands).splitlines():
        python, manage, *rest = shlex.split(line)
        assert (python, manage) == ("python", "manage.py")
        call_command(*rest)

    assert Language.objects.filter(tag="uk").exists()


def test_app_of_the_recipes_is_named_nowhere_in_the_product():
    named = [
        path
        for path in (ROOT / "cms").rglob("*.*")
        if path.suffix in {".py", ".html", ".json"}
        and "example_app" in path.read_text(encoding="utf-8")
    ]

    assert named == []
