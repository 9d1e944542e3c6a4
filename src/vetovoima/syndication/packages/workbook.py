"""An offer package as a workbook: the package itself, its records, and every known fact with its source."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from vetovoima.syndication.papers.tables import new_workbook

NUMBER_COLUMNS = (
    gettext_lazy("Code"),
    gettext_lazy("Fact"),
    gettext_lazy("Value"),
    gettext_lazy("As of"),
    gettext_lazy("Source"),
)


def package_workbook(document: dict[str, Any]) -> bytes:
    """This will write a package's document as a workbook. Words stay words: nothing becomes a formula or a link."""
    file = io.BytesIO()
    with override(document["language"]), new_workbook(file) as sheets:
        sheets.add(_("Package"), (_("Part"), _("Content")), (24, 90), _package_rows(document))
        sheets.add_records(document["records"])
        sheets.add(_("Numbers"), NUMBER_COLUMNS, (24, 36, 24, 12, 50), number_rows(document))
    return file.getvalue()


def _package_rows(document: dict[str, Any]) -> list[tuple[str, Any]]:
    contact = document["contact"] or {}
    return [
        (_("Title"), document["title"]["text"]),
        (_("Code"), document["code"]),
        (_("State"), document["state"]["label"]),
        (_("Example"), _("EXAMPLE") if document["is_example"] else _("no")),
        (_("Municipality"), document["municipality"]["name"]),
        (_("Sector"), document["target"]["sector"]),
        (_("Investors"), document["target"]["segment"]),
        (_("Why here"), document["argument"]["text"]),
        (_("Visit idea"), document["visit"]["idea"]["text"]),
        (_("Length of the visit"), document["visit"]["length"]),
        (_("Host of the visit"), document["visit"]["host"]),
        (_("Contact"), ", ".join(filter(None, (contact.get(part, "") for part in ("name", "title", "organisation"))))),
        (_("Phone"), contact.get("phone", "")),
        (_("E-mail"), contact.get("email", "")),
        (_("Valid until"), document["valid_until"]),
        (_("Updated"), document["updated_at"]),
        (_("Licence"), document["licence"]),
    ]  # fmt: skip


def number_rows(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    """A line for each number of the fact bank, with its source."""
    return [
        (one["code"], one["label"], one["value"], one["as_of"], one["source"]) for one in document["numbers"]
    ]
