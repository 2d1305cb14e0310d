"""Input that no reader sends: 20,000 requests to the API, and no fault of ours (T35).

    python bench/bench_input.py [REQUESTS]

Every value of a list of our own in every parameter and member of every route of the
OpenAPI description, then what schemathesis makes of that description. The test suite
sends a sample of both; see ``tests/cms/api/test_hostile_input.py``.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import hypothesis
import requests
import schemathesis
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus, measure, servers

REQUESTS = 20_000
#: How many requests schemathesis makes up at a time, for each route and kind.
BATCH = 60
SHOWN = 10

#: Values as they stand in an address: each is sent as it is.
NASTY = {
    "empty": "",
    "nul": "%00",
    "nul_inside": "a%00b",
    "bad_utf8": "%ff%fe",
    "cut_utf8": "%c3",
    "overlong_utf8": "%c0%af",
    "lone_surrogate": "%ed%a0%80",
    "replacement": "%ef%bf%bd",
    "percent": "%",
    "half_percent": "%4",
    "double_encoded_nul": "%2500",
    "negative": "-1",
    "zero": "0",
    "one": "1",
    "huge": "1" + "0" * 21,
    "billion": "1e9",
    "beyond_bigint": str(2**63),
    "biggest_bigint": str(2**63 - 1),
    "digits_4000": "9" * 4000,
    "infinity": "inf",
    "nan": "NaN",
    "exponent": "1e400",
    "arabic_digits": quote("٣"),
    "superscript": quote("²"),
    "array": "[]",
    "array_of_null": "[null]",
    "object": "{}",
    "null": "null",
    "true": "true",
    "emoji": quote("🧨👩‍👩‍👧‍👦"),
    "right_to_left": quote("\u202eabc"),
    "zero_width": quote("\u200b\u2060"),
    "combining": quote("e" + "\u0301" * 60),
    "newline": "%0d%0aSet-Cookie:%20a=1",
    "space": "%20",
    "plus": "+",
    "slashes": "////",
    "dots": "../../../../etc/passwd",
    "backslash": "%5c%5cevil.example%5c",
    "quote": "'%20OR%201=1--",
    "like": "%25_%5c",
    "query_language": quote("a & | ! ( ) <-> :* \"b' -"),
    "tag": "%3Cscript%3Ealert(1)%3C/script%3E",
    "template": "%7B%7B7*7%7D%7D",
    "brackets": "http://[",
    "bad_port": "http://testserver:99999999/",
    "far_past": "0001-01-01T00:00:00%2B14:00",
    "far_future": "9999-12-31T23:59:59-23:59",
    "no_zone": "2018-02-02T16:00:00",
    "unix_time": "1517583540",
    "huge_time": "9" * 18,
    "gap_in_time": "2026-03-29T02:30:00",
    "impossible_day": "2018-02-30",
    "cursor": "MXwyMDI2LTA2LTEwVDEwOjAwOjAwKzAwOjAwfDk5OTk5OTk5OTk5OTk5OTk5OTk5",
    "kilobytes": "x" * 5000,
    "kilobytes_of_letters": quote("å" * 900),
}
#: Values of a member of a JSON body, as they are written there.
NASTY_JSON = (
    *("null", "true", "-1", "0", "1e9", "1e400", "NaN", "1" + "0" * 21, "9" * 4000),
    *("[]", "{}", "[null]", "[" * 500 + "]" * 500, '""', '" "', '"\\u0000"'),
    *('"\\ud800"', '"\\udfff\\ud800"', '"🧨👩‍👩‍👧‍👦"', '"\u202eabc"', '"\\u200b"'),
    *(f'"{"x" * 5000}"', f'"{"å" * 60_000}"', '"<script>alert(1)</script>"'),
)
#: Whole bodies.
NASTY_BODIES = (
    *(b"", b"null", b"[]", b"{", b'"text"', b"\xff\xfe", b"\x00" * 100, b"{}" * 2),
    *(b"[" * 100_000, b'{"key": 1, "key": 2}', b'{"a":' * 50_000, b"x" * 200_000),
    "{}".encode("utf-16"),
)
ODD_QUERIES = (
    "&".join(f"a{number}=1" for number in range(2000)),
    "&".join("lang=fi" for _ in range(500)),
    *("&" * 4000, "=" * 4000, "lang=fi&lang=%00", "lang[]=fi", "lang[$ne]=fi"),
    *("lang=fi;limit=1", "?lang=fi"),
)
#: What other parameters are given so that a route gets as far as the one tried.
USUAL = {"q": "lampor", "path": "/nyheter/", "url": "/nyheter/"}
NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Asked:
    """One request; path and query are written as they are sent."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    kind: str = "application/json"

    def __str__(self) -> str:
        return f"{self.method} {self.path}?{self.query} {self.body[:80]!r}"[:300]


def nasty_requests(description: dict[str, Any]) -> Iterator[Asked]:
    """Yield a request for each value in each place that the description names."""
    for route, operations in description["paths"].items():
        for method, operation in operations.items():
            if method == "post":
                yield from _bodies(description, route, operation)
            else:
                yield from _addresses(route, operation)


