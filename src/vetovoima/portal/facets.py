"""Filters as the page shows them: choices with numbers, what is chosen as removable words, what could be dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.catalogue.enums import Availability
from vetovoima.common.notation import unambiguous
from vetovoima.reference.enums import PlaceKind
from vetovoima.syndication.asking import BY_NAME, BY_TERM, Shape, terms_of
from vetovoima.syndication.kinds import kind_choices
from vetovoima.syndication.search.terms import Relaxation, SearchPage, SearchTerms

from .search_form import SearchForm
from .wishes import CHOICES, GROUPS, LINES, Line, least, said, unit_of

#: the search's own terms and the names they have in the address; the rest are in the table of all doors
OWN = {
    "text": "q", "kinds": "kind", "municipalities": "municipality", "sectors": "sector",
    "availabilities": "availability", "box": "bbox",
}  # fmt: skip
PARAMETERS = {**OWN, **{term: one.name for term, one in BY_TERM.items()}}
LONGEST_CHIP = 4000
#: figures of a few steps, each with how many records reach it
STEPS = ("min_readiness",)


@dataclass(frozen=True)
class Option:
    """One value of a filter: how many records there would be with it, the examples apart."""

    value: str
    label: str
    count: int | None
    chosen: bool
    examples: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there would be nothing at all."""
        return not self.count and not self.examples


@dataclass(frozen=True)
class FacetGroup:
    """One filter with its values; open when something is chosen in it or when it is one of the first."""

    name: str
    label: str
    options: list[Option]
    is_open: bool


@dataclass(frozen=True)
class OptionGroup:
    """Options under a heading of their own: the places of one kind."""

    label: str
    options: list[Option]


@dataclass(frozen=True)
class Input:
    """One parameter as a field of the page."""

    name: str
    shape: str
    end: str
    unit: str
    value: str
    chosen: bool
    options: list[Option]
    groups: list[OptionGroup]
    error: str
    count: int | None
    examples: int

    @property
    def is_empty(self) -> bool:
        """Whether there would be nothing at all."""
        return self.count == 0 and not self.examples


@dataclass(frozen=True)
class FilterLine:
    """A line of the filters: one field, or the two ends of a range."""

    label: str
    hint: str
    inputs: list[Input]

    @property
    def is_range(self) -> bool:
        """Whether the line has two ends."""
        return len(self.inputs) == 2


@dataclass(frozen=True)
class FilterGroup:
    """Lines that belong together; open when something is chosen or wrong in it."""

    name: str
    label: str
    lines: list[FilterLine]
    is_open: bool


