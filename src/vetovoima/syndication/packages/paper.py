"""An offer package as a PDF."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.common import pdf
from vetovoima.reference.queries import region
from vetovoima.syndication.papers import look_of, written_day
from vetovoima.syndication.papers.brief import brief_sheet, summary_line
from vetovoima.syndication.papers.public import source_line
from vetovoima.syndication.papers.sheets import contact_lines

TEMPLATE = "syndication/packages/package.typ"


def package_pdf(document: dict[str, Any], base: str) -> bytes:
    """This will set a package's document; `base` is the portal's address, for links. Raises CannotRender."""
    language = document["language"]
    look = look_of(region(), language)
    with override(language):
        said = {"date": written_day(document["updated_at"]), "code": document["code"]}
        return pdf.render(
            TEMPLATE,
            _front(document, base),
            title=document["title"]["text"],
            language=language,
            author=f"{document['municipality']['name']}, {look.name}",
            look=look,
            dated=_("Package %(code)s, %(date)s") % said,
            moment=datetime.fromisoformat(document["updated_at"]),
            example=_("EXAMPLE") if document["is_example"] else "",
            sources=sources_in(document),
        )


def _front(document: dict[str, Any], base: str) -> dict[str, Any]:
    return {
        "eyebrow": _eyebrow(document),
        "title": document["title"],
        "below": _validity(document),
        "example": _("This package holds made-up examples. They are not for sale and are counted in no figure.")
        if document["is_example"]
        else "",
        "draft": _("Draft: not ready to be shown.") if document["state"]["value"] != "ready" else "",
        "argument": document["argument"],
        "numbers": [
            {"label": one["label"], "value": one["value"], "unit": "", "is_known": True, "note": cited(one)}
            for one in document["numbers"]
        ],
        "records": [summary_line(one) for one in document["records"]],
        "visit": document["visit"]["idea"],
        "visit_facts": _visit_facts(document["visit"]),
        "contact": contact_lines(document["contact"]),
        "sheets": [brief_sheet(one, base) for one in document["records"]],
        "words": {
            "why": _("Why here"), "numbers": _("In numbers"), "records": _("What is offered"), "visit": _("Come and see"),
            "contact": _("Contact"), "name": _("Record"), "kind": _("Kind"), "size": _("Key figures"), "state": _("Readiness"),
        },
    }  # fmt: skip


def _eyebrow(document: dict[str, Any]) -> str:
    target = document["target"]
    return " · ".join(filter(None, (document["municipality"]["name"], target["sector"], target["segment"])))


def _validity(document: dict[str, Any]) -> str:
    on = {"date": written_day(document["valid_until"])}
    if document["is_expired"]:
        return _("Was valid until %(date)s: ask whether it still holds") % on
    return _("Valid until %(date)s") % on if document["valid_until"] else ""


def cited(number: dict[str, str]) -> str:
    """This will say where a number is from and of when."""
    return ", ".join(filter(None, (number["source"], written_day(number["as_of"]))))


def _visit_facts(visit: dict[str, Any]) -> str:
    host = _("Host: %(host)s") % {"host": visit["host"]} if visit["host"] else ""
    return " · ".join(filter(None, (visit["length"], host)))


def sources_in(document: dict[str, Any]) -> list[str]:
    """This will list every source of a document's numbers and records once."""
    told = [
        {"title": one["source"], "dated": one["as_of"], "url": one["source_url"]}
        for one in document["numbers"]
    ]
    told += [one for record in document["records"] for one in record["sources"]]
    return list(dict.fromkeys(filter(None, map(source_line, told))))
