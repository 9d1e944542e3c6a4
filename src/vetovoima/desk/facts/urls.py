"""Addresses of the fact bank."""

from django.urls import include, path

from . import noun_views, views
from .nouns import NOUNS

urlpatterns = [
    path("", views.fact_list, name="facts"),
    path("sectors/", include("vetovoima.desk.facts.sectors_urls")),
    path("new/", views.fact_new, name="fact-new"),
    path("fact/<slug:slug>/", views.fact_detail, name="fact"),
    path("fact/<slug:slug>/edit/", views.fact_edit, name="fact-edit"),
    path("fact/<slug:slug>/confirm/", views.fact_confirm, name="fact-confirm"),
    path("fact/<slug:slug>/retire/", views.fact_retire, name="fact-retire"),
    path("references/<slug:slug>/withdraw/", noun_views.consent_withdraw, name="facts-consent-withdraw"),
]
for _noun in NOUNS:
    _given = {"noun": _noun}
    urlpatterns += [
        path(f"{_noun}/", noun_views.noun_list, _given, name=f"facts-{_noun}"),
        path(f"{_noun}/new/", noun_views.noun_new, _given, name=f"facts-{_noun}-new"),
        path(f"{_noun}/<slug:slug>/", noun_views.noun_edit, _given, name=f"facts-{_noun}-edit"),
    ]
