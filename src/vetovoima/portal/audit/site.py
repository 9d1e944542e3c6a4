"""Checks of the site's structure: W of the checklist."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop

from vetovoima.catalogue.queries import withdrawn_codes
from vetovoima.monitoring.audit.enums import Result
from vetovoima.monitoring.audit.registry import Evidence, Finding, Run, check, judged, places
from vetovoima.portal.languages import SWITCH, absolute
from vetovoima.portal.sitemap import entries
from vetovoima.syndication.documents import part_of
from vetovoima.syndication.queries import SearchTerms, published_names, published_paths, search_sites

from .reading import PageRead, is_well_formed, read
from .walking import DEEPEST, broken_links, record_paths, walked

MOST_SEARCHED = 40
PAGES = gettext_noop("%(number)s of %(total)s pages that were read.")
PLACE = gettext_noop("Not so: %(place)s")


def of_pages(pages: list[PageRead], good: list[PageRead], *more: Evidence) -> Finding:
    """This will judge how many of the pages that were read are as they should be, and name those that are not."""
    fine = {id(one) for one in good}
    wrong = [one.url for one in pages if id(one) not in fine]
    return judged(len(good), len(pages), Evidence(PAGES, {"number": len(good), "total": len(pages)}), *more,
                  *places(wrong, PLACE))  # fmt: skip


@check("W02")
def near(run: Run) -> Finding:
    """Every record is at most three clicks away."""
    walk, records = walked(run), record_paths()
    far = [path for path in records if walk.clicks.get(path, DEEPEST + 1) > DEEPEST]
    said = gettext_noop("%(number)s of %(total)s addresses of records are at most three clicks from home.")
    near_by = len(records) - len(far)
    return judged(
        near_by, len(records), Evidence(said, {"number": near_by, "total": len(records)}), *places(far, PLACE)
    )


@check("W03")
def contact(run: Run) -> Finding:
    """A phone number with country code and an e-mail address on every page."""
    pages = walked(run).content_pages()
    good = [
        one for one in pages
        if any(link.startswith("tel:+") for link in one.links) and any(link.startswith("mailto:") for link in one.links)
    ]  # fmt: skip
    return of_pages(pages, good)


@check("W04")
def search(run: Run) -> Finding:
    """Records are found by code and by name, in each language."""
    codes = [path.strip("/").rpartition("/")[2] for path, _changed in published_paths()]
    step = max(1, len(codes) // MOST_SEARCHED)
    asked, missed = 0, []
    for code, names in published_names(codes[::step]).items():
        for language in SWITCH:
            for words in filter(None, (code, names.text(language))):
                asked += 1
                found = search_sites(language, SearchTerms(text=words, limit=50), with_facets=False)
                if code not in {one.code for one in found.documents}:
                    missed.append(f"/{language}/sites/?q={words}")
    said = gettext_noop("%(number)s of %(total)s searches by name or code found their record.")
    evidence = Evidence(said, {"number": asked - len(missed), "total": asked})
    return judged(asked - len(missed), asked, evidence, *places(missed, PLACE))


@check("W05")
def links(run: Run) -> Finding:
    """No link of ours leads nowhere. Other people's addresses are not asked."""
    walk = walked(run)
    broken = broken_links(walk)
    said = gettext_noop("%(broken)s of %(total)s links within the site lead nowhere.")
    outside = Evidence(
        gettext_noop("Links to other sites are not asked: the audit never leaves this server.")
    )
    evidence = (Evidence(said, {"broken": len(broken), "total": len(walk.named_by)}),)
    named = [f"{url} ← {walk.named_by.get(url, '')}" for url in broken]
    return Finding(Result.FAIL if broken else Result.PART, (*evidence, outside, *places(named, PLACE)))


