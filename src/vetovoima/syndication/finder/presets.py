"""Ready-made wishes for kinds of projects: our suggestion of what usually matters, never a claim about anybody's project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import SiteKind

from .asking import Wishes


@dataclass(frozen=True)
class Preset:
    """Wishes with a name; the weights are from 1 (a little) to 5 (decides)."""

    name: str
    label: str | Promise
    weights: Mapping[str, int]
    enough: Mapping[str, float] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()

    @property
    def wishes(self) -> Wishes:
        """The preset as wishes: no limit is set for anybody, that is for the investor to say."""
        return Wishes(weights=self.weights, enough=self.enough, kinds=self.kinds, preset=self.name)


LAND = (SiteKind.PLOT.value, SiteKind.BROWNFIELD.value, SiteKind.BUSINESS_AREA.value)
PRESETS = (
    Preset("data_centre", _("Data centre"), {"power": 5, "voltage": 3, "lead": 4, "area": 2, "substation": 3, "water": 1, "airport": 1, "readiness": 3}, kinds=LAND),
    Preset("forest_industry", _("Forest industry"), {"area": 3, "rail": 5, "power": 3, "water": 4, "port": 3, "price": 2, "readiness": 2}, kinds=LAND),
    Preset("mining_supplier", _("Mining supplier"), {"floor": 3, "area": 2, "rail": 3, "power": 2, "price": 3, "readiness": 4}),
    Preset("battery_chemistry", _("Battery and chemical industry"), {"area": 4, "power": 4, "water": 5, "rail": 4, "port": 3, "lead": 2, "readiness": 2}, kinds=LAND),
    Preset("tourism", _("Tourism"), {"airport": 4, "area": 2, "price": 3, "readiness": 3, "rail": 1, "known": 1}, kinds=(*LAND, SiteKind.PREMISES.value)),
    Preset("light_industry", _("Light industry and logistics"), {"floor": 3, "price": 4, "readiness": 4, "rail": 2, "airport": 2}, kinds=(SiteKind.PREMISES.value, SiteKind.PLOT.value, SiteKind.BUSINESS_AREA.value)),
)  # fmt: skip
BY_NAME = {one.name: one for one in PRESETS}
