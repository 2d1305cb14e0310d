"""Asking PostgreSQL: full text in each language's grammar and similar words, as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from cms.search.matches import MOST_WORDS, Match, Matches
from cms.search.words import SIMPLE, configuration, fold, indexed, plain

MOST_SIMILAR = 20
#: Of more pages than this that hold a word, the newest compete, and those that have it
#: in their title. So a search costs the same however large the site is.
CANDIDATES = 200

# Somebody who writes these wants exactly this, and nothing that is like it.
_OPERATORS = re.compile(r'"|(?:^|\s)-\w')
_SIGNS = re.compile(r'[^\w\s"-]|-(?!\w)|(?<=\w)-')

_EXPAND = """
SELECT a.place, a.number, plainto_tsquery(a.configuration::regconfig, a.word)::text,
       s.word, plainto_tsquery(a.configuration::regconfig, s.word)::text
FROM unnest(%s::int[], %s::text[], %s::text[], %s::int[], %s::text[], %s::text[])
     AS a(place, locale, configuration, number, word, folded)
LEFT JOIN LATERAL cms_search_similar(a.locale, a.word, a.folded, %s) s ON true
UNION ALL
SELECT l.place, -1, CASE WHEN querytree(l.query) = 'T' THEN '' ELSE l.query::text END,
       NULL, NULL
FROM (SELECT place, websearch_to_tsquery(configuration::regconfig, text) AS query
      FROM unnest(%s::int[], %s::text[], %s::text[]) AS t(place, configuration, text)) l
"""
_BRANCH = """
{name} AS (SELECT id, key, {place} AS place FROM cms_search_entry
 WHERE locale = %s AND {vector} @@ %s::tsquery {only_type}{only_if}
 ORDER BY listed{unordered} DESC, id DESC LIMIT {most})
"""
# A word may be everywhere in one language and nowhere in this. The planner knows the
# first only: this keeps it from reading the newest pages until it finds 200.
_UNORDERED = " + interval '0'"
_FEW = "AND (SELECT count(*) FROM exact{place}) < {most}"
_NONE = " AND NOT EXISTS (SELECT 1 FROM {name})"
_ALL = "SELECT * FROM {name}"
_RANKED = """
WITH {branches},
candidates AS ({candidates}),
best AS (SELECT DISTINCT ON (key) id, place FROM candidates ORDER BY key, place)
SELECT e.key, e.locale, count(*) OVER ()
FROM best JOIN cms_search_entry e USING (id)
JOIN unnest(%s::int[], %s::text[], %s::text[], %s::int[]) AS q(place, exact, loose, size)
  USING (place)
ORDER BY best.place,
  q.size * ts_rank(e.vector, q.loose::tsquery) + ts_rank(e.vector, q.exact::tsquery) / 2
    DESC,
  e.listed DESC, e.id
