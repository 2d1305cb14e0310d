"""Addresses of the screens with preview links, below ``/admin/preview-links/``."""

from __future__ import annotations

from django.urls import path

from cms.previews import views

app_name = "previews"
urlpatterns = [
    path("<int:content_type_id>/<str:object_id>/", views.text_links, name="links"),
    path("<int:link_id>/revoke", views.revoke, name="revoke"),
]
