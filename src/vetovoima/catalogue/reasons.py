"""Why investors want to know what is missing: one sentence for each reason that `standard/completeness.json` names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from .registry import FieldSpec

REASONS: Mapping[str, Any] = {
    "any": _("Investors drop a site of which this is not told."),
    "identity": _("It tells one site from another, in lists, maps and data that others take over."),
    "location": _("Without a place a site is on no map and in no search by distance."),
    "status": _("The first question of anybody who is interested: is it free, and from when."),
    "size": _("Sites are searched by size; one without it is never found."),
    "ownership": _("It decides whom to talk to, and whether the site can be bought, leased or rented."),
    "price": _(
        "Without a price, or word that it is negotiable, a site cannot be compared with one elsewhere."
    ),
    "planning": _("It decides what may be built, and how long it takes before building can begin."),
    "permits": _("Permits decide the timetable of an industrial project; what is done already saves months."),
    "ground": _("The ground decides the cost of the foundations, and its past who pays for cleaning."),
    "power": _("Energy-intensive industry asks this first: how much power there is, and when."),
    "power_proof": _("A figure for power is believed when the grid company has confirmed it, with a date."),
    "power_safety": _("Industry that must never stop asks for two feeds and a firm connection."),
    "water": _(
        "Food, process industry and data centres cannot be placed without water and a way out for it."
    ),
    "heat": _("Heat to be had, or a buyer for surplus heat, decides the running costs of many plants."),
    "telecom": _(
        "No office, plant or data centre is placed without a data connection; two routes are asked for."
    ),
    "transport": _(
        "Distances to road, rail, port and airport decide what it costs to move goods and people."
    ),
    "buildings": _("A tenant checks height, floor load and condition before asking for anything else."),
    "brownfield": _(
        "Whoever takes over an old site asks what can be used and what has to be cleaned or removed."
    ),
    "data_centre": _("Builders of data centres compare sites by these figures before the first call."),
    "wind_energy": _("Developers of energy check these before they spend money on measuring."),
    "forest": _("Users of wood ask how much there is, from how far, and all the year round."),
    "mining": _("Mining companies ask what is known of the deposit and of the rights to it."),
    "tourism": _("Investors in tourism ask for visitors, beds and what is near."),
    "resource": _("A material is taken up when its amount, quality and price are known."),
    "opportunity": _("An investor compares openings by return, size, risk and who is behind them."),
    "labour": _("Investors ask where the workers would come from and what they can do."),
    "economics": _("Taxes and aid belong to the first calculation that an investor makes."),
    "text": _("A few sentences of its own make a site remembered among many."),
    "media": _("A site without a picture is passed over in a list."),
    "contact": _("An investor who finds nobody to ask goes on to the next region."),
}


def reason_for(spec: FieldSpec, given: Mapping[str, Mapping[str, str]]) -> str:
    """Why investors want a field, in the active language: its own reason, else its group's, as `given` names them."""
    return str(REASONS[given["fields"].get(spec.name) or given["groups"].get(spec.group, "any")])
