"""Images and files with what a reader must be told about them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    WagtailImageField,
    WagtailImageFieldFile,
    get_rendition_storage,
)

from cms.core import replacing
from cms.gate.errors import Conflict
from cms.log import files


class ByContent:
    """A file that is stored under what it is."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        super().save(files.draft_name(content, name), content, save)  # type: ignore[misc]


class StoredFile(ByContent, FieldFile):
    """The file of a document."""


class StoredImage(ByContent, WagtailImageFieldFile):
    """The file of an image, or of one size of it."""


class StoredFileField(models.FileField):
    attr_class = StoredFile


class StoredImageField(WagtailImageField):
    attr_class = StoredImage


class Stored:
    """What is brought in: its bytes are for staff until a publication names them."""

    file: Any

    @property
    def url(self) -> str:
        """Return where staff see it."""
        _folder, digest, name = self.file.name.split("/")
        return reverse("draft_file", args=[digest, name])

    @property
    def public_address(self) -> str:
        """Return where readers find this version of it once it is public."""
        return files.address_of(self.file.name)


class Library(Stored):
    """What staff bring in and put into texts: public texts keep what they show."""

    pk: Any
    objects: Any

    def public_addresses(self) -> list[str]:
        """Return where readers find this version of it once it is public."""
        return [self.public_address]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; new bytes become drafts of the public texts that use the file.

        Raises ``Conflict`` while somebody reviews what these bytes are part of.
        """
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        is_same = before is None or before.file.name == self.file.name
        if before and not is_same and (why := replacing.refusal_to_replace(before)):
            raise Conflict(why, code="in_review")
        super().save(*args, **kwargs)  # type: ignore[misc]
        if not is_same:
            self.forget_versions()
            replacing.make_drafts(self)

    def forget_versions(self) -> None:
        """Do away with what was made of the bytes before."""


class ContentImage(Library, AbstractImage):
    """An image with its photographer. Alt text belongs to the place it is used in."""

    file = StoredImageField(
        _("file"), max_length=200,
        width_field="width", height_field="height",
    )  # fmt: skip
    credit = models.CharField(_("photographer or source"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    def public_addresses(self) -> list[str]:
        return [each.public_address for each in self.renditions.all()]

    def forget_versions(self) -> None:
        self.renditions.all().delete()

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class ContentRendition(Stored, AbstractRendition):
    """One size of an image."""

    file = StoredImageField(
        storage=get_rendition_storage, max_length=200,
        width_field="width", height_field="height",
    )  # fmt: skip
    image = models.ForeignKey(
        ContentImage, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="core_one_rendition_per_filter",
            )
        ]


class MediaFile(Library, AbstractDocument):
    """A file with its language and whether it is accessible (R-33, DOS-lagen)."""

    file = StoredFileField(_("file"), max_length=200)
    language = models.CharField(
        _("language of the content"), max_length=35, default="sv",
        help_text=_("Language tag, for example sv, fi or ar."),
    )  # fmt: skip
    accessible = models.BooleanField(
        _("accessible"), default=False,
        help_text=_("The file is tagged and can be read with a screen reader."),
    )  # fmt: skip

    admin_form_fields = (*Document.admin_form_fields, "language", "accessible")

    def clean(self) -> None:
        """Ask for the ending of a file that there is: a form says that there is none."""
        if self.file:
            super().clean()

    def file_type(self) -> str:
        """Return what kind of file it is, as readers know it: ``PDF``."""
        return str(self.file_extension).upper()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
