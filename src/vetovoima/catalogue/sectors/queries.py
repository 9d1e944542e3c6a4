"""Questions about the sheets of the sectors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.knowledge.queries import drawn
from vetovoima.catalogue.knowledge.tokens import codes_in
from vetovoima.catalogue.models import KnownFact, SectorSheet, Site
from vetovoima.reference.models import Sector
from vetovoima.reference.queries import lead_sectors

KIND = "sector_sheet"


def sheets() -> QuerySet[SectorSheet]:
    """Every sheet with its parts, in the order of the sectors."""
    return SectorSheet.objects.whole().order_by("sector__position", "sector__slug")


def sheet_for(user: Any, slug: str) -> SectorSheet | None:
    """The sheet of a sector, as far as a person sees it."""
    found: SectorSheet | None = SectorSheet.objects.visible_to(user).whole().filter(sector__slug=slug).first()
    return found


def public_sheet(slug: str, today: date) -> SectorSheet | None:
    """The sheet of a sector while an expert's review of it is in force."""
    found: SectorSheet | None = SectorSheet.objects.public_on(today).whole().filter(sector__slug=slug).first()
    return found


def sheets_by_sector(user: Any) -> list[tuple[Sector, SectorSheet | None]]:
    """Every lead sector and sub-sector, each lead sector before its own, with the sheet that a person sees of it."""
    seen: QuerySet[SectorSheet] = SectorSheet.objects.visible_to(user).whole()
    found = {one.sector_id: one for one in seen}
    ordered = [one for lead in lead_sectors() for one in (lead, *lead.children.all())]
    return [(one, found.get(one.pk)) for one in ordered]


def figure_codes(slug: str) -> list[str]:
    """The facts of the bank that a sector is measured by. They are public anyway, reviewed sheet or not."""
    found = SectorSheet.objects.filter(sector__slug=slug).values_list("figures", flat=True).first()
    return list(found or [])


def texts_of(sheet: SectorSheet) -> list[str]:
    """Every text of a sheet that may name a fact, in every language."""
    texts = [sheet.summary]
    texts += [strength.text for strength in sheet.strengths.all()]
    texts += [pull.text for pull in sheet.pulls.all()]
    for niche in sheet.niches.all():
        texts += [niche.name, niche.why, niche.reason]
    for question in sheet.questions.all():
        texts += [question.question, question.answer]
    return [words for text in texts for words in text.values()]


def codes_of(sheet: SectorSheet) -> list[str]:
    """Every fact that a sheet rests on: figures, evidence, and what its texts name."""
    named = [*(one.evidence for one in sheet.strengths.all()), *(one.evidence for one in sheet.pulls.all())]
    evidence = [code for codes in named for code in codes]
    return list(dict.fromkeys([*sheet.figures, *evidence, *codes_in(*texts_of(sheet))]))


def facts_of(codes: Iterable[str]) -> dict[str, KnownFact]:
    """The facts for codes, a retired one replaced; one without a replacement is left out: it backs nothing."""
    wanted = list(codes)
    return in_use(drawn(wanted), wanted)


def in_use(found: Mapping[str, KnownFact], codes: Iterable[str]) -> dict[str, KnownFact]:
    """Of facts at hand those for codes that are still kept."""
    return {code: found[code] for code in codes if code in found and found[code].state != FactState.RETIRED}


def stale_facts(codes: Iterable[str]) -> list[KnownFact]:
    """Those whose review is due, each once."""
    return stale_among(facts_of(codes))


def stale_among(facts: Mapping[str, KnownFact]) -> list[KnownFact]:
    """Of facts at hand those whose review is due, each once."""
    stale = {fact.pk: fact for fact in facts.values() if fact.state == FactState.STALE}
    return list(stale.values())


def records_of(sector: Sector) -> list[Site]:
    """The published records of a sector and its sub-sectors, the readiest first; examples do not count."""
    slugs = [sector.slug, *sector.children.values_list("slug", flat=True)]
    rows = Site.objects.filter(published_version__isnull=False, is_example=False, sectors__slug__in=slugs)
    return list(rows.distinct().order_by("-readiness", "code"))


def history(sheet: SectorSheet) -> QuerySet[Fact]:
    """What happened to a sheet, newest first."""
    return history_of(KIND, sheet.code)
