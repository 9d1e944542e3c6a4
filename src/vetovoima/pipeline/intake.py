"""The public door: what a person sends becomes one enquiry with a reference and a promised time.

This is all of the pipeline that the public side reaches. It lets nothing out but a receipt.
"""

from __future__ import annotations

import hashlib
import json
import math
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.queries import published_site
from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.queries import municipality, region, sector

from . import validators
from .enums import Channel, EnquiryState, NoteKind, Segment, SpamReason, Timing
from .models import Enquiry, EnquiryNote, ReferenceCounter
from .queries import answer_deadline, region_calendar
from .registry import (
    FASTEST_PERSON,
    LINK,
    MAX_ADDITIONS,
    MAX_LINKS,
    RATE_PER_EMAIL,
    RATE_PER_NETWORK_ADDRESS,
    RATE_WINDOW,
    REPEAT_WINDOW,
    SPAM_WORDS,
    TOKEN_LIFE,
)
from .services import record_fact

SALT = "vetovoima.pipeline.submission"
LARGEST_AREA_M2 = 1e10
LARGEST_POWER_MW = 1e5
LARGEST_INVESTMENT_EUR = 1e12


@dataclass(frozen=True)
class EnquiryInput:
    """What a person typed, as it came: `message`, `name`, `email` and `company` are needed, the rest is not.

    `sector` and `municipality` are slugs, `site` is a code, `size` says size and timing in the person's own words.
    `trap` is the field that people cannot see; `network_address` is used to count messages and never stored.
    """

    message: str
    name: str
    email: str
    company: str = ""
    language: str = "en"
    role: str = ""
    phone: str = ""
    country: str = ""
    segment: str = ""
    sector: str = ""
    municipality: str = ""
    site: str = ""
    area_m2: Any = None
    power_mw: Any = None
    investment_eur: Any = None
    timing: str = ""
    size: str = ""
    wishes_secrecy: bool = False
    channel: str = Channel.FORM
    trap: str = ""
    network_address: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the person gets at once: the reference, and by when the first answer is promised."""

    reference: str
    due_at: datetime
    is_repeat: bool


@dataclass(frozen=True)
class SubmissionToken:
    """What a form's hidden token says: its key, when it was given out, whether it replaced an expired one."""

    key: str
    issued_at: datetime
    is_renewal: bool


class SubmissionExpired(Exception):
    """The form was open for longer than four hours, or its token is not ours.

    `typed` is what the person wrote and `new_token` a token to show it again with, so that nothing is lost.
    """

    def __init__(self, *, new_token: str, typed: EnquiryInput | None = None) -> None:
        self.new_token = new_token
        self.typed = typed
        super().__init__(
            _("The form was open for a long time. Everything you wrote is still here: send it again.")
        )


def new_submission_token(now: datetime, *, is_renewal: bool = False) -> str:
    """This will make the token of one form: signed, dated, random."""
    content = {"key": secrets.token_urlsafe(18), "at": int(now.timestamp() * 1000), "renewal": is_renewal}
    return signing.Signer(salt=SALT).sign_object(content)


def read_submission_token(token: str, now: datetime) -> SubmissionToken:
    """This will check and read a form's token; raises SubmissionExpired after four hours and for any other text."""
    found = _signed_content(token)
    if found is None or not -FASTEST_PERSON <= now - found.issued_at <= TOKEN_LIFE:
        raise SubmissionExpired(new_token=new_submission_token(now, is_renewal=True))
    return found


def _signed_content(token: str) -> SubmissionToken | None:
    """What a token of ours says, however old it is; None for any other text."""
    try:
        content = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    issued_at = datetime.fromtimestamp(content["at"] / 1000, UTC)
    return SubmissionToken(content["key"], issued_at, bool(content["renewal"]))


