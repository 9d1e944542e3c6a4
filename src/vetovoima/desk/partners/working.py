"""What is done with a delivery: its files made and taken, and what happened to them outside the house noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.requests import DeskRequest
from vetovoima.media.files import check_size, content_of, headers_of
from vetovoima.syndication.partners import noting, queries, rules, services
from vetovoima.syndication.partners.letters import mail_draft

from .shapes import delivery_page
from .steps import OutcomeForm, ReceiptForm, SentForm, ShownForm, ToldForm
from .views import delivery_or_404

if TYPE_CHECKING:
    from collections.abc import Callable

    from vetovoima.desk.forms import DeskForm
    from vetovoima.syndication.partners.models import PartnerDelivery

edit_door = door(Kind.DELIVERY, Action.EDIT)
note_door = door(Kind.DELIVERY, Action.SHARE)
#: what a mail program opens for writing
EML = "message/rfc822"


def _changed(request: DeskRequest, code: str, change: Callable[..., Any], said: str) -> HttpResponse:
    """Make one change that takes nothing but the delivery."""
    found = delivery_or_404(request, code)
    try:
        change(delivery=found, by=request.user, now=timezone.now())
    except services.CannotDeliver as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("desk:delivery", found.code)


@edit_door
@require_POST
def delivery_pack(request: DeskRequest, delivery: str) -> HttpResponse:
    """This will make the files out of what is public now."""
    return _changed(
        request, delivery, services.pack_delivery, _("The files are made. Read them before they are sent.")
    )


@edit_door
@require_POST
def delivery_cancel(request: DeskRequest, delivery: str) -> HttpResponse:
    """This will put a draft away."""
    return _changed(request, delivery, services.cancel_delivery, _("Put away. It stays in the list."))


def _noted(
    request: DeskRequest, found: PartnerDelivery, step: str, form: DeskForm, note: Callable[[], Any]
) -> HttpResponse:
    """Note one step, or show the page again with everything that was written and what is wrong with it."""
    if form.is_valid():
        try:
            note()
        except (ValidationError, services.CannotDeliver) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Noted."))
            return redirect("desk:delivery", found.code)
    fresh = delivery_or_404(request, found.code)
    return render(request, "desk/partners/delivery.html", delivery_page(request.user, fresh, **{step: form}))


@note_door
@require_POST
def delivery_sent(request: DeskRequest, delivery: str) -> HttpResponse:
    """This will note that it was sent."""
    found = delivery_or_404(request, delivery)
    form = SentForm(found, localdate(), request.POST)
    return _noted(
        request, found, "sent", form,
        lambda: noting.mark_sent(delivery=found, **form.cleaned_data, by=request.user, now=timezone.now()),
    )  # fmt: skip


@note_door
@require_POST
def delivery_receipt(request: DeskRequest, delivery: str) -> HttpResponse:
    """This will note that they have it, with their answer as a file if there is one."""
    found = delivery_or_404(request, delivery)
    form = ReceiptForm(found, localdate(), request.POST, request.FILES)
    return _noted(request, found, "receipt", form, lambda: _note_receipt(request, found, form))


def _note_receipt(request: DeskRequest, found: PartnerDelivery, form: ReceiptForm) -> None:
    values = dict(form.cleaned_data)
    file = values.pop("file")
    if file is not None:
        try:
            check_size(file.size)
        except ValidationError as error:
            raise ValidationError({"file": error}) from error
        values |= {"content": file.read(), "filename": file.name}
    noting.note_receipt(delivery=found, **values, by=request.user, now=timezone.now())


@note_door
@require_POST
def delivery_shown(request: DeskRequest, delivery: str) -> HttpResponse:
    """This will note where they show it and in which version."""
    found = delivery_or_404(request, delivery)
    form = ShownForm(found, queries.records_of(found), localdate(), request.POST)
    return _noted(
        request, found, "shown", form,
        lambda: noting.note_shown(
            delivery=found, shown_on=form.cleaned_data["shown_on"], url=form.cleaned_data["url"].strip(),
            versions=form.versions(), by=request.user, now=timezone.now(),
        ),
    )  # fmt: skip


@note_door
@require_POST
def delivery_outcome(request: DeskRequest, delivery: str) -> HttpResponse:
    """This will note what came of it."""
    found = delivery_or_404(request, delivery)
    form = OutcomeForm(found, localdate(), request.POST)
    return _noted(
        request, found, "outcome", form,
        lambda: noting.note_outcome(delivery=found, values=form.values(), by=request.user, now=timezone.now()),
    )  # fmt: skip


@note_door
@require_POST
def delivery_told(request: DeskRequest, delivery: str) -> HttpResponse:
    """This will note that they were told of every record that was withdrawn."""
    found = delivery_or_404(request, delivery)
    form = ToldForm(localdate(), request.POST)
    return _noted(
        request, found, "told", form,
        lambda: noting.note_told(
            delivery=found, codes=queries.gone_in(found), told_on=form.cleaned_data["told_on"], by=request.user,
            now=timezone.now(),
        ),
    )  # fmt: skip


@door(Kind.DELIVERY, Action.VIEW)
@require_safe
def delivery_file(request: DeskRequest, delivery: str, ending: str) -> HttpResponse:
    """This will hand out one of the files as it was made, or the mail draft that holds them."""
    found = delivery_or_404(request, delivery)
    if not found.is_given and queries.gone_in(found):
        messages.error(request, _("A record is no longer public. Edit the delivery and make the files anew."))
        return redirect("desk:delivery", found.code)
    if ending == "eml":
        if found.packed_at is None:
            raise Http404
        return _file(mail_draft(found, found.files.all()), EML, f"{found.code}-{found.language}.eml")
    one = queries.file_of(found, ending[:5])
    if one is None:
        raise Http404
    kind = f"{one.media_type}; charset=utf-8" if one.media_type.startswith("text/") else one.media_type
    return _file(bytes(one.content), kind, one.name, "inline" if ending == "pdf" else "attachment")


def _file(content: bytes, kind: str, name: str, way: str = "attachment") -> HttpResponse:
    return HttpResponse(
        content, content_type=kind,
        headers={"Content-Disposition": f'{way}; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )  # fmt: skip


@door(Kind.DELIVERY, Action.VIEW)
@require_safe
def delivery_receipt_file(request: DeskRequest, delivery: str) -> HttpResponseBase:
    """This will hand out the partner's answer, to those who prepared the delivery and to the council."""
    found = delivery_or_404(request, delivery)
    file = found.receipt_file if rules.can_edit(request.user, found) else None
    path = content_of(file) if file else None
    if file is None or path is None:
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=file.download_name, content_type=file.media_type,
        headers=headers_of(is_public=False),
    )  # fmt: skip
