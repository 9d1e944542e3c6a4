"""Addresses of the sectors' sheets."""

from django.urls import path

from . import sectors

urlpatterns = [
    path("", sectors.sector_map, name="sectors"),
    path("<slug:slug>/", sectors.sector_sheet, name="sector"),
    path("<slug:slug>/begin/", sectors.sector_begin, name="sector-begin"),
    path("<slug:slug>/edit/", sectors.sector_edit, name="sector-edit"),
    path("<slug:slug>/edit/<slug:part>/", sectors.sector_part, name="sector-part"),
    path("<slug:slug>/scores/", sectors.sector_scores, name="sector-scores"),
    path("<slug:slug>/ask/", sectors.sector_ask, name="sector-ask"),
    path("<slug:slug>/review/", sectors.sector_review, name="sector-review"),
    path("<slug:slug>/return/", sectors.sector_return, name="sector-return"),
    path("<slug:slug>/homework/<int:number>/", sectors.sector_homework, name="sector-homework"),
]
