"""Where preview links lead, and where they are made."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page


def of(secret: str) -> dict[str, str]:
    """Return where a draft is read: a page for people, and JSON for a front end."""
    base = settings.CMS_PUBLIC_BASE_URL
    return {
        "page": base + reverse("site:shared_preview", args=[secret]),
        "json": f"{base}/api/v1/preview/{secret}",
    }


def list_url(obj: Any) -> str:
    """Return the screen with the links to drafts of ``obj``."""
    kind_id = (
        obj.content_type_id
        if isinstance(obj, Page)
        else ContentType.objects.get_for_model(type(obj)).pk
    )
    return reverse("previews:links", args=[kind_id, obj.pk])
