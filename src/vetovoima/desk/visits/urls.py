"""Addresses of the counts of visits."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.visits, name="visits"),
    path("visits.csv", views.visits_csv, name="visits-csv"),
]
