"""The enquiry form: without cookies, nothing lost, every refusal in words."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.factories import NOW, make_municipality, make_region
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.monitoring.visits.counting import Key, counts, store_sums
from vetovoima.pipeline.intake import new_submission_token
from vetovoima.pipeline.models import Enquiry
from vetovoima.portal import visiting

pytestmark = pytest.mark.django_db
FORM = "/en/enquiry/"
TYPED = {
    "name": "Ada Asker", "email": "ada@asker.example", "company": "Asker Ltd", "country": "Sweden",
    "message": "Six hectares near a railway.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def region() -> None:
    make_region()


@pytest.fixture
def strict() -> Client:
    """A client that enforces CSRF, as a browser without our cookies meets the service."""
    return Client(enforce_csrf_checks=True)


def token(age: timedelta = timedelta(minutes=1)) -> str:
    return new_submission_token(timezone.now() - age)


SAME = token()


def make_published(name: str) -> Site:
    made = catalogue.create_site(
        municipality=make_municipality("kuhmo"),
        kind="plot",
        by=None,
        now=NOW,
        values={"name": Translated(en=name)},
    )
    return catalogue.publish_site(site=made, by=None, now=NOW)


def send(client: Client, **values: Any) -> Any:
    return client.post(FORM, {"token": token(), **TYPED, **values})


def test_five_fields_are_required_and_ten_are_there(client: Client) -> None:
    response = client.get(FORM)
    shown = response.content.decode()
    names = re.findall(r'name="(\w+)"', shown[shown.index('<form class="form"') :])
    assert sorted(set(names) - {"token", "website", "visit"}) == sorted(
        [*TYPED, "phone", "sector", "municipality", "size", "site"]
    )
    assert shown.count("(optional)") == 4
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_an_enquiry_gets_its_reference_at_once_without_a_cookie(strict: Client) -> None:
    response = send(strict)
    assert response.status_code == 302
    enquiry = Enquiry.objects.get()
    thanks = strict.get(response.headers["Location"])
    assert enquiry.reference in thanks.content.decode()
    assert "no-store" in thanks.headers["Cache-Control"]
    assert not thanks.cookies


def test_a_receipt_cannot_be_made_up(client: Client) -> None:
    assert client.get("/en/enquiry/received/KAI-2026-0001/").status_code == 404


def test_sending_twice_makes_one_enquiry(client: Client) -> None:
    same = token()
    for _time in range(2):
        assert client.post(FORM, {"token": same, **TYPED}).status_code == 302
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("old", ["", "made-up", token(timedelta(hours=5))])
def test_an_expired_form_keeps_everything_and_can_be_sent_again(client: Client, old: str) -> None:
    response = client.post(FORM, {**TYPED, "token": old})
    shown = response.content.decode()
    assert response.status_code == 422
    assert "The form was open for a long time" in shown
    assert TYPED["message"] in shown
    assert 'value="ada@asker.example"' in shown
    fresh = re.search(r'name="token" value="([^"]+)"', shown)
    assert fresh is not None
    assert client.post(FORM, {**TYPED, "token": fresh[1]}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Write your name."),
        ("email", "ada", "Enter a valid email address."),
        ("message", "x" * 1_000_000, "at most 5000 characters"),
        ("message", "a\x00b", "Null characters are not allowed."),
        ("company", "a\x07b", "The text has characters that cannot be read."),
        ("sector", "castles", "Select a valid choice."),
    ],
)
def test_a_wrong_field_is_named_and_the_others_are_kept(
    client: Client, field: str, value: str, words: str
) -> None:
    response = send(client, **{field: value})
    shown = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{field}"' in shown
    assert words in shown
    assert "Sweden" in shown
    assert not Enquiry.objects.exists()


def test_what_fills_the_hidden_field_is_held_and_thanked_like_the_rest(client: Client) -> None:
    assert send(client, website="https://spam.example").status_code == 302
    assert Enquiry.objects.get().state == "held"


def message_of(shown: str) -> str:
    found = re.search(r'<textarea name="message"[^>]*>\n?([^<]*)</textarea>', shown)
    assert found is not None
    return found[1]


def test_words_of_a_search_stand_in_the_message_to_be_changed(client: Client) -> None:
    shown = client.get(FORM, {"search": "sawmill  near a <railway>"}).content.decode()
    assert message_of(shown) == "I searched for: sawmill near a &lt;railway&gt;\n"


def test_a_requirement_is_written_into_the_form(client: Client) -> None:
    shown = client.get(FORM, {"requirement": "Twenty hectares and 60 MW"}).content.decode()
    assert message_of(shown) == "Twenty hectares and 60 MW"


def test_several_sites_stand_in_the_message_and_one_has_its_own_field(client: Client) -> None:
    make_municipality("kuhmo")
    codes = [make_published(name).code for name in ("North plot", "South plot")]
    several = client.get(FORM, {"site": codes}).content.decode()
    listed = client.get(FORM, {"sites": ",".join([*codes, "KAI-NO-0001"])}).content.decode()
    assert (
        message_of(several) == f"I ask about these sites:\n- {codes[0]} North plot\n- {codes[1]} South plot\n"
    )
    assert message_of(listed) == message_of(several)
    one = client.get(FORM, {"sites": codes[0]}).content.decode()
    assert f'name="site" value="{codes[0]}"' in one
    assert message_of(one) == ""


def test_the_receipt_has_a_calendar_file_with_the_day_of_the_answer(client: Client) -> None:
    response = send(client)
    reply = client.get(response.headers["Location"] + "calendar.ics")
    events = Calendar.from_ical(reply.content).walk("VEVENT")
    assert [Enquiry.objects.get().reference in event["SUMMARY"] for event in events] == [True]
    assert events[0]["DTSTART"].dt == Enquiry.objects.get().first_answer_due_at
    assert client.get("/en/enquiry/received/made-up/calendar.ics").status_code == 404


BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_an_enquiry_is_counted_at_the_source_and_page_that_led_to_it(client: Client) -> None:
    store_sums({Key(timezone.localdate(), "view", "permits/", "fi", "direct", ""): 1})
    counts.take()
    seal = sealed(client, "permits/")
    for _time in range(2):
        send(client, visit=seal, token=SAME)
    assert enquiries_counted() == [("permits/", "search", 1)]


@pytest.mark.parametrize("before", ["Ada-Asker-owes-me-money/", ""])
def test_a_page_before_that_nobody_has_read_is_not_believed(client: Client, before: str) -> None:
    store_sums({Key(timezone.localdate(), "view", "", "fi", "direct", ""): 1})
    counts.take()
    send(client, visit=sealed(client, before))
    assert enquiries_counted() == [("enquiry/", "search", 1)]


def test_the_source_of_a_visit_is_believed_for_a_week(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts.take()
    seal = sealed(client, "permits/")
    monkeypatch.setattr(visiting, "GOOD_FOR", timedelta(seconds=-1))
    send(client, visit=seal)
    assert enquiries_counted() == []


def sealed(client: Client, before: str) -> str:
    referrer = f"{settings.VETOVOIMA_PUBLIC_URL}/en/{before}"
    shown = client.get(f"{FORM}?via=search", headers={"user-agent": BROWSER, "referer": referrer})
    seal = re.search(r'name="visit" value="([^"]+)"', shown.content.decode())
    assert seal is not None
    return seal[1]


def enquiries_counted() -> list[tuple[str, str, int]]:
    return [(one.path, one.origin, number) for one, number in counts.take().items() if one.what == "enquiry"]


def test_who_is_not_to_be_counted_sends_a_form_without_a_source(client: Client) -> None:
    counts.take()
    shown = client.get(FORM, headers={"user-agent": BROWSER, "sec-gpc": "1"}).content.decode()
    assert 'name="visit" value=""' in shown
    send(client, visit="made-up")
    assert counts.take() == {}


def test_the_form_crosses_the_line_compressed_and_is_kept_nowhere(client: Client) -> None:
    answer = client.get("/en/enquiry/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "no-store" in answer.headers["Cache-Control"]
    assert b"</form>" in gzip.decompress(answer.content)
