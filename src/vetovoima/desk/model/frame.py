"""What the pages of the operating model share: the tabs, and finding a municipality whose profile a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.cooperation.emphasis.queries import visible_municipalities
from vetovoima.cooperation.keeping import ChangedMeanwhile
from vetovoima.desk.forms import DeskForm
from vetovoima.desk.requests import DeskRequest

if TYPE_CHECKING:
    from vetovoima.reference.models import Municipality


def frame(user: Any, tab: str) -> dict[str, Any]:
    """This will return what the tabs of the area need: those that the person may open."""
    tabs = [("model", reverse("desk:model"), _("Who does what"))]
    if may(user, Kind.PROFILE, Action.VIEW):
        tabs.append(("municipalities", reverse("desk:municipalities"), _("Municipalities")))
    if may(user, Kind.CONTACT, Action.VIEW):
        tabs.append(("contacts", reverse("desk:contacts"), _("Company contacts")))
    return {"area_name": "model", "model_tabs": tabs, "model_tab": tab}


def town_or_404(request: DeskRequest, slug: str) -> Municipality:
    """This will return a municipality whose profile the person may see; hidden and absent look the same."""
    found = visible_municipalities(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def found_or_404(thing: Any) -> Any:
    """This will let a thing through that was found."""
    if thing is None:
        raise Http404
    return thing


def refused(request: DeskRequest, error: Exception) -> None:
    """This will say in a message why a button's change was refused, each sentence by itself."""
    for sentence in getattr(error, "messages", None) or [str(error)]:
        messages.error(request, sentence)


def refuse(form: DeskForm, error: Exception, fresh_revision: int | None = None) -> int:
    """This will show a refusal in its form and return the status of the answer.

    After somebody else's save the form takes the fresh revision: sending it again puts one's own text in its place.
    """
    form.refuse(error)
    if not isinstance(error, ChangedMeanwhile):
        return 200
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    data["revision"] = str(fresh_revision or 0)
    form.data = data
    return 409
