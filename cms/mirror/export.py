"""Writing the mirror: ask for every address, keep what cannot have changed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db.models import Max

from cms.log.models import Publication
from cms.mirror import addresses, affected, files, nginx
from cms.mirror.addresses import Address
from cms.mirror.asking import Response, Site
from cms.mirror.state import Held, State, load
from cms.mirror.tree import Tree, switch
from cms.reading.pages import Library
from cms.site.search import AWAY, search_path

#: A page that refers to the next part of a list says so.
_NEXT = re.compile(r'rel="next" href="([^"?]+)\?page=(\d{1,6})"')
_SITEMAP = re.compile(r"<loc>([^<]+/(sitemap-[^<]+\.xml))</loc>")
#: How often a run starts over because something was published meanwhile.
ROUNDS = 5


class Unexpected(Exception):
    """An address answered with what a mirror cannot hold."""


@dataclass(frozen=True)
class Report:
    """What a run did."""

    log_id: int
    asked: int
    kept: int
    written: int
    folder: Path


def export(
    root: Path, *, full: bool = False, tick: Callable[[], object] = lambda: None
) -> Report:
    """Bring the mirror in ``root`` up to date, and make it current when it is whole.

    ``tick`` is called after each address that was asked for. Nothing is left of a run
    that raises but a folder that the next run removes.
    """
    trees = root / "trees"
    trees.mkdir(parents=True, exist_ok=True)
    for unfinished in trees.glob("*.new"):
        shutil.rmtree(unfinished)
    current = root / "current"
    old = current.resolve() if current.exists() else None
    state = None if full or old is None else load(old)
    folder = trees / f"{_last_id()}-{_number(trees)}"
    new = folder.with_name(f"{folder.name}.new")
    run = _Run(Tree(new, old), state, tick)
    run.all()
    found = State(run.log_id, run.surroundings, run.held)
    found.save(new)
    nginx.write(new, folder, found, run.site)
    new.rename(folder)
    switch(root, folder)
    tree = run.tree
    return Report(run.log_id, run.asked, tree.kept, len(tree.written), folder)


def _last_id() -> int:
    return Publication.objects.aggregate(last=Max("id"))["last"] or 0


def _number(trees: Path) -> int:
    """Return a number that no folder here has had."""
    taken = [
        int(each.name.partition("-")[2].partition(".")[0]) for each in trees.iterdir()
    ]
    return max(taken, default=0) + 1


class _Run:
    """One run: what is asked for anew, and everything that is held in the end."""

    def __init__(
        self, tree: Tree, state: State | None, tick: Callable[[], object]
    ) -> None:
        self.tree = tree
        self.site = Site()
        self.surroundings = affected.surroundings()
        self.log_id = _last_id()
        self.held: dict[str, Held] = {}
        self.asked = 0
        self._tick = tick
        self._old: dict[str, Held] = {}
        self._keys: set[UUID] = set()
        if state is not None and state.surroundings == self.surroundings:
            changed = affected.keys_since(state.log_id)
            if changed is not None:
                self._old, self._keys = dict(state.answers), changed

    def all(self) -> None:
        library = Library()
        for address in self._addresses(library):
            self._take(address)
        self._sitemaps()
        self._searches(library)
        files.static(self.tree)
        files.media(self.tree, self.held.values())

    def _addresses(self, library: Library) -> Iterator[Address]:
        yield from addresses.pages(library)
        yield from addresses.former(library)
        yield from addresses.everything_else(library)

    def _take(self, address: Address) -> None:
        """Keep the old answer if it holds, else ask; a list with all its parts."""
        parts = self._kept(address)
        if parts is None:
            parts = list(self._asked(address))
        self.held |= dict(parts)

    def _kept(self, address: Address) -> list[tuple[str, Held]] | None:
        old = self._old.get(address.url)
        if old is None or old.is_about(self._keys) or address.key is None:
            return None
        parts = [(address.url, old)]
        number = 2
        while more := self._old.get(f"{address.url}?page={number}"):
            parts.append((f"{address.url}?page={number}", more))
            number += 1
        for _url, held in parts:
            if held.file:
                self.tree.keep(held.file)
        return parts

    def _asked(self, address: Address) -> Iterator[tuple[str, Held]]:
        answer = self.ask(address.url)
        if answer.status not in {200, 301, 410}:
            if answer.status == 404:
                return
            raise Unexpected(f"{address.url} answered {answer.status}.")
        yield address.url, self._hold(address, answer)
        onward = _NEXT.search(answer.body.decode()) if address.key else None
        if onward:
            number = onward[2]
            name = f"page-{number}.html"
            yield from self._asked(
                Address(
                    f"{address.url.partition('?')[0]}?page={number}",
                    f"{address.file.rpartition('/')[0]}/{name}".lstrip("/"),
                    address.key,
                )
            )

    def _hold(self, address: Address, answer: Response) -> Held:
        file = ""
        if answer.status != 301:
            file = f"{'files' if answer.status == 200 else 'gone'}/{address.file}"
            self.tree.write(file, answer.body)
        return Held(
            status=answer.status,
            file=file,
            headers=[list(pair) for pair in answer.headers],
            content_type=answer.content_type,
            location=answer.location,
            key=str(address.key or ""),
            asked_as=list(address.asked_as),
            media=files.named(answer),
        )

    def ask(self, url: str) -> Response:
        self.asked += 1
        self._tick()
        return self.site.get(url)

    def _sitemaps(self) -> None:
        index = Address("/sitemap.xml", "sitemap.xml")
        self._take(index)
        text = self.ask(index.url).body.decode()
        for _url, name in _SITEMAP.findall(text):
            self._take(Address(f"/{name}", name))

    def _searches(self, library: Library) -> None:
        """Put a page that says that search is away where it would be."""
        for language in library.visible:
            path = search_path(language.code)
            answer = self.site.get(path, **{AWAY: "1"})
            address = Address(path, f"{path[1:]}index.html")
            self.held[path] = self._hold(address, answer)