LIMIT %s OFFSET %s
"""


@dataclass(frozen=True)
class _Question:
    """What is asked of one language, as text queries; empty ones match nothing.

    ``exact``: as typed. ``near``: for every word, it or one like it. ``loose``: any of
    these; ``size`` says how many they are, because a rank is divided by that.
    ``has_kin``: ``near`` asks for more than ``exact``. ``strange``: of so many words no
    page in the language is known to have one.
    """

    place: int
    locale: str
    exact: str
    near: str
    loose: str
    size: int
    has_kin: bool
    strange: int


def match(
    connection: BaseDatabaseWrapper,
    chain: Sequence[str],
    text: str,
    *,
    limit: int,
    offset: int,
    page_type: str | None,
) -> Matches:
    """Return the pages that match, in the order of ``chain``; two statements.

    Two because the second is planned with what the first found out: a rare word is
    looked up, a word that is everywhere is not.
    """
    with connection.cursor() as cursor:
        questions, words = _questions(cursor, chain, text)
        if not questions:
            return Matches([], 0, words)
        sql, arguments = _statement(questions, page_type)
        cursor.execute(sql, [*arguments, limit, offset])
        rows = cursor.fetchall()
    found = [Match(key, locale) for key, locale, _total in rows]
    return Matches(found, rows[0][2] if rows else 0, words)


def _questions(
    cursor: Any, chain: Sequence[str], text: str
) -> tuple[list[_Question], frozenset[str]]:
    asked = list(dict.fromkeys(indexed(text).split()))[:MOST_WORDS]
    if not asked:
        return [], frozenset()
    rows = _expanded(cursor, chain, asked, text)
    exactly = _OPERATORS.search(text) is not None
    questions = []
    for place, locale in enumerate(chain):
        own = [row for row in rows if row[0] == place]
        exact = next(row[2] for row in own if row[1] == -1)
        groups = [] if exactly else _groups(own)
        if exact or groups:
            near = " & ".join(f"({' | '.join(group)})" for group in groups)
            every = [alike for group in groups for alike in group] or [exact]
            loose = " | ".join(every)
            kin = any(len(group) > 1 for group in groups)
            strange = sum(bool(row[2] and not row[4]) for row in own if row[1] >= 0)
            questions.append(
                _Question(place, locale, exact, near, loose, len(every), kin, strange)
            )
    alike = (row[3] for row in rows if row[3] and row[2] and not exactly)
    return questions, frozenset(fold(word) for word in [*asked, *alike])


def _expanded(
    cursor: Any, chain: Sequence[str], asked: list[str], text: str
) -> list[tuple[int, int, str, str | None, str | None]]:
    """Ask for the similar words, and for everything in the terms of each grammar."""
    names = [configuration(locale) for locale in chain]
    cells = [
        (
            place,
            locale,
            name,
            number,
            fold(word) if name == SIMPLE else word,
            fold(word),
        )
        for place, (locale, name) in enumerate(zip(chain, names, strict=True))
        for number, word in enumerate(asked)
    ]
    exactly = _OPERATORS.search(text)
    text = _SIGNS.sub(" ", plain(text)) if exactly else indexed(text)
    texts = [fold(text) if name == SIMPLE else text for name in names]
    columns = [list(column) for column in zip(*cells, strict=True)]
    cursor.execute(
        _EXPAND, [*columns, MOST_SIMILAR, list(range(len(chain))), names, texts]
    )
    return cursor.fetchall()


def _groups(
    rows: list[tuple[int, int, str, str | None, str | None]],
) -> list[list[str]]:
    """Return what may stand for each word: it, and those like it, as text queries.

    A word that the grammar skips (a stop word) asks for nothing.
    """
    alternatives: dict[int, dict[str, None]] = {}
    for _place, number, itself, _word, alike in rows:
        if number >= 0 and itself:
            group = alternatives.setdefault(number, {itself: None})
            if alike:
                group[alike] = None
    return [list(group) for group in alternatives.values()]


def _statement(
    questions: list[_Question], page_type: str | None
) -> tuple[str, list[Any]]:
    """Return the second statement: candidates of each kind, then the best of them.

    Pages with words that are like those asked for are not looked for where enough have
    the very words, nor pages with any of the words where one has all.
    """
    branches: list[str] = []
    names: list[str] = []
    arguments: list[Any] = []

    def add(name: str, vector: str, query: str, only_if: str = "") -> None:
        if query:
            names.append(f"{name}{question.place}")
            branches.append(_branch(question, name, vector, only_if, page_type))
            arguments.extend([question.locale, query, *_given(page_type)])

    for question in questions:
        add("title", "title_vector", question.near)
        add("exact", "vector", question.exact)
        few = _FEW.format(place=question.place, most=CANDIDATES)
        near = question.near if question.has_kin else ""
        add("near", "vector", near, few if question.exact else "")
    none = "".join(_NONE.format(name=name) for name in names)
    for question in questions:
        add("loose", "vector", question.loose, none)
    candidates = " UNION ALL ".join(_ALL.format(name=name) for name in names)
    sql = _RANKED.format(branches=", ".join(branches), candidates=candidates)
    return sql, [*arguments, *_ranking(questions)]


def _branch(
    question: _Question, name: str, vector: str, only_if: str, page_type: str | None
) -> str:
    """Return the part of the statement that finds candidates of one kind."""
    # Of "any of the words" there are as many as of the known ones.
    is_rare = question.strange > (question.size - 1 if name == "loose" else 0)
    return _BRANCH.format(
        name=f"{name}{question.place}",
        place=question.place,
        vector=vector,
        only_type="AND type = %s " if page_type else "",
        only_if=only_if,
        most=CANDIDATES,
        unordered=_UNORDERED if is_rare else "",
    )


def _ranking(questions: list[_Question]) -> list[list[Any]]:
    """Return what the statement ranks by: a list of each, in the order of questions."""
    names = ("place", "exact", "loose", "size")
    return [[getattr(question, name) for question in questions] for name in names]


def _given(page_type: str | None) -> list[str]:
    return [page_type] if page_type else []
