from __future__ import annotations

from django.urls import path

from pledges.dashboard import views

app_name = "follow_pledges"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("<slug:what>.<slug:form>", views.export, name="export"),
]
