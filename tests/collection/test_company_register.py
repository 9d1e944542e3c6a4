"""The company register: what is read of a company, and what is said when the register answers otherwise."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.collection.statfin import answer
from tests.common.loopback import Reply, Server, as_json
from vetovoima.collection.connectors.company_register import look_up, read_company
from vetovoima.collection.connectors.problems import SourceChanged
from vetovoima.common.http import CannotFetch, Deadline, TryLater


def made() -> Any:
    return answer("MADE-company.json")


def test_a_company_is_read_with_its_current_name_and_home(server: Server) -> None:
    server.answer = lambda call: as_json(made())
    company = look_up(server.url, "12345671", Deadline(5))
    assert server.calls[0].query == {"businessid": "1234567-1"}
    assert (company.name, company.form_code, company.form["en"]) == (
        "Esimerkkisaha Oy",
        "16",
        "Limited company",
    )
    assert (company.line_code, company.line_scheme, company.line["fi"]) == ("16101", "TOIMI3", "Puun sahaus")
    assert (dict(company.domicile), company.state) == ({"fi": "Kuhmo"}, "active")
    assert (company.registered_on, company.ended_on) == ("1999-03-15", "")


def test_a_wrong_id_is_refused_before_anybody_is_asked(server: Server) -> None:
    with pytest.raises(ValidationError):
        look_up(server.url, "1234567-2", Deadline(5))
    assert server.calls == []


@pytest.mark.parametrize("reply", [Reply(status=404), as_json({"totalResults": 0, "companies": []})])
def test_a_company_that_is_not_there_is_said(server: Server, reply: Reply) -> None:
    server.answer = lambda call: reply
    with pytest.raises(SourceChanged, match="no company with the business ID 1234567-1"):
        look_up(server.url, "1234567-1", Deadline(5))


def test_another_company_is_not_taken_for_this_one(server: Server) -> None:
    server.answer = lambda call: as_json(made())
    with pytest.raises(SourceChanged, match="no company"):
        look_up(server.url, "0112038-9", Deadline(5))


def spoil(**changes: Any) -> Any:
    company = copy.deepcopy(made()["companies"][0])
    for name, value in changes.items():
        if value is ...:
            del company[name]
        else:
            company[name] = value
    return company


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"businessId": ...}, "businessId"), ({"businessId": "1234567-1"}, "businessId"),
        ({"businessId": {"value": "x"}}, "businessId.value"), ({"names": ...}, "names"), ({"names": []}, "names"),
        ({"names": [{"name": None}]}, "names"), ({"names": {"0": "x"}}, "names"),
        ({"companyForms": {"type": "16"}}, "companyForms"), ({"companyForms": ["16"]}, "companyForms"),
        ({"mainBusinessLine": "16101"}, "mainBusinessLine"), ({"addresses": "Kuhmo"}, "addresses"),
        ({"website": "www"}, "website"),
    ],
)  # fmt: skip
def test_another_form_is_refused_with_the_part_that_is_different(changes: dict[str, Any], part: str) -> None:
    with pytest.raises(SourceChanged, match=rf"another form than before: {part}"):
        read_company(spoil(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"companyForms": ...}, {"mainBusinessLine": None}, {"addresses": None}, {"website": ...}, {"lastModified": None},
    ],
)  # fmt: skip
def test_what_the_register_leaves_out_is_empty(changes: dict[str, Any]) -> None:
    assert read_company(spoil(**changes)).name == "Esimerkkisaha Oy"


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "active"), ({"tradeRegisterStatus": "4"}, "ceased"), ({"endDate": "2025-01-01"}, "ceased"),
        ({"tradeRegisterStatus": "3"}, "other"), ({"tradeRegisterStatus": None}, "other"),
    ],
)  # fmt: skip
def test_the_state_is_the_trade_registers(changes: dict[str, Any], state: str) -> None:
    assert read_company(spoil(**changes)).state == state


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply("<html>"), CannotFetch), (Reply('{"companies": ['), CannotFetch), (Reply(status=500), CannotFetch),
        (Reply(status=429), TryLater), (as_json([]), SourceChanged), (as_json({"results": []}), SourceChanged),
    ],
)  # fmt: skip
def test_every_bad_answer_has_its_type(server: Server, reply: Reply, error: Callable[..., Exception]) -> None:
    server.answer = lambda call: reply
    with pytest.raises(error):  # type: ignore[call-overload]
        look_up(server.url, "1234567-1", Deadline(5))
