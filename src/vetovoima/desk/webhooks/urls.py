"""Addresses of webhooks."""

from django.urls import path

from . import views, working

WEBHOOK = "<slug:webhook>/"

urlpatterns = [
    path("", views.webhook_list, name="webhooks"),
    path("new/", views.webhook_new, name="webhook-new"),
    path(WEBHOOK, views.webhook_detail, name="webhook"),
    path(f"{WEBHOOK}edit/", views.webhook_edit, name="webhook-edit"),
    path(f"{WEBHOOK}secret/", working.webhook_secret, name="webhook-secret"),
    path(f"{WEBHOOK}pause/", working.webhook_pause, name="webhook-pause"),
    path(f"{WEBHOOK}resume/", working.webhook_resume, name="webhook-resume"),
    path(f"{WEBHOOK}test/", working.webhook_test, name="webhook-test"),
    path(f"{WEBHOOK}replay/", working.webhook_replay, name="webhook-replay"),
    path(f"{WEBHOOK}remove/", working.webhook_remove, name="webhook-remove"),
    path(f"{WEBHOOK}log/<str:delivery>/replay/", working.delivery_replay, name="webhook-delivery-replay"),
]
