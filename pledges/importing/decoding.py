"""From the bytes of a file to its text. What was assumed is said, never kept quiet."""

from __future__ import annotations

import codecs
from typing import IO

from django.utils.translation import gettext as _

from pledges.importing.mistakes import UnreadableFile

MAX_BYTES = 2 * 1024 * 1024
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(file: IO[bytes]) -> tuple[str, list[str]]:
    """Return the text of a file and remarks on how it was read.

    Never takes more into memory than the largest file that is allowed. Raises
    ``UnreadableFile``.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        text = _("The file is larger than %(limit)s MB. Divide it into several files.")
        raise UnreadableFile(text % {"limit": MAX_BYTES // (1024 * 1024)})
    if data.startswith(_OFFICE):
        text = _("This is not a CSV file. Save the sheet as 'CSV UTF-8' and try again.")
        raise UnreadableFile(text)
    if data.startswith(_UTF16_MARKS):
        text = _("The file is in UTF-16. Save it as 'CSV UTF-8' and try again.")
        raise UnreadableFile(text)
    text, remarks = _decoded(data)
    if "\0" in text:
        raise UnreadableFile(_not_text())
    if not text.strip():
        raise UnreadableFile(_("The file is empty."))
    return text, remarks


def _decoded(data: bytes) -> tuple[str, list[str]]:
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableFile(_not_text()) from error
    remark = _("The file is not in UTF-8. Windows-1252 was assumed: check å, ä and ö.")
    return text, [remark]


def _not_text() -> str:
    return _("The file is not text. Save the sheet as 'CSV UTF-8' and try again.")
