"""Webhooks: the list, one with its log, making and changing one."""

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
from vetovoima.accounts.rules import may
from vetovoima.desk.requests import DeskRequest
from vetovoima.syndication.webhooks import queries, rules, services
from vetovoima.syndication.webhooks.enums import DeliveryState

from .forms import ReplayForm, SecretForm, WebhookForm
from .shapes import event_labels, place_labels

if TYPE_CHECKING:
    from vetovoima.syndication.webhooks.models import Webhook

AREA = {"area_name": "me"}
PER_PAGE = 50


def webhook_or_404(request: DeskRequest, key: str) -> Webhook:
    """This will return a webhook that the person may see; absent and hidden are the same 404."""
    found = queries.webhook_for(request.user, key)
    if found is None:
        raise Http404
    return found


@door(Kind.WEBHOOK, Action.VIEW)
@require_safe
def webhook_list(request: DeskRequest) -> HttpResponse:
    """This will list the webhooks that a person may see."""
    shown = {
        **AREA,
        "webhooks": queries.webhooks_for(request.user),
        "may_create": may(request.user, Kind.WEBHOOK, Action.CREATE),
    }
    return render(request, "desk/webhooks/list.html", shown)


@door(Kind.WEBHOOK, Action.CREATE)
def webhook_new(request: DeskRequest) -> HttpResponse:
    """This will make a webhook; its secret is in the answer to that one form and nowhere else."""
    form = WebhookForm(
        queries.creatable_places(request.user), request.POST if request.method == "POST" else None
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/webhooks/form.html", {**AREA, "form": form})
    try:
        made, secret = services.create_webhook(
            municipality=form.chosen_place, values=form.values(), by=request.user, now=timezone.now()
        )
    except ValidationError as error:
        form.refuse(error)
        return render(request, "desk/webhooks/form.html", {**AREA, "form": form})
    return detail_page(request, made, secret=secret)


@door(Kind.WEBHOOK, Action.EDIT)
def webhook_edit(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will change a webhook."""
    found = webhook_or_404(request, webhook)
    form = WebhookForm((), request.POST if request.method == "POST" else None, found)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_webhook(
                webhook=found, values=form.values(), by=request.user, now=timezone.now(),
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except (ValidationError, services.CannotChangeWebhook) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:webhook", found.key)
    return render(request, "desk/webhooks/form.html", {**AREA, "form": form, "webhook": found})


@door(Kind.WEBHOOK, Action.VIEW)
@require_safe
def webhook_detail(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will show one webhook with the log of its deliveries."""
    return detail_page(request, webhook_or_404(request, webhook))


def detail_page(request: DeskRequest, webhook: Webhook, *, secret: str = "", **more: Any) -> HttpResponse:
    """This will show a webhook; `secret` is one that was just made."""
    asked = request.GET.get("state", "")
    state = asked if asked in DeliveryState.values else ""
    page = Paginator(queries.deliveries_of(webhook, state), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        **AREA, "webhook": webhook, "secret": secret, "page": page, "state": state, "states": DeliveryState.choices,
        "waiting": queries.waiting_count(webhook), "history": queries.history(webhook)[:20],
        "events": event_labels(webhook), "places": place_labels(webhook),
        "may_edit": rules.can_edit(request.user, webhook.municipality_id),
        "replay_form": ReplayForm(), "secret_form": SecretForm(), **more,
    }  # fmt: skip
    return render(request, "desk/webhooks/webhook.html", shown)
