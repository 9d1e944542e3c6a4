"""Addresses of partner channels and deliveries."""

from django.urls import path

from . import views, working

DELIVERY = "deliveries/<slug:delivery>/"

urlpatterns = [
    path("", views.partners, name="partners"),
    path("new/", views.partner_new, name="partner-new"),
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/new/", views.delivery_new, name="delivery-new"),
    path(DELIVERY, views.delivery, name="delivery"),
    path(f"{DELIVERY}edit/", views.delivery_edit, name="delivery-edit"),
    path(f"{DELIVERY}pack/", working.delivery_pack, name="delivery-pack"),
    path(f"{DELIVERY}cancel/", working.delivery_cancel, name="delivery-cancel"),
    path(f"{DELIVERY}sent/", working.delivery_sent, name="delivery-sent"),
    path(f"{DELIVERY}receipt/", working.delivery_receipt, name="delivery-receipt"),
    path(f"{DELIVERY}receipt/file/", working.delivery_receipt_file, name="delivery-receipt-file"),
    path(f"{DELIVERY}shown/", working.delivery_shown, name="delivery-shown"),
    path(f"{DELIVERY}outcome/", working.delivery_outcome, name="delivery-outcome"),
    path(f"{DELIVERY}told/", working.delivery_told, name="delivery-told"),
    path(f"{DELIVERY}files/<slug:ending>/", working.delivery_file, name="delivery-file"),
    path("<slug:partner>/", views.partner, name="partner"),
    path("<slug:partner>/edit/", views.partner_edit, name="partner-edit"),
    path("<slug:partner>/talk/", views.partner_talk, name="partner-talk"),
]
