"""A delivery as a PDF: the front and the records of an offer package, tagged like every document of ours."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.common import pdf
from vetovoima.reference.queries import region
from vetovoima.syndication.packages.paper import TEMPLATE, cited, sources_in
from vetovoima.syndication.papers import look_of, written_day
from vetovoima.syndication.papers.brief import brief_sheet, summary_line
from vetovoima.syndication.papers.sheets import contact_lines


def delivery_pdf(document: dict[str, Any]) -> bytes:
    """This will set a delivery's document. Raises CannotRender."""
    language = document["language"]
    look = look_of(region(), language)
    with override(language):
        said = {"reference": document["reference"], "date": written_day(document["made_at"])}
        return pdf.render(
            TEMPLATE,
            _front(document),
            title=document["title"],
            language=language,
            author=_sender(document),
            look=look,
            dated=_("Delivery %(reference)s, %(date)s") % said,
            moment=datetime.fromisoformat(document["made_at"]),
            example=_("EXAMPLE") if document["is_example"] else "",
            sources=sources_in(document),
        )


def _sender(document: dict[str, Any]) -> str:
    return ", ".join(filter(None, (document["from"]["municipality"], document["from"]["name"])))


def _front(document: dict[str, Any]) -> dict[str, Any]:
    nothing = {"text": "", "language": document["language"]}
    return {
        "eyebrow": _("From %(sender)s to %(receiver)s")
        % {"sender": _sender(document), "receiver": document["to"]["name"]},
        "title": {"text": document["title"], "language": document["language"]},
        "below": _("Licence: %(licence)s. Version mark: %(mark)s.")
        % {"licence": document["licence"], "mark": document["version"]},
        "example": _("This delivery holds made-up examples. They are not for sale and are counted in no figure.")
        if document["is_example"]
        else "",
        "draft": "",
        "argument": {"text": document["message"], "language": document["language"]},
        "numbers": [
            {"label": one["label"], "value": one["value"], "unit": "", "is_known": True, "note": cited(one)}
            for one in document["numbers"]
        ],
        "records": [summary_line(one) for one in document["records"]],
        "visit": nothing,
        "visit_facts": "",
        "contact": contact_lines(document["from"]["contact"]),
        # The addresses are whole already, so that nothing is put before them.
        "sheets": [brief_sheet(one, "") for one in document["records"]],
        "words": {
            "why": _("What this is"), "numbers": _("In numbers"), "records": _("What is offered"), "visit": "",
            "contact": _("Contact"), "name": _("Record"), "kind": _("Kind"), "size": _("Key figures"), "state": _("Readiness"),
        },
    }  # fmt: skip
