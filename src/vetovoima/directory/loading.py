"""Storing the contacts of a data pack."""

from __future__ import annotations

from collections.abc import Mapping

from vetovoima.accounts.models import Organisation
from vetovoima.reference.loading import LoadReport, merge_row
from vetovoima.reference.pack import Pack

from .models import Contact


def load_contacts(
    pack: Pack, report: LoadReport, organisations: Mapping[str, Organisation], *, file: str, is_example: bool
) -> dict[str, Contact]:
    """This will store a table of contacts; returns them by key."""
    rows = pack.table(file, ("key", "name", "organisation"), key=("key",))
    parsed = []
    for row in rows:
        slug = row.known("organisation", organisations, required=True)
        values = {
            "name": row.text("name", required=True),
            "title": row.translated("title"),
            "organisation": organisations.get(slug),
            "email": row.text("email"),
            "phone": row.text("phone"),
            "languages": row.items("languages"),
            "is_example": is_example,
        }
        parsed.append((row.text("key"), values))
    pack.check()
    return {
        key: merge_row(Contact, report, kind="contact", code=key, key={"key": key}, values=values)
        for key, values in parsed
    }
