"""A municipality's contact log: its own people read it whole, everybody else of the cooperation what is shared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.cooperation.contacts import documents, queries, services
from vetovoima.cooperation.contacts.enums import ContactKind
from vetovoima.cooperation.keeping import CannotChange
from vetovoima.desk.requests import DeskRequest

from .contact_forms import ContactForm, FollowUpForm, SummaryForm
from .frame import found_or_404, frame, refuse, refused

PER_PAGE = 50
ASKED = ("text", "kind", "only")


def _asked(request: DeskRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "")[:200] for name in ASKED}


def _page(request: DeskRequest, **more: Any) -> dict[str, Any]:
    return {**frame(request.user, "contacts"), "today": localdate(), **more}


@door(Kind.CONTACT, Action.VIEW)
@require_safe
def contact_list(request: DeskRequest) -> HttpResponse:
    """This will list one's own municipality's contacts, and what the municipalities have shared."""
    asked = _asked(request)
    page = Paginator(queries.find_contacts(request.user, **asked), PER_PAGE).get_page(request.GET.get("page"))
    shown = _page(
        request,
        page=page,
        rows=[(one, one.is_late(localdate())) for one in page],
        asked=asked,
        is_filtered=any(asked.values()),
        kinds=ContactKind.choices,
        own=list(queries.own_municipalities(request.user)),
        summaries=queries.shared_summaries(request.user),
    )
    return render(request, "desk/model/contacts.html", shown)


@door(Kind.CONTACT, Action.EDIT)
@require_safe
def contact_export(request: DeskRequest) -> HttpResponse:
    """This will give one's own log as CSV: what the list shows, as it is narrowed."""
    text = documents.contacts_csv(queries.find_contacts(request.user, **_asked(request)))
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="contacts-{localdate()}.csv"'
    return response


@door(Kind.CONTACT, Action.CREATE)
def contact_new(request: DeskRequest) -> HttpResponse:
    """This will note a contact."""
    form = ContactForm(request.user, request.POST if request.method == "POST" else None)
    if not form.towns:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            contact = services.log_contact(
                municipality=form.log_of, values=form.values(), by=request.user, now=timezone.now()
            )
        except (ValidationError, CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Noted."))
            return redirect("desk:contact", contact.code)
    return render(request, "desk/model/contact_edit.html", _page(request, form=form, contact=None))


@door(Kind.CONTACT, Action.EDIT)
@require_safe
def contact_detail(request: DeskRequest, contact: str) -> HttpResponse:
    """This will show one contact whole."""
    found = found_or_404(queries.contact_for(request.user, contact))
    return _detail(request, found)


def _detail(request: DeskRequest, found: Any, **forms: Any) -> HttpResponse:
    shown = _page(
        request,
        contact=found,
        is_late=found.is_late(localdate()),
        others=queries.contacts_with(found, request.user),
        history=queries.history(found)[:20],
        share=forms.get("share") or SummaryForm(initial={"summary": found.shared_summary}),
        follow_up=forms.get("follow_up") or FollowUpForm(initial={"outcome": found.outcome}),
    )
    return render(request, "desk/model/contact.html", shown)


@door(Kind.CONTACT, Action.EDIT)
def contact_edit(request: DeskRequest, contact: str) -> HttpResponse:
    """This will show a contact's form, and save what was sent."""
    found = found_or_404(queries.contact_for(request.user, contact))
    form = ContactForm(request.user, request.POST if request.method == "POST" else None, thing=found)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_contact(
                contact=found, values=form.values(), by=request.user, now=timezone.now(),
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except (ValidationError, CannotChange) as error:
            status = refuse(form, error, found.revision)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:contact", contact)
    page = _page(request, form=form, contact=found)
    return render(request, "desk/model/contact_edit.html", page, status=status)


@door(Kind.CONTACT, Action.EDIT)
@require_POST
def contact_follow_up(request: DeskRequest, contact: str) -> HttpResponse:
    """This will note that the follow-up is done."""
    found = found_or_404(queries.contact_for(request.user, contact))
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        return _detail(request, found, follow_up=form)
    try:
        services.finish_follow_up(contact=found, by=request.user, now=timezone.now(), **form.cleaned_data)
    except CannotChange as error:
        refused(request, error)
    else:
        messages.success(request, _("Noted: followed up today."))
    return redirect("desk:contact", contact)


@door(Kind.CONTACT, Action.SHARE)
@require_POST
def contact_share(request: DeskRequest, contact: str) -> HttpResponse:
    """This will share the summary with the network."""
    found = found_or_404(queries.contact_for(request.user, contact))
    form = SummaryForm(request.POST)
    if form.is_valid():
        try:
            services.share_summary(contact=found, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (ValidationError, CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Shared. The council and the other municipalities see the summary."))
            return redirect("desk:contact", contact)
    return _detail(request, found, share=form)


@door(Kind.CONTACT, Action.SHARE)
@require_POST
def contact_unshare(request: DeskRequest, contact: str) -> HttpResponse:
    """This will take the summary back."""
    found = found_or_404(queries.contact_for(request.user, contact))
    try:
        services.stop_sharing(contact=found, by=request.user, now=timezone.now())
    except CannotChange as error:
        refused(request, error)
    else:
        messages.success(request, _("Taken back. Nobody else sees the summary any more."))
    return redirect("desk:contact", contact)


@door(Kind.CONTACT, Action.EDIT)
@require_POST
def contact_remove(request: DeskRequest, contact: str) -> HttpResponse:
    """This will remove a contact for good."""
    found = found_or_404(queries.contact_for(request.user, contact))
    try:
        services.remove_contact(contact=found, by=request.user, now=timezone.now())
    except CannotChange as error:
        refused(request, error)
    else:
        messages.success(request, _("Removed."))
    return redirect("desk:contacts")
