"""Files that pages name: styles and scripts, pictures, films and downloads."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import default_storage

from cms.mirror.asking import Response, Site
from cms.mirror.state import Held
from cms.mirror.tree import Tree

_PATH = re.compile(r"/(?:media|documents)/[^\s\"'<>,)\\]+")
_PLAIN = re.compile(r"[^\x00/]+")


def named(answer: Response) -> list[str]:
    """Return the paths of the files of this site that an answer names."""
    if answer.status != 200 or not answer.content_type.startswith(
        ("text/html", "application/json")
    ):
        return []
    found = {html.unescape(path) for path in _PATH.findall(answer.body.decode())}
    return sorted(urlsplit(path).path for path in found)


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


def media(tree: Tree, site: Site, answers: Iterable[Held]) -> None:
    """Take over every file that a page names and that the public may have.

    Downloads are asked for as readers ask, because Wagtail knows who may have them.
    """
    for path in sorted({path for held in answers for path in held.media}):
        name = unquote(path).lstrip("/")
        if not _is_safe(name):
            continue
        if name.startswith("documents/"):
            answer = site.get(path)
            if answer.status == 200:
                tree.write(f"files/{name}", answer.body)
        elif default_storage.exists(name.removeprefix("media/")):
            with default_storage.open(name.removeprefix("media/")) as file:
                tree.write(f"files/{name}", file.read())


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    return all(_PLAIN.fullmatch(part) and part not in {".", ".."} for part in parts)
