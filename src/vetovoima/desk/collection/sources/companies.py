"""Looking a company up in the register by its business ID."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.connectors import services
from vetovoima.collection.connectors.problems import in_words
from vetovoima.collection.connectors.queries import snapshot
from vetovoima.collection.sources.enums import Connector
from vetovoima.common.fields import Translated
from vetovoima.common.identifiers import clean_business_id
from vetovoima.desk.forms import DeskForm, here
from vetovoima.desk.requests import DeskRequest

STATES = {
    "active": pgettext_lazy("company", "Active"),
    "ceased": pgettext_lazy("company", "Ceased"),
    "other": pgettext_lazy("company", "Neither active nor ceased; look at the register"),
}


class CompanyForm(DeskForm):
    """Which company."""

    business_id = forms.CharField(
        label=_("Business ID"), max_length=20, required=False, help_text=_("For example 1234567-1."),
        widget=forms.TextInput({"class": "input input-short", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_business_id(self) -> str:
        """The ID as the register writes it."""
        return clean_business_id(self.cleaned_data["business_id"])


@door(Kind.COLLECTION, Action.CREATE)
def company(request: DeskRequest) -> HttpResponse:
    """This will ask the register for a company and show what it says, or the last that it said, with its day."""
    form = CompanyForm(request.POST or None)
    shown: dict[str, Any] = {"area_name": "collection", "tab": "sources", "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            shown |= _looked_up(form.cleaned_data["business_id"])
        except ValidationError as error:
            form.refuse(error)
    return render(request, "desk/collection/sources/company.html", shown)


def _looked_up(business_id: str) -> dict[str, Any]:
    run = services.look_up_company(business_id=business_id, now=timezone.now())
    kept = snapshot(Connector.COMPANY, business_id)
    problem = in_words(run.problem) if run.problem else ""
    if kept is None:
        return {"problem": problem}
    language, data = here(), kept.data
    told = {name: Translated(data.get(name) or {}).best(language)[0] for name in ("form", "line", "domicile")}
    return {
        "problem": problem,
        "kept": kept,
        "found": {**data, **told},
        "state": STATES.get(data.get("state", ""), ""),
    }
