"""What the database does for a question: whether it looks rows up, or reads them all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

import psycopg
from django.db import connection

from cms.database.sql import Statement

#: A question may read so many rows of a growing table, and so many for each that it
#: answers with; whoever reads more reads a share of the table.
ROWS, ROWS_FOR_EACH = 1000, 12
#: So many entries of an index are as cheap to read as one row of its table.
ENTRIES_FOR_ROW = 10
#: A table with fewer rows is not filled: reading all of it is right, for now.
FEW = 5000

_QUESTION = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_PARAMETER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Question:
    """A statement with its parameters; ``is_prepared`` when it is planned once for all."""

    sql: str
    parameters: Any
    is_prepared: bool = False

    @property
    def is_reading(self) -> bool:
        return self.sql.split(maxsplit=1)[0].upper() in {"SELECT", "WITH"}


@contextmanager
def recorded() -> Iterator[list[Question]]:
    """Record every question that is put inside, each wording once."""
    found: dict[tuple[str, bool], Question] = {}

    def note(execute: Any, sql: Any, parameters: Any, many: bool, context: Any) -> Any:
        text = sql if isinstance(sql, str) else sql.as_string(connection.connection)
        if _QUESTION.match(text) and not many:
            found.setdefault((text, False), Question(text, parameters))
        return execute(sql, parameters, many, context)

    ask = Statement.ask

    def note_prepared(self: Any, using: Any = None, /, **parameters: Any) -> Any:
        if not self.planned_anew:
            question = Question(self.sql, parameters, is_prepared=True)
            found.setdefault((self.sql, True), question)
        return ask(self, using, **parameters)

    questions: list[Question] = []
    with (
        connection.execute_wrapper(note),
        mock.patch.object(Statement, "ask", note_prepared),
    ):
        yield questions
    questions.extend(found.values())


def faults(question: Question, growing: Mapping[str, int]) -> list[str]:
    """Say which growing tables are read from end to end, and how.

    ``growing`` are their names with their numbers of rows.
    """
    found = _faults_of(_plan(question), growing)
    small = [name for name, rows in growing.items() if rows < FEW]
    if any(name in question.sql for name in small):
        # Could it be looked up, if there were more?
        with _with_lookups_only():
            found += _faults_of(_plan(question, run=False), growing, small=True)
    return found


def _faults_of(
    plan: dict[str, Any], growing: Mapping[str, int], *, small: bool = False
) -> list[str]:
    returned = plan["Plan"].get("Actual Rows", 0)
    found = []
    for node, above in _nodes(plan["Plan"], None):
        table = node.get("Relation Name")
        if table not in growing or (growing[table] < FEW) is not small:
            continue
        if fault := _fault(node, above, returned):
            found.append(f"{fault} ({table})")
    return found


def _fault(node: dict[str, Any], above: dict[str, Any] | None, returned: int) -> str:
    if node["Node Type"] == "Seq Scan":
        return "reads a table from end to end"
    rows = node.get("Actual Rows", node["Plan Rows"])
    skipped = node.get("Rows Removed by Filter", 0)
    if _is_whole(node, above) and not (
        # A partial index may be short, whatever is in the table.
        rows + skipped < ROWS and _is_partial(node["Index Name"])
    ):
        return f"reads {node['Index Name']} from end to end"
    read = (rows + skipped) * node["Actual Loops"] if "Actual Loops" in node else 0
    if node["Node Type"] == "Bitmap Index Scan":
        read //= ENTRIES_FOR_ROW
    if read > ROWS + ROWS_FOR_EACH * returned:
        return f"reads {read} rows to answer with {returned}"
    return ""


def _is_whole(node: dict[str, Any], above: dict[str, Any] | None) -> bool:
    """Say whether an index is read without looking for anything in it.

    The first few of an index are no more, however long it is.
    """
    if not node["Node Type"].startswith(("Index", "Bitmap Index")):
        return False
    is_first_few = above is not None and above["Node Type"] == "Limit"
    is_looked_up = bool({"Index Cond", "Order By"} & node.keys())
    return not is_looked_up and not (is_first_few and "Filter" not in node)


def _is_partial(index: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_index WHERE indexrelid = %s::regclass AND indpred IS NOT NULL",
            [index],
        )
        return cursor.fetchone() is not None


def _nodes(
    node: dict[str, Any], above: dict[str, Any] | None
) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    yield node, above
    for inner in node.get("Plans", ()):
        inner.setdefault("Relation Name", _inherited(node, inner))
        yield from _nodes(inner, node)


def _inherited(node: dict[str, Any], inner: dict[str, Any]) -> str | None:
    """A bitmap's index does not say whose it is; the scan above does."""
    is_bitmap = inner["Node Type"].startswith("Bitmap")
    return node.get("Relation Name") if is_bitmap else None


@contextmanager
def _with_lookups_only() -> Iterator[None]:
    """Leave the planner only bitmaps, which are made of conditions, if it can use one."""
    ways = ("seqscan", "indexscan", "indexonlyscan")
    with connection.cursor() as cursor:
        cursor.execute("".join(f"SET LOCAL enable_{way} = off;" for way in ways))
        try:
            yield
        finally:
            cursor.execute("".join(f"SET LOCAL enable_{way} = on;" for way in ways))


def _plan(question: Question, *, run: bool = True) -> dict[str, Any]:
    """Return the plan; what only reads is carried out, and its rows are counted."""
    how = "ANALYZE, TIMING OFF, " if run and question.is_reading else ""
    explain = f"EXPLAIN ({how}FORMAT JSON) "
    with connection.cursor() as cursor:
        if question.is_prepared:
            cursor.execute(explain + _prepare(cursor, question))
        else:
            cursor.execute(explain + question.sql, question.parameters)
        (found,) = cursor.fetchone()
    plans = json.loads(found) if isinstance(found, str) else found
    plan: dict[str, Any] = plans[0]
    return plan


def _prepare(cursor: Any, question: Question) -> str:
    """Prepare a question as readers have it prepared; return what asks it."""
    names = list(dict.fromkeys(_PARAMETER.findall(question.sql)))
    numbered = _PARAMETER.sub(lambda m: f"${names.index(m[1]) + 1}", question.sql)
    cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    cursor.execute("DEALLOCATE ALL")
    cursor.execute("PREPARE question AS " + numbered)
    if not names:
        return "EXECUTE question"
    asked = psycopg.ClientCursor(connection.connection)
    values = ", ".join(f"%({name})s" for name in names)
    return "EXECUTE question (" + asked.mogrify(values, question.parameters) + ")"