def receive_enquiry(input: EnquiryInput, token: str, now: datetime) -> Receipt:
    """This will keep what a person sent as one enquiry, however often it is sent, and return the receipt.

    The same token, or the same content from the same e-mail address within ten minutes, is the same enquiry. What
    looks like spam is held for a person to look at and gets an ordinary receipt. Effects: the enquiry, its fact, and
    through the fact the mails. Raises ValidationError by field of the input, and SubmissionExpired with all that was
    typed; a form sent in time and sent again after hours still gets its receipt.
    """
    known = _signed_content(token)
    earlier = Enquiry.objects.filter(submission_key=known.key).first() if known else None
    if earlier is None:
        try:
            known = read_submission_token(token, now)
        except SubmissionExpired as error:
            raise SubmissionExpired(new_token=error.new_token, typed=input) from None
    assert known is not None
    values = clean_input(input)
    judge = partial(spam_reasons, input, values, known, now)
    enquiry, is_new = store_enquiry(values=values, key=known.key, judge=judge, now=now)
    due_at = enquiry.first_answer_due_at or answer_deadline(enquiry.received_at)
    return Receipt(enquiry.reference, due_at, not is_new)


def clean_input(input: EnquiryInput) -> dict[str, Any]:
    """This will turn what was typed into the enquiry's values; raises ValidationError with every wrong field."""
    errors: dict[str, Any] = {}

    def checked(name: str, check: Callable[[Any], Any]) -> Any:
        try:
            return check(getattr(input, name))
        except ValidationError as error:
            errors[name] = error
            return None

    values: dict[str, Any] = {
        "channel": checked("channel", _choice(Channel)),
        "language": input.language if input.language in LANGUAGES else "en",
        "person_name": checked("name", _needed(validators.one_line, _("Give your name."))),
        "person_role": checked("role", validators.one_line),
        "person_email": checked("email", validators.email_address),
        "person_phone": checked("phone", lambda value: validators.one_line(value, limit=60)),
        "company_name": checked("company", validators.one_line),
        "company_country": checked("country", lambda value: validators.one_line(value, limit=80)),
        "segment": checked("segment", _choice(Segment)),
        "timing": checked("timing", _choice(Timing)),
        "size_note": checked("size", lambda value: validators.one_line(value, limit=300)),
        "sector": checked("sector", _known(sector)),
        "municipality": checked("municipality", _known(municipality)),
        # A code from an old link: the record may have gone since, which the person cannot mend.
        "site": published_site(input.site.strip()) if input.site.strip().isascii() else None,
        "message": checked(
            "message", _needed(validators.several_lines, _("Write what you are looking for."))
        ),
        "area_m2": checked("area_m2", lambda value: validators.quantity(value, largest=LARGEST_AREA_M2)),
        "power_mw": checked("power_mw", lambda value: validators.quantity(value, largest=LARGEST_POWER_MW)),
        "investment_eur": checked("investment_eur", _whole_euros),
        "wishes_secrecy": bool(input.wishes_secrecy),
    }
    if errors:
        raise ValidationError(errors)
    return values


def _needed(check: Callable[[str], str], sentence: Any) -> Callable[[str], str]:
    def checked(value: str) -> str:
        found = check(value)
        if not found:
            raise ValidationError(sentence, code="required")
        return found

    return checked


def _choice(choices: type[models.TextChoices]) -> Callable[[str], str]:
    def checked(value: str) -> str:
        if value and value not in choices.values:
            raise ValidationError(_("Choose one of the list."), code="invalid_choice")
        return str(value)

    return checked


def _known(find: Callable[[str], Any]) -> Callable[[str], Any]:
    def checked(slug: str) -> Any:
        found = find(slug) if slug and slug.isascii() and slug.isprintable() else None
        if slug and found is None:
            raise ValidationError(_("Choose one of the list."), code="invalid_choice")
        return found

    return checked


def _whole_euros(value: Any) -> int | None:
    amount = validators.quantity(value, largest=LARGEST_INVESTMENT_EUR)
    return None if amount is None else math.floor(amount + 0.5)


def spam_reasons(
    input: EnquiryInput, values: Mapping[str, Any], token: SubmissionToken, now: datetime
) -> list[str]:
    """This will say why a message looks like spam; an empty list when it does not. It counts the message."""
    written = "\n".join(str(values[name]) for name in ("message", "size_note", "person_name", "company_name"))
    found = {
        SpamReason.HONEYPOT: bool(input.trap.strip()),
        SpamReason.TOO_FAST: not token.is_renewal and now - token.issued_at < FASTEST_PERSON,
        SpamReason.LINKS: len(LINK.findall(written)) > MAX_LINKS,
        SpamReason.WORDS: bool(SPAM_WORDS.search(written)),
        SpamReason.RATE: _is_above_rate(input.network_address, values["person_email"]),
    }
    return [reason.value for reason, applies in found.items() if applies]


