"""Taking a record off the public side, and saying where its address leads from then on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import rules, services
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.sites.forms import WithdrawForm

from .records import site_or_404


@door(Kind.SITE, Action.WITHDRAW)
def site_withdraw(request: DeskRequest, code: str) -> HttpResponse:
    """This will ask where the address should lead, then withdraw at once; the record's page shows the way back."""
    site = site_or_404(request, code)
    if request.method != "POST" and not rules.can_withdraw(request.user, site):
        return redirect("desk:site", site.code)
    form = WithdrawForm(site, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.withdraw_site(
                site=site, by=request.user, now=timezone.now(), redirect_code=form.redirect_code()
            )
        except services.CannotChange as error:
            form.refuse(error)
        else:
            messages.success(
                request, _("Withdrawn: the record is no longer public. Everything in it is kept.")
            )
            return redirect("desk:site", site.code)
    return render(request, "desk/sites/withdraw.html", {"site": site, "form": form, "area_name": "sites"})
