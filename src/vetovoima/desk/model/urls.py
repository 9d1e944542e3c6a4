"""Address of the operating model."""

from django.urls import path

from . import views

urlpatterns = [path("", views.model, name="model")]
