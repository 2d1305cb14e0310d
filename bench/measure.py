"""Load, processor time, latencies, and the verdict in one line each.

Only ratios within one run mean anything on a shared machine: every comparison here is
of rounds that were interleaved, and of their medians.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Any

import psutil  # type: ignore[import-untyped]

from bench.servers import LOAD_CORE, ROOT, pinned

#: Length of one round, and how often each target has its turn.
SECONDS = float(os.environ.get("BENCH_SECONDS", "1"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
CONNECTIONS = (1, 16, 64)


def cpu_of(*pids: int) -> float:
    """Seconds of user and system time of these process trees, ended children too."""
    return sum(_tree_cpu(pid) for pid in pids)


def _tree_cpu(pid: int) -> float:
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    total = 0.0
    for process in family:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
        total += times.children_user + times.children_system
    return total


@dataclass(frozen=True)
class Target:
    """Addresses of one server and the processes whose time they cost."""

    name: str
    base: str
    paths: Sequence[str]
    pids: Sequence[int]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sample:
    """One round: answers, errors, seconds, and milliseconds of latency."""

    requests: int
    errors: int
    seconds: float
    cpu: float
    p50: float
    p99: float

    @property
    def cpu_us(self) -> float:
        """Processor time of one answer, in microseconds."""
        return self.cpu / self.requests * 1e6 if self.requests else float("inf")


def rounds(
    targets: Iterable[Target],
    *,
    connections: Sequence[int] = CONNECTIONS,
    seconds: float = SECONDS,
    times: int = ROUNDS,
) -> dict[tuple[str, int], Sample]:
    """Let the targets have their turns, interleaved; return medians by name and width."""
    targets = list(targets)
    samples: dict[tuple[str, int], list[Sample]] = {}
    for _turn in range(times):
        for width in connections:
            for target in targets:
                sample = load(target, connections=width, seconds=seconds)
                samples.setdefault((target.name, width), []).append(sample)
    return {key: _median(found) for key, found in samples.items()}


def _median(samples: Sequence[Sample]) -> Sample:
    def middle(name: str) -> float:
        return median(getattr(sample, name) for sample in samples)

    requests = sum(sample.requests for sample in samples)
    return Sample(
        requests=requests,
        errors=sum(sample.errors for sample in samples),
        seconds=sum(sample.seconds for sample in samples),
        cpu=median(sample.cpu_us for sample in samples) * requests / 1e6,
        p50=middle("p50"),
        p99=middle("p99"),
    )


def load(target: Target, *, connections: int, seconds: float = SECONDS) -> Sample:
    """Ask as fast as the connections allow for some seconds."""
    before = cpu_of(*target.pids)
    started = time.perf_counter()
    if shutil.which("wrk"):
        found = _wrk(target, connections, seconds)
    else:
        found = asyncio.run(_ask(target, connections, seconds))
    elapsed = time.perf_counter() - started
    cpu = cpu_of(*target.pids) - before
    return Sample(seconds=elapsed, cpu=cpu, **found)


_LUA = """\
local paths = {%s}
local headers = {%s}
local requests = {}
local at = 0
function init(args)
  for i, path in ipairs(paths) do
    requests[i] = wrk.format("GET", path, headers)
  end
end
function request()
  at = at %% #requests + 1
  return requests[at]
end
function done(summary, latency, all)
  local e = summary.errors
  local errors = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format("\\nfound %%d %%d %%d %%d\\n", summary.requests, errors,
    latency:percentile(50), latency:percentile(99)))
