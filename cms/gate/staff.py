"""Requests from the people who work here, and the texts that they are about."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from cms.gate.reviews import is_gated_model


class StaffRequest(HttpRequest):
    """A request behind the admin's door: somebody is logged in."""

    user: User


def text_or_404(content_type_id: int, object_id: str) -> Any:
    """Return the text that an address names. Raises ``Http404``."""
    model = get_object_or_404(ContentType, pk=content_type_id).model_class()
    if model is None or not is_gated_model(model):
        raise Http404
    try:
        return get_object_or_404(model, pk=object_id)
    except ValueError as error:
        raise Http404 from error
