"""The blocks of a body. Each turns its value into its part of the document."""

from __future__ import annotations

from cms.core.blocks.phone import PhoneBlock

__all__ = ["PhoneBlock"]
