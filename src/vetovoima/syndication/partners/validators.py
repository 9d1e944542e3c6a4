"""Checks of partner channels and of what is put into a delivery: published records, facts of the bank, public people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import SiteKind
from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.models import Municipality
from vetovoima.syndication.models import PublishedDocument

from . import queries
from .enums import ChannelKind, FeePeriod
from .models import PartnerChannel, PartnerDelivery

MOST_RECORDS = 40
MOST_FACTS = 12
LONGEST = {"name": 160, "purpose": 2000, "rules": 2000}
LONGEST_NOTE = 4000
LONGEST_ANSWER_DAYS, LONGEST_TALK_MONTHS = 365, 36
LARGEST_FEE = Decimal("9999999999")
#: parts of the desk's addresses, which no channel may be called
TAKEN_KEYS = frozenset({"new", "deliveries"})
Errors = dict[str, list[ValidationError]]
_web_address = URLValidator(schemes=["https", "http"])


def check_address(text: str) -> list[ValidationError]:
    """An address on the web that is none; empty is nothing wrong."""
    if not text:
        return []
    try:
        if len(text) > 500:
            raise ValidationError("")
        _web_address(text)
    except ValidationError:
        said = _("Give a web address, for example https://www.example.org/plan.")
        return [ValidationError(said, code="address")]
    return []


def check_line(text: str, longest: int) -> list[ValidationError]:
    """A line that is too long, or that holds line breaks and signs that nobody sees: it stands in heads of mails."""
    if len(text) > longest:
        said = _("The text is too long: at most %(limit)s characters.")
        return [ValidationError(said, code="too_long", params={"limit": longest})]
    if not text.isprintable():
        return [ValidationError(_("Write it on one line."), code="line")]
    return []


def check_note(text: str) -> list[ValidationError]:
    """A text of several lines that is too long."""
    if len(text) <= LONGEST_NOTE:
        return []
    said = _("The text is too long: at most %(limit)s characters.")
    return [ValidationError(said, code="too_long", params={"limit": LONGEST_NOTE})]


def channel_errors(channel: PartnerChannel) -> Errors:
    """Everything wrong with a channel, by field."""
    found: Errors = {name: _text_errors(getattr(channel, name), limit) for name, limit in LONGEST.items()}
    if not channel.name:
        found["name"] = [
            ValidationError(_("Give the channel a name in at least one language."), code="required")
        ]
    found |= {
        "kind": _choice_errors(channel.kind, ChannelKind.values),
        "website": check_address(channel.website),
        "email": _email_errors(channel.email),
        "kinds": _list_errors(channel.kinds, SiteKind.values),
        "languages": _list_errors(channel.languages, LANGUAGES),
        "note": check_note(channel.note),
        **_fee_errors(channel),
        **_plan_errors(channel),
    }
    if channel.active_from and channel.active_until and channel.active_until < channel.active_from:
        found["active_until"] = [ValidationError(_("It ends before it begins."), code="order")]
    return {name: errors for name, errors in found.items() if errors}


def _text_errors(texts: Mapping[str, str], limit: int) -> list[ValidationError]:
    if all(len(text) <= limit for text in texts.values()):
        return []
    said = _("The text is too long: at most %(limit)s characters.")
    return [ValidationError(said, code="too_long", params={"limit": limit})]


def _choice_errors(value: str, known: Iterable[str]) -> list[ValidationError]:
    return [] if value in known else [ValidationError(_("Choose one of the list."), code="choice")]


def _list_errors(values: list[str], known: Iterable[str]) -> list[ValidationError]:
    return [ValidationError(_("Choose from the list."), code="choice")] if set(values) - set(known) else []


def _email_errors(text: str) -> list[ValidationError]:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        return [ValidationError(_("Give an e-mail address, for example name@example.org."), code="email")]
    return []


def _fee_errors(channel: PartnerChannel) -> Errors:
    if channel.fee is None:
        return {"fee_currency": [], "fee_period": []}
    currency, period = channel.fee_currency, channel.fee_period
    is_code = len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()
    wrong_fee = not 0 <= channel.fee <= LARGEST_FEE
    return {
        "fee": [ValidationError(_("Give a fee of nothing or more."), code="fee")] if wrong_fee else [],
        "fee_currency": [] if is_code else [ValidationError(_("Give the currency in three letters, for example EUR."), code="currency")],
        "fee_period": _choice_errors(period, FeePeriod.values),
    }  # fmt: skip


def _plan_errors(channel: PartnerChannel) -> Errors:
    found: Errors = {}
    if not 1 <= channel.answer_days <= LONGEST_ANSWER_DAYS:
        found["answer_days"] = [ValidationError(_("Give 1 to 365 days."), code="days")]
    if channel.talk_months is not None and not 1 <= channel.talk_months <= LONGEST_TALK_MONTHS:
        found["talk_months"] = [ValidationError(_("Give 1 to 36 months."), code="months")]
    return found


def check_records(
    delivery: PartnerDelivery, codes: list[str], municipality: Municipality | None
) -> list[ValidationError]:
    """Records that may not be in a delivery: not public, not of the municipality, of a kind that the channel does not
    take, or made-up examples for a real channel."""
    if len(codes) > MOST_RECORDS:
        said = _("A delivery holds at most %(limit)s records. Make two of them.")
        return [ValidationError(said, code="too_many", params={"limit": MOST_RECORDS})]
    found = {one.code: one for one in queries.public_rows(codes)}
    return [
        error for code in codes for error in _record_errors(delivery, code, found.get(code), municipality)
    ]


def _record_errors(
    delivery: PartnerDelivery, code: str, row: PublishedDocument | None, municipality: Municipality | None
) -> list[ValidationError]:
    channel = delivery.channel
    if row is None:
        said = _("%(code)s is not a published record. Only what is published can be given to others.")
    elif municipality is not None and row.municipality_slug != municipality.slug:
        said = _("%(code)s is a record of another municipality. The council prepares what holds several.")
    elif channel.kinds and row.kind not in channel.kinds:
        said = _("%(code)s is of a kind that the channel does not take.")
    elif row.is_example and not channel.is_example:
        said = _("%(code)s is a made-up example. It can be given to an example channel alone.")
    else:
        return []
    return [ValidationError(said, code="not_given", params={"code": code[:60]})]


def check_facts(
    codes: list[str], municipality: Municipality | None, kept: Iterable[str]
) -> list[ValidationError]:
    """Numbers that the fact bank does not have."""
    if len(codes) > MOST_FACTS:
        said = _("A delivery shows at most %(limit)s numbers. Choose those that matter.")
        return [ValidationError(said, code="too_many", params={"limit": MOST_FACTS})]
    known = set(queries.offered_facts(municipality).filter(code__in=codes).values_list("code", flat=True))
    said = _("The fact bank has no usable fact %(code)s. Choose another.")
    wrong = [code for code in codes if code not in known | set(kept)]
    return [ValidationError(said, code="no_fact", params={"code": code[:60]}) for code in wrong]


def check_contact(delivery: PartnerDelivery, municipality: Municipality | None) -> list[ValidationError]:
    """Somebody whose details are not public, or who stands for others."""
    person = delivery.contact
    if person is None:
        return []
    if not queries.offered_contacts(municipality).filter(pk=person.pk).exists():
        return [ValidationError(_("Choose a contact person of the list."), code="no_contact")]
    if person.is_example and not delivery.channel.is_example:
        said = _("This person is a made-up example, who can answer for an example channel alone.")
        return [ValidationError(said, code="no_contact")]
    return []
