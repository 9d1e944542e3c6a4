"""What is done with a webhook: a new secret, pause and resume, test, replay, removal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.requests import DeskRequest, refusal_told
from vetovoima.syndication.webhooks import queries, services

from .forms import ReplayForm, SecretForm
from .views import detail_page, webhook_or_404

if TYPE_CHECKING:
    from vetovoima.syndication.webhooks.models import Webhook, WebhookDelivery

edit_door = door(Kind.WEBHOOK, Action.EDIT)


@edit_door
@require_POST
def webhook_secret(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will replace the signing secret; the new one is in the answer to that one form and nowhere else."""
    found = webhook_or_404(request, webhook)
    form = SecretForm(request.POST)
    if not form.is_valid():
        return detail_page(request, found, secret_form=form)
    with refusal_told(request, services.CannotChangeWebhook):
        fresh, secret = services.rotate_secret(
            webhook=found, hours=form.cleaned_data["hours"], by=request.user, now=timezone.now()
        )
        return detail_page(request, fresh, secret=secret)
    return redirect("desk:webhooks")


def _page_after(request: DeskRequest, webhook: Webhook) -> HttpResponse:
    """The webhook's page while there is one; else the list, where it stands in words that somebody else removed it."""
    if queries.webhook_for(request.user, webhook.key) is None:
        return redirect("desk:webhooks")
    return redirect("desk:webhook", webhook.key)


@edit_door
@require_POST
def webhook_pause(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will send nothing until somebody resumes."""
    found = webhook_or_404(request, webhook)
    with refusal_told(request, services.CannotChangeWebhook):
        services.pause_webhook(webhook=found, by=request.user, now=timezone.now())
        messages.success(request, _("It is paused. What waits goes on waiting."))
    return _page_after(request, found)


@edit_door
@require_POST
def webhook_resume(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will send again, on wish with what was missed."""
    found = webhook_or_404(request, webhook)
    asked = request.POST.get("missed") == "yes"
    with refusal_told(request, services.CannotChangeWebhook):
        missed = services.resume_webhook(
            webhook=found, with_missed=asked, by=request.user, now=timezone.now()
        )
        messages.success(request, _count(_("It is sent to again."), missed))
    return _page_after(request, found)


@edit_door
@require_POST
def webhook_test(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will send a message that says it is a test."""
    found = webhook_or_404(request, webhook)
    with refusal_told(request, services.CannotChangeWebhook):
        services.send_test(webhook=found, by=request.user, now=timezone.now())
        messages.success(
            request, _("A test is on its way. Open this page again in a moment to see how it went.")
        )
    return _page_after(request, found)


@edit_door
@require_POST
def webhook_replay(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will send again everything since a moment."""
    found = webhook_or_404(request, webhook)
    form = ReplayForm(request.POST)
    if not form.is_valid():
        return detail_page(request, found, replay_form=form, form=form)
    try:
        count = services.replay_since(
            webhook=found, since=form.cleaned_data["since"], by=request.user, now=timezone.now()
        )
    except (ValidationError, services.CannotChangeWebhook) as error:
        form.refuse(error)
        return detail_page(request, found, replay_form=form, form=form)
    messages.success(request, _count("", count))
    return _page_after(request, found)


def _count(before: str, count: int) -> str:
    said = ngettext("%(count)s message is sent again.", "%(count)s messages are sent again.", count)
    return f"{before} {said % {'count': count}}".strip()


@edit_door
@require_POST
def delivery_replay(request: DeskRequest, webhook: str, delivery: str) -> HttpResponse:
    """This will send one message again, with the same id."""
    found = webhook_or_404(request, webhook)
    one = _delivery_or_404(found, delivery)
    with refusal_told(request, services.CannotChangeWebhook):
        services.replay_delivery(webhook=found, delivery=one, by=request.user, now=timezone.now())
        messages.success(request, _count("", 1))
    return _page_after(request, found)


def _delivery_or_404(webhook: Webhook, key: str) -> WebhookDelivery:
    found = queries.delivery_of(webhook, key[:40])
    if found is None:
        raise Http404
    return found


@edit_door
@require_POST
def webhook_remove(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will remove a webhook with its log."""
    found = webhook_or_404(request, webhook)
    with refusal_told(request, services.CannotChangeWebhook):
        services.remove_webhook(webhook=found, by=request.user, now=timezone.now())
        messages.success(request, _("The webhook is removed."))
    return redirect("desk:webhooks")
