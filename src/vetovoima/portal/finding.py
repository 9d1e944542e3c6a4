"""The finder as the page shows it: the form's rows, the ordered sites with their cards, what changes the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from django.http import QueryDict
from django.utils.translation import gettext as _

from vetovoima.catalogue.enums import SiteKind
from vetovoima.common.money import figure
from vetovoima.syndication.finder import words
from vetovoima.syndication.finder.asking import KINDS, SORTS, Asked, Wishes, address
from vetovoima.syndication.finder.criteria import CRITERIA, FAMILY_LABELS, Criterion, Family
from vetovoima.syndication.finder.presets import PRESETS
from vetovoima.syndication.finder.ranking import Found, Placed
from vetovoima.syndication.finder.reading import cards_of
from vetovoima.syndication.finder.sensitivity import Turning

#: how many sites are named aloud when the order changes
MOST_TOLD = 3


def form_rows(query: QueryDict, asked: Asked, language: str) -> list[dict[str, Any]]:
    """This will return the form's families with their criteria: what was typed, and what was wrong with it."""
    return [
        {
            "name": family,
            "label": FAMILY_LABELS[family],
            "rows": [_row(one, query, asked, language) for one in CRITERIA if one.family == family],
            "is_used": any(one.family == family for one in asked.wishes.named),
        }
        for family in Family
    ]


def _row(one: Criterion, query: QueryDict, asked: Asked, language: str) -> dict[str, Any]:
    names = {part: f"{one.name}_{part}" for part in ("must", "enough", "weight")}
    return {
        "name": one.name,
        "label": one.label,
        "unit": words.unit(one),
        "must_label": _("Must be at least") if one.is_benefit else _("Must be at most"),
        "enough_label": _("Enough at"),
        "names": names,
        "typed": {part: query.get(name, "")[:60] for part, name in names.items()},
        "weight": asked.wishes.weights.get(one.name, 0),
        "problems": [asked.problems[name] for name in names.values() if name in asked.problems],
    }


def choices(
    wishes: Wishes, municipalities: Sequence[Any], sectors: Sequence[Any], language: str
) -> dict[str, Any]:
    """This will return what is chosen from lists: kinds, municipalities, sectors."""
    return {
        "kind": [(one.value, one.label, one.value in wishes.kinds) for one in KINDS],
        "municipality": [
            (one.slug, one.name.best(language)[0], one.slug in wishes.municipalities)
            for one in municipalities
        ],
        "sector": [(one.slug, one.name.best(language)[0], one.slug in wishes.sectors) for one in sectors],
    }


def preset_links(wishes: Wishes) -> list[dict[str, Any]]:
    """This will return the suggestions, each as the address of its wishes."""
    return [
        {"label": one.label, "url": f"?{address(one.wishes)}", "is_chosen": wishes.preset == one.name}
        for one in PRESETS
    ]


def sort_choices(wishes: Wishes) -> list[tuple[str, str, bool]]:
    """This will return the orders of the list."""
    labels = {"score": _("best first"), "name": _("name"), "known": _("most known first")}
    return [(name, labels[name], wishes.sort == name) for name in SORTS]


def weights_now(wishes: Wishes) -> dict[str, Any]:
    """This will return the weights that order the list, to be changed beside it, and the rest of the requirement, which
    goes along."""
    rows = [
        {"name": f"{one.name}_weight", "label": one.label, "weight": wishes.weighed.get(one.name, 0)}
        for one in wishes.named
    ]
    shown = {"sort", *(row["name"] for row in rows)}
    kept = [pair for pair in parse_qsl(address(wishes, preset="")) if pair[0] not in shown]
    return {"rows": rows, "kept": kept}


def told(rows: Sequence[Mapping[str, Any]]) -> str:
    """This will return the order in a sentence, for those who do not see the list change."""
    names = ", ".join(f"{row['place']}. {row['site']['name']['text']}" for row in rows[:MOST_TOLD])
    return _("In order: %(sites)s") % {"sites": names} if names else ""


def weight_choices() -> list[tuple[int, str]]:
    """This will return the weights to choose from."""
    return words.weight_words()


def chips(query: QueryDict, wishes: Wishes, language: str) -> list[dict[str, str]]:
    """This will return what is asked as removable words."""
    return [
        {"word": phrase, "url": f"?{_without(query, name, value)}"}
        for phrase, name, value in _asked(wishes, language)
    ]


