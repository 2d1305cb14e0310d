"""The value that a block of our own hands to the translation engine."""

from __future__ import annotations

from wagtail_localize.segments import StringSegmentValue

__all__ = ["StringSegmentValue"]
