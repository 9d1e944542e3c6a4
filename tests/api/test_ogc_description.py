"""What the doors say of themselves: OpenAPI 3.0 that fits its answers, and the documentation's examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client

from tests.api.test_examples import EXAMPLE, run
from tests.factories import make_region
from tests.factories.sites import make_site
from vetovoima.api.ogc.asking import ITEMS, ONE
from vetovoima.api.ogc.collections import COLLECTIONS

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[2] / "docs/api/ogc.md"
#: what OpenAPI 3.0.3 asks of a description, as far as this one goes (sections 4.7.1, 4.7.8 to 4.7.17)
DESCRIPTION: dict[str, Any] = {
    "type": "object", "required": ["openapi", "info", "paths"],
    "properties": {
        "openapi": {"pattern": r"^3\.0\.\d$"},
        "info": {"required": ["title", "version"], "properties": {"license": {"required": ["name"]}}},
        "servers": {"type": "array", "items": {"required": ["url"]}},
        "paths": {
            "patternProperties": {"^/": {"properties": {"get": {"$ref": "#/$defs/operation"}}, "additionalProperties": False}},
            "additionalProperties": False,
        },
        "components": {
            "properties": {
                "schemas": {"additionalProperties": {"type": "object"}},
                "parameters": {"additionalProperties": {"$ref": "#/$defs/parameter"}},
                "responses": {"additionalProperties": {"$ref": "#/$defs/response"}},
            }
        },
    },
    "$defs": {
        "reference": {"type": "object", "required": ["$ref"], "additionalProperties": False, "properties": {"$ref": {"pattern": "^#/components/"}}},
        "operation": {
            "required": ["operationId", "responses"],
            "properties": {
                "parameters": {"type": "array", "uniqueItems": True, "items": {"anyOf": [{"$ref": "#/$defs/reference"}, {"$ref": "#/$defs/parameter"}]}},
                "responses": {"minProperties": 1, "additionalProperties": {"anyOf": [{"$ref": "#/$defs/reference"}, {"$ref": "#/$defs/response"}]}},
            },
        },
        "parameter": {
            "type": "object", "required": ["name", "in", "schema"],
            "properties": {"in": {"enum": ["query", "path", "header", "cookie"]}, "style": {"enum": ["form", "simple"]}},
            "if": {"properties": {"in": {"const": "path"}}}, "then": {"required": ["required"], "properties": {"required": {"const": True}}},
        },
        "response": {"type": "object", "required": ["description"]},
    },
}  # fmt: skip


def described() -> dict[str, Any]:
    make_region()
    found: dict[str, Any] = json.loads(Client().get("/ogc/api").content)
    return found


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for one in node:
            yield from references(one)


def resolved(whole: Any, node: Any) -> Any:
    """A schema with what it refers to in its place."""
    if isinstance(node, list):
        return [resolved(whole, one) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        _hash, _components, kind, name = node["$ref"].split("/")
        return resolved(whole, whole["components"][kind][name])
    return {name: resolved(whole, value) for name, value in node.items()}


def test_the_description_is_openapi() -> None:
    whole = described()
    jsonschema.Draft202012Validator.check_schema(DESCRIPTION)
    jsonschema.validate(whole, DESCRIPTION)
    for reference in references(whole):
        _hash, _components, kind, name = reference.split("/")
        assert name in whole["components"][kind], reference
    for schema in whole["components"]["schemas"].values():
        jsonschema.Draft4Validator.check_schema(resolved(whole, schema))
    names = [one["get"]["operationId"] for one in whole["paths"].values()]
    assert len(names) == len(set(names)) == 4 + 3 * len(COLLECTIONS)
    for path, one in whole["paths"].items():
        shown = [resolved(whole, each) for each in one["get"]["parameters"]]
        in_path = [each["name"] for each in shown if each["in"] == "path"]
        assert in_path == re.findall(r"{(\w+)}", path)
        for each in shown:
            jsonschema.Draft4Validator.check_schema(each["schema"])


def test_every_address_answers_as_it_is_described() -> None:
    code = make_site(state="published").code
    whole = described()
    features = {"sites": code, "municipalities": "kuhmo"}
    for path, one in whole["paths"].items():
        collection = path.removeprefix("/ogc/collections/").split("/")[0]
        if "{featureId}" in path and collection not in features:
            continue
        response = Client().get(path.replace("{featureId}", features.get(collection, "")))
        assert response.status_code == 200, path
        promised = one["get"]["responses"]["200"]["content"]
        media = response.headers["Content-Type"]
        schema = resolved(whole, promised[media]["schema"])
        jsonschema.Draft4Validator(schema).validate(json.loads(response.content))
    problem = resolved(whole, whole["components"]["responses"]["Problem"])["content"][
        "application/problem+json"
    ]["schema"]
    jsonschema.Draft4Validator(problem).validate(json.loads(Client().get("/ogc/?foo=1").content))


def test_what_is_described_is_what_is_read() -> None:
    whole = described()
    for one in COLLECTIONS.values():
        for path, known in (("items", {*ITEMS, *one.filters}), ("items/{featureId}", {*ONE, "featureId"})):
            asked = whole["paths"][f"/ogc/collections/{one.id}/{path}"]["get"]["parameters"]
            assert {resolved(whole, each)["name"] for each in asked} == known


def test_every_example_of_the_documentation_answers_as_it_says() -> None:
    make_region()
    examples = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(examples) == 4
    for request, promised in examples:
        status, _answer = run(request, {})
        assert status == int(promised), request


def test_the_documentation_names_every_parameter() -> None:
    page = PAGE.read_text(encoding="utf-8")
    known = {*ITEMS, *(name for one in COLLECTIONS.values() for name in one.filters)}
    assert [name for name in sorted(known) if f"`{name}`" not in page and f"`{name}=" not in page] == []
