"""What a sector's page shows of the fact bank and of its sheet. The sheet only while an expert's review is in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from vetovoima.catalogue.knowledge.tokens import codes_in
from vetovoima.catalogue.knowledge.writing import written
from vetovoima.catalogue.sectors import queries
from vetovoima.catalogue.sectors.enums import NicheState
from vetovoima.monitoring import queries as monitoring
from vetovoima.reference.queries import region

from .charts import line_of
from .drawing import draw_plain
from .languages import current_language


def for_sector_page(slug: str) -> dict[str, Any]:
    """The sector's facts of the bank, which are public anyway; its sheet when an expert has reviewed it."""
    today = localdate()
    return {"dashboard": dashboard(slug), "sheet": sheet_of(slug, today)}


def dashboard(slug: str) -> list[dict[str, Any]]:
    """The facts that measure a sector, each with its earlier years where an indicator has them."""
    codes = queries.figure_codes(slug)
    found = queries.facts_of(codes)
    shown = {found[code].pk: found[code] for code in codes if code in found}
    return [
        {"fact": fact, "value": value, **_years(fact)}
        for fact in shown.values()
        if (value := written(fact, current_language()))
    ]


def _years(fact: Any) -> dict[str, Any]:
    """The figures of several years, newest last; and the line, when there are enough of them for one."""
    indicator = monitoring.indicator(fact.indicator) if fact.indicator else None
    if indicator is None:
        return {}
    whole = region()
    area = fact.municipality.slug if fact.municipality else (whole.code if whole else "")
    series = list(monitoring.series(indicator, area))
    if len({one.period for one in series}) < 2:
        return {}
    return {"series": series, "line": line_of(series), "name": indicator.name}


def sheet_of(slug: str, today: date) -> dict[str, Any] | None:
    """The reviewed sheet as the page shows it: strengths with evidence, chosen niches, answered questions."""
    sheet = queries.public_sheet(slug, today)
    if sheet is None:
        return None
    facts = queries.facts_of(queries.codes_of(sheet))
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
        "stale": queries.stale_facts(queries.codes_of(sheet)),
    }


def _evidence(codes: list[str], facts: dict[str, Any]) -> list[dict[str, Any]]:
    shown = {facts[code].pk: facts[code] for code in codes if code in facts}
    return [{"fact": fact, "value": written(fact, current_language())} for fact in shown.values()]


def faq_json_ld(found: dict[str, Any] | None) -> dict[str, Any] | None:
    """The answered questions as schema.org knows them, in the page's language alone and without old figures.

    None for an example of a review: a search engine would take it for the region's word.
    """
    if found is None or found["sheet"].is_example_review:
        return None
    language = current_language()
    texts = [(one.question.text(language), one.answer.text(language)) for one in found["questions"]]
    pairs = [
        (question, answer)
        for question, answer in texts
        if question and answer and not queries.stale_facts(codes_in(question, answer))
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
                "name": draw_plain(question),
                "acceptedAnswer": {"@type": "Answer", "text": draw_plain(answer)},
            }
            for question, answer in pairs
        ],
    }
