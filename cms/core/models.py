"""The content that other apps build on; each concept has a module of its own."""

from __future__ import annotations

from cms.core.contact import ContactBlock
from cms.core.emergency import EmergencyNumbers
from cms.core.media import ContentImage, ContentRendition, MediaFile
from cms.core.page import BasePage
from cms.core.shared_block import SharedBlock

__all__ = [
    "BasePage",
    "ContactBlock",
    "MediaFile",
    "ContentImage",
    "ContentRendition",
    "EmergencyNumbers",
    "SharedBlock",
]
