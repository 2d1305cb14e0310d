"""What the repository says of itself leads somewhere, and the forge asks what we ask."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAPERS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(paper: Path) -> set[str]:
    """The headings of a paper, as a forge makes addresses of them."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in _HEADING.findall(paper.read_text(encoding="utf-8"))
    }


def dead_links(paper: Path) -> list[str]:
    dead = []
    for path, anchor in _LINK.findall(paper.read_text(encoding="utf-8")):
        target = paper.parent / path if path else paper
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(f"{path}#{anchor}" if anchor else path)
    return dead


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_links_lead_somewhere(paper):
    assert dead_links(paper) == []


def test_dead_link_is_found(tmp_path):
    paper = tmp_path / "a.md"
    paper.write_text("# Go on\n[a](a.md#go-on) [b](#no) [c](b.md) [d](https://k.se/)")

    assert dead_links(paper) == ["#no", "b.md"]


def test_readme_names_every_guide():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    guides = [path.name for path in (ROOT / "docs").glob("*.md")]

    assert [name for name in guides if f"(docs/{name})" not in readme] == []


def test_forge_calls_what_we_call_and_nothing_else():
    (workflow,) = (ROOT / ".github/workflows").iterdir()
    described = yaml.safe_load(workflow.read_text(encoding="utf-8"))

    (job,) = described["jobs"].values()
    checkout, python, run = job["steps"]
    assert checkout["uses"].startswith("actions/checkout@")
    assert python["uses"].startswith("actions/setup-python@")
    assert run == {"run": ".ci/run"}
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert described["permissions"] == {"contents": "read"}


def test_forge_runs_the_oldest_python_that_is_promised():
    (workflow,) = (ROOT / ".github/workflows").iterdir()
    described = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    promised = re.search(
        r'^requires-python = ">=([\d.]+)"$',
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
        re.MULTILINE,
    )

    (job,) = described["jobs"].values()
    assert promised
    assert job["strategy"]["matrix"]["python"][0] == promised[1]
    assert job["steps"][1]["with"]["python-version"] == "${{ matrix.python }}"
    assert job["env"]["PYTHON"] == "python"


def test_editors_are_told_the_length_that_the_formatter_takes():
    told = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    taken = re.search(
        r"^line-length = (\d+)$",
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
        re.MULTILINE,
    )

    assert taken
    assert f"max_line_length = {taken[1]}\n" in told
