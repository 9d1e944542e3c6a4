"""Where somebody without an account answers by a link: under /answer/, before anybody has signed in."""

from django.urls import path

from .views import public

urlpatterns = [
    path("<str:token>/", public.answer, name="round-answer"),
    path("<str:token>/save/", public.answer_save, name="round-answer-save"),
    path("<str:token>/form.xlsx", public.answer_workbook, name="round-answer-workbook"),
    path("<str:token>/upload/", public.answer_upload, name="round-answer-upload"),
]
