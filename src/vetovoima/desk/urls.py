"""Addresses of the desk, area by area."""

from django.urls import include, path

app_name = "desk"
urlpatterns = [
    path("", include("vetovoima.desk.day.urls")),
    path("sites/", include("vetovoima.desk.sites.urls")),
    path("packages/", include("vetovoima.desk.packages.urls")),
    path("partners/", include("vetovoima.desk.partners.urls")),
    path("facts/", include("vetovoima.desk.facts.urls")),
    path("enquiries/", include("vetovoima.desk.enquiries.urls")),
    path("collection/", include("vetovoima.desk.collection.urls")),
    path("progress/", include("vetovoima.desk.progress.urls")),
    path("model/", include("vetovoima.desk.model.urls")),
    path("people/", include("vetovoima.desk.people.urls")),
    path("mail/", include("vetovoima.desk.mail.urls")),
    path("documents/", include("vetovoima.desk.documents.urls")),
    path("visits/", include("vetovoima.desk.visits.urls")),
    path("audit/", include("vetovoima.desk.audit.urls")),
    path("channels/", include("vetovoima.desk.channels.urls")),
    path("webhooks/", include("vetovoima.desk.webhooks.urls")),
    path("neighbours/", include("vetovoima.desk.federation.urls")),
    path("embeds/", include("vetovoima.desk.embeds.urls")),
    path("me/", include("vetovoima.desk.me.urls")),
]
