"""Addresses of the portal under `/<lang>/`; what is left over are pages of the content editor."""

from django.urls import path, re_path

from .views import enquiry, pages, progress, record, search

urlpatterns = [
    path("sites/", search.sites, name="portal-sites"),
    path("sites/points.json", search.points, name="portal-points"),
    path("sites/<slug:code>/", record.site, name="portal-site"),
    path("progress/", progress.progress, name="portal-progress"),
    path("enquiry/", enquiry.enquiry, name="portal-enquiry"),
    path("enquiry/received/<str:receipt>/", enquiry.received, name="portal-enquiry-received"),
    re_path(r"^((?:[\w-]+/)*)$", pages.page, name="portal-page"),
]
