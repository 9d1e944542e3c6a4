"""The finder in words: limits, weights, why a site stands where it stands, and the requirement as a message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.catalogue.enums import SiteKind
from vetovoima.common.money import figure
from vetovoima.reference import queries as reference
from vetovoima.syndication.queries import published_names

from .asking import Address, Wishes, address, read
from .criteria import BY_NAME, MAX_WEIGHT, POWER, Criterion
from .ranking import AVAILABILITY, MUNICIPALITY, SECTOR, Part

#: how many of the strongest reasons a row tells
REASONS = 2
NO_BREAK = "\u00a0"
#: sites that one message names at most
MAX_PICKED = 12


def unit(one: Criterion) -> str:
    """A criterion's unit in the reader's language."""
    return {"months": _("months")}.get(one.unit, one.unit)


def amount(one: Criterion, value: float, language: str) -> str:
    """A figure with its unit."""
    return f"{figure(value, language, one.decimals)} {unit(one)}".strip()


def limit_words(one: Criterion, value: float, language: str, year: int | None = None) -> str:
    """A hard limit: "Area at least 20 ha"."""
    words = {"label": one.label, "amount": amount(one, value, language)}
    if one.name == POWER and year:
        return _("%(label)s at least %(amount)s in %(year)s") % {**words, "year": year}
    return (
        _("%(label)s at least %(amount)s") if one.is_benefit else _("%(label)s at most %(amount)s")
    ) % words


def enough_words(one: Criterion, value: float, language: str) -> str:
    """How much is enough: more counts no further."""
    return _("%(label)s: %(amount)s is enough") % {"label": one.label, "amount": amount(one, value, language)}


def weight_words() -> list[tuple[int, str]]:
    """The weights with their words, for a list to choose from."""
    words = (_("no weight"), _("a little"), _("some"), _("matters"), _("much"), _("decides"))
    return [(weight, f"{weight}: {words[weight]}") for weight in range(MAX_WEIGHT + 1)]


def limit_name(name: str) -> str:
    """What a hard limit is about, by its name."""
    other = {AVAILABILITY: _("Availability"), MUNICIPALITY: _("Municipality"), SECTOR: _("Sector")}
    return str(BY_NAME[name].label) if name in BY_NAME else other[name]


def _level_words(part: Part, is_enough: bool) -> str:
    if part.level is None:
        return _("not stated, counted as the worst")
    if part.level >= 0.9995:
        return _("as much as was asked") if is_enough else _("the best of these sites")
    if part.level <= 0.0005:
        return _("the worst of these sites")
    return _("%(percent)s %% of the way from the worst to the best") % {"percent": round(part.level * 100)}


def part_words(part: Part, wishes: Wishes, language: str) -> dict[str, Any]:
    """One criterion at one site, for a table: figure, level, points."""
    return {
        "name": part.criterion.name,
        "label": str(part.criterion.label),
        "value": _("not stated") if part.value is None else amount(part.criterion, part.value, language),
        "is_known": part.value is not None,
        "level": round((part.level or 0.0) * 100),
        "level_words": _level_words(part, part.criterion.name in wishes.enough),
        "points": figure(max(part.gives, 0.0), language, 1),
        "could": figure(max(part.could_give, 0.0), language, 1),
    }


def _short(part: Part, language: str) -> str:
    assert part.value is not None
    figure_and_unit = amount(part.criterion, part.value, language).replace(" ", NO_BREAK)
    return f"{part.criterion.label} {figure_and_unit}"


def reason_words(parts: Sequence[Part], language: str) -> dict[str, str]:
    """What lifts a site and what holds it back, in a few words; empty where there is nothing to tell."""
    known = [part for part in parts if part.value is not None]
    lifts = sorted((part for part in known if part.gives >= 0.05), key=lambda part: -part.gives)[:REASONS]
    holds = sorted((part for part in known if part.could_give >= 0.05), key=lambda part: -part.could_give)[:1]
    holds = [part for part in holds if part not in lifts or part.could_give > part.gives]
    return {
        "lifts": ", ".join(_short(part, language) for part in lifts if part not in holds),
        "holds": ", ".join(_short(part, language) for part in holds),
        "missing": ", ".join(str(part.criterion.label) for part in parts if part.value is None),
    }


def miss_words(one: Criterion, value: float, limit: float, language: str) -> str:
    """What a site lacks of a limit: "Area 18.4 ha, asked for 20 ha"."""
    return _("%(label)s %(amount)s, asked for %(limit)s") % {
        "label": one.label, "amount": amount(one, value, language), "limit": amount(one, limit, language),
    }  # fmt: skip


def _names(things: Iterable[Any], slugs: Sequence[str], language: str) -> list[str]:
    if not slugs:
        return []
    names = {one.slug: one.name.best(language)[0] for one in things}
    return [names[slug] for slug in slugs if slug in names]


def requirement(text: str, language: str) -> Wishes:
    """This will read a requirement that was handed on as the query of the finder's address; what it cannot read it
    leaves out."""
    municipalities = {one.slug for one in reference.municipalities()}
    sectors = {one.slug for one in reference.sectors()}
    return read(Address(text), language, municipalities, sectors).wishes


def requirement_text(wishes: Wishes, language: str, codes: Sequence[str] = ()) -> str:
    """This will write a requirement as a message in the language of the visitor: limits, what matters, chosen sites."""
    with translation.override(language):
        blocks = [
            [_("We are looking for a site.")],
            _listed(_("It must have:"), [limit_words(BY_NAME[name], value, language, wishes.power_year) for name, value in wishes.musts.items()]),
            _listed(_("Enough is:"), [amount_of(name, value, language) for name, value in wishes.enough.items()]),
            _listed(_("What matters, from 1 (a little) to 5 (decides):"), _weights(wishes)),
            _listed(_("Kind and place:"), _choices(wishes, language)),
            _listed(_("These sites interest us:"), _sites(codes, language)),
            [_("The order of the sites for this requirement:"), _link(wishes, language)],
        ]  # fmt: skip
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def amount_of(name: str, value: float, language: str) -> str:
    """A criterion's name and a figure of it."""
    return f"{BY_NAME[name].label}: {amount(BY_NAME[name], value, language)}"


