"""Addresses of the offer."""

from django.urls import path

from .views import editing, photos, records, reviewing

urlpatterns = [
    path("", records.site_list, name="sites"),
    path("new/", records.site_new, name="site-new"),
    path("<slug:code>/", records.site_detail, name="site"),
    path("<slug:code>/edit/", editing.site_edit, name="site-edit"),
    path("<slug:code>/submit/", records.site_submit, name="site-submit"),
    path("<slug:code>/withdraw/", records.site_withdraw, name="site-withdraw"),
    path("<slug:code>/review/", reviewing.site_review, name="site-review"),
    path("<slug:code>/publish/", reviewing.site_publish, name="site-publish"),
    path("<slug:code>/return/", reviewing.site_return, name="site-return"),
    path("<slug:code>/photos/", photos.photo_add, name="site-photo-add"),
    path("<slug:code>/photos/<slug:name>/remove/", photos.photo_remove, name="site-photo-remove"),
    path("<slug:code>/photos/<slug:name>/<slug:size>.jpg", photos.photo_serve, name="site-photo"),
]
