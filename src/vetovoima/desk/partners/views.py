"""The register of channels, and preparing a delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.requests import DeskRequest, with_revision
from vetovoima.syndication.partners import queries, rules, services
from vetovoima.syndication.partners.enums import DeliveryState

from .forms import REGION, BeginForm, ChannelForm, DeliveryForm
from .shapes import AREA, channel_page, delivery_page, overview
from .steps import TalkForm

if TYPE_CHECKING:
    from vetovoima.reference.models import Municipality
    from vetovoima.syndication.partners.models import PartnerChannel, PartnerDelivery

PER_PAGE = 50


def channel_or_404(request: DeskRequest, key: str) -> PartnerChannel:
    """This will return a channel that the person may see; absent and hidden are the same 404."""
    try:
        return queries.channel_for(request.user, key)
    except queries.NoSuchChannel as error:
        raise Http404 from error


def delivery_or_404(request: DeskRequest, code: str) -> PartnerDelivery:
    """This will return a delivery that the person may see; absent and hidden are the same 404."""
    try:
        return queries.delivery_for(request.user, code)
    except queries.NoSuchDelivery as error:
        raise Http404 from error


@door(Kind.PARTNER, Action.VIEW)
@require_safe
def partners(request: DeskRequest) -> HttpResponse:
    """This will show what is due, the channels and the newest deliveries."""
    return render(request, "desk/partners/partners.html", overview(request.user))


@door(Kind.PARTNER, Action.CREATE)
def partner_new(request: DeskRequest) -> HttpResponse:
    """This will add a channel to the register."""
    form = ChannelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_partner(values=form.values(), by=request.user, now=timezone.now())
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The channel is in the register."))
            return redirect("desk:partner", made.key)
    return render(request, "desk/partners/channel_form.html", {**AREA, "form": form})


@door(Kind.PARTNER, Action.EDIT)
def partner_edit(request: DeskRequest, partner: str) -> HttpResponse:
    """This will change a channel; what somebody else saved meanwhile is not lost unseen."""
    found = channel_or_404(request, partner)
    form = ChannelForm(request.POST if request.method == "POST" else None, found)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_partner(
                channel=found, values=form.values(), by=request.user, now=timezone.now(),
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except services.ChangedMeanwhile:
            fresh = channel_or_404(request, partner)
            form, status = ChannelForm(with_revision(request, fresh.revision), fresh), 409
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:partner", found.key)
    shown = {**AREA, "form": form, "channel": found, "is_conflict": status == 409}
    return render(request, "desk/partners/channel_form.html", shown, status=status)


@door(Kind.PARTNER, Action.VIEW)
@require_safe
def partner(request: DeskRequest, partner: str) -> HttpResponse:
    """This will show one channel."""
    return render(
        request, "desk/partners/channel.html", channel_page(request.user, channel_or_404(request, partner))
    )


@door(Kind.PARTNER, Action.EDIT)
@require_POST
def partner_talk(request: DeskRequest, partner: str) -> HttpResponse:
    """This will note a conversation with a channel."""
    found = channel_or_404(request, partner)
    form = TalkForm(localdate(), request.POST)
    if form.is_valid():
        try:
            services.note_talk(channel=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Noted."))
            return redirect("desk:partner", found.key)
    page = channel_page(request.user, found, form)
    return render(request, "desk/partners/channel.html", {**page, "form": form})


@door(Kind.DELIVERY, Action.VIEW)
@require_safe
def deliveries(request: DeskRequest) -> HttpResponse:
    """This will list the deliveries that a person may see."""
    state = request.GET.get("state", "")
    asked = {
        "state": state if state in DeliveryState.values else "",
        "channel": request.GET.get("channel", "")[:60].replace("\x00", ""),
    }
    page = Paginator(queries.deliveries_for(request.user, **asked), PER_PAGE).get_page(
        request.GET.get("page")
    )
    shown = {
        **AREA, "page": page, "asked": asked, "states": DeliveryState.choices, "is_filtered": any(asked.values()),
        "channels": queries.channels_for(request.user),
    }  # fmt: skip
    return render(request, "desk/partners/deliveries.html", shown)


@door(Kind.DELIVERY, Action.CREATE)
def delivery_new(request: DeskRequest) -> HttpResponse:
    """This will begin a delivery: `channel` and `municipality` first, or `again` for the newest versions of one before."""
    channels = [one for one in queries.channels_for(request.user) if one.is_active(localdate())]
    before = _before(request)
    begin = _begin(request, channels, before)
    if not begin.is_bound or not begin.is_valid():
        return render(request, "desk/partners/begin.html", {**AREA, "form": begin})
    channel = begin.channels[begin.cleaned_data["channel"]]
    town = begin.towns[begin.cleaned_data["municipality"]]
    form = DeliveryForm(
        channel, town, request.POST if request.method == "POST" else None, first=_first(request, before)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.prepare_delivery(
                channel=channel, municipality=town, values=form.values(), by=request.user, now=timezone.now()
            )
        except (ValidationError, services.CannotDeliver) as error:
            form.refuse(error)
        else:
            messages.success(request, _("The delivery was begun. Nothing has left the house."))
            return redirect("desk:delivery", made.code)
    return render(request, "desk/partners/delivery_form.html", _form_page(form, channel, town))


def _before(request: DeskRequest) -> PartnerDelivery | None:
    """The delivery that is to be repeated with the newest versions."""
    code = request.GET.get("again", "")[:80]
    return delivery_or_404(request, code) if code and "\x00" not in code else None


def _begin(request: DeskRequest, channels: list[PartnerChannel], before: PartnerDelivery | None) -> BeginForm:
    """To whom and whose records: as the address says, as it was before, or the only one's that there is to choose."""
    channel = before.channel.key if before else request.GET.get("channel", "")
    form = BeginForm(channels, request.user, channel=channel)
    town = request.GET.get("municipality")
    if before is not None:
        town = before.municipality.slug if before.municipality else REGION
    elif town is None and channel and len(form.towns) == 1:
        town = next(iter(form.towns))
    if town is None:
        return form
    return BeginForm(channels, request.user, {"channel": channel, "municipality": town})