def _counts(found: SearchPage, term: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many real records, and how many examples, have each value of a facet."""
    return found.facets.get(term, {}), found.example_facets.get(term, {})


def kind_options(form: SearchForm, terms: SearchTerms, found: SearchPage) -> list[Option]:
    """This will return the kinds of what is offered, each with its number; those of which there is nothing too."""
    counts, examples = _counts(found, "kinds")
    return [
        Option(value, str(label), counts.get(value, 0), value in terms.kinds, examples.get(value, 0))
        for value, label in kind_choices()
    ]


def facet_groups(form: SearchForm, terms: SearchTerms, found: SearchPage) -> list[FacetGroup]:
    """This will return the filters in their order; a value without records is shown only when it is chosen."""
    groups = []
    for name, term, choices, always_open in (
        ("municipality", "municipalities", form.municipalities, True),
        ("availability", "availabilities", Availability.choices, True),
        ("sector", "sectors", form.sectors, False),
    ):
        (counts, examples), chosen = _counts(found, term), getattr(terms, term)
        options = [
            Option(value, str(label), counts.get(value, 0), value in chosen, examples.get(value, 0))
            for value, label in choices
            if counts.get(value) or examples.get(value) or value in chosen
        ]
        groups.append(FacetGroup(name, str(form.labels[name]), options, always_open or bool(chosen)))
    return [group for group in groups if group.options]


def filter_groups(form: SearchForm, found: SearchPage) -> list[FilterGroup]:
    """This will return every other wish, group by group, as it was written, with what is wrong beside it."""
    groups = []
    for name, label in GROUPS.items():
        lines = [_line(form, found, line) for line in LINES if line.group == name]
        used = any(one.chosen or one.error for line in lines for one in line.inputs)
        groups.append(FilterGroup(name, str(label), lines, used))
    return groups


def _line(form: SearchForm, found: SearchPage, line: Line) -> FilterLine:
    return FilterLine(str(line.label), str(line.hint), [_input(form, found, name) for name in line.names])


def _input(form: SearchForm, found: SearchPage, name: str) -> Input:
    one = BY_NAME[name]
    (counts, examples), value = _counts(found, one.term), form.cleaned_data.get(name)
    chosen = set(value) if isinstance(value, list) else {str(value)}
    steps = tuple(str(step) for step in range(1, one.high + 1)) if name in STEPS else ()
    options = [
        Option(
            choice, str(CHOICES.get(name, {}).get(choice, choice)), counts.get(choice, 0), choice in chosen,
            examples.get(choice, 0),
        )
        for choice in one.choices or steps
    ]  # fmt: skip
    is_flag = one.shape == Shape.FLAG
    return Input(
        name=name,
        shape="steps" if steps else one.shape.value,
        end=least(one),
        unit=unit_of(one),
        value=form.data.get(name, "")[:LONGEST_CHIP],
        chosen=_asks(form, name),
        options=options,
        groups=_near_groups(form, str(value or "")) if one.shape == Shape.PLACE else [],
        error=" ".join(str(one) for one in form.errors.get(name, [])),
        count=counts.get("yes", 0) if is_flag else None,
        examples=examples.get("yes", 0),
    )  # fmt: skip


def _near_groups(form: SearchForm, chosen: str) -> list[OptionGroup]:
    """What distance may be counted from: municipalities, then the infrastructure kind by kind."""
    towns = [Option(slug, name, None, slug == chosen) for slug, name in form.municipalities]
    kinds: dict[str, list[Option]] = {}
    for one in form.places:
        label = str(PlaceKind(one.kind).label)
        kinds.setdefault(label, []).append(
            Option(one.slug, one.name.best(form.language)[0], None, one.slug == chosen)
        )
    found = [OptionGroup(_("Municipalities"), towns)]
    return [*found, *(OptionGroup(label, options) for label, options in kinds.items())]


def _word(form: SearchForm, name: str, value: str) -> str:
    """A chosen value in words."""
    known: dict[str, dict[Any, Any]] = {
        "kind": dict(kind_choices()),
        "availability": dict(Availability.choices),
        "municipality": dict(form.municipalities),
        "sector": dict(form.sectors),
    }
    if name in known:
        return str(known[name].get(value, value))
    if name == "bbox":
        return _("in the map's area")
    if name not in BY_NAME:
        return f"“{value}”"
    read = form.cleaned_data.get(name)
    return said(name, value if isinstance(read, list) else read, form.language, form.place_names)


def _values(query: QueryDict, name: str) -> list[str]:
    """What is asked of a parameter, one by one, whichever way several were written."""
    given = query.getlist(name)
    one = BY_NAME.get(name)
    if name in ("kind", "availability", "municipality", "sector") or (one and one.shape == Shape.CHOICES):
        given = [part for value in given for part in value.split(",")]
    return [value for value in dict.fromkeys(given) if value.strip()]


#: what asks for nothing by itself goes with what it belongs to
TOGETHER = {"near": ("radius",), "min_power": ("power_year",)}


def _without(query: QueryDict, name: str, value: str | None = None) -> str:
    changed = query.copy()
    kept = [one for one in _values(query, name) if value is not None and one != value]
    changed.setlist(name, kept) if kept else changed.pop(name, None)
    for follower in () if kept else TOGETHER.get(name, ()):
        changed.pop(follower, None)
    if name == "near" and changed.get("sort") == "distance":
        changed.pop("sort")
    return f"?{changed.urlencode()}"


def chips(form: SearchForm, query: QueryDict) -> list[dict[str, str]]:
    """This will return what is chosen, each with the address of the search without it."""
    return [
        {"word": _word(form, name, value), "url": _without(query, name, value)}
        for name in PARAMETERS.values()
        for value in _values(query, name)
        if len(value) <= LONGEST_CHIP and name not in form.errors and _asks(form, name)
    ]


def enquiry_query(chosen: list[dict[str, str]]) -> str:
    """This will return what was chosen, in words, as the enquiry form takes it; "" when nothing was."""
    words = ", ".join(chip["word"] for chip in chosen)
    return f"?{urlencode({'search': words})}" if words else ""


def _asks(form: SearchForm, name: str) -> bool:
    """Whether a parameter was read to ask for something: `rail=no` asks for nothing."""
    if name in BY_NAME:
        return BY_NAME[name].term in terms_of(form.cleaned_data)
    return bool(form.cleaned_data.get(name))


def _number(one: Relaxation) -> str:
    """How many there would be, as the heading of the list then tells it: the examples apart."""
    real = one.total - one.examples
    sites = ngettext("%(count)s site", "%(count)s sites", real) % {"count": real}
    if not one.examples:
        return sites
    apart = ngettext("and %(total)s example", "and %(total)s examples", one.examples)
    return f"{sites} {apart % {'total': one.examples}}"


def relaxation_links(form: SearchForm, query: QueryDict, found: SearchPage) -> list[dict[str, str]]:
    """This will return, when nothing fits, what to drop and how many there would be: "without rail siding: 4 sites"."""
    return [_dropped(form, query, one) for one in found.relaxations]


def _dropped(form: SearchForm, query: QueryDict, one: Relaxation) -> dict[str, str]:
    name = PARAMETERS[one.term]
    if one.word:
        changed = query.copy()
        changed[name] = one.text
        return {"words": one.word, "number": _number(one), "url": f"?{changed.urlencode()}"}
    words = ", ".join(_word(form, name, value) for value in _values(query, name))
    return {"words": words, "number": _number(one), "url": _without(query, name)}


def nearest_links(form: SearchForm, query: QueryDict, found: SearchPage) -> list[dict[str, str]]:
    """This will return, when nothing fits, which figure would do: "with area at least 12 ha: 3 sites"."""
    links = []
    for one in found.nearest:
        if one.bound is None:
            continue
        name, changed = PARAMETERS[one.term], query.copy()
        changed[name] = unambiguous(one.bound)
        words = said(name, one.bound, form.language, form.place_names)
        links.append({"words": words, "number": _number(one), "url": f"?{changed.urlencode()}"})
    return links


def without_figures(query: QueryDict) -> str:
    """This will return the address of the same search without its figures: what does not tell them is found by it."""
    changed = query.copy()
    for one in BY_NAME.values():
        if one.bound:
            changed.pop(one.name, None)
    return f"?{changed.urlencode()}"
