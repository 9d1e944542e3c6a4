"""The self-audit: reads the site without the network, says what is missing with evidence, and keeps it night by night."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.factories import NOW, make_municipality, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import OutboxItem
from vetovoima.catalogue import services as catalogue
from vetovoima.common.fields import Translated
from vetovoima.monitoring.audit import queries
from vetovoima.monitoring.audit.enums import Area, How, Result
from vetovoima.monitoring.audit.items import ITEMS
from vetovoima.monitoring.audit.models import AuditResult
from vetovoima.monitoring.audit.registry import Finding, _checks, check_of
from vetovoima.monitoring.audit.services import run_audit
from vetovoima.monitoring.audit.tasks import audit_every_night
from vetovoima.portal.audit.content import newest_day
from vetovoima.portal.audit.reading import is_well_formed, read
from vetovoima.portal.audit.walking import internal_links

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> None:
    make_region()
    for name in ("North plot", "South plot"):
        made = catalogue.create_site(
            municipality=make_municipality("kuhmo"), kind="plot", by=None, now=NOW,
            values={"name": Translated(fi=name, en=name, sv=name)},
        )  # fmt: skip
        catalogue.publish_site(site=made, by=None, now=NOW)


def result_of(code: str) -> AuditResult:
    return AuditResult.objects.filter(item=code).latest("day")


def said(code: str) -> str:
    return " ".join(part["text"] % part["values"] for part in result_of(code).evidence)


def test_every_item_for_a_machine_has_a_check_and_no_other() -> None:
    assert len(ITEMS) == len({one.code for one in ITEMS}) == 70
    assert [one.code for one in ITEMS if (one.how == How.MACHINE) != (check_of(one.code) is not None)] == []


def test_the_whole_audit_runs_and_says_what_it_saw(region: None) -> None:
    results = {one.item: one.result for one in run_audit(now=NOW)}
    assert set(results) == {one.code for one in ITEMS if one.how == How.MACHINE}
    # true of any portal that runs: no cookie, forms that can be sent, records found by name and code
    assert {code: results[code] for code in ("W04", "W14", "P03")} == dict.fromkeys(
        ("W04", "W14", "P03"), "pass"
    )
    assert said("W04").startswith("12 of 12 searches")
    assert said("P03").startswith("5 fields must be filled")
    assert said("W02").startswith("4 of 6 addresses of records are at most three clicks from home.")
    # true of a portal with two empty records and nothing else
    assert {code: results[code] for code in ("C03", "C12", "C18", "C25", "G02", "G08")} == dict.fromkeys(
        ("C03", "C12", "C18", "C25", "G02", "G08"), "fail"
    )


def test_a_second_run_on_a_day_takes_the_place_of_the_first_and_another_day_stands_beside_it(
    region: None,
) -> None:
    for now in (NOW, NOW, NOW + timedelta(days=1)):
        run_audit(now=now, areas=[Area.GUIDANCE])
    assert AuditResult.objects.filter(item="G02").count() == 2
    assert [night.share for night in queries.nights()] == [0.0, 0.0] or len(queries.nights()) == 2


def test_pages_are_read_outside_a_transaction_and_each_part_is_stored_before_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[int, int]] = []
    outside = len(connection.savepoint_ids)

    def looking(_run: Any) -> Finding:
        seen.append((len(connection.savepoint_ids) - outside, AuditResult.objects.count()))
        return Finding(Result.PASS)

    for item in ITEMS:
        if item.code in _checks:
            monkeypatch.setitem(_checks, item.code, looking)
    run_audit(now=NOW, areas=[Area.PROMOTION, Area.GUIDANCE])
    assert {depth for depth, _stored in seen} == {0}
    assert [stored > 0 for _depth, stored in seen] == sorted(stored > 0 for _depth, stored in seen)
    assert len({stored for _depth, stored in seen}) == 2


def test_a_check_that_breaks_is_told_and_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_run: Any) -> Any:
        raise KeyError("gone")

    monkeypatch.setitem(_checks, "G02", broken)
    results = {one.item: one.result for one in run_audit(now=NOW, areas=[Area.GUIDANCE])}
    assert results["G02"] == "fail"
    assert said("G02") == "The check itself broke (KeyError): see the log of the worker."
    assert len(results) == 13


def test_a_change_for_the_worse_is_told() -> None:
    for day, result in (
        (date(2026, 11, 20), "pass"),
        (date(2026, 11, 21), "fail"),
        (date(2026, 11, 22), "fail"),
    ):
        AuditResult.objects.create(day=day, item="W05", result=result, checked_at=NOW)
    found = next(one for one in queries.standings() if one.item.code == "W05")
    assert (found.change, found.before.day if found.before else None) == (-1, date(2026, 11, 20))
    assert [round(night.share) for night in queries.nights()] == [100, 0, 0]


def test_the_worker_checks_each_part_by_itself() -> None:
    audit_every_night(NOW)
    assert sorted(
        item.payload["area"] for item in OutboxItem.objects.filter(topic="monitoring.audit")
    ) == list("CGPW")


def test_reading_is_what_a_stranger_gets(region: None) -> None:
    page = read("/en/enquiry/")
    assert (page.status, page.language, page.cookies) == (200, "en", 0)
    assert ("post", True, True) in page.forms
    assert "/en/sites/" in internal_links(page)
    assert read("/en/not-here/").status == 404
    assert read("/desk/").status == 302


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ('{"@context": "https://schema.org", "@type": "Place"}', True),
        ('{"@type": "Place"}', False), ("{broken", False), ("[]", False),
    ],
)  # fmt: skip
def test_linked_data_is_well_formed(text: str, fine: bool) -> None:
    assert is_well_formed(text) is fine


@pytest.mark.parametrize(
    ("as_of", "checked_on", "day"),
    [
        ("2025", None, date(2026, 1, 1)), ("2026-02", None, date(2026, 3, 1)), ("2026-02-14", None, date(2026, 2, 14)),
        ("", None, None), ("2022", date(2026, 5, 1), date(2026, 5, 1)), ("2024/2025", None, date(2026, 1, 1)),
    ],
)  # fmt: skip
def test_a_value_is_as_new_as_its_time_or_its_last_check(
    as_of: str, checked_on: date | None, day: date | None
) -> None:
    assert newest_day(as_of, checked_on) == day


def test_the_desk_shows_it_to_the_coordinator_alone(client: Client) -> None:
    AuditResult.objects.create(
        day=NOW.date(), item="G02", result="part", checked_at=NOW,
        evidence=[{"text": "%(number)s of %(total)s steps say it.", "values": {"number": 3, "total": 4}, "url": "/x/"}],
    )  # fmt: skip
    client.force_login(make_person(Role.COORDINATOR))
    shown = client.get("/desk/audit/").content.decode()
    assert 'href="/x/"' in shown
    assert shown.count('<th scope="row"><a class="code"') == 70
    assert client.get("/desk/audit/G02/").status_code == client.get("/desk/visits/").status_code == 200
    assert client.get("/desk/audit/Z99/").status_code == 404
    client.force_login(make_person(Role.MUNICIPALITY_OFFICER))
    assert client.get("/desk/audit/").status_code == client.get("/desk/visits/").status_code == 403


def test_the_command_says_it_too(region: None, capsys: Any) -> None:
    import json

    call_command("audit", "--json", "--part", "G")
    items = json.loads(capsys.readouterr().out)["items"]
    assert {one["item"]: one["result"] for one in items}["G02"] == "fail"
