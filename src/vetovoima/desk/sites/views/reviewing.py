"""The coordinator's review: what differs, field by field; publish now or later, or return with a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import services
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.sites.forms import ReturnForm, ScheduleForm
from vetovoima.desk.sites.reviews import review_page

from .records import site_or_404

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site


@door(Kind.SITE, Action.PUBLISH)
def site_review(request: DeskRequest, code: str) -> HttpResponse:
    """This will show how the submitted record differs from what was published last."""
    site = site_or_404(request, code)
    return render(request, "desk/sites/review.html", review_page(request.user, site, ReturnForm()))


@door(Kind.SITE, Action.PUBLISH)
def site_publish(request: DeskRequest, code: str) -> HttpResponse:
    """This will publish what was reviewed, unless it changed since the reviewer opened it."""
    site = site_or_404(request, code)
    if request.method != "POST":
        return redirect("desk:site-review", site.code)
    if _changed_meanwhile(request, site):
        return redirect("desk:site-review", site.code)
    try:
        services.publish_site(site=site, by=request.user, now=timezone.now())
    except services.CannotChange as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Published. The portal, the municipality's own page and the feeds show it now.")
        )
    return redirect("desk:site", site.code)


def _changed_meanwhile(request: DeskRequest, site: Site) -> bool:
    """Whether what is to be published is not what the reviewer read."""
    if request.POST.get("revision") == str(site.revision):
        return False
    messages.warning(
        request, _("The record changed after you opened the review. Look at it again before publishing.")
    )
    return True


@door(Kind.SITE, Action.PUBLISH)
def site_schedule(request: DeskRequest, code: str) -> HttpResponse:
    """This will have what was reviewed published at a later moment."""
    site = site_or_404(request, code)
    form = ScheduleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if _changed_meanwhile(request, site):
            return redirect("desk:site-review", site.code)
        try:
            services.schedule_publishing(
                site=site, at=form.cleaned_data["at"], by=request.user, now=timezone.now()
            )
        except services.CannotChange as error:
            form.add_error("at", str(error))
        else:
            messages.success(
                request,
                _("The record is published by itself at that time. Until then it can be cancelled here."),
            )
            return redirect("desk:site-review", site.code)
    return render(request, "desk/sites/review.html", review_page(request.user, site, ReturnForm(), form))


@door(Kind.SITE, Action.PUBLISH)
def site_unschedule(request: DeskRequest, code: str) -> HttpResponse:
    """This will take a later publishing back."""
    site = site_or_404(request, code)
    if request.method == "POST":
        try:
            services.cancel_scheduled(site=site, by=request.user, now=timezone.now())
        except services.CannotChange as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Cancelled. The record waits for review as before."))
    return redirect("desk:site-review", site.code)


@door(Kind.SITE, Action.PUBLISH)
def site_return(request: DeskRequest, code: str) -> HttpResponse:
    """This will give the record back to its municipality with a comment."""
    site = site_or_404(request, code)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.return_site(
                site=site, comment=form.cleaned_data["comment"], by=request.user, now=timezone.now()
            )
        except services.CannotChange as error:
            form.add_error("comment", str(error))
        else:
            messages.success(request, _("Returned with your comment. The municipality can edit it again."))
            return redirect("desk:site", site.code)
    return render(request, "desk/sites/review.html", review_page(request.user, site, form))
