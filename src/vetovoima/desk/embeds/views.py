"""The builder of embeds with its preview, and the list of websites that may frame them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.forms import here
from vetovoima.desk.requests import DeskRequest, is_fragment
from vetovoima.syndication.embedding import queries, services

from .forms import BuilderForm, OriginForm

AREA = {"area_name": "me"}


@door(Kind.EMBED, Action.VIEW)
@require_safe
def builder(request: DeskRequest) -> HttpResponse:
    """This will show the builder; once something is chosen also the lines to copy and a preview. Works without script."""
    places = queries.buildable_places(request.user)
    form = BuilderForm(places, request.GET if "way" in request.GET else None)
    shown = {**AREA, "form": form, "is_part": is_fragment(request), **_built(form)}
    template = "desk/embeds/made.html" if shown["is_part"] else "desk/embeds/builder.html"
    return render(request, template, shown)


def _built(form: BuilderForm) -> dict[str, object]:
    if not form.is_valid():
        return {}
    # the title is read on the municipality's page, in the language of what it shows
    with override(form.cleaned_data["language"]):
        embed = form.embed(settings.VETOVOIMA_PUBLIC_URL)
    way = form.cleaned_data["way"]
    lines = {"component": embed.component, "frame": embed.frame, "fragment": embed.fragment}[way]
    return {
        "embed": embed,
        "way": way,
        "lines": "\n".join(lines),
        "allowed": queries.allowed_origins(embed.slug),
    }


@door(Kind.EMBED, Action.VIEW)
def origins(request: DeskRequest) -> HttpResponse:
    """This will list the websites that may show the frame, and allow one more."""
    found = queries.origins_for(request.user)
    form = OriginForm(
        (one.municipality for one in found if one.may_edit),
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.allow_origin(
                municipality=form.chosen_place, origin=form.cleaned_data["origin"], by=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Allowed: %(origin)s") % {"origin": made.origin})
            return redirect("desk:embed-origins")
    places = [(one, _place_name(one)) for one in found]
    history = [(name, fact) for one, name in places for fact in queries.origin_history(one.municipality)[:5]]
    shown = {**AREA, "form": form, "places": places, "history": history}
    return render(request, "desk/embeds/origins.html", shown)


def _place_name(one: queries.PlaceOrigins) -> str:
    return one.municipality.name.best(here())[0] if one.municipality else _("the region")


@door(Kind.EMBED, Action.EDIT)
@require_POST
def origin_remove(request: DeskRequest) -> HttpResponse:
    """This will end that a website may show the frame; a place that the person may not change looks like none."""
    places = {one.slug: one for one in queries.origins_for(request.user) if one.may_edit}
    place = places.get(request.POST.get("place", ""))
    if place is None:
        raise Http404
    origin = request.POST.get("origin", "")[:300]
    services.remove_origin(
        municipality=place.municipality, origin=origin, by=request.user, now=timezone.now()
    )
    messages.success(request, _("Removed: %(origin)s") % {"origin": origin})
    return redirect("desk:embed-origins")
