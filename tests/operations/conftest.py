"""The municipality, committed: other processes read it too."""

from __future__ import annotations

from tests.factories.fixtures import committed_site

__all__ = ["committed_site"]
