"""The form of a record as its page draws it: rows and inputs, ready for the templates.

A record has more than two hundred fields, so the inputs are written here rather than by a widget each.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vetovoima.catalogue.enums import Absence
from vetovoima.catalogue.quality import Completeness, Freshness, GroupScore, Missing
from vetovoima.catalogue.registry import (
    CHOICE,
    CHOICES,
    DAY,
    FIGURES,
    FLAG,
    LIST,
    MANY,
    ONE,
    SHAPE,
    SITES,
    TRANSLATED,
    WHOLE,
    YEARS,
    FieldSpec,
)
from vetovoima.common.suspicions import Suspicion
from vetovoima.desk.forms import here
from vetovoima.syndication.documents import unit_label

from .forms import GroupForm, inputs, may_be_absent, sources

LINES = {"name": 0, "summary": 2, "price_note": 2, "plan_note": 2, "transport_note": 2, "reason_to_come": 4}
SHORT = {*FIGURES, DAY, FLAG, CHOICE}
CHECKS = {MANY, CHOICES, SITES}
ISO_DAY_LENGTH = 10


@dataclass(frozen=True)
class Input:
    """One input with its label, written out, and what is wrong with it."""

    name: str
    label: Any
    html: SafeString
    errors: list[Any]
    help: Any = ""
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """One field of the standard with its inputs and the choice that says why it has no value."""

    spec: FieldSpec
    inputs: list[Input]
    unit: str
    gap: Missing | None
    absence: SafeString
    original: str

    @property
    def name(self) -> str:
        """The field's name in the standard."""
        return self.spec.name

    @property
    def kind(self) -> str:
        """How the row is drawn: place, translated, checks or plain."""
        if self.spec.type in CHECKS:
            return "checks"
        return {SHAPE: "place", TRANSLATED: "translated"}.get(self.spec.type, "plain")

    @property
    def is_short(self) -> bool:
        """Whether its input is short enough to stand beside another."""
        return self.spec.type in SHORT


@dataclass(frozen=True)
class Section:
    """A group as the page draws it."""

    name: str
    label: Any
    rows: list[Row]
    source: list[Input]
    checked: dict[str, str]
    score: GroupScore | None
    age: Freshness | None
    is_draft: bool
    suspicions: list[Suspicion]

    @property
    def blocks(self) -> list[list[Row]]:
        """The rows, with short inputs that follow each other side by side."""
        found: list[list[Row]] = []
        for row in self.rows:
            if row.is_short and found and found[-1][-1].is_short:
                found[-1].append(row)
            else:
                found.append([row])
        return found

    @property
    def source_is_open(self) -> bool:
        """The source's inputs are shown at once when one of them is refused."""
        return any(one.errors for one in self.source)


def section(
    form: GroupForm, quality: Completeness, ages: dict[str, Freshness], *, is_draft: bool = False,
    suspicions: list[Suspicion] | None = None,
) -> Section:  # fmt: skip
    """This will draw one group."""
    gaps = {one.spec.name: one for one in quality.missing}
    scores = {one.group: one for one in quality.groups}
    return Section(
        form.name, form.label, [_row(form, spec, gaps.get(spec.name)) for spec in form.specs],
        [_source_input(form, part) for part in sources.PARTS], form.site.sources.get(form.name, {}),
        scores.get(form.name), ages.get(form.name), is_draft, suspicions or [],
    )  # fmt: skip


def _row(form: GroupForm, spec: FieldSpec, gap: Missing | None) -> Row:
    found = [_input(form, spec, name) for name in inputs.names_of(spec)]
    return Row(
        spec, found, unit_label(spec.unit), gap, _absence(form, spec),
        form.site.originals.get(spec.name, ""),
    )  # fmt: skip


def _input(form: GroupForm, spec: FieldSpec, name: str) -> Input:
    text, errors = form.text(name), form.errors.get(name, [])
    attributes = _attributes(name, bool(errors), bool(spec.help) and spec.type not in (SHAPE, TRANSLATED))
    label: Any = spec.label
    if spec.type == TRANSLATED:
        language = name.rpartition("_")[2]
        label = inputs.IN_LANGUAGE[language]
        html = _text(attributes, str(text), LINES.get(spec.name, 4), language)
    elif spec.type == SHAPE:
        label = inputs.PLACE_LABELS[name]
        html = _text(attributes, str(text), 3) if name == "geometry" else _figure(attributes, str(text))
    elif spec.type in CHECKS:
        html = _checks(name, _choices(form, spec), text)
    else:
        html = _single(form, spec, attributes, str(text))
    return Input(name, label, html, errors)