def _is_above_rate(network_address: str, email: str) -> bool:
    """Count a message for its network address and its e-mail address; both are kept only as digests, for an hour."""
    above = False
    for kind, who, most in (
        ("net", network_address, RATE_PER_NETWORK_ADDRESS),
        ("mail", email.lower(), RATE_PER_EMAIL),
    ):
        if not who:
            continue
        key = f"enquiry-rate:{kind}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
        cache.add(key, 0, RATE_WINDOW.total_seconds())
        try:
            above |= cache.incr(key) > most
        except ValueError:
            # It ran out between the two calls: the hour is over, the count begins again.
            cache.set(key, 1, RATE_WINDOW.total_seconds())
    return above


@transaction.atomic
def store_enquiry(
    *,
    values: Mapping[str, Any],
    key: str,
    judge: Callable[[], list[str]],
    now: datetime,
    is_example: bool = False,
) -> tuple[Enquiry, bool]:
    """This will store a checked enquiry, or find the one that it repeats; returns it and whether it is new.

    The counter's row is locked first, so that enquiries pass one by one: no number is left out or given twice, and a
    repeat sees what came before it, on both databases. A repeat by the same form with other words is added as a note.

    `judge` returns the reasons to take it for spam, values of SpamReason. It is asked only of a new enquiry: who clicks
    twenty times has sent one message, and is not held for the rate.
    """
    counter = _locked_counter(now)
    digest = content_digest(values)
    earlier = Enquiry.objects.filter(submission_key=key).first() or _same_content(digest, now, is_example)
    if earlier is not None:
        if digest != earlier.content_digest:
            _add(earlier, values, digest, now)
        return earlier, False
    counter.last += 1
    counter.save(update_fields=["last"])
    reasons = judge()
    is_held = bool(reasons)
    enquiry = Enquiry.objects.create(
        **values,
        reference=f"{counter.prefix}-{counter.year}-{counter.last:04d}",
        state=EnquiryState.HELD if is_held else EnquiryState.NEW,
        is_example=is_example,
        received_at=now,
        submission_key=key,
        content_digest=digest,
        spam_reasons=reasons,
        clock_started_at=None if is_held else now,
        first_answer_due_at=None if is_held else answer_deadline(now),
    )
    record_fact(
        enquiry, "held" if is_held else "received", by=None, now=now,
        changes={"state": [None, enquiry.state]}, data={"reasons": reasons} if is_held else None,
    )  # fmt: skip
    return enquiry, True


def _locked_counter(now: datetime) -> ReferenceCounter:
    """The counter of the region's current year, held until the transaction ends."""
    found = region()
    _country, time_zone = region_calendar()
    counter, _created = ReferenceCounter.objects.select_for_update().get_or_create(
        prefix=found.code_prefix if found else "REG", year=now.astimezone(ZoneInfo(time_zone)).year
    )
    return counter


def _same_content(digest: str, now: datetime, is_example: bool) -> Enquiry | None:
    if is_example:
        return None
    recent = Enquiry.objects.filter(
        content_digest=digest, received_at__gt=now - REPEAT_WINDOW, is_example=False
    )
    return recent.order_by("received_at", "pk").first()


def content_digest(values: Mapping[str, Any]) -> str:
    """This will name what somebody sent: the same person with the same words has the same digest."""
    plain = {
        name: value.pk if isinstance(value, models.Model) else value
        for name, value in values.items()
        if name != "language"
    }
    plain["person_email"] = str(plain["person_email"]).lower()
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()


def _add(enquiry: Enquiry, values: Mapping[str, Any], digest: str, now: datetime) -> None:
    """Keep what was sent again by the same form with other words; a flood of such is bounded."""
    additions = EnquiryNote.objects.filter(enquiry=enquiry, kind=NoteKind.ADDITION)
    if additions.filter(content_digest=digest).exists() or additions.count() >= MAX_ADDITIONS:
        return
    changed = [f"{name}: {value}" for name, value in values.items() if getattr(enquiry, name) != value]
    EnquiryNote.objects.create(
        enquiry=enquiry, kind=NoteKind.ADDITION, text="\n".join(changed), at=now, content_digest=digest
    )
    record_fact(enquiry, "added_to", by=None, now=now)
