"""A copy of every page of a site, in every language, that keeps itself up to date.

    python mirror.py https://www.kommun.example copy.sqlite3

Python's standard library is all it needs. Run it each minute, or let a webhook start it.
It may be stopped at any moment: what is written down is done, the rest is still wanted.
The table `answer` has what `pages/{key}?lang=` answers, for each `key` and `lang`.

How it works: the feed of changes names every answer that may be different (`affects`).
These are noted in the table `wanted`, in the same transaction as the place in the feed.
Then each is asked for, with `publication`, so that no cache on the way answers with what
was there before, and written down or, if it is gone, deleted.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

#: Asks for a path and its parameters; returns the status and the body.
Fetch = Callable[[str], tuple[int, bytes]]

TABLES = """
CREATE TABLE IF NOT EXISTS answer (key TEXT, lang TEXT, body BLOB, PRIMARY KEY (key, lang));
CREATE TABLE IF NOT EXISTS wanted (key TEXT, lang TEXT, PRIMARY KEY (key, lang));
CREATE TABLE IF NOT EXISTS place (since INTEGER, languages TEXT);
INSERT INTO place SELECT 0, '' WHERE NOT EXISTS (SELECT 1 FROM place);
"""
WANT = "INSERT OR IGNORE INTO wanted VALUES (?, ?)"
WANT_ALL = "INSERT OR IGNORE INTO wanted SELECT key, lang FROM answer"
WANT_ALL_IN = "INSERT OR IGNORE INTO wanted SELECT key, lang FROM answer WHERE lang = ?"


def bring_up_to_date(copy: sqlite3.Connection, fetch: Fetch) -> None:
    """Make the copy what the site is now."""
    copy.executescript(TABLES)
    begin_anew_with_other_languages(copy, fetch)
    since = read_feed(copy, fetch)
    for key, lang in copy.execute("SELECT key, lang FROM wanted").fetchall():
        status, body = fetch(f"pages/{key}?lang={lang}&publication={max(since, 1)}")
        with copy:
            if status == 200:
                copy.execute("REPLACE INTO answer VALUES (?, ?, ?)", (key, lang, body))
            elif status in {404, 410}:
                delete = "DELETE FROM answer WHERE key = ? AND lang = ?"
                copy.execute(delete, (key, lang))
            else:
                raise RuntimeError(f"{status} for page {key} in {lang}")
            copy.execute("DELETE FROM wanted WHERE key = ? AND lang = ?", (key, lang))


def begin_anew_with_other_languages(copy: sqlite3.Connection, fetch: Fetch) -> None:
    """Read the feed from its beginning when other languages are offered than before.

    How a language is offered changes every page, and the feed is about pages only.
    """
    languages = json.dumps(
        [
            [each["tag"], each["autonym"], each["fallback"]]
            for each in read(fetch, "languages")
        ]
    )
    known = "SELECT 1 FROM place WHERE languages = ?"
    if not copy.execute(known, (languages,)).fetchone():
        with copy:
            copy.execute(WANT_ALL)
            copy.execute("UPDATE place SET since = 0, languages = ?", (languages,))


def read_feed(copy: sqlite3.Connection, fetch: Fetch) -> int:
    """Note every answer that may be different; return the place in the feed."""
    while True:
        (since,) = copy.execute("SELECT since FROM place").fetchone()
        feed = read(fetch, f"changes?since={since}&limit=1000")
        if feed["next"] == since:
            return int(since)
        with copy:
            for entry in feed["items"]:
                answers = [(each["key"], each["lang"]) for each in entry["affects"]]
                copy.executemany(WANT, answers)
                if entry["affects_all"]:
                    languages = {(lang,) for _key, lang in answers}
                    copy.executemany(WANT_ALL_IN, languages)
            copy.execute("UPDATE place SET since = ?", (feed["next"],))


def read(fetch: Fetch, path: str) -> Any:
    status, body = fetch(path)
    if status != 200:
        raise RuntimeError(f"{status} for {path}")
    return json.loads(body)


def over_http(site: str) -> Fetch:
    """Ask the content API of a site."""

    def fetch(path: str) -> tuple[int, bytes]:
        try:
            with urlopen(f"{site}/api/v1/{path}", timeout=30) as answer:
                return answer.status, answer.read()
        except HTTPError as refusal:
            return refusal.code, refusal.read()

    return fetch


if __name__ == "__main__":
    bring_up_to_date(sqlite3.connect(sys.argv[2]), over_http(sys.argv[1].rstrip("/")))
