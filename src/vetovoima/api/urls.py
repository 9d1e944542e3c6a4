"""The machine doors."""

from django.urls import include, path, re_path

from . import charts, deliveries, export, files, oembed, papers, photos, shown, standard
from .dcat import views as dcat
from .embed import views as embeds
from .feeds import happenings, joint, sites

app_name = "api"
urlpatterns = [
    path("api/v1/", include("vetovoima.api.v1.urls")),
    path("ogc/", include("vetovoima.api.ogc.urls")),
    path("feeds/sites.json", sites.sites_json, name="sites_json"),
    path("feeds/sites.feed.json", sites.sites_feed, name="sites_feed"),
    path("feeds/sites.atom", sites.sites_atom, name="sites_atom"),
    path("feeds/sites.geojson", sites.sites_geojson, name="sites_geojson"),
    path("feeds/sites.csv", sites.sites_csv, name="sites_csv"),
    path("feeds/joint.json", joint.joint_json, name="joint_json"),
    path("feeds/joint.geojson", joint.joint_geojson, name="joint_geojson"),
    path("feeds/news.atom", happenings.news_atom, name="news_atom"),
    path("feeds/news.json", happenings.news_json, name="news_json"),
    path("feeds/events.ics", happenings.events_ics, name="events_ics"),
    re_path(
        r"^(?P<language>fi|en|sv)/sites/(?P<code>[A-Z0-9-]{1,30})\.json$", sites.site_json, name="site_json"
    ),
    re_path(
        r"^(?P<language>fi|en|sv)/sites/(?P<code>[A-Z0-9-]{1,30})\.geojson$",
        sites.site_geojson,
        name="site_geojson",
    ),
    path("dcat/catalog", dcat.by_wish, name="dcat_catalogue"),
    re_path(r"^dcat/catalog\.(?P<form>ttl|jsonld|rdf)$", dcat.catalogue, name="dcat"),
    path("export/", export.archives, name="archives"),
    path("export/<slug:slug>.zip", export.archive, name="archive"),
    path("oembed", oembed.oembed, name="oembed"),
    path("schema/", standard.overview, name="standard"),
    re_path(
        r"^(?P<language>fi|en|sv)/sites/(?P<code>[A-Z0-9-]{1,30})\.pdf$", papers.site_pdf, name="site_pdf"
    ),
    path("schema/site.json", standard.schema, name="standard_schema"),
    path("schema/delivery.json", deliveries.schema, name="delivery_schema"),
    path("schema/site-template.xlsx", standard.workbook, name="standard_workbook"),
    path("schema/site-template.csv", standard.csv_form, name="standard_csv"),
    path("schema/mapping/cnig.json", standard.mapping, name="standard_mapping"),
    path("schema/validate", standard.validate, name="standard_validate"),
    re_path(r"^charts/(?P<subject>[a-z0-9-]{1,80})\.(?P<ending>svg|csv|json)$", charts.chart, name="chart"),
    path("embed.js", embeds.embed_script, name="embed_script"),
    path("embed/shown/", shown.embed_shown, name="embed_shown"),
    path("embed/", embeds.frame, name="embed_region"),
    path("embed/data.json", embeds.data, name="embed_data"),
    path("embed/version.json", embeds.version, name="embed_version"),
    path("embed/fragment.html", embeds.fragment, name="embed_region_fragment"),
    path("embed/<slug:slug>/", embeds.frame, name="embed_frame"),
    path("embed/<slug:slug>/fragment.html", embeds.fragment, name="embed_fragment"),
    path("media/files/<slug:name>/", files.published_file, name="file"),
    path("media/photos/<slug:name>/<slug:size>.jpg", photos.published_photo, name="photo"),
]
