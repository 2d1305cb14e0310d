"""Every request of staff with every parameter wrong: none breaks.

    python bench/bench_requests.py

Some 17,000 requests as an administrator and as a guest, half an hour; the suite tries a
part of them. Prints what `pytest` prints.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = "tests/cms/gate/test_broken_requests.py"


def main() -> int:
    environment = {**os.environ, "BROKEN_REQUESTS": "all"}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", TESTS]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
