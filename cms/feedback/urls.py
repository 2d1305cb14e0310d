"""Addresses of what readers said, below ``/admin/readers/``."""

from __future__ import annotations

from django.urls import path

from cms.feedback import views

app_name = "feedback"
urlpatterns = [
    path("reports/", views.report_list, name="reports"),
    path("reports/<int:report_id>/", views.report, name="report"),
    path("wishes/", views.wish_list, name="wishes"),
]
