"""A municipality's own contact log as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from vetovoima.cooperation.models import CompanyContact

#: a cell that begins so would be taken as a formula by a spreadsheet
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _head() -> list[str]:
    return [
        _("Day"), _("Company"), _("Business ID"), _("Kind"), _("Who of us"), _("Subject"), _("Notes"), _("Outcome"),
        _("Follow-up on"), _("Follow-up by"), _("Followed up on"), _("Shared summary"), _("Shared on"), _("Example"),
    ]  # fmt: skip


def _row(contact: CompanyContact) -> list[object]:
    return [
        contact.happened_on, contact.company_name, contact.business_id, contact.get_kind_display(), contact.our_people,
        contact.subject, contact.notes, contact.outcome, contact.follow_up_on, contact.follow_up_by,
        contact.followed_up_on, contact.shared_summary if contact.shared_on else "", contact.shared_on,
        _("yes") if contact.is_example else "",
    ]  # fmt: skip


def contacts_csv(contacts: Iterable[CompanyContact]) -> str:
    """This will write contacts as CSV with semicolons, which spreadsheets of our languages open by themselves."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_head())
    for contact in contacts:
        writer.writerow([_cell(value) for value in _row(contact)])
    return out.getvalue()
