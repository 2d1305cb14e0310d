"""What an answer costs: warm, against nginx with the same bytes; cold, against Wagtail.

Warm: page, API page and API list, at 1, 16 and 64 connections, for clients that take
brotli and clients that take nothing. Cold: the first answer after a page was published,
against Wagtail's own API v2 for the same pages, which only this benchmark mounts.
"""

from __future__ import annotations

import os
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus, measure, servers

if TYPE_CHECKING:
    from articles.models import ArticlePage
    from bench.measure import Report, Sample, Target
    from bench.servers import Database, Web

PAGES = int(os.environ.get("BENCH_PAGES", "120"))
WORKERS = 2
BROTLI = {"Accept-Encoding": "br"}
LIST = "/api/v1/pages?type=articles.article&limit=20"


def main() -> int:
    report = measure.Report("reads")
    with servers.database() as database, ExitStack() as stack:
        corpus.prepare(database)
        site = corpus.make_site()
        # Half are asked for when warm, half once after their publication.
        warm = corpus.publish_articles(site, range(PAGES))
        web = stack.enter_context(servers.granian(database.url, workers=WORKERS))
        _cold(report, database, web, warm, corpus.publish_articles(site, _later()))
        _warm(report, stack, database, web, warm)
        _mirror(report, stack, warm)
    return report.close()


def _later() -> range:
    return range(PAGES, 2 * PAGES)


def page_paths(pages: Sequence[ArticlePage]) -> list[str]:
    return [page.public_path() for page in pages]


def api_paths(pages: Sequence[ArticlePage]) -> list[str]:
    return [f"/api/v1/pages/{page.translation_key}" for page in pages]


# --- cold ---


def _cold(
    report: Report,
    database: Database,
    web: Web,
    others: list[ArticlePage],
    pages: list[ArticlePage],
) -> None:
    """The first answer after a publication, and Wagtail's for the same pages."""
    variables = {"DJANGO_SETTINGS_MODULE": "bench.settings_v2"}
    with servers.granian(database.url, workers=1, more=variables) as yardstick:
        v2 = _target(
            "v2", yardstick, database, [f"/bench/v2/pages/{p.pk}/" for p in pages]
        )
        v2_list = _target(
            "v2 list", yardstick, database, [_V2_LIST.format(n) for n in range(20)]
        )
        measure.ask_once(v2)  # imports, connections
        found = measure.ask_once(v2)
        found_list = measure.ask_once(v2_list)
    report.fact("Wagtail's v2, one page", found)
    report.fact("Wagtail's v2, list of 20", found_list)
    # As the yardstick: each worker has answered before, and has its connections.
    for number, other in enumerate(others[: WORKERS * 6]):
        some = [*page_paths([other]), *api_paths([other]), _list(10, number)]
        measure.ask_once(_target("", web, database, some))  # a connection of its own
    api = measure.ask_once(_target("", web, database, api_paths(pages)))
    page = measure.ask_once(_target("", web, database, page_paths(pages)))
    listing = measure.ask_once(_target("", web, database, list(_lists())))
    report.fact("cold API page", api)
    report.fact("cold page", page)
    report.fact("cold API list of 20", listing)
    report.at_most("cold API page against v2", api.cpu_us / found.cpu_us, 0.2)
    report.at_most("cold page against v2", page.cpu_us / found.cpu_us, 0.28)
    report.at_most("cold API list: CPU", listing.cpu_us / 1000, 5, " ms")
    report.facts["v2"] = found.cpu_us


_V2_LIST = (
    "/bench/v2/pages/?type=articles.ArticlePage&locale=sv&limit=20&offset={}"
    "&order=-first_published_at&fields=ingress,news_date"
)


def _lists() -> Iterator[str]:
    """Lists of 20 that nobody has asked for yet."""
    for number in range(20):
        yield _list(11, number)


def _list(year: int, number: int) -> str:
    return (
        f"/api/v1/pages?type=articles.article&limit=20&since=20{year}-01-{number + 11}"
    )


# --- warm ---


