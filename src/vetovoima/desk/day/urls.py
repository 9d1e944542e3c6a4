"""Address of the first page."""

from django.urls import path

from . import views

urlpatterns = [path("", views.my_day, name="day")]
