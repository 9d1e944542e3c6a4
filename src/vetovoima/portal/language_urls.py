"""Addresses of the portal under `/<lang>/`; what is left over are pages of the content editor."""

from django.urls import path, re_path

from .views import enquiry, knowledge, pages, progress, record, search

urlpatterns = [
    path("sites/", search.sites, name="portal-sites"),
    path("sites/points.json", search.points, name="portal-points"),
    path("sites/<slug:code>/", record.site, name="portal-site"),
    path("opportunities/", search.opportunities, name="portal-opportunities"),
    path("opportunities/<slug:code>/", record.site, name="portal-opportunity"),
    path("facts/", knowledge.facts, name="portal-facts"),
    path("facts/facts.csv", knowledge.facts_csv, name="portal-facts-csv"),
    path("facts/facts.json", knowledge.facts_json, name="portal-facts-json"),
    path("permits/", knowledge.permits, name="portal-permits"),
    path("expertise/", knowledge.expertise, name="portal-expertise"),
    path("expertise/<slug:slug>/", knowledge.asset, name="portal-asset"),
    path("references/", knowledge.references, name="portal-references"),
    path("progress/", progress.progress, name="portal-progress"),
    path("enquiry/", enquiry.enquiry, name="portal-enquiry"),
    path("enquiry/received/<str:receipt>/", enquiry.received, name="portal-enquiry-received"),
    re_path(r"^((?:[\w-]+/)*)$", pages.page, name="portal-page"),
]
