"""Addresses of the portal without a language."""

from django.urls import path

from .views import plain

urlpatterns = [
    path("", plain.to_language, name="portal-root"),
    path("brand.css", plain.brand, name="portal-brand"),
    path("map/boundaries.geojson", plain.boundaries, name="portal-boundaries"),
    path("robots.txt", plain.robots, name="portal-robots"),
    path("sitemap.xml", plain.sitemap, name="portal-sitemap"),
    path(".well-known/security.txt", plain.security, name="portal-security"),
]