@check("W06")
def found_by_machines(run: Run) -> Finding:
    """Site map, robots, one canonical address and the other languages of each page."""
    pages = walked(run).content_pages()
    good = [
        one for one in pages
        if one.canonical == absolute(one.path) and set(one.alternates) - {"x-default"} and "x-default" in one.alternates
    ]  # fmt: skip
    site_map, robots = read("/sitemap.xml"), read("/robots.txt")
    said = gettext_noop("The site map has %(number)s addresses.")
    count = site_map.text.count("<loc>")
    is_whole = site_map.status == 200 and count > 0 and "Sitemap:" in robots.text
    finding = of_pages(pages, good, Evidence(said, {"number": count}, "/sitemap.xml"))
    return finding if is_whole else Finding(Result.FAIL, finding.evidence)


@check("W07")
def addresses(run: Run) -> Finding:
    """Readable addresses, and an answer for every record that was withdrawn."""
    untidy = [
        one.path for one in walked(run).content_pages() if not re.fullmatch(r"(/[A-Za-z0-9-]+)*/", one.path)
    ]
    silent = []
    for code, kind in withdrawn_codes():
        url = f"/en/{part_of(kind)}/{code}/"
        if read(url).status not in (301, 308, 410):
            silent.append(url)
    said = gettext_noop("%(number)s withdrawn records; each leads on or says so, but for %(silent)s.")
    evidence = Evidence(said, {"number": len(withdrawn_codes()), "silent": len(silent)})
    wrong = untidy + silent
    return Finding(Result.FAIL if wrong else Result.PASS, (evidence, *places(wrong, PLACE)))


@check("W09")
def without_script(run: Run) -> Finding:
    """Every form can be sent and every link followed without script."""
    pages = walked(run).content_pages()
    good = [
        one for one in pages
        if all(can_be_sent for _method, can_be_sent, _draft in one.forms)
        and not any(link in ("#", "") or link.startswith("javascript:") for link in one.links)
    ]  # fmt: skip
    return of_pages(pages, good)


@check("W13")
def languages(run: Run) -> Finding:
    """Every page of the site map is there in every language."""
    listed = entries()
    lacking = [
        next(iter(one["links"].values())) for one in listed if set(SWITCH) - set(one["links"])
    ]  # fmt: skip
    said = gettext_noop("%(number)s of %(total)s pages are there in every language.")
    whole = len(listed) - len(lacking)
    return judged(
        whole, len(listed), Evidence(said, {"number": whole, "total": len(listed)}), *places(lacking, PLACE)
    )


@check("W14")
def no_cookies(run: Run) -> Finding:
    """No page that a stranger reads sets a cookie, the enquiry form included."""
    pages = [*walked(run).content_pages(), *(read(f"/{language}/enquiry/") for language in SWITCH)]
    return of_pages(pages, [one for one in pages if not one.cookies])


@check("W15")
def on_paper(run: Run) -> Finding:
    """Style sheets know paper, and each record names its PDF; one of them is made."""
    sheets = (Path(settings.PACKAGE_DIR) / "static" / "build" / "assets").glob("*.css")
    has_style = any("@media print" in sheet.read_text(encoding="utf-8") for sheet in sheets)
    pages = walked(run).records()
    good = [one for one in pages if any(link.endswith(".pdf") for link in one.links)]
    made = bool(good) and read(next(link for link in good[0].links if link.endswith(".pdf"))).status == 200
    said = gettext_noop("Style for print: %(style)s. A PDF was made: %(made)s.")
    finding = of_pages(pages, good, Evidence(said, {"style": _yes(has_style), "made": _yes(made)}))
    return finding if has_style and made else Finding(Result.FAIL, finding.evidence)


def _yes(answer: bool) -> str:
    return "✓" if answer else "–"


@check("P10")
def linked_data(run: Run) -> Finding:
    """What stands in pages for search engines can be read; every record has it."""
    walk = walked(run)
    must = {id(one) for one in walk.records()}
    pages = [one for one in walk.content_pages() if one.linked_data or id(one) in must]
    good = [one for one in pages if one.linked_data and all(map(is_well_formed, one.linked_data))]
    return of_pages(pages, good)
