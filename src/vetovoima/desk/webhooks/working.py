"""What is done with a webhook: a new secret, pause and resume, test, replay, removal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

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
from vetovoima.desk.requests import DeskRequest
from vetovoima.syndication.webhooks import queries, services

from .forms import ReplayForm, SecretForm
from .views import detail_page, webhook_or_404

if TYPE_CHECKING:
    from vetovoima.syndication.webhooks.models import Webhook, WebhookDelivery

T = TypeVar("T")
edit_door = door(Kind.WEBHOOK, Action.EDIT)


@edit_door
@require_POST
def webhook_secret(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will replace the signing secret; the new one is in the answer to that one form and nowhere else."""
    found = webhook_or_404(request, webhook)
    form = SecretForm(request.POST)
    if not form.is_valid():
        return detail_page(request, found, secret_form=form)
    try:
        fresh, secret = services.rotate_secret(
            webhook=found, hours=form.cleaned_data["hours"], by=request.user, now=timezone.now()
        )
    except services.CannotChangeWebhook as error:
        messages.error(request, str(error))
        return redirect("desk:webhooks")
    return detail_page(request, fresh, secret=secret)


@edit_door
@require_POST
def webhook_pause(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will send nothing until somebody resumes."""
    found = webhook_or_404(request, webhook)
    return _done(
        request,
        found,
        lambda: services.pause_webhook(webhook=found, by=request.user, now=timezone.now()),
        lambda _paused: _("It is paused. What waits goes on waiting."),
    )


def _done(
    request: DeskRequest, webhook: Webhook, work: Callable[[], T], said: Callable[[T], str]
) -> HttpResponse:
    """Do it, and say on the webhook's page what came of it: in the words for its outcome, or why it is refused."""
    try:
        outcome = work()
    except services.CannotChangeWebhook as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said(outcome))
    return redirect("desk:webhook", webhook.key)


@edit_door
@require_POST
def webhook_resume(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will send again, on wish with what was missed."""
    found = webhook_or_404(request, webhook)
    asked = request.POST.get("missed") == "yes"
    return _done(
        request,
        found,
        lambda: services.resume_webhook(
            webhook=found, with_missed=asked, by=request.user, now=timezone.now()
        ),
        lambda missed: _count(_("It is sent to again."), missed),
    )


@edit_door
@require_POST
def webhook_test(request: DeskRequest, webhook: str) -> HttpResponse:
    """This will send a message that says it is a test."""
    found = webhook_or_404(request, webhook)
    return _done(
        request,
        found,
        lambda: services.send_test(webhook=found, by=request.user, now=timezone.now()),
        lambda _sent: _("A test is on its way. Open this page again in a moment to see how it went."),
    )


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
    return redirect("desk:webhook", found.key)


def _count(before: str, count: int) -> str:
    said = ngettext("%(count)s message is sent again.", "%(count)s messages are sent again.", count)
    return f"{before} {said % {'count': count}}".strip()


@edit_door
@require_POST
def delivery_replay(request: DeskRequest, webhook: str, delivery: str) -> HttpResponse:
    """This will send one message again, with the same id."""
    found = webhook_or_404(request, webhook)
    one = _delivery_or_404(found, delivery)
    return _done(
        request,
        found,
        lambda: services.replay_delivery(webhook=found, delivery=one, by=request.user, now=timezone.now()),
        lambda _sent: _count("", 1),
    )


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
    try:
        services.remove_webhook(webhook=found, by=request.user, now=timezone.now())
    except services.CannotChangeWebhook as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The webhook is removed."))
    return redirect("desk:webhooks")
