"""The languages of the site, as readers are offered them and staff work in them."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class LanguageQuerySet(models.QuerySet["Language"]):
    """Languages, by whom they concern."""

    def visible(self) -> LanguageQuerySet:
        """Those that readers are offered."""
        return self.filter(visible=True)

    def offers(self, code: str) -> bool:
        """Say whether readers are offered the language with this code."""
        return self.visible().filter(locale__language_code=code).exists()

    def active(self) -> LanguageQuerySet:
        """Those that staff work in."""
        return self.filter(active=True)


class Language(models.Model):
    """A language of this site. Added by ``add_language``, never by code (R-01)."""

    class Direction(models.TextChoices):
        LTR = "ltr", _("left to right")
        RTL = "rtl", _("right to left")

    locale = models.OneToOneField(
        "wagtailcore.Locale", on_delete=models.PROTECT, related_name="language"
    )
    tag = models.CharField(_("language tag"), max_length=35, unique=True)
    html_lang = models.CharField(_("lang attribute"), max_length=35)
    direction = models.CharField(
        _("direction"), max_length=3, choices=Direction.choices
    )
    script = models.CharField(_("script"), max_length=4)
    autonym = models.CharField(_("own name"), max_length=60)
    name_sv = models.CharField(_("name in Swedish"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    active = models.BooleanField(_("staff work in it"), default=True)
    visible = models.BooleanField(_("readers are offered it"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)
    motivation = models.TextField(_("why this language"), blank=True)
    fallback_chain = models.JSONField(_("falls back to"), default=list)
    fts_config = models.CharField(_("search"), max_length=30, default="simple")

    objects = LanguageQuerySet.as_manager()

    class Meta:
        ordering = ["order", "tag"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")

    def __str__(self) -> str:
        return self.autonym

    @property
    def code(self) -> str:
        """The tag as Wagtail and Django spell it."""
        return self.tag.lower()

    @property
    def is_source(self) -> bool:
        return self.code == settings.LANGUAGE_CODE

    def clean(self) -> None:
        super().clean()
        if self.is_source and not (self.active and self.visible):
            raise ValidationError(_("Swedish is always offered to readers."))
