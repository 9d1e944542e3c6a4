"""Checks of the way from reading to asking: P of the checklist, and feedback on permits."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_noop, override

from vetovoima.monitoring.audit.enums import Result
from vetovoima.monitoring.audit.permits import STEPS_SAY_IT, WHERE, steps
from vetovoima.monitoring.audit.registry import Evidence, Finding, Run, check, judged, places, share
from vetovoima.monitoring.visits.queries import months
from vetovoima.portal.languages import SWITCH
from vetovoima.syndication.queries import SearchTerms, search_sites

from .reading import PageRead, read
from .site import PLACE, of_pages
from .walking import walked
from .wording import answers, bases_of, said_by

MOST_FIELDS = 10
QUESTIONS_WANTED = 20
#: the last part of the address of a page made for a group of readers: foreign companies, domestic capital
FOR_FOREIGN = {"services", "foreign-companies", "soft-landing", "establish", "how-to-invest"}
FOR_CAPITAL = {"investors", "capital", "finance", "investors-and-finance", "capital-investors", "funding"}


def _form(run: Run) -> PageRead:
    return run.once("enquiry form", lambda: read("/en/enquiry/"))


def _address(name: str) -> str:
    """The English address of a view, or "" where there is none yet."""
    with override("en"):
        try:
            return reverse(name)
        except NoReverseMatch:
            return ""


@check("P02")
def leads_to_an_enquiry(run: Run) -> Finding:
    """A link to the form, or the form itself, on every page."""
    pages = walked(run).content_pages()
    good = [one for one in pages if "/enquiry/" in one.path or any("/enquiry/" in link for link in one.links)]
    return of_pages(pages, good)


@check("P03")
def few_fields(run: Run) -> Finding:
    """At most ten fields that must be filled, and a draft that is kept."""
    form = _form(run)
    keeps = any(draft for _method, _sends, draft in form.forms)
    said = gettext_noop("%(number)s fields must be filled; the most is %(most)s.")
    evidence = Evidence(said, {"number": form.required_fields, "most": MOST_FIELDS}, form.url)
    is_fine = form.is_page and 0 < form.required_fields <= MOST_FIELDS
    return Finding(Result.PASS if is_fine and keeps else Result.PART if is_fine else Result.FAIL, (evidence,))


@check("P04")
def other_ways(run: Run) -> Finding:
    """Phone, mail and a call beside the form."""
    form = _form(run)
    call = _address("portal-call")
    ways = {
        "phone": any(link.startswith("tel:") for link in form.links),
        "mail": any(link.startswith("mailto:") for link in form.links),
        "call": bool(call) and any(link.startswith(call) for link in form.links) and read(call).is_page,
    }
    said = gettext_noop("%(number)s of %(total)s other ways stand beside the form.")
    return judged(sum(ways.values()), 3, Evidence(said, {"number": sum(ways.values()), "total": 3}, form.url))


@check("P05")
def questions(run: Run) -> Finding:
    """The questions of the region's pack, each asked in its language: a record or a page that has its words answers.

    Examples answer nothing, nor do words that the search had to put right or to read in another language.
    """
    path = Path(settings.REGIONS_DIR) / settings.VETOVOIMA_REGION / "target_queries.json"
    if not path.exists():
        said = gettext_noop("The region's pack names no questions (target_queries.json).")
        return Finding(Result.FAIL, (Evidence(said),))
    wanted = json.loads(path.read_text(encoding="utf-8"))
    missed, asked = [], 0
    for language in SWITCH:
        pages = _page_words(run, language)
        for words in wanted.get(language, ()):
            asked += 1
            if not (_is_found(words, language) or any(answers(words, page, language) for page in pages)):
                missed.append(f"/{language}/sites/?q={words}")
    said = gettext_noop(
        "%(number)s of %(total)s questions are answered; %(wanted)s are wanted in each language."
    )
    evidence = Evidence(said, {"number": asked - len(missed), "total": asked, "wanted": QUESTIONS_WANTED})
    return judged(
        asked - len(missed), max(asked, QUESTIONS_WANTED * len(SWITCH)), evidence, *places(missed, PLACE)
    )


def _page_words(run: Run, language: str) -> list[frozenset[str]]:
    """The words of each page in a language; pages of records are left to the search, which knows which are examples."""
    walk = walked(run)
    records = {one.url for one in walk.records()}
    return [
        bases_of(said_by(one.text), language)
        for one in walk.content_pages() if one.language == language and one.url not in records
    ]  # fmt: skip


def _is_found(words: str, language: str) -> bool:
    """Whether a real record has the words as they were asked."""
    found = search_sites(language, SearchTerms(text=words, examples=False, limit=1), with_facets=False)
    return bool(found.documents) and not found.corrected and not found.read_in


@check("P06")
def previews(run: Run) -> Finding:
    """Title, summary and picture for a link that is shared."""
    pages = walked(run).content_pages()
    good = [
        one for one in pages
        if one.meta.get("og:title") and one.meta.get("og:image")
        and (one.meta.get("og:description") or one.meta.get("description"))
    ]  # fmt: skip
    return of_pages(pages, good)


@check("P07")
def measured(run: Run) -> Finding:
    """Counts are kept. Which enquiry became a project is not tied to a source: that would be about somebody."""
    said = gettext_noop(
        "Sources, pages and enquiries are counted; %(number)s months are on record. Projects are not tied to sources."
    )
    is_on = "vetovoima.config.visits.VisitsMiddleware" in settings.MIDDLEWARE
    evidence = Evidence(said, {"number": len(months())}, "/desk/visits/")
    return Finding(Result.PART if is_on else Result.FAIL, (evidence,))


@check("P08")
def for_each_reader(run: Run) -> Finding:
    """Pages for foreign companies and for domestic investors."""
    parts = {one.path.strip("/").rpartition("/")[2] for one in walked(run).content_pages()}
    found = [bool(parts & FOR_FOREIGN), bool(parts & FOR_CAPITAL)]
    said = gettext_noop(
        "Pages for foreign companies: %(foreign)s. Pages for domestic investors: %(capital)s."
    )
    marks = {"foreign": "✓" if found[0] else "–", "capital": "✓" if found[1] else "–"}
    return judged(sum(found), 2, Evidence(said, marks))


@check("P09")
def shortlist(run: Run) -> Finding:
    """The shortlist answers a stranger, without a cookie."""
    url = _address("portal-shortlist")
    page = read(url) if url else None
    is_open = page is not None and page.status == 200 and not page.cookies
    return Finding(
        Result.PASS if is_open else Result.FAIL,
        (Evidence(PLACE if not is_open else "%(place)s", {"place": url}, url),),
    )


@check("G08")
def legal_basis(run: Run) -> Finding:
    """Every step names its law, and the page of permits has a link to it: as many to a law as steps name it."""
    found = steps(run)
    laws = Counter(str(step.source.get("url") or "").strip() for step in found if step.legal_basis)
    shown = Counter(link for link in read(WHERE).links if link)
    return share(sum((laws & shown).values()), len(found), STEPS_SAY_IT, WHERE)


@check("G13")
def feedback(run: Run) -> Finding:
    """The page of permits has a way to say that something is wrong."""
    page = read(WHERE)
    links = [link for link in page.links if "/enquiry/" in link and "permit" in link]
    said = gettext_noop("%(number)s links for it on the page of permits.")
    has_any = any("/enquiry/" in link for link in page.links)
    result = Result.PASS if links else Result.PART if has_any else Result.FAIL
    return Finding(result, (Evidence(said, {"number": len(links)}, page.url),))
