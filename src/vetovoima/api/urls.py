"""The machine doors."""

from django.urls import path, re_path

from . import embeds, feeds, photos

app_name = "api"
urlpatterns = [
    path("feeds/sites.json", feeds.sites_json, name="sites_json"),
    path("feeds/sites.geojson", feeds.sites_geojson, name="sites_geojson"),
    re_path(
        r"^(?P<language>fi|en|sv)/sites/(?P<code>[A-Z0-9-]{1,30})\.json$", feeds.site_json, name="site_json"
    ),
    re_path(
        r"^(?P<language>fi|en|sv)/sites/(?P<code>[A-Z0-9-]{1,30})\.geojson$",
        feeds.site_geojson,
        name="site_geojson",
    ),
    path("embed.js", embeds.embed_script, name="embed_script"),
    path("embed/<slug:slug>/", embeds.frame, name="embed_frame"),
    path("embed/<slug:slug>/fragment.html", embeds.fragment, name="embed_fragment"),
    path("media/photos/<slug:name>/<slug:size>.jpg", photos.published_photo, name="photo"),
]