def _addresses(route: str, operation: dict[str, Any]) -> Iterator[Asked]:
    """Yield requests with values in the path, in the query and beside it."""
    named: dict[str, list[str]] = {"path": [], "query": []}
    for parameter in operation.get("parameters", []):
        named[parameter["in"]].append(parameter["name"])
    path = _filled(route, named["path"])
    for value in NASTY.values():
        for name in named["path"]:
            yield Asked("GET", route.replace(f"{{{name}}}", value))
        for name in [*named["query"], "nonsense"]:
            usual = [f"{n}={v}" for n, v in USUAL.items() if n in named["query"]]
            others = [pair for pair in usual if not pair.startswith(f"{name}=")]
            yield Asked("GET", path, "&".join([*others, f"{name}={value}"]))
    for query in ODD_QUERIES:
        yield Asked("GET", path, query)


def _filled(route: str, names: list[str]) -> str:
    for name in names:
        route = route.replace(f"{{{name}}}", NOBODY)
    return route


def _bodies(
    description: dict[str, Any], route: str, operation: dict[str, Any]
) -> Iterator[Asked]:
    """Yield requests with a whole body, or one member of it, that is nasty."""
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = description["components"]["schemas"][name]
    usual = {n: json.dumps(v) for n, v in schema["examples"][0].items()}
    for member in [*schema["properties"], "nonsense"]:
        for value in NASTY_JSON:
            told = {**usual, member: value}
            body = "{" + ", ".join(f'"{n}": {v}' for n, v in told.items()) + "}"
            yield Asked("POST", route, body=body.encode())
    for raw in NASTY_BODIES:
        yield Asked("POST", route, body=raw)
        yield Asked("POST", route, body=raw, kind="multipart/form-data; boundary=x")


def generated(
    schema: schemathesis.BaseSchema,
    send: Callable[[schemathesis.Case], None],
    *,
    seed: int = 0,
    batch: int = BATCH,
) -> None:
    """Send what schemathesis makes of each route, as it should be and as it should not."""
    for result in schema.get_all_operations():
        if not isinstance(result, Ok):
            raise result.err()
        operation = result.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                _generated(
                    operation.as_strategy(generation_mode=mode), send, seed, batch
                )
            except hypothesis.errors.Unsatisfiable:
                # A route without parameters cannot be asked wrongly.
                continue


def _generated(
    strategy: Any, send: Callable[[schemathesis.Case], None], seed: int, batch: int
) -> None:
    @hypothesis.seed(seed)
    @hypothesis.given(case=strategy)
    @hypothesis.settings(
        max_examples=batch,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def ask(case: schemathesis.Case) -> None:
        send(case)

    ask()


class Client:
    """Sends to a running server and counts what comes back."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.statuses: Counter[int] = Counter()
        self.faults: list[str] = []
        self.session = requests.Session()

    @property
    def count(self) -> int:
        return self.statuses.total()

    def ask(self, asked: Asked) -> None:
        """Send a request as it is written, which no library of requests would."""
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=30)
        headers = {"Content-Type": asked.kind} if asked.method == "POST" else {}
        target = f"{asked.path}?{asked.query}" if asked.query else asked.path
        try:
            connection.putrequest(asked.method, target, skip_accept_encoding=True)
            if asked.method == "POST":
                headers["Content-Length"] = str(len(asked.body))
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(asked.body)
            answer = connection.getresponse()
            answer.read()
            self._note(answer.status, answer.headers["Content-Type"], str(asked))
        except OSError as error:
            # A server may hang up on a body that it does not want to read.
            self._note(0 if asked.method == "GET" else 413, "", f"{asked}: {error!r}")
        finally:
            connection.close()

    def call(self, case: schemathesis.Case) -> None:
        answer = case.call(base_url=self.base, session=self.session, timeout=30)
        kind = answer.headers.get("content-type", [""])[0]
        self._note(answer.status_code, kind, case.as_curl_command())

    def _note(self, status: int, kind: str | None, what: str) -> None:
        self.statuses[status] += 1
        if status >= 500 or status == 0:
            self.faults.append(f"{status} {what}")
        elif status >= 400 and kind and not kind.startswith("application/problem+json"):
            self.faults.append(f"{status} as {kind} {what}")


def main() -> int:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    report = measure.Report("input")
    with servers.database() as database:
        corpus.prepare(database)
        corpus.fill_log(corpus.make_site(), range(40))
        with servers.granian(database.url, workers=2, threads=4) as web:
            client = Client(web.base)
            _send(client, wanted)
    for status, count in sorted(client.statuses.items()):
        report.fact(f"answered {status}", count)
    for fault in client.faults[:SHOWN]:
        print(f"  {fault}")
    report.fact("faults", client.faults[:SHOWN])
    report.at_least("requests", client.count, wanted, "")
    report.at_most("faults of ours, or not as a problem", len(client.faults), 0, "")
    report.close()
    return 1 if client.faults else 0


def _send(client: Client, wanted: int) -> None:
    """Send our own values first, and then make up as many more as are wanted."""
    description = client.session.get(f"{client.base}/api/v1/openapi.json").json()
    for asked in nasty_requests(description):
        client.ask(asked)
    print(f"  {client.count} of our own, {dict(client.statuses)}", flush=True)
    schema = schemathesis.openapi.from_dict(description)
    seed = 0
    while client.count < wanted:
        generated(schema, client.call, seed=seed)
        seed += 1
        print(f"  {client.count} requests", flush=True)


if __name__ == "__main__":
    os.chdir(servers.ROOT)
    sys.exit(main())
