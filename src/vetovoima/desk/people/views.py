"""People and invitations; the page by which an invited person comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from vetovoima.accounts import queries, services
from vetovoima.accounts.doors import door, public_door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.desk.requests import DeskRequest

from .forms import AcceptForm, InviteForm, JoinForm
from .letters import send_invitation

if TYPE_CHECKING:
    from vetovoima.accounts.models import User


def _page(request: DeskRequest, form: InviteForm, link: str = "") -> HttpResponse:
    managed = queries.people_managed_by(request.user)
    shown = {
        "area_name": "people",
        "managed": set(managed.values_list("pk", flat=True)),
        "form": form,
        "link": link,
        "memberships": queries.all_memberships(),
        "invitations": queries.open_invitations(),
        "now": timezone.now(),
        "may_invite": may(request.user, Kind.PEOPLE, Action.INVITE),
        "may_see_keys": may(request.user, Kind.KEYS, Action.VIEW),
    }
    return render(request, "desk/people/people.html", shown)


@door(Kind.PEOPLE, Action.VIEW)
@require_safe
def people(request: DeskRequest) -> HttpResponse:
    """This will list members and open invitations."""
    return _page(request, InviteForm())


@door(Kind.PEOPLE, Action.INVITE)
def invite_person(request: DeskRequest) -> HttpResponse:
    """This will invite a person and show the address once: it is stored nowhere."""
    if request.method != "POST":
        return redirect("desk:people")
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    read = form.cleaned_data
    try:
        link = send_invitation(
            email=read["email"], organisation=form.organisations[read["organisation"]], role=read["role"],
            language=read["language"], by=request.user, now=timezone.now(),
            address_of=lambda secret: settings.VETOVOIMA_PUBLIC_URL + reverse("accept-invitation", args=[secret]),
        )  # fmt: skip
    except ValidationError as error:
        form.refuse(error)
        return _page(request, form)
    return _page(request, InviteForm(), link)


@sensitive_post_parameters("password")
@public_door
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """This will let an invited person in: a name and a password, or a yes from whoever has signed in to their account."""
    now = timezone.now()
    try:
        invitation = services.open_invitation(secret, now)
    except services.InvitationNotValid:
        return _uncached(render(request, "desk/people/invitation_over.html", status=410))
    with override(request.GET.get("lang") or invitation.language):
        account = queries.account_of(invitation.email)
        by = request.user if request.user.is_authenticated else None
        if step := _step_before(by, account, invitation.email):
            shown = {"step": step, "invitation": invitation}
            return _uncached(render(request, "desk/people/sign_in_first.html", shown))
        form = (JoinForm if account else AcceptForm)(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid() and _accepted(form, secret, by):
            return _uncached(_welcome(request, by))
        shown = {"form": form, "invitation": invitation, "has_account": account is not None}
        return _uncached(render(request, "desk/people/accept.html", shown))


def _step_before(by: User | None, account: User | None, email: str) -> str:
    """What has to happen before an invitation can be accepted: the address alone gives no role to an account."""
    if account is not None and not account.is_active:
        return "closed"
    if by is not None and not services.is_account_of(by, email):
        return "sign-out"
    return "sign-in" if account is not None and by is None else ""


def _welcome(request: HttpRequest, by: User | None) -> HttpResponse:
    if by is not None:
        messages.success(request, _("Welcome. The new role is yours from now on."))
        return redirect("desk:day")
    messages.success(request, _("Welcome. Sign in with your e-mail and password."))
    return redirect("account_login")


def _accepted(form: AcceptForm | JoinForm, secret: str, by: User | None) -> bool:
    """Whether the invitation was taken up; what is wrong with the password is said beside it."""
    read = form.cleaned_data
    try:
        services.accept_invitation(
            secret=secret,
            display_name=read.get("display_name", ""),
            password=read.get("password", ""),
            now=timezone.now(),
            by=by,
        )
    except ValidationError as error:
        form.add_error("password", error)
    except services.SignInFirst:  # the account was made in this very moment
        form.add_error(
            None, _("There is an account for this address now. Sign in, then open the invitation again.")
        )
    except services.InvitationNotValid:
        form.add_error(None, _("The invitation was used in this very moment. Try to sign in."))
    else:
        return True
    return False


def _uncached(response: HttpResponse) -> HttpResponse:
    """An address that lets somebody in is kept by nobody and told to no other site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
