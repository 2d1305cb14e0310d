"""Images and files with what a reader must be told about them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    WagtailImageField,
    get_rendition_storage,
)

from cms.log import files


def upload_to(instance: Any, filename: str) -> str:
    """Return where the file of an image, a size of it or a document is stored."""
    return files.draft_name(instance.file.file, filename)


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


class ContentImage(AbstractImage):
    """An image with its photographer. Alt text belongs to the place it is used in."""

    file = WagtailImageField(
        _("file"), upload_to=upload_to, max_length=200,
        width_field="width", height_field="height",
    )  # fmt: skip
    credit = models.CharField(_("photographer or source"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class ContentRendition(Stored, AbstractRendition):
    """One size of an image."""

    file = WagtailImageField(
        upload_to=upload_to, storage=get_rendition_storage, max_length=200,
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


class MediaFile(Stored, AbstractDocument):
    """A file with its language and whether it is accessible (R-33, DOS-lagen)."""

    file = models.FileField(_("file"), upload_to=upload_to, max_length=200)
    language = models.CharField(
        _("language of the content"), max_length=35, default="sv",
        help_text=_("Language tag, for example sv, fi or ar."),
    )  # fmt: skip
    accessible = models.BooleanField(
        _("accessible"), default=False,
        help_text=_("The file is tagged and can be read with a screen reader."),
    )  # fmt: skip

    admin_form_fields = (*Document.admin_form_fields, "language", "accessible")

    def file_type(self) -> str:
        """Return what kind of file it is, as readers know it: ``PDF``."""
        return str(self.file_extension).upper()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
