"""The examples of docs/api/README.md, run as they stand there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from tests.api.conftest import Caller, caller_for
from tests.factories import make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.accounts.scopes import SCOPES

PAGE = Path(__file__).resolve().parents[2] / "docs/api/README.md"
EXAMPLE = re.compile(r"```http\n(.+?)→ (\d{3})\n```", re.DOTALL)


def examples() -> list[tuple[str, int]]:
    """Every example: the request as it is written, and the status that is promised."""
    return [(found[1], int(found[2])) for found in EXAMPLE.finditer(PAGE.read_text(encoding="utf-8"))]


def run(request: str, known: dict[str, str]) -> tuple[int, object]:
    """This will send a request of the page: a line, headers, a body; $KEY and $CODE are filled in."""
    for name, value in known.items():
        request = request.replace(f"${name}", value)
    first, *rest = request.strip().split("\n")
    method, address = first.split(" ", 1)
    headers = dict(line.split(": ", 1) for line in rest if re.match(r"[A-Z][\w-]+: ", line))
    body = "\n".join(line for line in rest if not re.match(r"[A-Z][\w-]+: ", line))
    response = Client().generic(method, address, body, "application/json", headers=headers)
    return response.status_code, json.loads(response.content)


@pytest.mark.django_db
def test_every_example_answers_as_the_page_says() -> None:
    make_region()
    person = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    scopes = ("sites:write", "sites:submit", "collection:write")
    known = {"KEY": caller_for(person, *scopes).token}
    told = []
    for request, promised in examples():
        status, answer = run(request, known)
        told.append((request.split("\n", 1)[0], status, promised))
        if isinstance(answer, dict) and status == 201:
            known["CODE"] = answer["code"]
    assert len(told) >= 9, "the examples were not found"
    assert [one for one in told if one[1] != one[2]] == []


def test_the_page_names_every_scope() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in SCOPES if f"`{name}`" not in page] == []


@pytest.mark.django_db
def test_the_page_names_no_address_that_is_not_there() -> None:
    paths = json.loads(Caller().get("openapi.json").content)["paths"]
    named = set(re.findall(r"/api/v1/[\w/{}.-]*[\w}]", PAGE.read_text(encoding="utf-8")))
    plain = {re.sub(r"{\w+}", "{}", path) for path in paths} | {"/api/v1/openapi.json", "/api/v1/docs"}
    wrong = [one for one in named if re.sub(r"{\w+}", "{}", one) not in plain and "imports/7" not in one]
    assert wrong == []
