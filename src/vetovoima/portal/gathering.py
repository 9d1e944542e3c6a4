"""What the blocks of a page need from the records, asked for once for the whole page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from vetovoima.accounts.queries import organisations
from vetovoima.catalogue.enums import Availability
from vetovoima.catalogue.knowledge.queries import drawn, permit_paths
from vetovoima.catalogue.knowledge.tokens import codes_in
from vetovoima.directory.queries import contacts
from vetovoima.monitoring.charts.drawing import Drawing, drawings_of
from vetovoima.monitoring.charts.series import Chart, Wish, charts_of
from vetovoima.reference import queries as reference
from vetovoima.syndication.queries import SearchPage, SearchTerms, all_points, search_sites

from .uses import codes_of

MOST_CONTACTS = 3
NOT_TAKEN = tuple(one for one in Availability.values if one != Availability.TAKEN)


def wish_of(value: Any) -> Wish:
    """This will say which chart a block asks for."""
    return Wish(value.get("indicator") or "", tuple(value.get("areas") or ()), value.get("form") or "line")


def totals(found: SearchPage) -> dict[str, int]:
    """What a list tells of its length: an example is counted in no figure, so it is told apart."""
    return {"total": found.total, "real_total": found.real_total, "example_total": found.example_total}


class Gathered:
    """The facts, charts, contacts and permit paths of one page; each kind is asked for when the first block needs it."""

    def __init__(self, page: Any, language: str) -> None:
        self.page = page
        self.language = language
        self._facts: dict[str, Any] = {}
        self._asked: set[str] = set()
        self._expected: set[str] = set()

    @cached_property
    def region(self) -> Any:
        """The region of this deployment."""
        return reference.region()

    def _values(self, *kinds: str) -> Iterator[Any]:
        for block in self.page.blocks:
            if block.block_type in kinds:
                yield block.value

    @cached_property
    def _named_codes(self) -> list[str]:
        return codes_of(self.page)

    def expect(self, codes: Iterable[str]) -> None:
        """This will announce facts that are shown beside those that the page names, so that all are asked for at once."""
        self._expected.update(codes)

    def expect_in(self, pages: Iterable[Any]) -> None:
        """This will announce what the leads of other pages name, where they are listed."""
        self.expect(codes_in(*(getattr(one, "lead", "") for one in pages)))

    def known(self, codes: Iterable[str]) -> Mapping[str, Any]:
        """The facts to show for codes; what the page names is asked for with the first of them."""
        if not set(codes) <= self._asked:
            wanted = {*codes, *self._named_codes, *self._expected} - self._asked
            self._facts.update(drawn(wanted))
            self._asked |= wanted
        return self._facts

    @cached_property
    def _charts(self) -> dict[Wish, Chart]:
        whole = self.region
        wishes = [wish_of(value) for value in self._values("chart")]
        names = {whole.code: whole.name} if whole else {}
        if {area for one in wishes for area in one.areas} - set(names):
            names |= {slug: one.name for slug, one in self.municipalities.items()}
        return charts_of(wishes, self.language, whole.code if whole else "", names)

    @cached_property
    def _drawings(self) -> dict[Chart, Drawing]:
        return drawings_of(self._charts.values())

    def draw(self) -> None:
        """This will draw every chart of the page that has not been drawn yet."""
        _ = self._drawings

    def chart_of(self, value: Any) -> dict[str, Any] | None:
        """A chart with its drawing; None when its indicator has no figures."""
        chart = self._charts.get(wish_of(value))
        if chart is None:
            return None
        return {"chart": chart, "drawing": self._drawings.get(chart)}

    @cached_property
    def permit_paths(self) -> dict[str, Any]:
        """The permit paths that blocks name."""
        return {one.code: one for one in permit_paths().filter(code__in=self._named("permits", "path"))}

    @property
    def _council_slug(self) -> str:
        return self.region.council_slug if self.region else ""

    @cached_property
    def _contacts(self) -> list[Any]:
        """Those whom blocks name, those of the municipality that the page is about, and those of who answers."""
        towns = {*self._named("contact", "municipality"), getattr(self.page, "subject", "")}
        of = {*self._named("contact", "organisation"), self._council_slug}
        wanted = Q(key__in=self._named("contact", "contact")) | Q(organisation__slug__in=of)
        found = contacts().filter(wanted | Q(organisation__municipality__slug__in=towns))
        return list(found.select_related("organisation__municipality"))

    @cached_property
    def _organisations(self) -> dict[str, Any]:
        slugs = {*self._named("contact", "organisation"), self._council_slug}
        return {one.slug: one for one in organisations().filter(slug__in=slugs)}

    @cached_property
    def municipalities(self) -> dict[str, Any]:
        """The municipalities of the region, by slug."""
        return {one.slug: one for one in reference.municipalities()}

    def contacts_in(self, municipality: int) -> list[Any]:
        """The first contacts of the municipality that the page is about."""
        found = [one for one in self._contacts if one.organisation.municipality_id == municipality]
        return found[:MOST_CONTACTS]

    @cached_property
    def council(self) -> dict[str, Any] | None:
        """Who answers for the region, with its first named contact when there is one."""
        slug = self._council_slug
        contact = (
            next((one for one in self._contacts if one.organisation.slug == slug), None) if slug else None
        )
        found = contact.organisation if contact else self._organisations.get(slug)
        return {"organisation": found, "contact": contact} if found else None

    def _named(self, kind: str, key: str) -> set[str]:
        return {value.get(key) for value in self._values(kind) if value.get(key)}

    def contacts_of(self, value: Any) -> dict[str, Any]:
        """The contacts that a block asks for, and who answers while none is published."""
        key, slug, town = (value.get(name) or "" for name in ("contact", "organisation", "municipality"))
        found = [
            one for one in self._contacts
            if one.key == key or (slug and one.organisation.slug == slug)
            or (town and one.organisation.municipality and one.organisation.municipality.slug == town)
        ]  # fmt: skip
        answers = self._organisations.get(slug) if slug else self.municipalities.get(town) if town else None
        query = urlencode({"municipality": town}) if town else ""
        return {"contacts": found[:MOST_CONTACTS], "answers": answers, "query": query}

    def sites_of(self, value: Any) -> dict[str, Any]:
        """The newest records that fit, their number, and the search that shows all. Unless the block says otherwise,
        what is taken comes after all that can still be had."""
        terms = _terms(value, limit=value.get("count") or 5)
        found = search_sites(self.language, terms, with_facets=False)
        cards = [one.card for one in found.documents]
        if not terms.availabilities and any(_is_taken(one) for one in cards):
            free = search_sites(self.language, replace(terms, availabilities=NOT_TAKEN), with_facets=False)
            taken = [one for one in cards if _is_taken(one)]
            cards = [*(one.card for one in free.documents), *taken][: terms.limit]
        return {"cards": cards, **totals(found), "query": _query(value)}

    def points_of(self, value: Any) -> dict[str, Any]:
        """The points that fit, where the map fetches them, and the places around them when they are asked for."""
        query = _query(value)
        return {
            "points": all_points(self.language, _terms(value)),
            "query": query,
            "names": {slug: one.name.best(self.language)[0] for slug, one in self.municipalities.items()},
            "infrastructure": reference.infrastructure() if value.get("infrastructure") else [],
        }


def _is_taken(card: Mapping[str, Any]) -> bool:
    return bool(card["availability"]["value"] == Availability.TAKEN)


def _terms(value: Any, **more: Any) -> SearchTerms:
    return SearchTerms(
        municipalities=tuple(value.get("municipalities") or ()),
        sectors=tuple(value.get("sectors") or ()),
        kinds=tuple(value.get("kinds") or ()),
        availabilities=tuple(value.get("availabilities") or ()),
        **more,
    )


def _query(value: Any) -> str:
    """The same terms as the search form writes them."""
    names = (
        ("municipality", "municipalities"), ("sector", "sectors"), ("kind", "kinds"),
        ("availability", "availabilities"),
    )  # fmt: skip
    return urlencode([(name, one) for name, key in names for one in value.get(key) or ()])
