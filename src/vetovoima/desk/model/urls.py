"""Addresses of the operating model: who does what, the municipalities' profiles, company contacts."""

from django.urls import path

from . import contact_views, emphasis_views, plan_views, readiness_views, views

TOWN = "municipalities/<slug:town>/"
CONTACT = "contacts/<slug:contact>/"

urlpatterns = [
    path("", views.model, name="model"),
    path("municipalities/", views.municipalities, name="municipalities"),
    path(TOWN, emphasis_views.profile, name="municipality"),
    path(f"{TOWN}emphasis/", emphasis_views.emphasis_edit, name="emphasis-edit"),
    path(f"{TOWN}emphasis/approve/", emphasis_views.emphasis_approve, name="emphasis-approve"),
    path(f"{TOWN}emphasis/drop/", emphasis_views.emphasis_drop, name="emphasis-drop"),
    path(f"{TOWN}emphasis/<int:number>/", emphasis_views.emphasis_version, name="emphasis"),
    path(f"{TOWN}gatherings/new/", emphasis_views.gathering_new, name="gathering-new"),
    path(f"{TOWN}gatherings/<int:number>/", emphasis_views.gathering_edit, name="gathering-edit"),
    path(f"{TOWN}gatherings/<int:number>/remove/", emphasis_views.gathering_remove, name="gathering-remove"),
    path(f"{TOWN}readiness/", readiness_views.readiness, name="readiness"),
    path(f"{TOWN}readiness/reopen/", readiness_views.readiness_reopen, name="readiness-reopen"),
    path(f"{TOWN}readiness/<int:number>/", readiness_views.readiness_year, name="readiness-year"),
    path(f"{TOWN}plan/new/", plan_views.action_new, name="plan-new"),
    path(f"{TOWN}plan/<int:number>/", plan_views.action_edit, name="plan-edit"),
    path("contacts/", contact_views.contact_list, name="contacts"),
    path("contacts/new/", contact_views.contact_new, name="contact-new"),
    path("contacts/export.csv", contact_views.contact_export, name="contact-export"),
    path(CONTACT, contact_views.contact_detail, name="contact"),
    path(f"{CONTACT}edit/", contact_views.contact_edit, name="contact-edit"),
    path(f"{CONTACT}follow-up/", contact_views.contact_follow_up, name="contact-follow-up"),
    path(f"{CONTACT}share/", contact_views.contact_share, name="contact-share"),
    path(f"{CONTACT}stop-sharing/", contact_views.contact_unshare, name="contact-unshare"),
    path(f"{CONTACT}remove/", contact_views.contact_remove, name="contact-remove"),
]
