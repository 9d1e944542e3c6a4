"""A row of the open register, for page and machine."""

from __future__ import annotations

from typing import Any, TypedDict

from django.utils.translation import override

from vetovoima.monitoring.counting import Verdict
from vetovoima.monitoring.enums import Scope, Stage

from .words import Label, Text, amount_of, detail_of, label_of, text_of


class InvestmentDocument(TypedDict):
    """One row of the open register with its verdict (vetovoima.investment/1)."""

    schema: str
    code: str
    company: str
    project: Text
    languages: list[str]
    municipalities: list[dict[str, str]]
    sector: Label | None
    scope: Label
    stage: Label
    group: Label | None
    ended_on: str
    amount_eur: int | None
    amount_min_eur: int | None
    amount_max_eur: int | None
    display: str
    amount_note: str
    public_support_eur: int | None
    jobs: int | None
    jobs_min: int | None
    jobs_max: int | None
    jobs_construction: int | None
    jobs_note: str
    capacity: str
    announced: str
    decided: str
    completed: str
    status_as_of: str
    shared_with_other_region: bool
    part_of: str
    counted: bool
    reason: Label | None
    detail: str
    stated: Text
    is_example: bool
    note: str
    source: dict[str, Any]
    further_sources: list[str]


def investment_document(verdict: Verdict, language: str) -> InvestmentDocument:
    """This will make the public shape of one row of the register."""
    row = verdict.investment
    with override(language):
        return {
            "schema": "vetovoima.investment/1",
            "code": row.code,
            "company": row.company,
            "project": text_of(row.project, language),
            "languages": list(row.project.languages),
            "municipalities": [
                {"slug": one.slug, "name": one.name.best(language)[0]} for one in row.municipalities.all()
            ],
            "sector": {"value": row.sector.slug, "label": row.sector.name.best(language)[0]}
            if row.sector
            else None,
            "scope": label_of(Scope(row.scope)),
            "stage": label_of(Stage(row.stage)),
            "group": label_of(verdict.group) if verdict.group else None,
            "ended_on": row.ended_on,
            "amount_eur": row.amount_eur,
            "amount_min_eur": row.amount_min_eur,
            "amount_max_eur": row.amount_max_eur,
            "display": amount_of(row, language),
            "amount_note": row.amount_note,
            "public_support_eur": row.public_support_eur,
            "jobs": row.jobs,
            "jobs_min": row.jobs_min,
            "jobs_max": row.jobs_max,
            "jobs_construction": row.jobs_construction,
            "jobs_note": row.jobs_note,
            "capacity": row.capacity,
            "announced": row.announced,
            "decided": row.decided,
            "completed": row.completed,
            "status_as_of": row.status_as_of,
            "shared_with_other_region": row.shared_with_other_region,
            "part_of": row.part_of.code if row.part_of else "",
            "counted": verdict.counts,
            "reason": label_of(verdict.reason) if verdict.reason else None,
            "detail": detail_of(verdict),
            "stated": text_of(row.uncounted_reason, language),
            "is_example": row.is_example,
            "note": row.note,
            "source": row.source,
            "further_sources": list(row.further_sources),
        }
