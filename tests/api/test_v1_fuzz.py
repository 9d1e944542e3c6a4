"""Whatever is sent, no operation breaks, every refusal is a problem, and every answer is as the description says.

Requests are made from the API's own description: right ones, nearly right ones, and rubbish.
"""

from __future__ import annotations

import json
import os
import random
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.api.conftest import Caller, caller_for
from tests.factories import make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.scopes import SCOPES
from vetovoima.api.v1.description import document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: cases for each operation; a longer run is asked for by the environment
CASES = int(os.environ.get("VETOVOIMA_FUZZ_CASES", "15"))
DESCRIBED = document()
OPERATIONS = [
    (method.upper(), path, operation)
    for path, methods in DESCRIBED["paths"].items()
    for method, operation in methods.items()
]
#: texts that have broken programs before
NASTY = (
    "", " ", "\u0000", "\u202e", "\n", "ä" * 300, "-1", "1e999", "NaN", "null", "%00", "../..", "'; DROP TABLE x; --",
    "😀", "{}", "<script>", "9" * 30, "0001-01-01", "9999-12-31", "2026-02-30", "true", "\ud800",
)  # fmt: skip
#: texts that mean something here
KNOWN = ("kuhmo", "forest", "name", "plot", "area_m2", "size", "2027", "2026-10-12", "https://example.org/x")


