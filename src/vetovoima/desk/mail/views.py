"""Whether mail leaves: counts, what is stuck, the worker's last sign of life. Never what a mail says."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.activity import queries as activity
from vetovoima.desk.requests import DeskRequest
from vetovoima.messaging import queries as messaging
from vetovoima.messaging import services
from vetovoima.messaging.enums import MailState

STATES = dict(MailState.choices)


@door(Kind.MAIL, Action.VIEW)
@require_safe
def mail(request: DeskRequest) -> HttpResponse:
    """This will show the state of the outbox and the latest mails without their texts."""
    counts = messaging.mail_counts()
    shown = {
        "area_name": "mail",
        "mail_counts": [(state, label, counts.get(state, 0)) for state, label in STATES.items()],
        "outbox": activity.outbox_counts(),
        "stuck": activity.stuck_items(timezone.now()),
        "heartbeat": activity.last_heartbeat(),
        "mails": messaging.mails_for(request.user, timezone.now()),
        "states": STATES,
    }
    return render(request, "desk/mail/mail.html", shown)


@door(Kind.MAIL, Action.EDIT)
@require_POST
def mail_again(request: DeskRequest, number: int) -> HttpResponse:
    """This will have a refused mail sent once more: its key, its words and its reader stay."""
    found = messaging.mail(number)
    if found is None:
        raise Http404
    if services.send_again(mail=found, by=request.user, now=timezone.now()):
        messages.success(request, _("The mail is on its way again."))
    else:
        messages.error(
            request, _("It was not sent again: it is on its way already, or its text has been erased.")
        )
    return redirect("desk:mail")
