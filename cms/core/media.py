"""Images and files with what a reader must be told about them."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class ContentImage(AbstractImage):
    """An image with its photographer. Alt text belongs to the place it is used in."""

    credit = models.CharField(_("photographer or source"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    def get_upload_to(self, filename: str) -> str:
        """Return a path that nobody guesses: files of drafts lie beside the others (T18).

        The sizes of an image are named after it.
        """
        path: str = super().get_upload_to(f"{secrets.token_hex(8)}-{filename}")
        return path

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class ContentRendition(AbstractRendition):
    """One size of an image."""

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


class MediaFile(AbstractDocument):
    """A file with its language and whether it is accessible (R-33, DOS-lagen)."""

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
