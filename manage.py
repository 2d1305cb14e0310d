#!/usr/bin/env python3
"""Django's command line. Development settings unless DJANGO_SETTINGS_MODULE says so."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from cms.site.management.commands import version


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    if sys.argv[1:2] == ["version"]:
        # Django would answer this one itself, with a number of its own.
        version.Command().run_from_argv(sys.argv)
    else:
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
