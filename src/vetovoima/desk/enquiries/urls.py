"""Addresses of enquiries: the list, one, and one for each verb."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.enquiry_list, name="enquiries"),
    path("<slug:reference>/", views.enquiry_detail, name="enquiry"),
    path("<slug:reference>/release/", views.release, name="enquiry-release"),
    path("<slug:reference>/spam/", views.mark_as_spam, name="enquiry-mark_as_spam"),
    path("<slug:reference>/screen/", views.start_screening, name="enquiry-start_screening"),
    path("<slug:reference>/assign/", views.assign, name="enquiry-assign"),
    path("<slug:reference>/share/", views.share, name="enquiry-share"),
    path("<slug:reference>/seal/", views.seal, name="enquiry-seal"),
    path("<slug:reference>/answer/", views.record_answer, name="enquiry-record_answer"),
    path("<slug:reference>/note/", views.add_note, name="enquiry-add_note"),
    path("<slug:reference>/close/", views.close, name="enquiry-close"),
    path("<slug:reference>/reject/", views.reject, name="enquiry-reject"),
    path("<slug:reference>/reopen/", views.reopen, name="enquiry-reopen"),
]
