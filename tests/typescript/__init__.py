"""A program of an integrator's against the API's description, as TypeScript checks it.

The types are made by openapi-typescript, as the guide for front ends says. Both tools
are installed by `make setup-dev` into ``.venv/typescript``.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings

_HOME = Path(settings.BASE_DIR) / ".venv" / "typescript" / "node_modules"
_STRICTLY = ("--noEmit", "--strict", "--target", "es2022")
_NODE = Path(settings.BASE_DIR) / ".venv" / "bin" / "node"


def faults(description: dict[str, Any], program: str, folder: Path) -> str:
    """Return what TypeScript says of a program; empty when it is right.

    ``program`` imports from ``./api``, which is made of the description. Raises
    ``CalledProcessError`` when no types can be made of that.
    """
    (folder / "openapi.json").write_text(json.dumps(description), encoding="utf-8")
    (folder / "program.ts").write_text(program, encoding="utf-8")
    _run("openapi-typescript/bin/cli.js", "openapi.json", "-o", "api.ts", cwd=folder)
    try:
        _run("typescript/bin/tsc", *_STRICTLY, "program.ts", cwd=folder)
    except subprocess.CalledProcessError as error:
        return str(error.stdout)
    return ""


def _run(script: str, *arguments: str, cwd: Path) -> None:
    subprocess.run(
        [_NODE, _HOME / script, *arguments],
        cwd=cwd,
        check=True,
        capture_output=True,
        text=True,
    )
