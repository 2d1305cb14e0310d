"""Kommun CMS: a municipality's website with publishing and translation as its core."""

from __future__ import annotations

#: The version of the product. It stands here alone; CHANGELOG.md says what is in it.
__version__ = "0.1.0"
