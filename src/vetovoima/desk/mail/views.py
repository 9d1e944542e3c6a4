"""Whether mail leaves: counts, what is stuck, the worker's last sign of life. Never what a mail says."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.activity import queries as activity
from vetovoima.desk.requests import DeskRequest
from vetovoima.messaging import queries as messaging
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
        "mails": messaging.mails_for(request.user),
        "states": STATES,
    }
    return render(request, "desk/mail/mail.html", shown)
