"""Make the first stage. A process of its own, so that nothing of it stays in a run."""

from __future__ import annotations

import django

if __name__ == "__main__":
    django.setup()
    from tests.stages import copies

    copies.of_this_process().make_first_stage()
