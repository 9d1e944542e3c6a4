"""Addresses of the OGC API: each with and without a slash at its end, and a problem for what is not there."""

from __future__ import annotations

from django.urls import re_path

from . import items, pages

app_name = "ogc"
COLLECTION = r"^collections/(?P<collection>[A-Za-z0-9_-]{1,60})"
urlpatterns = [
    re_path(COLLECTION + r"/items/?$", items.items, name="items"),
    re_path(COLLECTION + r"/items/(?P<feature>[A-Za-z0-9._-]{1,80})/?$", items.item, name="item"),
    re_path(COLLECTION + r"/?$", pages.collection, name="collection"),
    re_path(r"^collections/?$", pages.collections, name="collections"),
    re_path(r"^conformance/?$", pages.conformance, name="conformance"),
    re_path(r"^api/?$", pages.api, name="api"),
    re_path(r"^$", pages.landing, name="landing"),
    re_path(r"^[\s\S]*$", pages.nothing_here),
]
