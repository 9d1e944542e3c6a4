"""Addresses of mail and outbox."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.mail, name="mail"),
    path("<int:number>/again/", views.mail_again, name="mail-again"),
]
