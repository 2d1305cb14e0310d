"""Kommun CMS: a municipality's website with publishing and translation as its core."""

from __future__ import annotations
