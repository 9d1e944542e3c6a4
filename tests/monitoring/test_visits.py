"""Counts of visits: what is believed of a request, what is stored, what is shown."""

from __future__ import annotations

from datetime import date

import pytest

from vetovoima.monitoring.models import DailyCount
from vetovoima.monitoring.visits import queries
from vetovoima.monitoring.visits.counting import Counts, Key, store_sums
from vetovoima.monitoring.visits.enums import Origin, What
from vetovoima.monitoring.visits.pages import counted_page, page_before
from vetovoima.monitoring.visits.sources import Known, Source, first_source, is_machine
from vetovoima.monitoring.visits.tasks import drop_old_counts

KNOWN = Known("invest.example", {"kajaani.fi": "kajaani"}, frozenset({"fair-2026"}))
DAY = date(2026, 11, 22)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("query", "referrer", "source", "is_entry"),
    [
        ("", "", Source("direct"), True),
        ("", "https://www.google.fi/", Source("search"), True),
        ("", "https://mail.google.com/mail/u/0/?q=secret", Source("other"), True),
        ("", "https://gemini.google.com/app", Source("assistant"), True),
        ("", "https://lnkd.in/abc", Source("social"), True),
        ("", "https://www.kajaani.fi/yritykset/", Source("partner", "kajaani"), True),
        ("", "https://invest.example/embed/kajaani/?lang=fi", Source("partner", "kajaani"), True),
        ("", "https://www.invest.example/en/sites/", Source("inside"), False),
        ("", "https://intranet.somebody.example/person/ada", Source("other"), True),
        ("", "https://[broken", Source("other"), True),
        ("utm_campaign=fair-2026", "https://www.google.fi/", Source("campaign", "fair-2026"), True),
        ("utm_campaign=ada%40asker.example", "", Source("direct"), True),
        ("via=search", "https://invest.example/en/", Source("search"), False),
        ("via=partner.kajaani", "", Source("partner", "kajaani"), False),
        ("via=partner.ada", "", Source("partner"), False),
        ("via=inside", "https://invest.example/en/", Source("inside"), False),
        ("via=%3Cscript%3E", "", Source("direct"), True),
    ],
)
def test_only_words_from_our_own_lists_are_believed(
    query: str, referrer: str, source: Source, is_entry: bool
) -> None:
    assert first_source(query, referrer, KNOWN) == (source, is_entry)


@pytest.mark.parametrize(
    ("agent", "machine"),
    [
        (BROWSER, False), ("", True), ("curl/8.5.0", True),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", True),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0.0.0 Safari/537.36", True),
        ("vetovoima-self-audit/1", True),
    ],
)  # fmt: skip
def test_programs_are_left_out(agent: str, machine: bool) -> None:
    assert is_machine(agent) is machine


@pytest.mark.parametrize(
    ("path", "is_personal", "page"),
    [
        ("/en/", False, ("en", "")),
        ("/sv/sites/KAI-KUH-0003/", False, ("sv", "sites/KAI-KUH-0003/")),
        ("/en/enquiry/", True, ("en", "enquiry/")),
        ("/en/enquiry/received/eyJyZWZlcmVuY2UiOiJLQUkifQ/", True, None),
        ("/en/alerts/confirm/a-secret/", True, None),
        ("/en/sites/points.json", False, None),
        ("/en/ada@asker.example/", False, None),
        ("/desk/", False, None),
    ],
)
def test_a_page_is_counted_without_what_could_be_somebodys(
    path: str, is_personal: bool, page: tuple[str, str] | None
) -> None:
    assert counted_page(path, is_personal=is_personal) == page


def test_the_page_before_is_known_only_when_it_is_ours() -> None:
    assert (
        page_before("https://invest.example/en/sites/KAI-KUH-0003/?q=x", "invest.example")
        == "sites/KAI-KUH-0003/"
    )
    assert page_before("https://elsewhere.example/en/sites/", "invest.example") == ""


@pytest.mark.django_db
def test_sums_of_two_processes_add_up() -> None:
    for _process in range(2):
        counts = Counts()
        for _visit in range(3):
            counts.add(DAY, "sites/", "en", Source("search"), What.ENTRY, What.VIEW)
        assert counts.store() == 2
        assert counts.store() == 0
    assert sorted(DailyCount.objects.values_list("what", "count")) == [("entry", 6), ("view", 6)]


@pytest.mark.django_db
def test_a_month_goes_from_source_to_page_to_enquiry_and_hides_what_could_be_somebody() -> None:
    def key(what: What, path: str, origin: Origin, day: date = DAY) -> Key:
        return Key(day, what, path, "en", origin, "")

    store_sums(
        {
            key(What.ENTRY, "", Origin.SEARCH): 20, key(What.VIEW, "", Origin.SEARCH): 20,
            key(What.VIEW, "sites/", Origin.SEARCH): 9, key(What.VIEW, "sites/", Origin.DIRECT): 4,
            key(What.ENQUIRY, "sites/", Origin.SEARCH): 6,
            key(What.VIEW, "", Origin.DIRECT, date(2026, 10, 1)): 7,
        }
    )  # fmt: skip
    found = queries.month_of_visits(date(2026, 11, 1))
    assert (found.total.entry, found.total.view, found.total.enquiry) == (20, 33, 6)
    assert [(one.path, one.sums.view, one.sums.enquiry) for one in found.pages] == [
        ("", 20, 0),
        ("sites/", 13, 6),
    ]
    assert [(origin, sums.enquiry) for origin, _detail, sums in found.sources] == [
        ("search", 6),
        ("direct", 0),
    ]
    assert [(month, sums.view) for month, sums in queries.trend(date(2026, 11, 1))][-2:] == [
        (date(2026, 10, 1), 7), (date(2026, 11, 1), 33),
    ]  # fmt: skip
    assert [queries.shown(number) for number in (0, 1, 4, 5)] == [0, None, None, 5]


@pytest.mark.django_db
def test_counts_are_kept_for_twenty_five_months() -> None:
    store_sums(
        {Key(day, "view", "", "en", "direct", ""): 1 for day in (date(2024, 9, 30), date(2024, 10, 1))}
    )
    assert drop_old_counts(DAY) == 1
    assert DailyCount.objects.get().day == date(2024, 10, 1)
