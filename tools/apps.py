#!/usr/bin/env python3
"""The list of our packages (``installed.py``), for the tools that need it.

    python tools/apps.py packages   the folders that hold our code and templates
    python tools/apps.py labels     the labels that `makemigrations` knows our apps by
    python tools/apps.py layers     check that each layer imports only what is below it

The layers of the product stand in ``pyproject.toml``; the apps stand on top of them, and
each may import those before it in the list.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from installed import APPS, PACKAGES, PRODUCT  # noqa: E402

_LAYERS = ROOT / "var" / "layers.toml"
_APPS_AND_THE_ENGINE = {
    "name": "No app knows wagtail-localize",
    "type": "forbidden",
    "source_modules": APPS,
    "forbidden_modules": ["wagtail_localize"],
    "allow_indirect_imports": True,
}


def labels() -> list[str]:
    """Return the label of each of our apps, as Django knows it."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    ours = {*PRODUCT, *APPS}
    return [config.label for config in apps.get_app_configs() if config.name in ours]


def layers() -> int:
    """Run import-linter over the product and the apps; return its exit status."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    linter = settings["tool"]["importlinter"]
    linter["root_packages"] += APPS
    for contract in linter["contracts"]:
        if contract["type"] == "layers":
            contract["layers"] = [*reversed(APPS), *contract["layers"]]
    linter["contracts"].append(_APPS_AND_THE_ENGINE)
    _LAYERS.parent.mkdir(exist_ok=True)
    _LAYERS.write_text("\n".join(_as_toml(linter)), encoding="utf-8")
    linter_itself = Path(sys.executable).with_name("lint-imports")
    command = [str(linter_itself), "--config", str(_LAYERS)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _as_toml(linter: dict[str, Any]) -> Iterator[str]:
    """Write lists, strings and flags: what JSON and TOML spell alike."""
    contracts = linter.pop("contracts")
    for heading, table in (
        ("[tool.importlinter]", linter),
        *(("[[tool.importlinter.contracts]]", contract) for contract in contracts),
    ):
        yield heading
        yield from (f"{key} = {json.dumps(value)}" for key, value in table.items())


def main() -> int:
    """Run one command; the exit status is 0 only when all is well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("packages", "labels", "layers"))
    command = parser.parse_args().command
    if command == "layers":
        return layers()
    print(*(labels() if command == "labels" else PACKAGES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
