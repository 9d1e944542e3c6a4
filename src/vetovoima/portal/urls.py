"""Addresses of the portal without a language."""

from django.urls import path, re_path

from .views import pictures, plain, social

urlpatterns = [
    path("", plain.to_language, name="portal-root"),
    path("favicon.ico", plain.favicon, name="portal-favicon"),
    path("brand.css", plain.brand, name="portal-brand"),
    path("map/boundaries.geojson", plain.boundaries, name="portal-boundaries"),
    path("robots.txt", plain.robots, name="portal-robots"),
    path("sitemap.xml", plain.sitemap, name="portal-sitemap"),
    re_path(
        r"^sitemap-(?P<language>fi|en|sv)-(?P<number>[1-9]\d{0,4})\.xml$",
        plain.sitemap_part,
        name="portal-sitemap-part",
    ),
    re_path(
        r"^social/(?P<kind>site|page|view)/(?P<key>[\w-]{1,60})\.(?P<language>fi|en|sv)\.png$",
        social.picture,
        name="portal-social",
    ),
    path("media/images/<str:name>", pictures.picture, name="portal-picture"),
    path("llms.txt", plain.llms, name="portal-llms"),
    path(".well-known/security.txt", plain.security, name="portal-security"),
]
