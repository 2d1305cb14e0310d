"""Addresses of the review screens, below ``/admin/review/``."""

from __future__ import annotations

from django.urls import path

from cms.gate import views

app_name = "review"
urlpatterns = [
    path("", views.waiting_list, name="list"),
    path("<int:content_type_id>/<str:object_id>/", views.review_text, name="text"),
    path(
        "<int:content_type_id>/<str:object_id>/take-back/",
        views.take_back,
        name="take_back",
    ),
    path(
        "<int:content_type_id>/<str:object_id>/revision/<int:revision_id>/",
        views.preview,
        name="preview",
    ),
]
