"""Every requirement that code, templates, tests or guides name is explained.

If a test here fails: explain the id in ``docs/requirements.md``, or take its row out
when nobody names it any more, and run ``make docs``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from tools import requirements as tool

ROOT = Path(settings.BASE_DIR)
#: Ways to point at papers that are not in the repository.
_ELSEWHERE = re.compile(
    r"§ ?\d|\b(?:domain|product|design) (?:report|rules?|requirements?)\b"
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "cms").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / tool.FILE).write_text(
        "| id | what it asks |\n|---|---|\n| R-01 | One. |\n| R-02 | Two. | old |\n"
    )
    (tmp_path / "cms/rules.py").write_text('"""Rules (R-01)."""\n')
    (tmp_path / "tests/test_rules.py").write_text("# R-01 to R-02\n")
    return tmp_path


def test_what_is_cited_is_explained():
    known = tool.explained(ROOT)
    unknown = {
        name: sorted(files)
        for name, files in tool.citations(ROOT).items()
        if name not in known
    }

    assert unknown == {}


def test_what_is_explained_is_cited():
    cited = tool.citations(ROOT)

    assert [name for name in tool.explained(ROOT) if name not in cited] == []


def test_places_are_those_that_there_are():
    assert tool.rewritten(ROOT) == (ROOT / tool.FILE).read_text(encoding="utf-8")


def test_each_is_explained_once_and_in_a_sentence():
    text = (ROOT / tool.FILE).read_text(encoding="utf-8")
    names = re.findall(r"^\| ([A-Z]+-?\d+) \|", text, re.MULTILINE)

    assert names == list(tool.explained(ROOT))
    assert [
        name
        for name, sentence in tool.explained(ROOT).items()
        if not sentence.endswith((".", ".)"))
    ] == []


def test_nothing_points_at_papers_that_are_not_here():
    pointing = {
        f"{name}: {found.group()}"
        for name, text in tool.notes(ROOT)
        if (found := _ELSEWHERE.search(text))
        and name != "tests/tools/" + Path(__file__).name
    }

    assert pointing == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cms/a.py", '"""A thing (X-7)."""\n'),
        ("cms/a.py", "class A:\n    def b(self):\n        '''X-7.'''\n"),
        ("cms/a.py", "A = 1  #: Seconds (X-7).\n"),
        ("cms/a.html", "{% comment %}\nShown (X-7).\n{% endcomment %}\n"),
        ("cms/a.html", "{# Shown (X-7) #}"),
        ("cms/a.js", "// Shown (X-7).\n"),
        ("cms/a.css", "a { } /* Shown\n (X-7) */\n"),
        ("docs/a.md", "Shown (X-7).\n"),
        ("tests/a.py", "# X-5 to\n#  X-9\n"),
    ],
)
def test_note_that_cites_is_found(tree, name, text):
    (tree / name).write_text(text)

    assert "X-7" in tool.citations(tree)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cms/a.py", 'KEY = "X7"\n'),
        ("cms/a.py", "import random  # noqa: S311\n"),
        ("cms/a.py", '"""Text as UTF-8, on S3, at /%C3/."""\n'),
        ("cms/a.svg", "<path d='M12 3'/>"),
        ("cms/a.js", 'const D = "M12 3";\n'),
        ("cms/a.html", "<p>X7</p>"),
        ("var/a.py", "# X-7\n"),
    ],
)
def test_what_only_looks_like_an_id_is_no_citation(tree, name, text):
    (tree / name).parent.mkdir(exist_ok=True)
    (tree / name).write_text(text)

    assert set(tool.citations(tree)) == {"R-01", "R-02"}


def test_columns_are_written_and_the_rest_is_left(tree):
    assert tool.rewritten(tree) == (
        "| id | what it asks |\n|---|---|\n"
        "| R-01 | One. | `cms/rules.py` | `tests/test_rules.py` |\n"
        "| R-02 | Two. | – | `tests/test_rules.py` |\n"
    )
