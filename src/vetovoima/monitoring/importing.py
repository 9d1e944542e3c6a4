"""Investments and observations out of a table: read, compared with the register, and taken in, all rows or none.

Blank cells change nothing. The words of headers and states are those of the register and those that people use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.activity.services import record
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.common.notation import guess_style, read_flag, read_number
from vetovoima.common.tables import open_table
from vetovoima.reference.models import Municipality, Region, Sector

from .enums import ObservationKind, Qualifier, Scope, Stage
from .models import Indicator, Investment, Observation
from .validators import exact_value, validate_day, validate_euros, validate_period, validate_range

NEW, CHANGED, SAME, ERROR = "new", "changed", "same", "error"
SPLIT = re.compile(r"\s*[;|\n]\s*")

HEADERS: dict[str, dict[str, tuple[str, ...]]] = {
    "investment": {
        "code": ("id", "tunnus", "key", "avain"),
        "company": ("yritys", "investor", "sijoittaja", "företag"),
        "project": ("hanke", "projekt", "investment", "investointi", "name", "nimi"),
        "municipalities": ("municipality", "kunta", "kunnat", "kommun", "kommuner"),
        "sector": ("toimiala", "bransch"),
        "scope": ("laji", "type"),
        "stage": ("status", "vaihe", "tila", "skede"),
        "amount_eur": ("amount", "summa", "investointi eur", "belopp"),
        "amount_min_eur": (), "amount_max_eur": (), "public_support_eur": ("julkinen tuki",),
        "jobs": ("jobs permanent", "työpaikat", "arbetsplatser"), "jobs_min": ("jobs permanent min",),
        "jobs_max": ("jobs permanent max",), "jobs_construction": ("rakennusaikaiset työpaikat",),
        "amount_note": (), "jobs_note": (), "capacity": ("kapasiteetti",), "note": ("huomautus", "huom", "anmärkning"),
        "announced": ("ilmoitettu",), "decided": ("päätetty",), "completed": ("realised", "valmis", "valmistunut"),
        "ended_on": ("päättynyt",), "status_as_of": (), "shared_with_other_region": (), "part_of": ("osa",),
        "source": ("source title", "lähde", "källa"), "source_url": (), "source_date": (), "confidence": ("varmuus",),
        "further_sources": ("source 2", "muut lähteet"),
    },
    "observation": {
        "indicator": ("mittari", "indikaattori", "indikator"), "area": ("alue", "municipality", "kunta", "område"),
        "period": ("year", "vuosi", "jakso", "år"), "value": ("arvo", "värde"), "kind": ("laji",), "qualifier": ("tarkkuus",),
        "is_canonical": (), "note": ("huomautus",), "source": ("lähde", "källa", "source title"), "source_url": (),
        "source_date": (), "confidence": ("varmuus",),
    },
}  # fmt: skip
STAGE_WORDS = {
    "realised": Stage.COMPLETED, "valmis": Stage.COMPLETED, "planned": Stage.PLANNING, "suunnitteilla": Stage.PLANNING,
    "under construction": Stage.CONSTRUCTION, "rakenteilla": Stage.CONSTRUCTION, "päätetty": Stage.DECIDED,
    "lapsed": Stage.CANCELLED, "rauennut": Stage.CANCELLED, "peruttu": Stage.CANCELLED, "proposed": Stage.IDEA,
    "closed": Stage.COMPLETED,
}  # fmt: skip
KIND_WORDS = {
    "goal": ObservationKind.TARGET,
    "planned": ObservationKind.PLAN,
    "tavoite": ObservationKind.TARGET,
}
MONEY = ("amount_eur", "amount_min_eur", "amount_max_eur", "public_support_eur")
COUNTS = ("jobs", "jobs_min", "jobs_max", "jobs_construction")
DAYS = ("announced", "decided", "completed", "ended_on", "status_as_of")
TEXTS = ("amount_note", "jobs_note", "capacity", "note")


@dataclass
class RowOutcome:
    """What a row is: its number in the file, its state, and what must be mended."""

    row: int
    state: str = SAME
    messages: list[str] = field(default_factory=list)


@dataclass
class _Ready:
    """A row that can be stored: the thing, its values, and its municipalities where they are given."""

    thing: Any
    values: dict[str, Any]
    municipalities: list[Municipality] | None = None


def import_table(
    *, content: bytes, filename: str, kind: str, now: datetime, dry_run: bool = False
) -> list[RowOutcome]:
    """This will take in a table of investments or of observations and say of each row what became of it.

    Rows with an error stay out, the others are stored together, or with `dry_run` not at all. Raises CannotRead, and
    ValidationError when a column without which nothing can be read is missing.
    """
    reader: _Investments | _Observations = _Investments() if kind == "investment" else _Observations()
    outcomes: list[RowOutcome] = []
    ready: list[_Ready] = []
    with open_table(content, filename) as table:
        columns = _columns(table.header, kind)
        if missing := [name for name in reader.needed if name not in columns]:
            raise ValidationError(
                _("The table has no column %(names)s."), code="columns", params={"names": ", ".join(missing)}
            )
        style = guess_style((cell for _n, cells in table.sample() for cell in cells), "en")
        for number, cells in table.rows():
            if all(cell is None for cell in cells):
                continue
            row = _Row({name: cells[index] for name, index in columns.items()}, style)
            outcome = RowOutcome(number)
            if (found := reader.read(row, outcome)) is not None:
                ready.append(found)
            outcomes.append(outcome)
    if not dry_run and ready:
        _store(ready, kind, filename, now)
    return outcomes


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def _columns(header: Iterable[str], kind: str) -> dict[str, int]:
    known = HEADERS[kind]
    words = {_plain(word): name for name, others in known.items() for word in (name, *others)}
    if kind == "investment":
        words |= {f"project {language}": f"project_{language}" for language in LANGUAGES}
    found: dict[str, int] = {}
    for index, text in enumerate(header):
        name = words.get(_plain(text))
        if name is not None and name not in found:
            found[name] = index
    return found


@dataclass
class _Row:
    """The cells of a row by name."""

    cells: dict[str, Any]
    style: str

    def text(self, name: str) -> str:
        """A cell as text; "" for an empty one."""
        cell = self.cells.get(name)
        return "" if cell is None else str(cell).strip()

    def whole(self, name: str) -> int | None:
        """A whole number; raises ValidationError."""
        if not self.text(name):
            return None
        number = read_number(self.cells[name], self.style)
        if number != int(number):
            raise ValidationError(_("Give a whole number."), code="whole")
        return int(number)

    def source(self) -> dict[str, str]:
        """Where the row's figures come from."""
        parts = {"title": "source", "url": "source_url", "dated": "source_date", "confidence": "confidence"}
        return {part: text for part, name in parts.items() if (text := self.text(name))}


