"""A person's page: ending their roles, closing their account and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vetovoima.accounts import leaving, queries
from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.requests import DeskRequest

if TYPE_CHECKING:
    from vetovoima.accounts.models import User


def _person(request: DeskRequest, pk: int) -> User:
    """The person, if whoever asks may manage them; anybody else is not found."""
    return get_object_or_404(queries.people_managed_by(request.user), pk=pk)


def _page(request: DeskRequest, person: User, problem: str = "") -> HttpResponse:
    shown = {
        "area_name": "people",
        "person": person,
        "memberships": queries.memberships_of(person),
        "keys": queries.valid_keys_of(person, timezone.now()),
        "problem": problem,
    }
    return render(request, "desk/people/person.html", shown, status=409 if problem else 200)


def _back(request: DeskRequest, pk: int) -> HttpResponse:
    """To the person's page, or to everybody's when they are no longer this reader's to manage."""
    if queries.people_managed_by(request.user).filter(pk=pk).exists():
        return redirect("desk:person", pk)
    return redirect("desk:people")


@door(Kind.PEOPLE, Action.EDIT)
@require_safe
def person(request: DeskRequest, person: int) -> HttpResponse:
    """This will show a person's roles and what can be ended."""
    return _page(request, _person(request, person))


@door(Kind.PEOPLE, Action.EDIT)
@require_POST
def end_role(request: DeskRequest, membership: int) -> HttpResponse:
    """This will end one role of a person."""
    found = queries.all_memberships().filter(pk=membership).first()
    if found is None:
        raise Http404
    managed = _person(request, found.user_id)
    try:
        leaving.end_membership(membership=found, by=request.user, now=timezone.now())
    except leaving.CannotEnd as refusal:
        return _page(request, managed, str(refusal))
    messages.success(request, _("The role is ended. The person has been signed out everywhere."))
    return _back(request, managed.pk)


@door(Kind.PEOPLE, Action.EDIT)
@require_POST
def close_account(request: DeskRequest, person: int) -> HttpResponse:
    """This will close a person's account."""
    managed = _person(request, person)
    try:
        leaving.disable_person(person=managed, by=request.user, now=timezone.now())
    except leaving.CannotEnd as refusal:
        return _page(request, managed, str(refusal))
    messages.success(request, _("The account is closed. Nobody signs in with it, and its keys are refused."))
    return _back(request, managed.pk)


@door(Kind.PEOPLE, Action.EDIT)
@require_POST
def open_account(request: DeskRequest, person: int) -> HttpResponse:
    """This will open a closed account again."""
    managed = _person(request, person)
    leaving.enable_person(person=managed, by=request.user, now=timezone.now())
    messages.success(request, _("The account is open again, with the roles below."))
    return _back(request, managed.pk)
