"""Bringing in a site: the set-based import against Wagtail's way, page by page.

Both make the same drafts from the same texts, then publish them: the import by
``publish_imported``, page by page by submitting and approving each. Processor time is
that of the importing process and of the database.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus, measure, servers

if TYPE_CHECKING:
    from tests.factories.site import Municipality

ONE_BY_ONE = int(os.environ.get("BENCH_PAGES", "40"))
AT_ONCE = 15 * ONE_BY_ONE


def main() -> int:
    report = measure.Report("import")
    with servers.database() as database:
        corpus.prepare(database)
        site = corpus.make_site()
        watched = (os.getpid(), database.pid)
        draft, public = _page_by_page(site, watched)
        fast_draft, fast_public = _set_based(site, watched)
        _say(report, "drafts", draft, fast_draft)
        _say(report, "drafts and publication", draft + public, fast_draft + fast_public)
        from cms.log import entries  # noqa: PLC0415

        report.at_most(
            "problems that verify_log finds", len(list(entries.verify())), 0, ""
        )
    return report.close()


def _say(report: measure.Report, what: str, slow: float, fast: float) -> None:
    report.fact(f"{what}, page by page: ms CPU per page", slow * 1000)
    report.fact(f"{what}, import: ms CPU per page", fast * 1000)
    report.at_least(f"{what}: import against page by page", slow / fast, 10)


def _page_by_page(site: Municipality, watched: tuple[int, ...]) -> tuple[float, float]:
    """Return seconds of processor time per page: for a draft, for publishing it."""
    from articles.importing.rows import Row, read_rows  # noqa: PLC0415
    from articles.models import ArticlePage  # noqa: PLC0415
    from cms.core.blocks.from_document import body_value  # noqa: PLC0415
    from cms.gate import actions  # noqa: PLC0415
    from tests.factories.people import person  # noqa: PLC0415

    numbers = range(100_000, 100_000 + ONE_BY_ONE)
    editor, approver = person("editor"), person("approver")
    pages: list[Any] = []
    with measure.stopwatch(*watched) as drafting:
        for row in read_rows(_lines(numbers)):
            assert isinstance(row, Row), row
            page = ArticlePage(
                title=row.title,
                slug=row.slug,
                ingress=row.ingress,
                news_date=row.day,
                category=row.category,
                body=json.dumps(body_value(row.fragment.blocks)),
                locale=site.index.locale,
                owner=editor,
            )
            site.index.add_child(instance=page)
            page.save_revision(user=editor, log_action=True)
            pages.append(page)
    with measure.stopwatch(*watched) as publishing:
        for page in pages:
            actions.submit_for_review(page, by=editor)
            revision_id = page.latest_revision_id
            actions.approve(page, by=approver, revision_id=revision_id)
    return drafting["cpu"] / ONE_BY_ONE, publishing["cpu"] / ONE_BY_ONE


def _set_based(site: Municipality, watched: tuple[int, ...]) -> tuple[float, float]:
    from articles import bulk  # noqa: PLC0415
    from articles.importing.rows import read_rows  # noqa: PLC0415
    from cms.gate.batch import publish_imported  # noqa: PLC0415
    from tests.factories.people import person  # noqa: PLC0415

    with measure.stopwatch(*watched) as drafting:
        made = bulk.plan(read_rows(_lines(range(AT_ONCE))))
        assert not made.problems, made.problems[:3]
        pages = bulk.carry_out(made, by=person("editor"))
    with measure.stopwatch(*watched) as publishing:
        for start in range(0, len(pages), bulk.BATCH):
            publish_imported(
                pages[start : start + bulk.BATCH],
                submitted_by=person("editor"),
                approved_by=person("approver"),
            )
    return drafting["cpu"] / AT_ONCE, publishing["cpu"] / AT_ONCE


def _lines(numbers: range) -> list[bytes]:
    return [json.dumps(row).encode() for row in corpus.rows(numbers)]


if __name__ == "__main__":
    sys.exit(main())
