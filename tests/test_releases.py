"""The version stands in one place, and every release says what to do about it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

import cms

ROOT = Path(settings.BASE_DIR)
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
RELEASES = re.findall(
    r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", CHANGELOG, re.MULTILINE
)


def test_newest_release_of_the_changelog_is_the_version():
    assert RELEASES[0][0] == cms.__version__


def test_releases_stand_newest_first_below_what_is_not_released():
    numbers = [tuple(map(int, number.split("."))) for number, _ in RELEASES]
    days = [day for _, day in RELEASES]

    assert numbers == sorted(set(numbers), reverse=True)
    assert days == sorted(days, reverse=True)
    assert CHANGELOG.index("## [Unreleased]") < CHANGELOG.index(f"## [{RELEASES[0][0]}")


@pytest.mark.parametrize("name", ["Unreleased", *(number for number, _ in RELEASES)])
def test_each_release_has_an_upgrade_note(name):
    _, _, notes = CHANGELOG.partition("\n## Upgrading\n")

    assert re.search(rf"^### To {re.escape(name)}\n\n\S", notes, re.MULTILINE)


def test_package_has_no_version_of_its_own():
    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert "version" not in described["project"]
    assert described["tool"]["setuptools"]["dynamic"]["version"] == {
        "attr": "cms.__version__"
    }


def test_command_prints_the_version(capsys):
    call_command("version")

    assert capsys.readouterr().out == f"{cms.__version__}\n"


@pytest.mark.parametrize("options", [["version"], ["version", "--help"]])
def test_command_line_asks_ours_and_not_djangos(options):
    """Settings that do not start are no hindrance: that is when one asks."""
    told = subprocess.run(
        [sys.executable, "manage.py", *options],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "cms.settings.production"},
        capture_output=True,
        text=True,
        check=True,
    )

    wanted = "Kommun CMS" if "--help" in options else f"{cms.__version__}\n"
    assert wanted in told.stdout
