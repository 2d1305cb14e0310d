"""Webhooks in the admin: who is told, and what became of each delivery."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.webhooks import changes, views
from cms.webhooks.forms import EndpointForm
from cms.webhooks.models import Delivery, Endpoint


def with_progress(endpoints: QuerySet[Endpoint]) -> QuerySet[Endpoint]:
    """Add ``last_success``, ``backlog`` and ``given_up``; still one query.

    The backlog is what a worker would send: not what waits for its language.
    """
    languages = changes.offered_languages()
    waiting = Q(deliveries__state=Delivery.State.PENDING)
    return endpoints.annotate(
        last_success=Max("deliveries__delivered_at"),
        backlog=Count(
            "deliveries", filter=waiting & Q(deliveries__locale__in=languages)
        ),
        given_up=Count("deliveries", filter=Q(deliveries__state=Delivery.State.PARKED)),
    )


class EndpointIndexView(generic.IndexView):
    """All webhooks with how far each has come."""

    def get_base_queryset(self) -> QuerySet[Endpoint]:
        return with_progress(super().get_base_queryset())

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        deliveries = reverse("webhook_deliveries:index")
        label = _("Deliveries")
        return [
            *super().header_buttons,
            HeaderButton(label, url=deliveries, icon_name="list-ul"),
        ]


class EndpointCreateView(generic.CreateView):
    """Shows the secret when the webhook is there; never again."""

    def save_instance(self) -> Endpoint:
        self.form.instance.created_by = self.request.user
        saved: Endpoint = super().save_instance()
        return saved

    def save_action(self) -> HttpResponse:
        if self.expects_json_response:
            return super().save_action()
        return views.show_secret(self.request, self.object, self.object.secret)


class EndpointEditView(generic.EditView):
    """The form, and above it how the webhook is doing and what can be done."""

    def get_queryset(self) -> QuerySet[Endpoint]:
        return with_progress(super().get_queryset())

    def get_success_url(self) -> str:
        return self.get_edit_url()


class EndpointViewSet(ModelViewSet):
    """Who is told of publications."""

    model = Endpoint
    icon = "link-external"
    menu_label = gettext_lazy("Webhooks")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = EndpointIndexView
    add_view_class = EndpointCreateView
    edit_view_class = EndpointEditView
    edit_template_name = "webhooks/edit.html"
    ordering = ["name"]
    list_display = [
        "name",
        Column("url", label=gettext_lazy("Address")),
        BooleanColumn("enabled", label=gettext_lazy("In use")),
        DateColumn("last_success", label=gettext_lazy("Last delivered")),
        DateColumn("failing_since", label=gettext_lazy("Has failed since")),
        Column("backlog", label=gettext_lazy("Waiting")),
        Column("given_up", label=gettext_lazy("Given up")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return EndpointForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("rotate/<int:pk>/", views.rotate, name="rotate"),
            path("retire/<int:pk>/", views.retire, name="retire"),
            path("test/<int:pk>/", views.send_test, name="test"),
            path("resend/<int:pk>/", views.resend_all, name="resend"),
        ]


class ResendColumn(Column):
    """A button for what was given up."""

    cell_template_name = "webhooks/resend_cell.html"

    def get_cell_context_data(self, instance: Delivery, parent: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent)
        return {**context, "csrf_token": get_token(parent["request"])}


# Whoever may see webhooks may see what became of them.
register_permission_policy(Delivery, ModelPermissionPolicy(Endpoint), exact_class=True)


def _retry_time(delivery: Delivery) -> str:
    """Write out a time that is still to come; a `DateColumn` tells how long ago."""
    moment = delivery.retry_at
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else ""


class DeliveryFilter(WagtailFilterSet):
    class Meta:
        model = Delivery
        fields = ["endpoint", "state"]


class DeliveryIndexView(generic.IndexView):
    """What became of each publication, the newest first."""

    breadcrumbs_items = [
        *generic.IndexView.breadcrumbs_items,
        {"url": reverse_lazy("webhooks:index"), "label": gettext_lazy("Webhooks")},
    ]

    def get_base_queryset(self) -> QuerySet[Delivery]:
        rows: QuerySet[Delivery] = super().get_base_queryset()
        return rows.select_related("endpoint", "publication").defer(
            "publication__document"
        )

    def get_edit_url(self, instance: Delivery) -> str:
        return reverse("webhooks:edit", args=[instance.endpoint_id])

    def get_list_buttons(self, instance: Delivery) -> list[Any]:
        return []


class DeliveryViewSet(ModelViewSet):
    """Deliveries are made by workers: a list to look at, and to take up again."""

    model = Delivery
    icon = "link-external"
    add_to_reference_index = False
    index_view_class = DeliveryIndexView
    filterset_class = DeliveryFilter
    form_fields: list[str] = []
    list_per_page = 50
    ordering = ["-publication_id", "endpoint_id"]
    list_display = [
        Column("publication_id", label=gettext_lazy("Publication")),
        Column("subject", label=gettext_lazy("What")),
        Column("endpoint", label=gettext_lazy("Webhook")),
        Column("get_state_display", label=gettext_lazy("State")),
        Column("attempts", label=gettext_lazy("Attempts")),
        Column("outcome", label=gettext_lazy("Outcome")),
        Column("retry_at", label=gettext_lazy("Next attempt"), accessor=_retry_time),
        DateColumn("delivered_at", label=gettext_lazy("Delivered")),
        ResendColumn("resend", label=""),
    ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Say that there are no other screens to lead to."""
        names = ("add", "edit", "delete", "history", "usage")
        absent = {f"{name}_url_name": None for name in names}
        common: dict[str, Any] = super().get_common_view_kwargs(**absent, **kwargs)
        return common

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("resend/<uuid:pk>/", views.resend, name="resend"),
        ]

    def register_admin_url_finder(self) -> None:
        """There is no page of one delivery to lead to."""
