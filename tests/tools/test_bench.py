"""The benchmarks of `make bench` can be started; what they say is for people to read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
BENCHMARKS = sorted((ROOT / "bench").glob("bench_*.py"))


@pytest.mark.parametrize("file", BENCHMARKS, ids=lambda path: path.stem)
def test_benchmark_needs_no_settings_before_it_has_a_database(file):
    loaded = subprocess.run(
        [sys.executable, "-c", f"import runpy; runpy.run_path({str(file)!r})"],
        cwd=ROOT,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert loaded.returncode == 0, loaded.stderr
