"""An app of somebody else's works without a line changed in the product.

It is not installed in this suite, so that what the product promises (its API, its
demo) is tested without it. Here a run of its own has it installed: the stories of its
folder, and what is generated over all kinds for the two that it has.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

_SETTINGS = "tests.example_app.settings"
#: Of the tests that are generated over all kinds those of the app's.
_ITS_KINDS = "example_app or events or timetable or EventPage or Timetable"


@pytest.mark.first
def test_somebody_elses_app_goes_the_whole_way():
    ours = ("DATABASE_URL", "DJANGO_", "PYTEST_", "TEST_STAGES_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("tests/example_app", "tests/cms/kinds", "-k", _ITS_KINDS),
        ],
        cwd=Path(settings.BASE_DIR),
        env={**environment, "TEST_SETTINGS": _SETTINGS},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