def _single(form: GroupForm, spec: FieldSpec, attributes: SafeString, text: str) -> SafeString:
    if spec.type in FIGURES:
        return _figure(attributes, text, "numeric" if spec.type == WHOLE else "decimal")
    if spec.type in (CHOICE, FLAG, ONE):
        return format_html(
            "<select {}>{}</select>", attributes, options(tuple(_choices(form, spec)), text, here())
        )
    if spec.type == DAY:
        kind = "date" if not text or len(text) == ISO_DAY_LENGTH else "text"
        return format_html(
            '<input type="{}" class="input input-short" value="{}" {}>', kind, text, attributes
        )
    if spec.type in (LIST, YEARS) or spec.limit > 1000:
        return _text(attributes, text, 3)
    return format_html('<input type="text" value="{}" {}>', text, attributes)


def _choices(form: GroupForm, spec: FieldSpec) -> list[tuple[str, str]]:
    found = form.lookups.choices(spec)
    if spec.type == CHOICE and not spec.required and "unknown" not in dict(found):
        return [("", _("not said")), *found]
    return found


@lru_cache(maxsize=4_000)
def options(choices: tuple[tuple[str, str], ...], chosen: str, language: str) -> SafeString:
    """This will write the options of a select; `language` only tells labels of one language from those of another."""
    return format_html_join(
        "", '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if value == chosen else "", label) for value, label in choices),
    )  # fmt: skip


def _figure(attributes: SafeString, text: str, mode: str = "decimal") -> SafeString:
    return format_html(
        '<input type="text" inputmode="{}" class="input input-short input-figures" autocomplete="off" value="{}" {}>',
        mode,
        text,
        attributes,
    )


def _text(attributes: SafeString, text: str, rows: int, language: str = "") -> SafeString:
    spoken = format_html(' lang="{}"', language) if language else ""
    if not rows:
        return format_html('<input type="text" value="{}"{} {}>', text, spoken, attributes)
    return format_html('<textarea rows="{}"{} {}>\n{}</textarea>', rows, spoken, attributes, text)


def _checks(name: str, choices: list[tuple[str, str]], chosen: Any) -> SafeString:
    ticked = set(chosen)
    return format_html_join(
        "",
        '<label class="check" for="id_{0}_{1}"><input type="checkbox" name="{0}" value="{2}" id="id_{0}_{1}"{3}>'
        " <span>{4}</span></label>",
        (
            (name, number, value, SafeString(" checked") if value in ticked else "", label)
            for number, (value, label) in enumerate(choices)
        ),
    )


def _attributes(name: str, is_wrong: bool, has_help: bool) -> SafeString:
    """Name, id, and what describes it: the help where there is one, and the place of its error."""
    return format_html(
        'name="{0}" id="id_{0}" aria-describedby="{1}id_{0}_error"{2}',
        name,
        format_html("id_{}_help ", name) if has_help else "",
        SafeString(' aria-invalid="true"') if is_wrong else "",
    )


def _absence(form: GroupForm, spec: FieldSpec) -> SafeString:
    """The choice beside a field: not known, not studied, there is none."""
    if not may_be_absent(spec):
        return SafeString("")
    name = f"absent_{spec.name}"
    return format_html(
        '<select class="absence" name="{0}" id="id_{0}" aria-label="{1}">{2}</select>',
        name, _("Why there is no value: %(field)s") % {"field": spec.label},
        options(_absences(here()), str(form.text(name)), here()),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _absences(language: str) -> tuple[tuple[str, str], ...]:
    """The choices in the active language, which `language` names."""
    return (("", _("no value?")), *((one.value, str(one.label)) for one in Absence))


def _source_input(form: GroupForm, part: str) -> Input:
    name = sources.name_of(form.name, part)
    text, errors = str(form.text(name)), form.errors.get(name, [])
    attributes = _attributes(name, bool(errors), part in sources.HELP)
    if part in ("method", "confidence"):
        choices = tuple(
            (value, str(label))
            for value, label in (sources.METHODS if part == "method" else sources.CONFIDENCE)
        )
        html = format_html("<select {}>{}</select>", attributes, options(choices, text, here()))
    elif part in ("collected_on", "verified_on"):
        kind = "date" if not text or len(text) == ISO_DAY_LENGTH else "text"
        html = format_html(
            '<input type="{}" class="input input-short" value="{}" {}>', kind, text, attributes
        )
    else:
        html = format_html('<input type="text" value="{}" {}>', text, attributes)
    return Input(name, sources.LABELS[part], html, errors, sources.HELP.get(part, ""))


def single_input(spec: FieldSpec, form: GroupForm) -> Row:
    """This will draw one field alone, for the change of many records."""
    return _row(form, spec, None)