def _word(text: str, values: Iterable[str], others: Mapping[str, str], label: str) -> str:
    word = _plain(text)
    known = {_plain(value): str(value) for value in values} | {
        _plain(key): str(value) for key, value in others.items()
    }
    if word not in known:
        raise ValidationError(
            _("%(label)s: “%(text)s” is not one of %(choices)s."),
            code="choice",
            params={"label": label, "text": text[:40], "choices": ", ".join(str(value) for value in values)},
        )
    return known[word]


def _gather(outcome: RowOutcome, label: str, read: Callable[[], Any]) -> Any:
    """What a reading gives; its refusal is noted with the column's name."""
    try:
        return read()
    except ValidationError as error:
        outcome.messages += [f"{label}: {message}" for message in error.messages]
        return None


class _Places:
    """Municipalities by slug, number and name."""

    def __init__(self) -> None:
        self.by_word: dict[str, Municipality] = {}
        for one in Municipality.objects.defer("boundary"):
            for word in (one.slug, one.lau_code, *one.name.values()):
                self.by_word[_plain(word)] = one

    def named(self, text: str) -> list[Municipality]:
        """The municipalities in a cell; raises ValidationError for one that is not known."""
        words = [word for word in re.split(r"[;|\n,]", text) if word.strip()]
        if unknown := [word.strip() for word in words if _plain(word) not in self.by_word]:
            raise ValidationError(
                _("“%(text)s” is not a municipality of the region."),
                code="municipality",
                params={"text": ", ".join(unknown)[:80]},
            )
        return [self.by_word[_plain(word)] for word in words]