class Maker:
    """Makes requests out of the description by chance: what fits it, and in one place of eight rubbish."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def text(self) -> str:
        """This will make a text, nasty or known."""
        return self.chance.choice(NASTY if self.chance.random() < 0.5 else KNOWN)

    def rubbish(self, depth: int = 0) -> Any:
        """This will make any JSON value."""
        simple = (None, True, -1, 0, 10**30, 2**53, 0.5, -1e300, self.text())
        if depth < 3 and self.chance.random() < 0.3:
            inner = [self.rubbish(depth + 1) for _ in range(self.chance.randrange(3))]
            return self.chance.choice([inner, {self.text(): one for one in inner}])
        return self.chance.choice(simple)

    def fitting(self, schema: dict[str, Any]) -> Any:
        """This will make a value that a schema describes, or nearly."""
        while "$ref" in schema:
            schema = DESCRIBED["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        if self.chance.random() < 0.12:
            return self.rubbish()
        if several := schema.get("anyOf") or schema.get("oneOf"):
            return self.fitting(self.chance.choice(several))
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        return self._of_type(schema)

    def _of_type(self, schema: dict[str, Any]) -> Any:
        kind = schema.get("type")
        kind = self.chance.choice(kind) if isinstance(kind, list) else kind
        if kind == "object":
            return self.members(schema)
        if kind == "array":
            return [self.fitting(schema.get("items", {})) for _ in range(self.chance.randrange(3))]
        if kind == "integer":
            return self.chance.choice([-5, 0, 1, 2, 50, 5000])
        if kind == "number":
            return self.chance.choice([-10.5, 0, 1.25, 1e7])
        simple = {"boolean": self.chance.random() < 0.5, "string": self.text(), "null": None}
        return simple[str(kind)] if kind in simple else self.rubbish()

    def members(self, schema: dict[str, Any]) -> dict[str, Any]:
        """This will make an object: what is required, some of the rest, sometimes what nobody knows."""
        known = schema.get("properties", {})
        chosen = set(self.chance.sample(sorted(known), min(len(known), self.chance.randrange(6))))
        if self.chance.random() < 0.9:
            chosen |= set(schema.get("required", []))
        found = {name: self.fitting(known[name]) for name in sorted(chosen)}
        more = schema.get("additionalProperties")
        if not known or self.chance.random() < 0.1:
            found[self.text()] = self.fitting(more) if isinstance(more, dict) else self.rubbish()
        return found

    def address(self, path: str, operation: dict[str, Any], code: str) -> str:
        """This will fill in an address with its parts and parameters."""
        for one in operation["parameters"]:
            if one["in"] == "path":
                good = {"code": code, "municipality": "kuhmo"}.get(one["name"], "1")
                value = good if self.chance.random() < 0.7 else self.text() or str(2**70)
                path = path.replace("{" + one["name"] + "}", _quoted(value))
        asked = [one for one in operation["parameters"] if one["in"] == "query"]
        chosen = self.chance.sample(asked, min(len(asked), self.chance.randrange(4)))
        query = [f"{one['name']}={_quoted(self.fitting(one['schema']))}" for one in chosen]
        if self.chance.random() < 0.1:
            query.append(f"{_quoted(self.text())}=1")
        return path + ("?" + "&".join(query) if query else "")

    def send(self, method: str, address: str, operation: dict[str, Any], key: str) -> Any:
        """This will send a request with a body as described, or rubbish instead of one."""
        headers = {"Authorization": f"Bearer {key}", "If-Match": self.chance.choice(["*", '"1"', "x", ""])}
        if method == "POST" and self.chance.random() < 0.5:
            headers["Idempotency-Key"] = self.chance.choice(["a", "b", "ä", "x" * 300])
        content = operation.get("requestBody", {}).get("content", {})
        if "multipart/form-data" in content:
            fields = self.fitting(content["multipart/form-data"]["schema"])
            fields = fields if isinstance(fields, dict) else {}
            form = {
                name: str(value) for name, value in fields.items() if name != "file" and name.isidentifier()
            }
            return Client().post(address, _encodable({**form, "file": self.file()}), headers=headers)
        body = b""
        if "application/json" in content:
            value = self.fitting(content["application/json"]["schema"])
            body = json.dumps(value).encode() if self.chance.random() < 0.9 else self.chance.randbytes(12)
        return Client().generic(method, address, body, "application/json", headers=headers)

    def file(self) -> SimpleUploadedFile:
        """This will make a file that is none, or a small right one."""
        name = self.chance.choice(["a.csv", "a.xlsx", "a.geojson", "a"])
        right = b"Nimi;Pinta-ala\nTontti;12\n"
        return SimpleUploadedFile(name, right if self.chance.random() < 0.4 else self.chance.randbytes(40))


def _quoted(value: Any) -> str:
    return quote(str(value), safe="", errors="replace")


def _encodable(form: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.encode(errors="replace").decode() if isinstance(value, str) else value
        for name, value in form.items()
    }


def check(response: Any, validator: Any) -> None:
    """Never a break; a refusal is a problem; an answer is as described."""
    assert response.status_code < 500, response.content
    if response.status_code >= 400:
        assert response.headers["Content-Type"] == "application/problem+json", (
            response.status_code,
            response.content,
        )
        found = json.loads(response.content)
        assert found["status"] == response.status_code
        assert found["detail"]
    elif response.status_code in (200, 201) and validator is not None:
        assert [error.message for error in validator.iter_errors(json.loads(response.content))] == []


@pytest.fixture
def world() -> tuple[Caller, str]:
    """The council's key with every scope, and the code of a record."""
    make_region()
    return caller_for(make_person(Role.COORDINATOR), *SCOPES), make_site("kuhmo", state="published").code


@pytest.mark.parametrize(
    ("method", "path", "operation"), OPERATIONS, ids=[f"{one[0]} {one[1]}" for one in OPERATIONS]
)
def test_no_request_breaks_an_operation(
    world: tuple[Caller, str], method: str, path: str, operation: dict[str, Any]
) -> None:
    caller, code = world
    described = operation["responses"].get("200", operation["responses"].get("201", {}))
    schema = described.get("content", {}).get("application/json", {}).get("schema")
    validator = Draft202012Validator({**schema, "components": DESCRIBED["components"]}) if schema else None

    @settings(max_examples=CASES, deadline=None, database=None, derandomize=True)
    @given(st.integers(0, 2**32))
    def tried(seed: int) -> None:
        cache.clear()
        maker = Maker(seed)
        address = maker.address(path, operation, code)
        check(maker.send(method, address, operation, caller.token), validator)

    tried()
