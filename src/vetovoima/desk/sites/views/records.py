"""The list of records, a new one, one record, and its way to review and off the public side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import queries, services
from vetovoima.catalogue.listing import list_sites
from vetovoima.common.digits import whole_number
from vetovoima.desk.requests import DeskRequest, is_fragment
from vetovoima.desk.sites.forms import NewSiteForm
from vetovoima.desk.sites.pages import published_without
from vetovoima.desk.sites.shapes import list_page, record_page

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site

PER_PAGE = 50
FILTERS = ("text", "municipality", "kind", "state", "lacks", "order")


def site_or_404(request: DeskRequest, code: str) -> Site:
    """This will return a record that the person may see; absent and hidden are the same 404."""
    try:
        return queries.site_for(request.user, code)
    except queries.NoSuchSite as error:
        raise Http404 from error


@door(Kind.SITE, Action.VIEW)
@require_safe
def site_list(request: DeskRequest) -> HttpResponse:
    """This will list the records that a person may see; htmx gets the table alone."""
    asked: dict[str, Any] = {name: request.GET.get(name, "")[:200] for name in FILTERS}
    found = list_sites(request.user, **asked)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    template = "desk/sites/_table.html" if is_fragment(request) else "desk/sites/list.html"
    return render(request, template, list_page(request.user, page, asked))


@door(Kind.SITE, Action.CREATE)
def site_new(request: DeskRequest) -> HttpResponse:
    """This will make a draft of a municipality, a kind and a name, and go on to edit it."""
    form = NewSiteForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        municipality = form.municipalities[form.cleaned_data["municipality"]]
        try:
            site = services.create_site(
                municipality=municipality, kind=form.cleaned_data["kind"], values=form.values(), by=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(
                request,
                _("The draft %(code)s was made. Only you and the council see it.") % {"code": site.code},
            )
            return redirect("desk:site-edit", site.code)
    return render(request, "desk/sites/new.html", {"form": form, "area_name": "sites"})


@door(Kind.SITE, Action.VIEW)
def site_detail(request: DeskRequest, code: str) -> HttpResponse:
    """This will show the working copy with its gaps, what is public, its photographs and its history."""
    page = record_page(request.user, site_or_404(request, code))
    saved = request.GET.get("saved", "")
    return render(request, "desk/sites/detail.html", {**page, "saved_fact": whole_number(saved, 18) or ""})


@door(Kind.SITE, Action.SUBMIT)
def site_submit(request: DeskRequest, code: str) -> HttpResponse:
    """This will send a draft to the coordinator."""
    site = site_or_404(request, code)
    if request.method == "POST":
        try:
            services.submit_site(
                site=site, by=request.user, now=timezone.now(), confirmed=_confirmed(request)
            )
        except services.NotConfirmed:
            return render(
                request, "desk/sites/submit.html", _asked(site, has_asked="without" in request.POST)
            )
        except services.CannotChange as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("Submitted. The council publishes the record or returns it with a comment.")
            )
    return redirect("desk:site", site.code)


def _confirmed(request: DeskRequest) -> list[str]:
    """What the person has ticked: one tick stands for the whole list that was shown."""
    return request.POST.get("without", "").split(",")


def _asked(site: Site, *, has_asked: bool) -> dict[str, Any]:
    without = published_without(site)
    return {
        "area_name": "sites",
        "site": site,
        "without": without,
        "names": ",".join(name for name, _label in without),
        "changed": has_asked,
    }
