"""Shared blocks in the admin: each person in their own language, no way past the gate.

Wagtail asks for rights on a snippet's *model*; ours depend on the object's language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import ProtectedError, QuerySet, RestrictedError
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.generic import (
    CreateView,
    DeleteView,
    EditView,
    UnpublishView,
)
from wagtail.models import Locale
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.views.snippets import UnpublishView as SnippetUnpublishView

from cms.gate import actions, deciding, permissions, record
from cms.gate.errors import refused_deletion
from cms.gate.forms import reason_for_readers
from cms.gate.staff import StaffRequest


class OwnLanguage:
    """Mixin for views of one object: refuses a language that is not the person's."""

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        obj = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if obj is None:  # It is about to be written.
            locale = self.get_locale()  # type: ignore[attr-defined]
            new = self.model(locale=locale)  # type: ignore[attr-defined]
            permissions.require(new, "add", self.request.user)  # type: ignore[attr-defined]
            return obj
        asked = getattr(self, "permission_required", None)
        verb = asked if asked in {"delete", "unpublish"} else "edit"
        permissions.require(obj, verb, self.request.user)  # type: ignore[attr-defined]
        return obj


class KeepsWhatNobodyCouldRead:
    """Mixin for the editor: keeps as a draft what would wait for nobody."""

    def setup(self, request: StaffRequest, *args: Any, **kwargs: Any) -> None:
        model = self.model  # type: ignore[attr-defined]
        key = unquote(str(kwargs.get("pk", args[0] if args else "")))
        obj = model._default_manager.filter(pk=key).first() if key else None
        if obj:
            deciding.keep_as_draft(request, obj)
        elif not key:
            locale = Locale.objects.get(language_code=record.source_language())
            deciding.keep_new_as_draft(request, model(locale=locale))
        super().setup(request, *args, **kwargs)  # type: ignore[misc]


class RefusesWhatIsUsed:
    """Mixin for deletion: answers in words when the database says that it is used.

    Wagtail offers no deletion of what its index of references knows to be used, but
    the index is brought up to date in the background.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)  # type: ignore[misc]
        except (ProtectedError, RestrictedError) as error:
            raise refused_deletion(error) from error


def _of_own_languages(model: Any, request: HttpRequest) -> QuerySet:
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_permission_for(request.user, "change")


class OwnLanguageChoices:
    """Mixin for choosers: offers what is written in the person's languages."""

    def get_object_list(self) -> QuerySet:
        return _of_own_languages(self.model_class, self.request)  # type: ignore[attr-defined]


class OwnChooseView(OwnLanguageChoices, ChooseView):
    pass


class OwnChooseResultsView(OwnLanguageChoices, ChooseResultsView):
    pass


class OwnChosenView(SnippetChosenView):
    def get_object(self, pk: Any) -> Any:
        return _of_own_languages(self.model_class, self.request).get(pk=pk)


class OwnChosenMultipleView(SnippetChosenMultipleView):
    def get_objects(self, pks: Any) -> QuerySet:
        return _of_own_languages(self.model_class, self.request).filter(pk__in=pks)


class GatedSnippetChooserViewSet(SnippetChooserViewSet):
    choose_view_class = OwnChooseView
    choose_results_view_class = OwnChooseResultsView
    chosen_view_class = OwnChosenView
    chosen_multiple_view_class = OwnChosenMultipleView


class WithdrawView(SnippetUnpublishView):
    """Takes a block off the site with its translations, and asks why."""

    template_name = "gate/confirm_unpublish.html"

    def unpublish(self) -> None:
        reason = reason_for_readers(self.request)
        actions.withdraw(self.object, by=self.request.user, reason=reason)


class GatedSnippetViewSet(SnippetViewSet):
    """Views for a snippet that passes the gate."""

    unpublish_view_class = WithdrawView
    delete_template_name = "gate/confirm_delete.html"

    chooser_viewset_class = GatedSnippetChooserViewSet

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return _of_own_languages(self.model, request)

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., Any]:
        if issubclass(view_class, UnpublishView):
            # Withdrawing is a right of its own; nobody holds the one to publish.
            kwargs["permission_required"] = "unpublish"
        if hasattr(view_class, "get_object"):
            mixins: tuple[type, ...] = (OwnLanguage,)
            if issubclass(view_class, DeleteView):
                mixins = (RefusesWhatIsUsed, OwnLanguage)
            if issubclass(view_class, CreateView | EditView):
                mixins = (KeepsWhatNobodyCouldRead, OwnLanguage)
            view_class = type(view_class.__name__, (*mixins, view_class), {})
        return super().construct_view(view_class, **kwargs)