class _Investments:
    """Reads rows of investments and compares them with the register."""

    needed = ("code", "company")

    def __init__(self) -> None:
        self.places = _Places()
        self.sectors = {one.slug: one for one in Sector.objects.all()}
        found = Investment.objects.prefetch_related("municipalities").select_related("sector", "part_of")
        self.known = {one.code: one for one in found}
        self.seen: dict[str, int] = {}

    def read(self, row: _Row, outcome: RowOutcome) -> _Ready | None:
        """This will note what a row is, and return what is to be stored, if anything."""
        code = row.text("code")
        thing = self.known.get(code)
        values = self._values(row, outcome)
        places = _gather(outcome, "municipalities", lambda: self.places.named(row.text("municipalities")))
        self._judge(code, thing, values, outcome)
        if outcome.messages:
            outcome.state = ERROR
            return None
        if thing is None:
            outcome.state = NEW
            return _Ready(Investment(code=code), values, places or [])
        if "source" in values:
            values["source"] = {**thing.source, **values["source"]}
        changed = {name: value for name, value in values.items() if getattr(thing, name) != value}
        moved = bool(places) and {one.pk for one in places} != {one.pk for one in thing.municipalities.all()}
        if not changed and not moved:
            return None
        outcome.state = CHANGED
        return _Ready(thing, changed, places if moved else None)

    def _judge(
        self, code: str, thing: Investment | None, values: dict[str, Any], outcome: RowOutcome
    ) -> None:
        if not re.fullmatch(r"[\w-]{1,80}", code):
            outcome.messages.append(str(_("code: letters, digits and hyphens, at most 80.")))
        elif self.seen.setdefault(code, outcome.row) != outcome.row:
            outcome.messages.append(str(_("code: row %(row)s has it already.") % {"row": self.seen[code]}))
        if thing is not None:
            return
        for name in ("company", "stage", "scope"):
            if not values.get(name) and not any(text.startswith(f"{name}:") for text in outcome.messages):
                outcome.messages.append(str(_("%(name)s: a new investment needs it.") % {"name": name}))

    def _values(self, row: _Row, outcome: RowOutcome) -> dict[str, Any]:
        read: dict[str, Any] = {"company": row.text("company")[:200], "source": row.source()}
        for name in TEXTS:
            read[name] = row.text(name)
        for name in (*MONEY, *COUNTS):
            read[name] = _gather(outcome, name, partial(row.whole, name))
        for name in MONEY:
            _gather(outcome, name, partial(validate_euros, read[name]))
        _gather(
            outcome, "amount_min_eur", lambda: validate_range(read["amount_min_eur"], read["amount_max_eur"])
        )
        for name in DAYS:
            read[name] = row.text(name)
            _gather(outcome, name, partial(validate_day, read[name]))
        read |= self._words(row, outcome)
        if further := row.text("further_sources"):
            read["further_sources"] = [part for part in SPLIT.split(further) if part]
        return {name: value for name, value in read.items() if value not in (None, "", {}, [])}

    def _words(self, row: _Row, outcome: RowOutcome) -> dict[str, Any]:
        read: dict[str, Any] = {}
        if text := row.text("stage"):
            read["stage"] = _gather(outcome, "stage", lambda: _word(text, Stage.values, STAGE_WORDS, "stage"))
        if scope := row.text("scope"):
            read["scope"] = _gather(outcome, "scope", lambda: _word(scope, Scope.values, {}, "scope"))
        if (sector := row.text("sector")) in self.sectors:
            read["sector"] = self.sectors[sector]
        read["project"] = self._project(row)
        if row.text("shared_with_other_region"):
            read["shared_with_other_region"] = _gather(
                outcome, "shared_with_other_region", lambda: read_flag(row.cells["shared_with_other_region"])
            )
        return read

    def _project(self, row: _Row) -> Translated:
        """The project in each language that is given; a column without one is the language of a known text, else English."""
        found = Translated({code: text for code in LANGUAGES if (text := row.text(f"project_{code}"))})
        known = self.known.get(row.text("code"))
        if (text := row.text("project")) and not found:
            same = next((code for code, one in known.project.items() if one == text), None) if known else None
            found = Translated({same or "en": text})
        return Translated({**(known.project if known else {}), **found}) if found else Translated()


