"""The JSON Schema of a delivery: what whoever receives one can rely on."""

from __future__ import annotations

from typing import Any

from vetovoima.common.fields import LANGUAGES
from vetovoima.syndication.documents import SCHEMA as RECORD_SCHEMA

from .documents import SCHEMA

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: dict[str, Any] = {"type": "string"}
ADDRESS: dict[str, Any] = {"type": "string", "format": "uri"}
LANGUAGE: dict[str, Any] = {"enum": list(LANGUAGES)}
#: a text and the language it is in: the asked one may not have been written
SAID: dict[str, Any] = {
    "type": "object", "required": ["text", "language"], "properties": {"text": TEXT, "language": TEXT},
}  # fmt: skip


def _object(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """An object that has these members, and may have more in a later version."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties}


def delivery_schema() -> dict[str, Any]:
    """This will return the schema (2020-12). Members are added freely; a change of one comes with a new `schema` name."""
    return {
        "$schema": DRAFT,
        "$id": "vetovoima.delivery.schema.json",
        "title": "A delivery of published investment records to a partner",
        "description": "An envelope (who, to whom, when, under which licence, in which version) and whole public records.",
        "$defs": {"said": SAID, "contact": _contact(), "number": _number(), "record": _record()},
        **_object(
            {
                "schema": {"const": SCHEMA},
                "schema_url": ADDRESS,
                "reference": {**TEXT, "description": "Name it in every answer: the receipt is kept under it."},
                "made_at": {"type": "string", "format": "date-time"},
                "language": LANGUAGE,
                "version": {
                    "type": "string", "pattern": "^([0-9a-f]{12}|empty)$",
                    "description": "The mark of the records with their versions: equal marks, equal content.",
                },
                "licence": TEXT,
                "licence_url": {"anyOf": [ADDRESS, {"const": ""}]},
                "is_example": {"type": "boolean", "description": "True: made-up records. Show them to nobody."},
                "from": _object(
                    {
                        "name": TEXT, "url": ADDRESS, "municipality": TEXT,
                        "contact": {"anyOf": [{"$ref": "#/$defs/contact"}, {"type": "null"}]},
                    }
                ),
                "to": _object({"key": TEXT, "name": TEXT}),
                "title": TEXT,
                "message": TEXT,
                "numbers": {"type": "array", "items": {"$ref": "#/$defs/number"}},
                "records": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/record"}},
            }
        ),
    }  # fmt: skip


def _contact() -> dict[str, Any]:
    return _object(
        {
            "name": TEXT, "title": TEXT, "organisation": TEXT, "email": TEXT, "phone": TEXT,
            "languages": {"type": "array", "items": TEXT}, "is_example": {"type": "boolean"},
        }
    )  # fmt: skip


def _number() -> dict[str, Any]:
    names = ("code", "label", "value", "as_of", "source", "source_url")
    return _object(dict.fromkeys(names, TEXT))


def _record() -> dict[str, Any]:
    """What every record has; the whole of it is that of its page, as /api/v1/ gives it."""
    said = {"$ref": "#/$defs/said"}
    named = _object({"value": TEXT, "label": TEXT})
    return _object(
        {
            "schema": {"const": RECORD_SCHEMA},
            "code": {"type": "string", "minLength": 1},
            "version": {"type": "integer", "minimum": 1},
            "language": LANGUAGE,
            "url": ADDRESS,
            "published_at": {"type": "string", "format": "date-time"},
            "updated_at": {"type": "string", "format": "date-time"},
            "licence": TEXT,
            "is_example": {"type": "boolean"},
            "kind": named,
            "name": said,
            "summary": said,
            "description": said,
            "municipality": _object({"slug": TEXT, "name": TEXT, "lau_code": TEXT}),
            "availability": named,
            "place": {"type": "object"},
            "key_facts": {"type": "array", "items": {"type": "object"}},
            "groups": {"type": "array", "items": {"type": "object"}},
            "photos": {"type": "array", "items": {"type": "object"}},
            "files": {"type": "array", "items": {"type": "object"}},
            "contact": {"type": ["object", "null"]},
            "sources": {"type": "array", "items": {"type": "object"}},
        }
    )