def _asked(wishes: Wishes, language: str) -> list[tuple[str, str, str]]:
    by_name = {one.name: one for one in CRITERIA}
    found = [
        (words.limit_words(by_name[name], value, language, wishes.power_year), f"{name}_must", "")
        for name, value in wishes.musts.items()
    ]
    found += [
        (words.enough_words(by_name[name], value, language), f"{name}_enough", "")
        for name, value in wishes.enough.items()
    ]
    return found + [(str(SiteKind(kind).label), "kind", kind) for kind in wishes.kinds]


def _without(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    kept = [one for one in changed.getlist(name) if value and one != value]
    changed.setlist(name, kept) if kept else changed.pop(name, None)
    return changed.urlencode()


def listed(
    placed: Sequence[Placed], wishes: Wishes, language: str, cards: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """This will return sites with their place, score and reasons, each with its card."""
    return [_listed(one, wishes, language, cards[one.code]) for one in placed if one.code in cards]


def cards_for(found: Found, language: str) -> dict[str, Any]:
    """This will read the cards of the sites shown on this page, and of those that could come first."""
    turning = [code for one in found.turnings for code in (one.below_code, one.above_code) if code]
    shown = [one.code for one in found.fitting] + [one.code for one in found.maybe]
    shown += [one.code for one in found.near_misses]
    return cards_of(shown + turning, language)


def _listed(one: Placed, wishes: Wishes, language: str, card: Any) -> dict[str, Any]:
    return {
        "place": one.place,
        "site": card,
        "score": figure(one.score, language, 0),
        "hopeful": figure(one.hopeful, language, 0),
        "meter": round(one.score),
        "is_open": round(one.hopeful) > round(one.score),
        "reasons": words.reason_words(one.parts, language),
        "parts": [words.part_words(part, wishes, language) for part in one.parts],
        "open_limits": ", ".join(words.limit_name(name) for name in one.open_limits),
        "best_place": one.best_place,
        "worst_place": one.worst_place,
        "is_steady": one.is_steady,
    }


def weighing_rows(found: Found, language: str) -> list[dict[str, Any]]:
    """This will return how much each criterion weighs, and how many of the candidates state it."""
    return [
        {
            "label": one.criterion.label,
            "weight": one.weight,
            "share": round(one.share * 100),
            "stated": one.stated,
            "stated_examples": one.stated_examples,
            "tells": one.tells,
        }
        for one in found.weighings
    ]


def turning_rows(found: Found, language: str, cards: Mapping[str, Any]) -> list[dict[str, Any]]:
    """This will return, for each weight, in words, when another site would come first."""
    return [
        {
            "label": one.criterion.label,
            "weight": figure(one.weight, language, 0),
            "is_steady": one.is_steady,
            "sentences": _turning_words(one, language, cards),
        }
        for one in found.turnings
    ]


def miss_rows(found: Found, language: str, cards: Mapping[str, Any]) -> list[dict[str, Any]]:
    """This will return the sites that nearly fit, each with what it lacks."""
    return [
        {
            "site": cards[one.code],
            "words": words.miss_words(one.criterion, one.value, one.limit, language),
        }
        for one in found.near_misses
        if one.code in cards
    ]


def _turning_words(one: Turning, language: str, cards: Mapping[str, Any]) -> list[str]:
    sides = (
        (one.below, one.below_code, _("below %(weight)s, %(site)s comes first")),
        (one.above, one.above_code, _("above %(weight)s, %(site)s comes first")),
    )
    return [
        sentence % {"weight": figure(weight, language, 1), "site": _name(cards, code)}
        for weight, code, sentence in sides
        if weight is not None
    ]


def _name(cards: Mapping[str, Any], code: str) -> str:
    return str(cards[code]["name"]["text"]) if code in cards else code


def failing_rows(found: Found, query: QueryDict, wishes: Wishes) -> list[dict[str, Any]]:
    """This will return which limits cost how many sites, each with the address of the finder without it."""
    return [
        {
            "label": words.limit_name(name),
            "count": words.number_of_sites(count),
            "url": _without_limit(query, name),
        }
        for name, count in found.failing
    ]


def _without_limit(query: QueryDict, name: str) -> str:
    if name == "availability":
        changed = query.copy()
        changed["taken"] = "yes"
        return f"?{changed.urlencode()}"
    return f"?{_without(query, name if name in ('municipality', 'sector') else f'{name}_must', '')}"
