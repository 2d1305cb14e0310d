"""Run the tests that the uncommitted change touches, and say which and why.

A file touches the tests in the folder of the same name (``cms/gate/rules.py`` those in
``tests/cms/gate``), and those that import it themselves or name it. What lies between, a
test that imports what imports the file, is left to ``make test``; and so is what nearly
every test imports.

The arguments are the command that runs tests; the names of the tests are added to it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.imports import ROOT, imported

#: What more files of tests import or name than this, is not what one of them is about.
_MOST = 40


@dataclass
class Choice:
    """Files and folders of tests, each with why; and what was too much to choose."""

    tests: dict[Path, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


class Suite:
    """The tests below a folder, as files that import and name others."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.folder = root / "tests"
        self.files = sorted(self.folder.rglob("test_*.py"))

    def touched(self, changed: Iterable[Path]) -> Choice:
        """What a change to these files touches."""
        choice = Choice()
        for file in changed:
            name = file.relative_to(self.root)
            for reason, tests in self._touched_by(file):
                if len(tests) > _MOST:
                    choice.left_out.append(f"{len(tests)} files {reason} {name}")
                    continue
                for test in tests:
                    choice.tests.setdefault(test, f"{reason} {name}")
        for test in list(choice.tests):
            if any(parent in choice.tests for parent in test.parents):
                del choice.tests[test]
        return choice

    def _touched_by(self, file: Path) -> Iterator[tuple[str, list[Path]]]:
        """Files or folders of tests by what they have to do with a file."""
        own = self.folder if file.is_relative_to(self.folder) else None
        if file in self.files:
            yield "is", [file]
        elif own and (file.name == "conftest.py" or file.suffix != ".py"):
            folder = self._with_tests(file.parent)
            yield "has", self.files if folder == own else [folder]
        else:
            if not own:
                yield "is about", self._folder_of(file)
            importing = [each for each in self.files if file in self._imports(each)]
            yield "imports", importing
        if file.name != "__init__.py":
            naming = [
                each for each in self.files if file.name in each.read_text("utf-8")
            ]
            yield "names", naming

    def _folder_of(self, file: Path) -> list[Path]:
        folder = self._with_tests(self.folder / file.relative_to(self.root).parent)
        return [] if folder == self.folder else [folder]

    def _with_tests(self, folder: Path) -> Path:
        """The folder, or the nearest around it that has tests."""
        while not any(each.is_relative_to(folder) for each in self.files):
            folder = folder.parent
        return folder

    def _imports(self, test: Path) -> set[Path]:
        """What a test imports, itself or through helpers in its own folder."""
        found = set(imported(test, self.root))
        for helper in [each for each in found if each.parent == test.parent]:
            found |= imported(helper, self.root)
        return found


def changed_files() -> list[Path]:
    """What differs from the last commit, and what git has not seen."""
    differing = _git("diff", "--name-only", "--no-renames", "HEAD")
    new = _git("ls-files", "--others", "--exclude-standard")
    return [ROOT / name for name in differing + new]


def _git(*arguments: str) -> list[str]:
    ran = subprocess.run(
        ["git", "-c", "core.quotePath=false", *arguments],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return ran.stdout.splitlines()


def main(command: list[str]) -> int:
    """Choose, tell, run; the exit status is that of the tests."""
    choice = Suite().touched(changed_files())
    for test, reason in sorted(choice.tests.items()):
        print(f"{test.relative_to(ROOT)} {reason}")
    for reason in choice.left_out:
        print(f"Left to `make test`: {reason}")
    if not choice.tests:
        print("The uncommitted change touches no test; `make test` runs them all.")
        return 0
    names = [str(test.relative_to(ROOT)) for test in sorted(choice.tests)]
    return subprocess.run([*command, *names], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
