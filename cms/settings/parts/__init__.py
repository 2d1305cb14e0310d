"""Pieces of the settings that are more than a value: each one idea, no environment."""

from __future__ import annotations
