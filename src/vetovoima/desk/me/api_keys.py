"""A person's own API keys: made with scopes and a duration, shown once, revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vetovoima.accounts import queries, services
from vetovoima.accounts.doors import signed_in_door
from vetovoima.accounts.rules import grantable_scopes, memberships
from vetovoima.accounts.scopes import SCOPES
from vetovoima.desk.forms import DeskForm, here
from vetovoima.desk.requests import DeskRequest

DURATIONS = (
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("365", gettext_lazy("one year")),
    ("730", gettext_lazy("two years")),
)


class KeyForm(DeskForm):
    """What a key is for, on whose behalf, what it may do and for how long."""

    name = forms.CharField(
        label=gettext_lazy("What the key is for"), max_length=80,
        help_text=gettext_lazy("For example: the nightly transfer from our map service. It is shown in the history of records."),
    )  # fmt: skip
    organisation = forms.ChoiceField(label=gettext_lazy("On behalf of"))
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may be used for"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.ChoiceField(label=gettext_lazy("Valid for"), choices=DURATIONS, initial="90")

    def __init__(self, user: Any, data: Any = None) -> None:
        super().__init__(data)
        self.organisations = {one.organisation.slug: one.organisation for one in memberships(user)}
        held = {
            scope.name
            for organisation in self.organisations.values()
            for scope in grantable_scopes(user, organisation.pk)
        }
        names = [(slug, one.name.best(here())[0]) for slug, one in self.organisations.items()]
        self._choose("organisation", names)
        self._choose("scopes", [(name, scope.label) for name, scope in SCOPES.items() if name in held])
        self.has_scopes = bool(held)

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _page(request: DeskRequest, form: KeyForm, token: str = "") -> HttpResponse:
    shown = {
        "form": form,
        "token": token,
        "keys": queries.keys_of(request.user),
        "scopes": SCOPES,
        "now": timezone.now(),
    }
    return render(request, "desk/me/api_keys.html", shown)


@signed_in_door
def api_keys(request: DeskRequest) -> HttpResponse:
    """This will list a person's keys, and make one; its text is in the answer to that one form and nowhere else."""
    form = KeyForm(request.user, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    read = form.cleaned_data
    try:
        _key, token = services.create_key(
            owner=request.user, organisation=form.organisations[read["organisation"]], name=read["name"],
            scopes=read["scopes"], days=int(read["days"]), by=request.user, now=timezone.now(),
        )  # fmt: skip
    except ValidationError as error:
        form.refuse(error)
        return _page(request, form)
    return _page(request, KeyForm(request.user), token)


@signed_in_door
@require_POST
def revoke_api_key(request: DeskRequest, prefix: str) -> HttpResponse:
    """This will end one of a person's own keys."""
    found = queries.keys_of(request.user).filter(prefix=prefix).first()
    if found is None:
        raise Http404
    services.revoke_key(key=found, by=request.user, now=timezone.now())
    messages.success(request, _("The key is revoked. Whatever used it is refused from now on."))
    return redirect("desk:api-keys")
