"""The parts of a sheet that are lists: which model holds a row, and how a row is checked. One table for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetovoima.catalogue.knowledge.queries import fact_codes
from vetovoima.catalogue.knowledge.tokens import slips_in, unknown_codes
from vetovoima.catalogue.knowledge.validators import clean_source, validate_as_of
from vetovoima.catalogue.models import (
    SectorHomework,
    SectorPull,
    SectorQuestion,
    SectorStrength,
    TargetNiche,
)
from vetovoima.common.fields import Translated, as_translated

from .enums import NicheState

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One list of a sheet."""

    name: str
    label: Any
    model: Any
    texts: tuple[str, ...]
    others: tuple[str, ...]
    check: Callable[[dict[str, Any]], None]
    #: what a row cannot do without
    needed: str = ""
    #: whether an expert has reviewed it, so that a change asks for a new review
    is_reviewed: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """Everything that a person may set."""
        return (*self.texts, *self.others)


def check_codes(codes: Any) -> list[str]:
    """This will return codes of facts, each once; raises ValidationError for one that the bank does not have."""
    wanted = list(dict.fromkeys(str(code).strip() for code in codes or [] if str(code).strip()))
    for code in sorted(set(wanted) - fact_codes()):
        raise ValidationError(_("The fact bank has no fact %(code)s."), params={"code": code})
    return wanted


def check_text(value: Any) -> Translated:
    """This will return a text; raises ValidationError when it names a fact that the bank does not have."""
    text = as_translated(value)
    for slip in (one for words in text.values() for one in slips_in(words)):
        raise ValidationError(
            _("%(slip)s names no fact: write {fact:code}, with the code of a fact."), params={"slip": slip}
        )
    for code in unknown_codes(text.values(), fact_codes() if "{" in "".join(text.values()) else set()):
        raise ValidationError(_("The fact bank has no fact %(code)s."), params={"code": code})
    return text


def _strength(row: dict[str, Any]) -> None:
    row["evidence"] = check_codes(row.get("evidence"))


def _pull(row: dict[str, Any]) -> None:
    row["evidence"] = check_codes(row.get("evidence"))
    source = {key: value for key, value in (row.get("source") or {}).items() if value}
    row["source"] = clean_source(source) if source else {}
    if source and not source.get("dated"):
        raise ValidationError(_("Give the date of the source of each outside pull: demand grows old."))


def _niche(row: dict[str, Any]) -> None:
    state = row.get("state") or NicheState.CONSIDERED
    if state not in NicheState.values:
        raise ValidationError(_("There is no such state of a niche."))
    row["state"] = str(state)
    row["decided_on"] = str(row.get("decided_on") or "").strip()
    row["decided_by"] = str(row.get("decided_by") or "").strip()
    validate_as_of(row["decided_on"])
    is_decided = state != NicheState.CONSIDERED
    if is_decided and not (row["reason"] and row["decided_on"] and row["decided_by"]):
        raise ValidationError(
            _("A niche that is chosen or not chosen needs the reason, who decided it and when: %(name)s."),
            params={"name": str(row["name"])},
        )


def _homework(row: dict[str, Any]) -> None:
    row["who"] = str(row.get("who") or "").strip()
    day = row.get("due_on") or None
    row["due_on"] = date.fromisoformat(day) if isinstance(day, str) else day


def _nothing_more(_row: dict[str, Any]) -> None:
    """A question and its answer are texts alone."""


PARTS = {
    one.name: one
    for one in (
        Part(
            "strengths",
            gettext_lazy("Own strengths"),
            SectorStrength,
            ("text",),
            ("evidence",),
            _strength,
            "text",
        ),
        Part(
            "pulls",
            gettext_lazy("Outside pull"),
            SectorPull,
            ("text",),
            ("evidence", "source"),
            _pull,
            "text",
        ),
        Part(
            "niches", gettext_lazy("Target niches"), TargetNiche, ("name", "why", "reason"),
            ("state", "decided_on", "decided_by"), _niche, "name",
        ),
        Part(
            "questions", gettext_lazy("Questions and answers"), SectorQuestion, ("question", "answer"), (),
            _nothing_more, "question",
        ),
        Part(
            "homework", gettext_lazy("Homework"), SectorHomework, ("what",), ("who", "due_on"), _homework, "what",
            is_reviewed=False,
        ),
    )
}  # fmt: skip


def clean_row(part: Part, values: Values) -> dict[str, Any]:
    """This will return a row of a part as it is stored; raises ValidationError with a sentence."""
    row: dict[str, Any] = {name: check_text(values.get(name)) for name in part.texts}
    row |= {name: values.get(name) for name in part.others}
    if not row[part.needed]:
        raise ValidationError(_("Write it in at least one language."))
    part.check(row)
    return row
