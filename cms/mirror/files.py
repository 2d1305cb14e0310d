"""Files that pages name: styles and scripts, pictures, films and downloads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import default_storage

from cms.log.files import public_name
from cms.mirror.asking import Response
from cms.mirror.state import Held
from cms.mirror.tree import Tree

_PATH = re.compile(
    re.escape(settings.MEDIA_URL) + r"files/[0-9a-f]{64}/[A-Za-z0-9._-]+"
)


def named(answer: Response) -> list[str]:
    """Return the paths of the files of this site that an answer names."""
    if answer.status != 200 or not answer.content_type.startswith(
        ("text/html", "application/json")
    ):
        return []
    return sorted(set(_PATH.findall(answer.body.decode())))


def static(tree: Tree) -> None:
    """Take over what was collected, or what there would be to collect."""
    if settings.STATIC_ROOT and Path(settings.STATIC_ROOT).is_dir():
        root = Path(settings.STATIC_ROOT)
        for path in sorted(root.rglob("*")):
            if path.is_file():
                tree.copy(f"files/static/{path.relative_to(root)}", path)
        return
    for finder in get_finders():
        for name, storage in finder.list(["CVS", ".*", "*~"]):
            if (
                name.startswith("site/")
                and not (tree.folder / "files/static" / name).exists()
            ):
                tree.copy(f"files/static/{name}", Path(storage.path(name)))


def media(tree: Tree, answers: Iterable[Held]) -> None:
    """Take over every file that a page names, unless it is read on another host."""
    for path in sorted({path for held in answers for path in held.media}):
        name = public_name(path)
        if name and path.startswith("/") and default_storage.exists(name):
            with default_storage.open(name) as file:
                tree.write(f"files{path}", file.read())
