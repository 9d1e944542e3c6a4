"""Addresses of the self-audit."""

from django.urls import path

from . import views

urlpatterns = [path("", views.audit, name="audit"), path("<slug:item>/", views.audit_item, name="audit-item")]
