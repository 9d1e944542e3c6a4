"""Visits and enquiries by registered page: counted without a cookie, by keys of ours alone."""

from __future__ import annotations

from datetime import date

import pytest

from tests.syndication.channel_world import make_page
from vetovoima.monitoring.models import DailyCount
from vetovoima.monitoring.visits import queries
from vetovoima.monitoring.visits.counting import Key, store_sums
from vetovoima.monitoring.visits.enums import Origin, What
from vetovoima.monitoring.visits.partners import forget_known_sources, known_sources
from vetovoima.monitoring.visits.sources import Known, Source, first_source

KNOWN = Known("invest.example", {"kajaani.fi": "kajaani"}, frozenset(), 0, frozenset({"abcd1234"}))
DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("query", "referrer", "source", "is_entry"),
    [
        ("via=embed.abcd1234", "https://www.kajaani.fi/", Source("embed", "abcd1234"), True),
        ("via=embed.abcd1234", "", Source("embed", "abcd1234"), True),
        ("via=embed.abcd1234", "https://invest.example/embed/kajaani/", Source("embed", "abcd1234"), True),
        ("via=embed.abcd1234", "https://invest.example/fi/sites/", Source("embed", "abcd1234"), False),
        ("via=embed.zzzzzzzz", "https://www.kajaani.fi/", Source("embed"), True),
        ("via=embed.ada@asker.example", "", Source("embed"), True),
        ("via=partner.kajaani", "https://www.kajaani.fi/", Source("partner", "kajaani"), True),
        ("via=partner.kajaani", "https://invest.example/fi/", Source("partner", "kajaani"), False),
    ],
)
def test_a_link_out_of_an_embed_says_which_page_it_stood_on(query, referrer, source, is_entry):
    assert first_source(query, referrer, KNOWN) == (source, is_entry)


def test_the_source_is_carried_on_as_it_came():
    assert Source("embed", "abcd1234").carried() == "embed.abcd1234"


@pytest.mark.django_db
def test_a_page_is_known_as_soon_as_it_is_registered():
    forget_known_sources()
    assert known_sources().pages == frozenset()
    page = make_page("https://www.kuhmo.example/")
    assert known_sources().pages == frozenset({page.key})
    forget_known_sources()


@pytest.mark.django_db
def test_the_months_of_each_page_are_told_apart():
    def key(what: What, detail: str, day: date = DAY, origin: Origin = Origin.EMBED) -> Key:
        return Key(day, what, "sites/", "fi", origin, detail)

    store_sums(
        {
            key(What.ENTRY, "abcd1234"): 6, key(What.VIEW, "abcd1234"): 9, key(What.ENQUIRY, "abcd1234"): 1,
            key(What.VIEW, "abcd1234", date(2026, 10, 1)): 4, key(What.VIEW, "efgh5678"): 2,
            key(What.VIEW, "kuhmo", origin=Origin.PARTNER): 50,
        }
    )  # fmt: skip
    found = queries.page_months(["abcd1234", "efgh5678", "nobody00"], date(2026, 11, 1))
    assert [len(months) for months in found.values()] == [queries.MONTHS_SHOWN] * 3
    last = {name: months[-1][1] for name, months in found.items()}
    assert (last["abcd1234"].entry, last["abcd1234"].view, last["abcd1234"].enquiry) == (6, 9, 1)
    assert (last["efgh5678"].view, last["nobody00"].view) == (2, 0)
    assert found["abcd1234"][-2][0] == date(2026, 10, 1)
    assert found["abcd1234"][-2][1].view == 4
    assert queries.month_of_visits(date(2026, 11, 1)).total.view == 61
    assert DailyCount.objects.filter(origin="embed").count() == 5
