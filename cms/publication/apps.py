from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "cms.publication"
    label = "publication"
    verbose_name = _("Publication log")
    default_auto_field = "django.db.models.BigAutoField"
