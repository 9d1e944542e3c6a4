"""Addresses of offer packages."""

from django.urls import path

from . import outputs, views

urlpatterns = [
    path("", views.package_list, name="packages"),
    path("new/", views.package_new, name="package-new"),
    path("<slug:package>/", views.package_detail, name="package"),
    path("<slug:package>/edit/", views.package_edit, name="package-edit"),
    path("<slug:package>/copy/", views.package_copy, name="package-copy"),
    path("<slug:package>/ready/", views.package_ready, name="package-ready"),
    path("<slug:package>/archive/", views.package_archive, name="package-archive"),
    path("<slug:package>/reopen/", views.package_reopen, name="package-reopen"),
    path("<slug:package>/<str:language>.pdf", outputs.package_pdf, name="package-pdf"),
    path("<slug:package>/<str:language>.xlsx", outputs.package_workbook, name="package-workbook"),
    path("<slug:package>/<str:language>.json", outputs.package_json, name="package-json"),
]