class _Observations:
    """Reads rows of observations and compares them with those that are there."""

    needed = ("indicator", "area", "period", "value")

    def __init__(self) -> None:
        self.indicators: dict[str, Indicator] = {}
        for one in Indicator.objects.all():
            for word in (one.code, *one.name.values()):
                self.indicators[_plain(word)] = one
        self.areas = {word: one.slug for word, one in _Places().by_word.items()}
        for region in Region.objects.all():
            for word in (region.code, *region.name.values()):
                self.areas[_plain(word)] = region.code
        found = Observation.objects.select_related("indicator")
        self.known = {(one.indicator_id, one.area, one.period, one.kind, one.origin): one for one in found}
        self.canonical = {
            (one.indicator_id, one.area, one.period, one.kind) for one in found if one.is_canonical
        }
        self.seen: dict[Any, int] = {}

    def read(self, row: _Row, outcome: RowOutcome) -> _Ready | None:
        """This will note what a row is, and return what is to be stored, if anything."""
        indicator = _gather(outcome, "indicator", lambda: self._found(self.indicators, row.text("indicator")))
        area = _gather(outcome, "area", lambda: self._found(self.areas, row.text("area")))
        period = row.text("period").removesuffix(".0")
        _gather(outcome, "period", lambda: validate_period(period))
        value = _gather(outcome, "value", lambda: self._value(row))
        kind = ObservationKind.OBSERVED.value
        if text := row.text("kind"):
            kind = _gather(outcome, "kind", lambda: _word(text, ObservationKind.values, KIND_WORDS, "kind"))
        source = row.source()
        if outcome.messages:
            outcome.state = ERROR
            return None
        place = (indicator.pk, area, period, kind)
        key = (*place, source.get("title", "")[:300])
        if self.seen.setdefault(key, outcome.row) != outcome.row:
            outcome.state = ERROR
            outcome.messages.append(
                str(_("Row %(row)s has a figure of the same source already.") % {"row": self.seen[key]})
            )
            return None
        return self._compared(key, place, value, row, source, outcome)

    def _compared(
        self, key: Any, place: Any, value: Decimal, row: _Row, source: dict[str, str], outcome: RowOutcome
    ) -> _Ready | None:
        values = {"value": value, "note": row.text("note"), "source": source}
        thing = self.known.get(key)
        if thing is None:
            outcome.state = NEW
            names = ("indicator_id", "area", "period", "kind", "origin")
            is_first = place not in self.canonical
            self.canonical.add(place)
            fresh = Observation(
                **dict(zip(names, key, strict=True)), is_canonical=is_first, qualifier=Qualifier.EXACT
            )
            return _Ready(fresh, values)
        values["source"] = {**thing.source, **source}
        changed = {
            name: new for name, new in values.items() if new not in ("", {}) and getattr(thing, name) != new
        }
        if not changed:
            return None
        outcome.state = CHANGED
        return _Ready(thing, changed)

    def _found(self, known: Mapping[str, Any], text: str) -> Any:
        if _plain(text) not in known:
            raise ValidationError(_("“%(text)s” is not known."), code="unknown", params={"text": text[:60]})
        return known[_plain(text)]

    def _value(self, row: _Row) -> Decimal:
        if not row.text("value"):
            raise ValidationError(_("Give a number."), code="number")
        number = read_number(row.cells["value"], row.style)
        return exact_value(f"{number:.10f}".rstrip("0").rstrip("."))


@transaction.atomic
def _store(ready: list[_Ready], kind: str, filename: str, now: datetime) -> None:
    """Write every row, or none, and one fact of the whole."""
    for one in ready:
        for name, value in one.values.items():
            setattr(one.thing, name, value)
        one.thing.save()
        if one.municipalities is not None:
            one.thing.municipalities.set(one.municipalities)
    record(
        "monitoring.table.imported", actor=None, kind=kind, code=filename[:60], now=now,
        data={"rows": len(ready)},
    )  # fmt: skip
