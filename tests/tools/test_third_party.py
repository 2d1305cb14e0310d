"""`THIRD_PARTY.md` names whatever of others is run or served."""

from __future__ import annotations

import re
from email.message import Message
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders

from tools import third_party as tool

ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / tool.FILE).read_text(encoding="utf-8")
_OF_OTHERS = re.compile(r"@license|@preserve|copyright|\(c\) ?\d{4}|©", re.IGNORECASE)


def served_files() -> dict[Path, str]:
    """Every static file that is collected, with what it is called."""
    return {
        Path(storage.path(name)): name
        for finder in finders.get_finders()
        for name, storage in finder.list(None)
    }


def package(**fields: str | list[str]) -> Any:
    made = Message()
    for name, values in fields.items():
        for value in [values] if isinstance(values, str) else values:
            made[name.replace("_", "-")] = value
    return made


def test_licences_are_those_of_what_is_installed():
    """If it fails: `make docs`, and look at what is new."""
    assert tool.rewritten(ROOT) == TEXT


def test_every_package_that_is_run_is_named():
    named = set(re.findall(r"^\| (\S+) \| [^|]+ \|$", TEXT, re.MULTILINE))

    assert set(tool.pinned(ROOT)) - named == set()
    assert len(tool.pinned(ROOT)) > 40


@pytest.mark.parametrize("change", ["left out", "another licence"])
def test_package_left_out_or_changed_is_found(tmp_path, change):
    (tmp_path / "requirements.txt").write_text("polib==1.2.0 \\\n    --hash=x\n")
    line = "" if change == "left out" else "| polib | Proprietary |\n"
    (tmp_path / tool.FILE).write_text(f"By hand.\n{tool.MARK}\n{line}")

    wanted = tool.rewritten(tmp_path)

    assert wanted != (tmp_path / tool.FILE).read_text()
    assert wanted.startswith("By hand.\n")
    assert wanted.endswith("| polib | MIT |\n")


def test_lost_mark_is_told(tmp_path):
    (tmp_path / tool.FILE).write_text("By hand.\n")

    with pytest.raises(ValueError, match="lost"):
        tool.rewritten(tmp_path)


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License_Expression": "MIT", "License": "old words"}, "MIT"),
        ({"License": "BSD-3-Clause"}, "BSD-3-Clause"),
        (
            {
                "License": "Dual License",
                "Classifier": [
                    "License :: OSI Approved :: BSD License",
                    "License :: OSI Approved :: Apache Software License",
                    "Topic :: Text",
                ],
            },
            "Apache Software License or BSD License",
        ),
        (
            {
                "License": "The whole\ntext",
                "Classifier": "License :: OSI Approved :: MIT License",
            },
            "MIT License",
        ),
    ],
)
def test_licence_is_what_the_package_says_most_exactly(fields, licence):
    assert tool.licence(package(**fields)) == licence


def test_package_that_says_nothing_stops_the_tool():
    with pytest.raises(ValueError, match="does not state"):
        tool.licence(package(Name="mystery"))


def test_whoever_brings_static_files_is_named_among_what_is_served():
    _, _, served = TEXT.partition("## Served by the site")
    served, _, _ = served.partition("\n## ")
    of_modules = packages_distributions()
    brought_by = {
        of_modules[config.module.__name__.partition(".")[0]][0].lower()
        for config in apps.get_app_configs()
        if ROOT not in Path(config.path).parents or "site-packages" in config.path
        if any(Path(config.path) in file.parents for file in served_files())
    }

    assert {"wagtail", "django-leaflet"} <= brought_by
    assert [name for name in brought_by if f"| {name} |" not in served] == []


def test_static_files_of_the_repository_are_ours():
    ours = [file for file in served_files() if "site-packages" not in file.parts]

    assert len(ours) > 10
    assert [
        file.name
        for file in ours
        if _OF_OTHERS.search(file.read_text(encoding="utf-8", errors="ignore"))
    ] == []
