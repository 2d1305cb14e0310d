"""What staff bring in: each file is looked into, and what is wrong stands at the field."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.core import replacing


class Replacing:
    """A form that says what happens when the file of a text is exchanged."""

    instance: Any
    fields: Any
    changed_data: Any
    cleaned_data: Any

    def tell_of_drafts(self) -> None:
        """Say at the field which texts a new file concerns."""
        if self.instance.pk and (users := replacing.public_users(self.instance)):
            text = _(
                "Readers see the file in: %(titles)s. If you replace it, drafts of these "
                "texts are made; readers keep the old file until they are approved."
            )
            told = text % {"titles": replacing.named(users)}
            field = self.fields["file"]
            field.help_text = f"{field.help_text} {told}"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        self.require_whole(file)
        file.seek(0)
        if self.instance.pk and (
            refusal := replacing.refusal_to_replace(self.instance)
        ):
            raise ValidationError(refusal)
        return file

    def require_whole(self, file: Any) -> None:
        """Raise ``ValidationError`` for a file that readers could not open."""


class WholeImageField(WagtailImageField):
    """Images are read to their last line: half a picture opens, and looks it."""

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file is not None:
                file.seek(0)
                with Image.open(file) as image:
                    image.load()
        except (
            OSError,
            SyntaxError,
            ValueError,
            Image.DecompressionBombError,
        ) as error:
            raise _damaged() from error
        return file


class ImageForm(Replacing, BaseImageForm):
    """The form of an image."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual := self.fields.get("file"):
            self.fields["file"] = WholeImageField(
                label=usual.label, required=usual.required, widget=usual.widget
            )
            self.tell_of_drafts()


class FileForm(Replacing, BaseDocumentForm):
    """A file is what its name says, and complete as far as one can tell."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.tell_of_drafts()

    def require_whole(self, file: Any) -> None:
        ending = file.name.rpartition(".")[2].lower()
        is_such, is_whole = _LOOKED_INTO.get(ending, (_anything, _anything))
        if not is_such(file):
            text = _("The file is called .%(ending)s, but it is something else.")
            raise ValidationError(text % {"ending": ending}, code="other_type")
        if not is_whole(file):
            raise _damaged()


def _damaged() -> ValidationError:
    text = _(
        "The file is damaged or not complete. Save it once more, and bring that in."
    )
    return ValidationError(text, code="damaged")


def _anything(file: File) -> bool:
    return True


def _begins(*beginnings: bytes, at: int = 0) -> Callable[[File], bool]:
    def look(file: File) -> bool:
        file.seek(at)
        read: bytes = file.read(16)
        return read.startswith(beginnings)

    return look


def _ends_as_pdf(file: File) -> bool:
    file.seek(max(0, (file.size or 0) - 2048))
    return b"%%EOF" in file.read()


def _is_text(file: File) -> bool:
    file.seek(0)
    read: bytes = file.read()
    try:
        return "\x00" not in read.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def _has_captions(file: File) -> bool:
    file.seek(0)
    return b"-->" in file.read() and _is_text(file)


def _is_whole_zip(file: File) -> bool:
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as found:
            return found.testzip() is None
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return False


def _has_whole_boxes(file: File) -> bool:
    """Say whether the boxes that a film is made of end where the file ends."""
    place, size, names = 0, file.size or 0, set()
    while place + 8 <= size:
        file.seek(place)
        head = file.read(16)
        length, name = int.from_bytes(head[:4], "big"), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:], "big")
        if length == 0:
            length = size - place
        if length < 8:
            return False
        names.add(name)
        place += length
    return place == size and b"moov" in names


_ZIP = (_begins(b"PK\x03\x04"), _is_whole_zip)
#: How each kind of file begins, and how one can tell that it is all there.
_LOOKED_INTO: dict[str, tuple[Callable[[File], bool], Callable[[File], bool]]] = {
    "pdf": (_begins(b"%PDF-"), _ends_as_pdf),
    "mp4": (_begins(b"ftyp", at=4), _has_whole_boxes),
    "webm": (_begins(b"\x1a\x45\xdf\xa3"), _anything),
    "vtt": (_begins(b"WEBVTT", b"\xef\xbb\xbfWEBVTT"), _has_captions),
    "csv": (_is_text, _anything),
    "txt": (_is_text, _anything),
    **dict.fromkeys(("docx", "odp", "ods", "odt", "pptx", "xlsx"), _ZIP),
}