def _listed(title: str, lines: list[str]) -> list[str]:
    return [title, *(f"- {line}" for line in lines)] if lines else []


def _weights(wishes: Wishes) -> list[str]:
    given = sorted(
        ((name, weight) for name, weight in wishes.weights.items() if weight), key=lambda one: -one[1]
    )
    return [f"{BY_NAME[name].label}: {weight}" for name, weight in given]


def _choices(wishes: Wishes, language: str) -> list[str]:
    return [
        *(str(SiteKind(kind).label) for kind in wishes.kinds),
        *_names(reference.municipalities(), wishes.municipalities, language),
        *_names(reference.sectors(), wishes.sectors, language),
    ]


def _sites(codes: Sequence[str], language: str) -> list[str]:
    names = published_names(codes[:MAX_PICKED])
    return [f"{code} {names[code].best(language)[0]}" for code in codes[:MAX_PICKED] if code in names]


def _link(wishes: Wishes, language: str) -> str:
    return f"{settings.VETOVOIMA_PUBLIC_URL}/{language}/finder/?{address(wishes)}"


def size_words(wishes: Wishes, language: str) -> str:
    """Size and timing in one line, for the enquiry's own field: "Area at least 20 ha, … 60 MW in 2028"."""
    asked = [name for name in ("area", "floor", POWER, "water", "lead") if name in wishes.musts]
    with translation.override(language):
        return ", ".join(
            limit_words(BY_NAME[name], wishes.musts[name], language, wishes.power_year) for name in asked
        )[:300]


def enquiry_fields(text: str, language: str, codes: Sequence[str] = ()) -> dict[str, str]:
    """This will fill the enquiry's fields from a requirement handed on in an address: message, size, sector,
    municipality, and the site when exactly one was chosen. Empty when nothing was asked."""
    wishes = requirement(text, language)
    chosen = list(dict.fromkeys(code.upper()[:30] for code in codes))
    if not wishes.asks and not chosen:
        return {}
    leads = {one.slug for one in reference.lead_sectors()}
    return {
        "message": requirement_text(wishes, language, chosen),
        "size": size_words(wishes, language),
        "sector": next((slug for slug in wishes.sectors if slug in leads), ""),
        "municipality": wishes.municipalities[0] if len(wishes.municipalities) == 1 else "",
        "site": chosen[0] if len(chosen) == 1 else "",
    }


def number_of_sites(count: int) -> str:
    """How many sites."""
    return ngettext("%(count)s site", "%(count)s sites", count) % {"count": count}
