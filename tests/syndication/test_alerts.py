"""Saved searches: confirmed twice, told once, erased at once, and nobody is written to again and again."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox_mail
from django.core.cache import cache
from django.core.exceptions import ValidationError

from tests.factories import NOW as PUBLISHED
from tests.factories.sites import make_site
from vetovoima.activity.models import Fact, OutboxItem
from vetovoima.activity.outbox import work_through
from vetovoima.catalogue import services as catalogue
from vetovoima.messaging.models import Mail
from vetovoima.messaging.services import mark_refused, mark_sent
from vetovoima.syndication.alerts import services, tasks
from vetovoima.syndication.alerts.enums import Frequency
from vetovoima.syndication.alerts.links import Purpose, key_of, token
from vetovoima.syndication.alerts.queries import due_searches, followed_searches, news_of
from vetovoima.syndication.alerts.terms import as_kept, as_terms
from vetovoima.syndication.models import SavedSearch
from vetovoima.syndication.search.terms import SearchTerms

pytestmark = pytest.mark.django_db
#: before anything that the makers of these tests publish
NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def forget_counts() -> None:
    """Limits are counted in a cache that outlives a test."""
    cache.clear()


def ask(email: str = "ada@investor.example", *, now: datetime = NOW, **values: Any) -> None:
    given = {
        "language": "en", "frequency": "daily", "query": "kind=plot", "words": "Plot",
        "terms": SearchTerms(kinds=("plot",)), "network_address": "", **values,
    }  # fmt: skip
    services.ask_for_alerts(wish=services.Wish(email=email, **given), now=now)


def confirmed(**values: Any) -> SavedSearch:
    make_site(kind="premises", state="published")  # the region, and a record that never fits
    ask(**values)
    return services.confirm(search=SavedSearch.objects.latest("pk"), now=NOW)


def letters(template: str) -> list[Mail]:
    return list(Mail.objects.filter(template=template).order_by("pk"))


def test_asking_writes_one_letter_with_a_link_and_nothing_more_until_it_is_confirmed():
    make_site(state="published")
    ask()

    (letter,) = letters("alert_confirm")
    search = SavedSearch.objects.get()
    assert letter.to == "ada@investor.example"
    assert token(search.key, Purpose.CONFIRM) in letter.body
    assert "Plot" in letter.body
    assert due_searches(Frequency.DAILY) == []
    assert services.tell(search=search, now=NOW + DAY) == 0


def test_a_link_is_good_for_its_purpose_alone():
    key = "abcdef"
    assert key_of(token(key, Purpose.CONFIRM), Purpose.CONFIRM) == key
    assert key_of(token(key, Purpose.CONFIRM), Purpose.MANAGE) is None
    assert key_of(token(key, Purpose.CONFIRM)[:-1] + "x", Purpose.CONFIRM) is None
    assert key_of(key, Purpose.MANAGE) is None


def test_the_link_to_confirm_ends_after_48_hours():
    make_site(state="published")
    ask()
    search = SavedSearch.objects.get()

    with pytest.raises(services.CannotConfirm):
        services.confirm(search=search, now=NOW + timedelta(hours=48, seconds=1))
    assert services.confirm(search=search, now=NOW + timedelta(hours=48)).confirmed_at


def test_what_is_published_afterwards_and_fits_is_told_once():
    search = confirmed()
    site = make_site(state="published")
    make_site(kind="premises", state="published")

    assert [one.code for one in news_of(search)] == [site.code]
    assert [services.tell(search=search, now=NOW + n * DAY) for n in (1, 2)] == [1, 0]

    (letter,) = letters("alert_news")
    assert site.code in letter.body
    assert "new" in letter.body
    assert token(search.key, Purpose.MANAGE) in letter.stop_url


def test_a_changed_record_is_told_again_as_changed_and_an_unpublished_edit_is_not():
    search = confirmed()
    site = make_site(state="published")
    services.tell(search=search, now=NOW + DAY)

    site = catalogue.edit_site(site=site, values={"area_m2": 77}, by=None, now=NOW + 3 * DAY, revision=None)
    assert services.tell(search=search, now=NOW + 3 * DAY) == 0
    catalogue.publish_site(
        site=catalogue.submit_site(site=site, by=None, now=NOW + 3 * DAY), by=None, now=NOW + 3 * DAY
    )

    assert services.tell(search=search, now=NOW + 4 * DAY) == 1
    assert f"{site.code}" in letters("alert_news")[1].body
    assert ": changed" in letters("alert_news")[1].body


@pytest.mark.parametrize("after", [timedelta(minutes=30), timedelta(hours=12)])
def test_what_was_there_before_is_no_news(after):
    make_site(state="published")
    ask()
    search = services.confirm(search=SavedSearch.objects.get(), now=PUBLISHED + after)

    assert news_of(search) == []


def test_many_records_are_one_letter_that_counts_the_rest(monkeypatch):
    monkeypatch.setattr(services, "NAMED", 2)
    search = confirmed()
    for _time in range(4):
        make_site(state="published")

    services.tell(search=search, now=NOW + DAY)

    (letter,) = letters("alert_news")
    assert letter.subject.startswith("4 sites fit")
    assert "and 2 more" in letter.body


def test_the_worker_tells_each_at_its_own_time(settings):
    search = confirmed(frequency="instant")
    site = make_site(state="published")
    make_site(state="published")

    tasks.tell_daily(NOW + DAY)
    assert OutboxItem.objects.filter(topic=tasks.TELL).count() == 0
    tasks.tell_at_once(NOW + DAY)
    tasks.tell_at_once(NOW + DAY)
    work_through("test")
    tasks.tell_at_once(NOW + DAY + timedelta(minutes=5))

    assert OutboxItem.objects.filter(topic=tasks.TELL).count() == 1
    (sent,) = [one for one in outbox_mail.outbox if site.code in one.body]
    assert sent.to == ["ada@investor.example"]
    search.refresh_from_db()
    assert search.letters == 1


def test_the_letter_can_be_ended_by_the_mail_program_itself():
    search = confirmed(frequency="instant")
    make_site(state="published")
    services.tell(search=search, now=NOW + DAY)
    work_through("test")

    head = outbox_mail.outbox[-1].message()
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert head["List-Unsubscribe"].endswith(f"/en/alerts/stop/{token(search.key, Purpose.MANAGE)}/>")
    assert "List-Unsubscribe" not in outbox_mail.outbox[0].message()


def test_stopping_erases_the_search_the_letters_and_what_still_waits():
    search = confirmed()
    make_site(state="published")
    services.tell(search=search, now=NOW + DAY)

    services.stop(search=search)

    assert SavedSearch.objects.count() == 0
    assert Mail.objects.filter(to="ada@investor.example").count() == 0
    work_through("test")
    assert [one for one in outbox_mail.outbox if "ada" in one.to[0]] == []
    assert OutboxItem.objects.filter(state="failed").count() == 0


def test_what_nobody_confirms_is_erased_after_a_week():
    make_site(state="published")
    ask()

    assert services.erase_unconfirmed(now=NOW + 7 * DAY) == 0
    assert services.erase_unconfirmed(now=NOW + 7 * DAY + timedelta(seconds=1)) == 1
    assert (SavedSearch.objects.count(), letters("alert_confirm")) == (0, [])


def test_what_is_confirmed_is_not_erased_by_age():
    confirmed()

    assert services.erase_unconfirmed(now=NOW + 400 * DAY) == 0


def test_a_stranger_cannot_have_us_write_to_somebody_again_and_again():
    make_site(state="published")
    for number in range(10):
        ask(terms=SearchTerms(text=f"word{number}"))
    for number in range(10):
        ask("ADA@investor.example", now=NOW + DAY, terms=SearchTerms(text=f"other{number}"))

    assert len(letters("alert_confirm")) == services.MOST_UNANSWERED


def test_a_search_that_is_followed_already_writes_nothing():
    confirmed()
    ask()

    assert len(letters("alert_confirm")) == 1


def test_a_machine_gets_no_letter_and_no_word():
    make_site(state="published")
    ask(trap="https://spam.example")

    assert SavedSearch.objects.count() == 0


def test_one_network_is_told_to_wait():
    make_site(state="published")
    for number in range(services.FORMS_AN_HOUR):
        ask(f"a{number}@investor.example", network_address="203.0.113.7")

    with pytest.raises(services.CannotSave):
        ask("more@investor.example", network_address="203.0.113.7")
    ask("more@investor.example", network_address="203.0.113.8")


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example"]
)
def test_an_address_is_one_address(email):
    with pytest.raises(ValidationError):
        ask(email)


def test_who_searches_for_what_is_told_to_nobody(caplog):
    caplog.set_level(logging.DEBUG)
    search = confirmed(words="Secretword", terms=SearchTerms(kinds=("plot",), text=""))
    facts = Fact.objects.count()
    make_site(state="published")
    published = Fact.objects.count()
    services.tell(search=search, now=NOW + DAY)
    work_through("test")
    services.stop(search=search)

    assert Fact.objects.count() == published > facts
    assert "ada@investor" not in caplog.text
    assert "Secretword" not in caplog.text


def test_terms_are_kept_and_read_again():
    terms = SearchTerms(
        kinds=("plot",), min_area_m2=20_000, box=(27.0, 63.0, 30.0, 65.0), sort="name", offset=40
    )

    assert as_terms(as_kept(terms)) == SearchTerms(
        kinds=("plot",), min_area_m2=20_000, box=(27.0, 63.0, 30.0, 65.0)
    )


def test_a_wish_that_is_not_known_any_more_finds_nothing_rather_than_everything():
    search = confirmed()
    make_site(state="published")
    search.terms = {"kinds": ["plot"], "min_moonlight": 3}

    assert as_terms(search.terms) is None
    assert news_of(search) == []


def test_the_desk_gets_numbers_alone():
    confirmed()
    ask("other@investor.example")

    assert followed_searches() == 1


def test_tagged_addresses_are_one_mailbox():
    make_site(state="published")
    for number in range(10):
        ask(f"Ada+{number}@investor.example", terms=SearchTerms(text=f"word{number}"))
    ask("adam@investor.example")
    ask("ada@other.example")

    assert len(letters("alert_confirm")) == services.MOST_UNANSWERED + 2
    assert letters("alert_confirm")[0].to == "Ada+0@investor.example", "written to as it was typed"


def test_over_all_so_many_letters_a_day_and_one_warning_without_an_address(monkeypatch, caplog):
    monkeypatch.setattr(services, "ALL_LETTERS_A_DAY", 3)
    make_site(state="published")
    for number in range(6):
        ask(f"a{number}@investor{number}.example", network_address=f"203.0.113.{number}")

    assert len(letters("alert_confirm")) == SavedSearch.objects.count() == 3
    (warning,) = [one.getMessage() for one in caplog.records if one.name == services.__name__]
    assert "no more" in warning
    assert "@" not in warning
    ask("next@investor.example", now=NOW + DAY)
    assert len(letters("alert_confirm")) == 4


def test_two_years_after_the_last_yes_a_search_is_erased():
    search = confirmed()
    kept = services.CONFIRMED_KEPT

    assert services.erase_old(now=NOW + kept) == 0
    services.change_frequency(search=search, frequency="weekly", now=NOW + 9 * DAY)
    assert services.erase_old(now=NOW + kept + DAY) == 0
    tasks.erase_every_night(NOW + kept + 10 * DAY)
    assert (SavedSearch.objects.count(), Mail.objects.count()) == (0, 0)


def told(search: SavedSearch, now: datetime, state: str) -> None:
    make_site(state="published")
    letter = services.tell(search=search, now=now) and letters("alert_news")[-1]
    assert letter
    (mark_refused(mail=letter) if state == "failed" else mark_sent(mail=letter, now=now))


def test_a_mailbox_that_refuses_for_good_ends_the_search():
    search = confirmed()
    told(search, NOW + DAY, "failed")
    told(search, NOW + 5 * DAY, "failed")

    assert services.erase_refused(now=NOW + 8 * DAY) == 0
    assert [one.body for one in letters("alert_news")] == ["", ""], (
        "links to confirm, manage and stop are gone"
    )
    tasks.erase_every_night(NOW + 8 * DAY + timedelta(seconds=1))
    assert (SavedSearch.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_mailbox_that_takes_letters_again_keeps_its_search():
    search = confirmed()
    told(search, NOW + DAY, "failed")
    told(search, NOW + 5 * DAY, "sent")

    assert services.erase_refused(now=NOW + 30 * DAY) == 0
