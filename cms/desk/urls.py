"""Addresses of the translator's desk, below ``/admin/desk/``."""

from __future__ import annotations

from django.urls import path

from cms.desk import list_views, views

app_name = "desk"
urlpatterns = [
    path("", list_views.worklist_view, name="list"),
    path("start/", list_views.start, name="start"),
    path(
        "structure/<int:content_type_id>/<str:object_id>/",
        list_views.structure,
        name="structure",
    ),
    path("<int:translation_id>/", views.desk, name="translation"),
    path("<int:translation_id>/preview/", views.preview, name="preview"),
    path(
        "<int:translation_id>/segments/<int:segment_id>/",
        views.save_segment,
        name="segment",
    ),
]
