"""How a model says what is translated and what is the same in every language.

wagtail-localize's two classes under the only name that the rest of the project uses:
no other package than ``cms.engine`` and ``cms.desk`` imports the engine.
"""

from __future__ import annotations

from wagtail_localize.fields import SynchronizedField, TranslatableField

__all__ = ["SynchronizedField", "TranslatableField", "synchronized", "translated"]


def translated(*names: str) -> list[TranslatableField]:
    """Return the declaration that these fields have a text in each language."""
    return [TranslatableField(name) for name in names]


def synchronized(*names: str) -> list[SynchronizedField]:
    """Return the declaration that these fields have one value in all languages."""
    return [SynchronizedField(name, overridable=False) for name in names]
