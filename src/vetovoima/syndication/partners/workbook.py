"""A delivery as a workbook: the envelope, its records, and every known fact with its source."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.syndication.packages.workbook import NUMBER_COLUMNS, number_rows
from vetovoima.syndication.papers.sheets import contact_lines
from vetovoima.syndication.papers.tables import new_workbook

ADDRESS_WIDTHS = (16, 40, 10, 70)


def delivery_workbook(document: dict[str, Any]) -> bytes:
    """This will write a delivery's document as a workbook. Words stay words: nothing becomes a formula or a link."""
    file = io.BytesIO()
    with override(document["language"]):
        about = {
            "title": document["title"],
            "author": document["from"]["name"],
            "comments": document["licence"],
        }
        with new_workbook(file, about) as sheets:
            sheets.add(_("Delivery"), (_("Part"), _("Content")), (24, 90), _envelope_rows(document))
            sheets.add_records(document["records"])
            sheets.add(
                _("Addresses"),
                (_("Code"), _("Name"), _("Version"), _("Page")),
                ADDRESS_WIDTHS,
                _address_rows(document),
            )
            sheets.add(_("Numbers"), NUMBER_COLUMNS, (24, 36, 24, 12, 50), number_rows(document))
    return file.getvalue()  # fmt: skip


def _envelope_rows(document: dict[str, Any]) -> list[tuple[str, Any]]:
    sender = document["from"]
    return [
        (_("Title"), document["title"]),
        (_("Reference"), document["reference"]),
        (_("Example"), _("EXAMPLE") if document["is_example"] else _("no")),
        (_("From"), ", ".join(filter(None, (sender["municipality"], sender["name"])))),
        (_("Page"), sender["url"]),
        (_("To"), document["to"]["name"]),
        (_("Message"), document["message"]),
        (_("Contact"), ", ".join(contact_lines(sender["contact"]))),
        (_("Made"), document["made_at"]),
        (_("Version mark"), document["version"]),
        (_("Licence"), " ".join(filter(None, (document["licence"], document["licence_url"])))),
    ]


def _address_rows(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(one["code"], one["name"]["text"], one["version"], one["url"]) for one in document["records"]]
