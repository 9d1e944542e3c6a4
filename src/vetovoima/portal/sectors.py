"""What a sector's page shows of the fact bank and of its sheet. The sheet only while an expert's review is in force."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localdate

from vetovoima.catalogue.knowledge.tokens import codes_in
from vetovoima.catalogue.knowledge.writing import written
from vetovoima.catalogue.sectors import queries
from vetovoima.catalogue.sectors.enums import NicheState
from vetovoima.monitoring import queries as monitoring

from .charts import line_of
from .drawing import Ask, draw_plain
from .gathering import Gathered
from .languages import current_language


def for_sector_page(slug: str, gathered: Gathered) -> dict[str, Any]:
    """The sector's facts of the bank, which are public anyway; its sheet when an expert has reviewed it."""
    sheet = queries.public_sheet(slug, localdate())
    figures = sheet.figures if sheet else queries.figure_codes(slug)
    codes = list(dict.fromkeys([*figures, *(queries.codes_of(sheet) if sheet else [])]))
    gathered.expect(codes)
    facts = queries.in_use(gathered.known(codes), codes) if codes else {}
    return {
        "dashboard": dashboard([facts[code] for code in figures if code in facts], gathered),
        "sheet": sheet_of(sheet, facts) if sheet else None,
        "faq": faq_json_ld(sheet, gathered) if sheet else None,
    }


def dashboard(facts: Iterable[Any], gathered: Gathered) -> list[dict[str, Any]]:
    """The facts that measure a sector, each once, with its earlier years where an indicator has them."""
    shown = {one.pk: one for one in facts}
    areas = {one.pk: _area(one, gathered.region) for one in shown.values() if one.indicator}
    series = monitoring.series_of((shown[pk].indicator, area) for pk, area in areas.items())
    return [
        {"fact": fact, "value": value, **_years(series.get((fact.indicator, areas.get(pk, "")), []))}
        for pk, fact in shown.items()
        if (value := written(fact, current_language()))
    ]


def _area(fact: Any, whole: Any) -> str:
    return str(fact.municipality.slug) if fact.municipality else (whole.code if whole else "")


def _years(series: list[Any]) -> dict[str, Any]:
    """The figures of several years, newest last; and the line, when there are enough of them for one."""
    if len({one.period for one in series}) < 2:
        return {}
    return {"series": series, "line": line_of(series), "name": series[0].indicator.name}


def sheet_of(sheet: Any, facts: dict[str, Any]) -> dict[str, Any]:
    """The reviewed sheet as the page shows it: strengths with evidence, chosen niches, answered questions."""
    return {
        "sheet": sheet,
        "strengths": [
            {"text": one.text, "facts": _evidence(one.evidence, facts)} for one in sheet.strengths.all()
        ],
        "pulls": [
            {"text": one.text, "facts": _evidence(one.evidence, facts), "source": one.source}
            for one in sheet.pulls.all()
        ],
        "niches": [one for one in sheet.niches.all() if one.state == NicheState.CHOSEN],
        "questions": [one for one in sheet.questions.all() if one.answer],
        "stale": queries.stale_among(facts),
    }


def _evidence(codes: list[str], facts: dict[str, Any]) -> list[dict[str, Any]]:
    shown = {facts[code].pk: facts[code] for code in codes if code in facts}
    return [{"fact": fact, "value": written(fact, current_language())} for fact in shown.values()]


def faq_json_ld(sheet: Any, gathered: Gathered) -> dict[str, Any] | None:
    """The answered questions as schema.org knows them, in the page's language alone and without old figures.

    None for an example of a review: a search engine would take it for the region's word.
    """
    if sheet.is_example_review:
        return None
    language, ask = current_language(), gathered.known
    texts = [(one.question.text(language), one.answer.text(language)) for one in sheet.questions.all()]
    pairs = [
        (question, answer)
        for question, answer in texts
        if question and answer and not _is_stale(codes_in(question, answer), ask)
    ]
    if not pairs:
        return None
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": language,
        "mainEntity": [
            {
                "@type": "Question",
                "name": draw_plain(question, ask),
                "acceptedAnswer": {"@type": "Answer", "text": draw_plain(answer, ask)},
            }
            for question, answer in pairs
        ],
    }


def _is_stale(codes: list[str], ask: Ask) -> bool:
    return bool(queries.stale_among(queries.in_use(ask(codes), codes)))
