"""Storing `partners.csv` of a data pack: the channels that the region's strategy names.

A fee, an address or a rhythm that no source states stays empty: the register shows it as not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from vetovoima.accounts.models import Organisation
from vetovoima.catalogue.enums import SiteKind
from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.loading import LoadReport, merge_row
from vetovoima.reference.pack import Pack, Row

from .enums import ChannelKind, FeePeriod
from .models import PartnerChannel
from .validators import TAKEN_KEYS, channel_errors

PARTNERS = "partners.csv"
COLUMNS = ("key", "kind", "name_en", "purpose_en", "organisation", "source")


def load_partners(
    pack: Pack,
    report: LoadReport,
    organisations: Mapping[str, Organisation],
    *,
    file: str = PARTNERS,
    is_example: bool = False,
) -> None:
    """This will store the channels of a pack; raises BrokenPack with the place of everything that is wrong."""
    rows = pack.table(file, COLUMNS, key=("key",))
    parsed = [(row.text("key"), _channel(row, organisations, is_example)) for row in rows]
    pack.check()
    for key, values in parsed:
        merge_row(PartnerChannel, report, kind="partner", code=key, key={"key": key}, values=values)


def _channel(row: Row, organisations: Mapping[str, Organisation], is_example: bool) -> dict[str, Any]:
    if row.text("key") in TAKEN_KEYS:
        row.refuse("key", "is an address of the desk")
    fee = row.number_or_none("fee")
    values = {
        "kind": row.choice("kind", ChannelKind.values),
        "name": row.translated("name", required=True),
        "purpose": row.translated("purpose"),
        "organisation": organisations.get(row.known("organisation", organisations)),
        "website": row.text("website"),
        "email": row.text("email"),
        "fee": None if fee is None else Decimal(str(fee)).quantize(Decimal("0.01")),
        "fee_currency": row.text("fee_currency"),
        "fee_period": row.choice("fee_period", FeePeriod.values),
        "kinds": [one for one in row.items("kinds") if _is_known(row, "kinds", one, SiteKind.values)],
        "rules": row.translated("rules"),
        "languages": [one for one in row.items("languages") if _is_known(row, "languages", one, LANGUAGES)],
        "active_from": row.day_or_none("active_from"),
        "active_until": row.day_or_none("active_until"),
        "talk_months": row.whole_or_none("talk_months"),
        "source": row.source(),
        "is_example": is_example,
    }
    if not row.text("source"):
        row.refuse("source", "is empty")
    for name, errors in channel_errors(PartnerChannel(**values)).items():
        row.refuse(name, " ".join(message for error in errors for message in error.messages))
    return values


def _is_known(row: Row, column: str, value: str, known: Any) -> bool:
    if value not in known:
        row.refuse(column, f"{value!r} is not known")
    return value in known
