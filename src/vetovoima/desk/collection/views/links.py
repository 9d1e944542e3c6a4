"""Links by which somebody without an account answers: making and revoking them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.rounds import links, queries, rules
from vetovoima.desk.collection.forms import LinkForm
from vetovoima.desk.requests import DeskRequest

from .answering import page
from .finding import task_or_404


@door(Kind.COLLECTION, Action.ANSWER)
def link_make(request: DeskRequest, round: str, town: str) -> HttpResponse:
    """This will make a link and show it once: it is stored nowhere."""
    found = task_or_404(request, round, town)
    if request.method != "POST":
        return redirect("desk:round-task", round, town)
    if not rules.can_answer(request.user, found):
        raise PermissionDenied
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            _link, secret = links.make_link(
                task=found, holder=form.cleaned_data["holder"], by=request.user, now=timezone.now()
            )
        except links.CannotMakeLink as error:
            form.refuse(error)
        else:
            address = settings.VETOVOIMA_PUBLIC_URL + reverse("round-answer", args=[secret])
            return page(request, found, new_link=address)
    return page(request, found, link_form=form)


@door(Kind.COLLECTION, Action.ANSWER)
def link_revoke(request: DeskRequest, round: str, town: str, number: int) -> HttpResponse:
    """This will end a link at once."""
    found = task_or_404(request, round, town)
    try:
        link = queries.link_for(request.user, found, number)
    except queries.NoSuchRound as error:
        raise Http404 from error
    if request.method == "POST":
        links.revoke_link(link=link, by=request.user, now=timezone.now())
        messages.success(
            request, _("Revoked: the link opens nothing any more. What was written by it stays.")
        )
    return redirect("desk:round-task", round, town)
