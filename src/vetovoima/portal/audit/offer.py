"""Checks of the offer as it is published: sectors, opportunities, records, news, downloads."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_noop

from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.sectors.queries import public_sheet
from vetovoima.monitoring.audit.enums import Result
from vetovoima.monitoring.audit.registry import Evidence, Finding, Run, check, judged, places
from vetovoima.portal.models.news import news_days
from vetovoima.reference.queries import lead_sectors
from vetovoima.syndication.queries import SearchTerms, search_sites

from .reading import read
from .site import PLACE

NEWS_WITHIN = timedelta(days=60)
#: a record whose important fields are filled in, in percent
COMPLETE = 60
DOWNLOADS = ("/en/facts/facts.csv", "/en/facts/facts.json", "/feeds/sites.json?lang=en", "/feeds/sites.geojson?lang=en",
             "/schema/site-template.csv")  # fmt: skip


@check("C16")
def sectors(run: Run) -> Finding:
    """A page for each lead sector, and the expert's review of it in force."""
    leads = list(lead_sectors())
    pages = {f"/en/sectors/{one.slug}/": read(f"/en/sectors/{one.slug}/") for one in leads}
    there = [url for url, page in pages.items() if page.is_page]
    reviewed = sum(public_sheet(one.slug, run.today) is not None for one in leads)
    said = gettext_noop(
        "%(pages)s of %(total)s sectors have a page, %(reviewed)s a sheet that an expert reviewed."
    )
    values = {"pages": len(there), "total": len(leads), "reviewed": reviewed}
    finding = judged(len(there), len(leads), Evidence(said, values, "/desk/facts/sectors/"))
    if finding.result == Result.PASS and reviewed < len(leads):
        return Finding(Result.PART, finding.evidence)
    return finding


@check("C17")
def opportunities(run: Run) -> Finding:
    """Published opportunities that are no examples; publishing asks for reason and return."""
    terms = SearchTerms(kinds=(SiteKind.OPPORTUNITY,), examples=False, limit=1)
    number = search_sites("en", terms, with_facets=False).total
    said = gettext_noop("%(number)s opportunities are public.")
    return judged(number, max(number, 1), Evidence(said, {"number": number}, "/en/opportunities/"))


@check("C25")
def register(run: Run) -> Finding:
    """Published records that are no examples, by how complete they are."""
    found = search_sites("en", SearchTerms(examples=False, limit=500), with_facets=False).documents
    good = [one for one in found if one.completeness >= COMPLETE]
    thin = [f"/en/sites/{one.code}/" for one in found if one.completeness < COMPLETE]
    said = gettext_noop("%(number)s of %(total)s records are filled in to %(percent)s per cent or more.")
    values = {"number": len(good), "total": len(found), "percent": COMPLETE}
    return judged(len(good), len(found), Evidence(said, values, "/desk/sites/"), *places(thin, PLACE))


@check("C20")
def news(run: Run) -> Finding:
    """The newest news is at most sixty days old, by the day that it bears; when its page was changed says nothing."""
    days = news_days(run.today)
    newest = max(days.values(), default=None)
    said = gettext_noop("%(number)s news, the newest of %(day)s.")
    values = {"number": len(days), "day": newest.isoformat() if newest else "–"}
    evidence = (Evidence(said, values, "/en/news/"),)
    if newest is None:
        return Finding(Result.FAIL, evidence)
    return Finding(Result.PASS if newest >= run.today - NEWS_WITHIN else Result.PART, evidence)


@check("C22")
def downloads(run: Run) -> Finding:
    """Facts and records as files."""
    wrong = [url for url in DOWNLOADS if read(url).status != 200]
    said = gettext_noop("%(number)s of %(total)s files can be had.")
    good = len(DOWNLOADS) - len(wrong)
    return judged(
        good, len(DOWNLOADS), Evidence(said, {"number": good, "total": len(DOWNLOADS)}), *places(wrong, PLACE)
    )
