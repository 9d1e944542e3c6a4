"""The machine doors."""

from django.urls import include, path, re_path

from . import charts, embeds, feeds, files, papers, photos, standard

app_name = "api"
urlpatterns = [
    path("api/v1/", include("vetovoima.api.v1.urls")),
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
    path("schema/", standard.overview, name="standard"),
    re_path(
        r"^(?P<language>fi|en|sv)/sites/(?P<code>[A-Z0-9-]{1,30})\.pdf$", papers.site_pdf, name="site_pdf"
    ),
    path("schema/site.json", standard.schema, name="standard_schema"),
    path("schema/site-template.xlsx", standard.workbook, name="standard_workbook"),
    path("schema/site-template.csv", standard.csv_form, name="standard_csv"),
    path("schema/mapping/cnig.json", standard.mapping, name="standard_mapping"),
    path("schema/validate", standard.validate, name="standard_validate"),
    re_path(r"^charts/(?P<subject>[a-z0-9-]{1,80})\.(?P<ending>svg|csv|json)$", charts.chart, name="chart"),
    path("embed.js", embeds.embed_script, name="embed_script"),
    path("embed/<slug:slug>/", embeds.frame, name="embed_frame"),
    path("embed/<slug:slug>/fragment.html", embeds.fragment, name="embed_fragment"),
    path("media/files/<slug:name>/", files.published_file, name="file"),
    path("media/photos/<slug:name>/<slug:size>.jpg", photos.published_photo, name="photo"),
]
