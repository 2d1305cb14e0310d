"""Shared blocks in the admin: each person in their own language, no way past the gate.

Wagtail asks for rights on a snippet's *model*; ours depend on the object's language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.admin.views.generic import UnpublishView
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.publishing import permissions


class OwnLanguage:
    """Mixin for views of one object: refuses a language that is not the person's."""

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        obj = super().get_object(*args, **kwargs)  # type: ignore[misc]
        asked = getattr(self, "permission_required", None)
        verb = asked if asked in {"delete", "unpublish"} else "edit"
        permissions.require(obj, verb, self.request.user)  # type: ignore[attr-defined]
        return obj


class GatedSnippetViewSet(SnippetViewSet):
    """Views for a snippet that passes the gate."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., Any]:
        if issubclass(view_class, UnpublishView):
            # Withdrawing is a right of its own; nobody holds the one to publish.
            kwargs["permission_required"] = "unpublish"
        if hasattr(view_class, "get_object"):
            view_class = type(view_class.__name__, (OwnLanguage, view_class), {})
        return super().construct_view(view_class, **kwargs)
