"""Addresses of the archivist's screens, below ``/admin/archive/``."""

from __future__ import annotations

from django.urls import path

from cms.archive import views

app_name = "archive"
urlpatterns = [
    path("", views.search, name="search"),
    path("compare/", views.compare, name="compare"),
    path("export/", views.take_out, name="export"),
    path("at/<str:stamp>/", views.as_of, name="as_of"),
    path("at/<str:stamp>/<path:path>", views.as_of, name="as_of"),
]
