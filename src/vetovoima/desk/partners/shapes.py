"""What the pages of partner channels and deliveries show."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.catalogue.enums import SiteKind
from vetovoima.syndication.partners import queries, rules
from vetovoima.syndication.partners.enums import DeliveryState
from vetovoima.syndication.partners.letters import ATTACHED

from .steps import OutcomeForm, ReceiptForm, SentForm, ShownForm, TalkForm, ToldForm

if TYPE_CHECKING:
    from vetovoima.syndication.partners.models import DeliveredRecord, PartnerChannel, PartnerDelivery

AREA = {"area_name": "sites"}
SHOWN_DELIVERIES, SHOWN_HISTORY, SHOWN_TALKS = 10, 20, 20
#: so many days before it the next conversation is announced
SOON = timedelta(days=14)


def overview(user: Any) -> dict[str, Any]:
    """What is due, the channels and the newest deliveries."""
    today = localdate()
    channels = [_line(one, today) for one in queries.channels_for(user)]
    return {
        **AREA,
        "due": queries.due_for(user, today),
        "channels": channels,
        "deliveries": queries.deliveries_for(user)[:SHOWN_DELIVERIES],
        "may_keep": rules.can_keep_channels(user),
        "may_prepare": may(user, Kind.DELIVERY, Action.CREATE) and any(one["is_active"] for one in channels),
    }


def _line(channel: PartnerChannel, today: Any) -> dict[str, Any]:
    return {
        "channel": channel, "is_active": channel.is_active(today), "results": queries.results_of(channel),
        "is_talk_late": channel.talk_on is not None and channel.talk_on <= today,
    }  # fmt: skip


def channel_page(user: Any, channel: PartnerChannel, talk_form: TalkForm | None = None) -> dict[str, Any]:
    """One channel with its plan, its deliveries and what came of them."""
    today = localdate()
    may_keep = rules.can_keep_channels(user)
    is_active = channel.is_active(today)
    return {
        **AREA,
        "channel": channel,
        "is_active": is_active,
        "results": queries.results_of(channel) if may_keep else None,
        "record_kinds": [SiteKind(one).label for one in channel.kinds if one in SiteKind.values],
        "deliveries": queries.deliveries_for(user, channel=channel.key)[:SHOWN_DELIVERIES],
        "talks": queries.talks_of(channel)[:SHOWN_TALKS] if may_keep else [],
        "is_talk_soon": channel.talk_on is not None and channel.talk_on <= today + SOON,
        "history": queries.history(queries.KIND_CHANNEL, channel.key)[:SHOWN_HISTORY],
        "may_keep": may_keep,
        "may_prepare": is_active and may(user, Kind.DELIVERY, Action.CREATE),
        "talk_form": talk_form or TalkForm(today),
    }


def delivery_page(user: Any, delivery: PartnerDelivery, **forms: Any) -> dict[str, Any]:
    """One delivery with its next step; `forms` are those that were sent and refused, by step."""
    today = localdate()
    records = queries.records_of(delivery)
    may_edit, may_note = rules.can_edit(user, delivery), rules.can_note(user, delivery)
    gone = [one.code for one in records if one.withdrawn_at]
    untold = [one.code for one in records if one.withdrawn_at and not one.told_on]
    is_draft = delivery.state == DeliveryState.DRAFT
    return {
        **AREA,
        "delivery": delivery,
        "records": records,
        "gone": gone,
        "untold": untold,
        "behind": [one.code for one in records if one.is_behind and not one.withdrawn_at],
        "outdated": [one.code for one in records if one.is_outdated and not one.withdrawn_at],
        "files": queries.files_of(delivery) if delivery.packed_at else [],
        # Of a draft nothing goes out that is not public any more; what was given stays to be looked at.
        "may_take": delivery.packed_at is not None and (not is_draft or not gone),
        "attached": [form.label for form in ATTACHED],
        "mail": _mail_text(delivery),
        "is_draft": is_draft,
        "may_edit": may_edit and is_draft,
        "may_note": may_note,
        "sees_inner": may_edit,
        "is_late": delivery.answer_by is not None and delivery.answer_by < today,
        "next_step": _next_step(delivery, may_edit, may_note, bool(untold)),
        "history": queries.history(queries.KIND_DELIVERY, delivery.code)[:SHOWN_HISTORY],
        **_forms(delivery, records, forms, today),
    }


def _mail_text(delivery: PartnerDelivery) -> str:
    found = queries.file_of(delivery, "txt") if delivery.packed_at else None
    return bytes(found.content).decode() if found else ""


def _forms(
    delivery: PartnerDelivery, records: list[DeliveredRecord], sent: dict[str, Any], today: Any
) -> dict[str, Any]:
    """The form of each step, as it was sent or fresh; the one with mistakes in it is summed up at the head of the page."""
    made = {
        "sent": sent.get("sent") or SentForm(delivery, today),
        "receipt": sent.get("receipt") or ReceiptForm(delivery, today),
        "shown": sent.get("shown") or ShownForm(delivery, records, today),
        "outcome": sent.get("outcome") or OutcomeForm(delivery, today),
        "told": sent.get("told") or ToldForm(today),
    }
    wrong = next((form for form in made.values() if form.is_bound), None)
    return {"form": wrong, **{f"{name}_form": form for name, form in made.items()}}


def _next_step(delivery: PartnerDelivery, may_edit: bool, may_note: bool, is_untold: bool) -> str:
    """The next step in a sentence, for who looks at the page."""
    if delivery.state == DeliveryState.CANCELLED:
        return _("It was put away and is not sent.")
    if delivery.state == DeliveryState.DRAFT:
        return _draft_step(delivery, may_edit, may_note)
    if not may_note:
        return _("The council notes what comes back.")
    if is_untold:
        return _("Tell them first that a record was withdrawn, and note here that they know.")
    return {
        DeliveryState.SENT: _(
            "Wait for their receipt and note it here. Without one by the day below, ask them."
        ),
        DeliveryState.RECEIVED: _("Look at their pages, and note where they show it and in which version."),
        DeliveryState.SHOWN: _(
            "Note what came of it. Look at their pages again when a record has a new version."
        ),
        DeliveryState.ENDED: _("Nothing more has to be done. What came of it can be noted again."),
    }[DeliveryState(delivery.state)]


def _draft_step(delivery: PartnerDelivery, may_edit: bool, may_note: bool) -> str:
    if delivery.packed_at is None:
        return _("Make the files, and read them.") if may_edit else _("It is being prepared.")
    if may_note:
        return _(
            "Send the files yourself, by the mail draft or on their pages. Then note here that you sent them."
        )
    return _("The files are made. The council sends them; tell the coordinator that they are ready.")