def _warm(
    report: Report,
    stack: ExitStack,
    database: Database,
    web: Web,
    pages: list[ArticlePage],
) -> None:
    if not servers.has_nginx():
        servers.skipped("nginx is not installed: no ratio to its static files")
    kinds = {
        "page": page_paths(pages),
        "API page": api_paths(pages),
        "API list": [LIST],
    }
    targets, nginx = [], _nginx(stack, web, kinds)
    for kind, paths in kinds.items():
        for name, headers in (("", {}), (", brotli", BROTLI)):
            _touch(web, paths, headers)
            ours = _target(f"{kind}{name}", web, database, paths, headers)
            targets.append(ours)
            if nginx:
                files = [
                    f"/{kind}{name}/{n}".replace(" ", "%20") for n in range(len(paths))
                ]
                target = measure.Target(
                    f"nginx, {kind}{name}", nginx.base, files, [nginx.pid], headers
                )
                targets.append(target)
    samples = measure.rounds(targets)
    for (name, width), sample in samples.items():
        report.fact(f"{name}, {width} connections", sample)
    _judge(report, samples)


def _judge(report: Report, samples: dict[tuple[str, int], Sample]) -> None:
    v2 = report.facts["v2"]
    for (name, width), sample in samples.items():
        if name.startswith("nginx"):
            continue
        report.at_most(f"{name}, c{width}: errors", sample.errors, 0, "")
        static = samples.get((f"nginx, {name}", width))
        if static:
            ratio = sample.cpu_us / static.cpu_us
            report.at_most(f"{name}, c{width}: CPU against nginx", ratio, 2.2)
        if "list" not in name:
            ratio = v2 / sample.cpu_us
            report.at_least(f"{name}, c{width}: Wagtail's v2 against it", ratio, 300)
        if width == 16:
            tail = sample.p99 / sample.p50
            report.at_most(f"{name}, c16: p99 against p50", tail, 10)


# --- the mirror ---


def _mirror(report: Report, stack: ExitStack, pages: list[ArticlePage]) -> None:
    """The exported site under nginx, against nginx with the same bytes and no rules."""
    if not servers.has_nginx():
        return
    from django.core.management import call_command  # noqa: PLC0415

    name = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp"))
    folder = Path(name)
    call_command("export_static", folder / "mirror", stdout=StringIO())
    config = folder / "nginx.conf"
    current = folder / "mirror" / "current"
    config.write_text(
        f"include {current}/http.conf; server {{ listen 127.0.0.1:@PORT@;"
        f" include {current}/server.conf; }}",
        encoding="utf-8",
    )
    mirror = stack.enter_context(servers.nginx(folder, config=config))
    kinds = {"page": page_paths(pages), "API page": api_paths(pages)}
    plain = _nginx(stack, mirror, kinds)
    assert plain is not None
    targets = []
    for kind, paths in kinds.items():
        files = [f"/{kind}/{n}".replace(" ", "%20") for n in range(len(paths))]
        targets += [
            measure.Target(f"mirror, {kind}", mirror.base, paths, [mirror.pid]),
            measure.Target(f"plain files, {kind}", plain.base, files, [plain.pid]),
        ]
    samples = measure.rounds(targets, connections=(16, 64))
    for (name, width), sample in samples.items():
        report.fact(f"{name}, {width} connections", sample)
    for kind in kinds:
        for width in (16, 64):
            mirrored = samples[f"mirror, {kind}", width]
            ratio = mirrored.cpu_us / samples[f"plain files, {kind}", width].cpu_us
            what = f"mirror, {kind}, c{width}: CPU against plain files"
            report.at_most(what, ratio, 1.2)
            report.at_most(f"mirror, {kind}, c{width}: errors", mirrored.errors, 0, "")


def _nginx(stack: ExitStack, web: Web, kinds: dict[str, list[str]]) -> Web | None:
    """Serve with nginx the very bytes that we answer, as files."""
    if not servers.has_nginx():
        return None
    name = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp"))
    for kind, paths in kinds.items():
        for suffix, headers in (("", {}), (", brotli", BROTLI)):
            folder = Path(name) / f"{kind}{suffix}"
            folder.mkdir()
            for number, body in enumerate(_touch(web, paths, headers)):
                (folder / str(number)).write_bytes(body)
    return stack.enter_context(servers.nginx(Path(name)))


def _touch(web: Web, paths: Sequence[str], headers: dict[str, str]) -> list[bytes]:
    """Ask for everything until each worker keeps it, and return the bytes."""
    bodies = []
    for path in paths:
        for _each in range(WORKERS * 2):
            request = urllib.request.Request(web.base + path, headers=headers)  # noqa: S310
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                body = answer.read()
        bodies.append(body)
    return bodies


def _target(
    name: str,
    web: Web,
    database: Database,
    paths: Sequence[str],
    headers: dict[str, str] | None = None,
) -> Target:
    pids = [web.pid, database.pid]
    return measure.Target(name, web.base, paths, pids, headers or {})


if __name__ == "__main__":
    sys.exit(main())