end
"""


def _wrk(target: Target, connections: int, seconds: float) -> dict[str, Any]:
    """Load by wrk on a core of its own."""
    paths = ",".join(json.dumps(path) for path in target.paths)
    headers = ",".join(
        f"[{json.dumps(name)}]={json.dumps(value)}"
        for name, value in target.headers.items()
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua", dir="/tmp") as script:
        script.write(_LUA % (paths, headers))
        script.flush()
        # wrk counts whole seconds only, so fractions are rounded up.
        command = [
            *pinned(LOAD_CORE),
            *("wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"),
            *("--timeout", "30s", "-s", script.name, target.base),
        ]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
    numbers = ran.stdout.rsplit("found ", 1)[1].split()
    requests, errors, p50, p99 = (int(number) for number in numbers)
    return {
        "requests": requests,
        "errors": errors,
        "p50": p50 / 1000,
        "p99": p99 / 1000,
    }


def ask_once(target: Target) -> Sample:
    """Ask for each path once, one after the other, on one connection.

    What an answer costs when none is ready. Raises when one is not a 200.
    """
    host = target.base.removeprefix("http://")
    client = http.client.HTTPConnection(host, timeout=30)
    latencies = []
    before, started = cpu_of(*target.pids), time.perf_counter()
    for path in target.paths:
        began = time.perf_counter()
        client.request("GET", path, headers=dict(target.headers))
        answer = client.getresponse()
        body = answer.read()
        latencies.append((time.perf_counter() - began) * 1000)
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"{answer.status} for {path}: {body[:300]!r}")
    client.close()
    return Sample(
        requests=len(target.paths),
        errors=0,
        seconds=time.perf_counter() - started,
        cpu=cpu_of(*target.pids) - before,
        p50=percentile(latencies, 50),
        p99=percentile(latencies, 99),
    )


async def _ask(target: Target, connections: int, seconds: float) -> dict[str, Any]:
    """Load by ourselves where there is no wrk: keep-alive connections, no parsing."""
    host, port = target.base.removeprefix("http://").split(":")
    lines = "".join(f"{name}: {value}\r\n" for name, value in target.headers.items())
    head = f"Host: {host}:{port}\r\n{lines}\r\n"
    asked = [f"GET {path} HTTP/1.1\r\n{head}".encode() for path in target.paths]
    deadline = time.perf_counter() + seconds
    latencies: list[float] = []
    errors = 0

    async def client(start: int) -> None:
        nonlocal errors
        reader, writer = await asyncio.open_connection(host, int(port))
        turn = start
        while time.perf_counter() < deadline:
            began = time.perf_counter()
            writer.write(asked[turn % len(asked)])
            turn += 1
            status = await _read_answer(reader)
            errors += status >= 400
            latencies.append((time.perf_counter() - began) * 1000)
        writer.close()

    await asyncio.gather(*(client(number) for number in range(connections)))
    return {
        "requests": len(latencies),
        "errors": errors,
        "p50": percentile(latencies, 50),
        "p99": percentile(latencies, 99),
    }


async def _read_answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next(
        (int(line[15:]) for line in lines if line.startswith(b"content-length:")), None
    )
    if length is not None:
        await reader.readexactly(length)
    elif b"transfer-encoding: chunked" in lines:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(lines[0].split()[1])


def percentile(values: Iterable[float], share: float) -> float:
    """The value that ``share`` per cent of the values do not exceed."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


@contextmanager
def stopwatch(*pids: int) -> Iterator[dict[str, float]]:
    """Measure a block: ``seconds`` by the clock, ``cpu`` of these process trees."""
    found: dict[str, float] = {}
    before, started = cpu_of(*pids), time.perf_counter()
    yield found
    found["seconds"] = time.perf_counter() - started
    found["cpu"] = cpu_of(*pids) - before


class Report:
    """What a benchmark says: printed at once, kept in ``var/bench/<name>.json``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.facts: dict[str, Any] = {}
        self.checks: list[dict[str, Any]] = []
        print(f"\n=== {name}", flush=True)

    def fact(self, name: str, value: Any) -> None:
        """A figure without a target; absolute ones are only for orientation."""
        self.facts[name] = asdict(value) if isinstance(value, Sample) else value
        if isinstance(value, Sample):
            value = (
                f"{value.cpu_us:,.0f} us CPU, p50 {value.p50:.2f} ms, "
                f"p99 {value.p99:.2f} ms, {value.requests} answers"
            )
        elif isinstance(value, float):
            value = f"{value:,.3g}"
        print(f"  {name:<58} {value}", flush=True)

    def at_most(self, name: str, value: float, limit: float, unit: str = "x") -> bool:
        """A figure that may not exceed its target."""
        return self._check(name, value, limit, unit, "<=", passed=value <= limit)

    def at_least(self, name: str, value: float, limit: float, unit: str = "x") -> bool:
        """A figure that must reach its target."""
        return self._check(name, value, limit, unit, ">=", passed=value >= limit)

    def _check(
        self,
        name: str,
        value: float,
        limit: float,
        unit: str,
        sign: str,
        *,
        passed: bool,
    ) -> bool:
        row = {"name": name, "value": value, "limit": limit, "unit": unit}
        self.checks.append({**row, "sign": sign, "passed": passed})
        verdict = "PASS" if passed else "MISS"
        figure = f"{value:,.2f}{unit}" if value < 1000 else f"{value:,.0f}{unit}"
        print(
            f"  {name:<58} {figure:>12}  {sign} {limit:g}{unit}  {verdict}", flush=True
        )
        return passed

    def close(self) -> int:
        """Write the file and return the exit status.

        A miss is said and kept, and fails the run only with ``BENCH_STRICT=1``: a
        benchmark is a measurement, and this machine may be busy with something else.
        """
        folder = ROOT / "var" / "bench"
        folder.mkdir(parents=True, exist_ok=True)
        missed = [row["name"] for row in self.checks if not row["passed"]]
        text = json.dumps(
            {"name": self.name, "facts": self.facts, "checks": self.checks}, indent=2
        )
        Path(folder / f"{self.name}.json").write_text(text + "\n", encoding="utf-8")
        return 1 if missed and os.environ.get("BENCH_STRICT") == "1" else 0