def _first(request: DeskRequest, before: PartnerDelivery | None) -> dict[str, Any]:
    """What a new delivery has in it already: what is public of the one before, or the codes in the address."""
    if before is None:
        return {"records": [code for code in request.GET.get("records", "")[:2000].split(",") if code]}
    public = [one.code for one in queries.records_of(before) if one.public_version is not None]
    return {
        "records": public, "title": before.title, "language": before.language, "message": before.message,
        "facts": before.facts, "contact": before.contact.key if before.contact else "",
    }  # fmt: skip


def _form_page(form: DeliveryForm, channel: PartnerChannel, town: Municipality | None) -> dict[str, Any]:
    return {**AREA, "form": form, "channel": channel, "town": town}


@door(Kind.DELIVERY, Action.EDIT)
def delivery_edit(request: DeskRequest, delivery: str) -> HttpResponse:
    """This will change a draft; its files are thrown away, because they say something else."""
    found = delivery_or_404(request, delivery)
    if not rules.can_edit(request.user, found):
        raise PermissionDenied
    if found.state != DeliveryState.DRAFT:
        messages.warning(request, _("The delivery was sent and stays as it was. Prepare a new one."))
        return redirect("desk:delivery", found.code)
    data = request.POST if request.method == "POST" else None
    form = DeliveryForm(found.channel, found.municipality, data, found)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_delivery(
                delivery=found, values=form.values(), by=request.user, now=timezone.now(),
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except services.ChangedMeanwhile:
            fresh = delivery_or_404(request, delivery)
            again = with_revision(request, fresh.revision)
            form, status = DeliveryForm(fresh.channel, fresh.municipality, again, fresh), 409
        except (ValidationError, services.CannotDeliver) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved. Make the files anew."))
            return redirect("desk:delivery", found.code)
    page = _form_page(form, found.channel, found.municipality)
    shown = {**page, "delivery": found, "is_conflict": status == 409}
    return render(request, "desk/partners/delivery_form.html", shown, status=status)


@door(Kind.DELIVERY, Action.VIEW)
@require_safe
def delivery(request: DeskRequest, delivery: str) -> HttpResponse:
    """This will show one delivery with its next step."""
    found = delivery_or_404(request, delivery)
    return render(request, "desk/partners/delivery.html", delivery_page(request.user, found))
