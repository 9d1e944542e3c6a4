"""Proposing a call: office hours, two time zones, an enquiry with the times in it, a calendar file."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from tests.factories import make_region
from vetovoima.pipeline.models import Enquiry
from vetovoima.portal.call_times import Office, free_weekdays, moment_of, offered_days

FINLAND = Office("FI", ZoneInfo("Europe/Helsinki"))
FORM = "/en/enquiry/call/"
WHO = {"name": "Ada Asker", "email": "ada@asker.example", "company": "Asker Ltd"}


def test_days_are_working_days_of_the_region_and_holidays_are_named() -> None:
    days = offered_days(datetime(2026, 12, 22, 20, tzinfo=UTC), FINLAND)
    assert days[:4] == [date(2026, 12, 23), date(2026, 12, 28), date(2026, 12, 29), date(2026, 12, 30)]
    assert free_weekdays(days, FINLAND)[:2] == [date(2026, 12, 24), date(2026, 12, 25)]
    assert moment_of(date(2026, 12, 23), time(10), FINLAND).astimezone(UTC).hour == 8


@pytest.fixture
def shown(db: None, client: Client) -> str:
    make_region()
    return str(client.get(FORM).content.decode())


def sent(client: Client, shown: str, **values: Any) -> Any:
    from datetime import timedelta

    from django.utils import timezone

    from vetovoima.pipeline.intake import new_submission_token

    day = re.search(r'<option value="(\d{4}-\d\d-\d\d)"', shown)
    assert day is not None
    token = new_submission_token(timezone.now() - timedelta(minutes=1))
    typed = {
        "token": token,
        **WHO,
        "first_day": day[1],
        "first_time": "10:00",
        "zone": "Europe/London",
        **values,
    }
    return client.post(FORM, typed)


def test_a_proposal_becomes_an_enquiry_with_the_times_in_both_zones(client: Client, shown: str) -> None:
    response = sent(client, shown, about="Twenty hectares.")
    enquiry = Enquiry.objects.get()
    assert "10:00 Europe/Helsinki = " in enquiry.message
    assert "08:00 Europe/London" in enquiry.message
    assert enquiry.message.endswith("Twenty hectares.")
    thanks = client.get(response.headers["Location"]).content.decode()
    assert enquiry.reference in thanks
    assert "a proposal until we confirm it" in thanks


def test_the_calendar_file_is_a_publication_with_a_tentative_call(client: Client, shown: str) -> None:
    response = sent(client, shown)
    reply = client.get(response.headers["Location"] + "calendar.ics")
    calendar = Calendar.from_ical(reply.content)
    assert reply.headers["Content-Type"].startswith("text/calendar")
    assert calendar["METHOD"] == "PUBLISH"
    events = calendar.walk("VEVENT")
    assert [event.get("STATUS") for event in events] == [None, "TENTATIVE"]
    assert events[1]["DTSTART"].dt.astimezone(FINLAND.zone).time() == time(10)
    assert Enquiry.objects.get().reference in events[0]["SUMMARY"]
    assert WHO["name"] not in reply.content.decode()


def test_times_of_another_zone_are_shown_and_nothing_is_lost(client: Client, shown: str) -> None:
    response = sent(client, shown, show_times="yes", zone="Asia/Tokyo", about="Kept as it was")
    page = response.content.decode()
    assert response.status_code == 200
    assert re.search(r"10:00 \(Tokyo (16|17):00\)", page)
    assert "Kept as it was" in page
    assert 'value="ada@asker.example"' in page
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"first_day": ""}, "Choose a day."),
        ({"second_time": "11:00"}, "Choose a day for the time."),
        ({"first_time": "23:00"}, "Select a valid choice."),
        ({"zone": "Mars/Base"}, "Select a valid choice."),
        ({"company": ""}, "Write the name of your company"),
    ],
)
def test_what_is_missing_is_named_and_the_rest_kept(
    client: Client, shown: str, values: dict[str, str], words: str
) -> None:
    response = sent(client, shown, **values)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="ada@asker.example"' in page


def test_a_form_that_was_open_too_long_keeps_its_times(client: Client, shown: str) -> None:
    response = sent(client, shown, token="made-up")
    page = response.content.decode()
    assert response.status_code == 422
    assert "The form was open for a long time" in page
    assert '<option value="10:00" selected' in page
