"""Changes of saved searches: asked for, confirmed, changed, told, stopped.

No fact is recorded: who looks for what is told to nobody. What is erased is gone from the letters' rows too.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.common.limits import take_one
from vetovoima.messaging.queries import refused_matters
from vetovoima.messaging.services import erase_mails, queue_mail
from vetovoima.messaging.validators import recipient
from vetovoima.syndication.queries import public_state
from vetovoima.syndication.search.terms import SearchTerms

from .enums import Frequency
from .links import confirm_address, manage_address, stop_address
from .models import SavedSearch
from .queries import OVERLAP, News, news_of
from .terms import as_kept

log = logging.getLogger(__name__)
ABOUT = "alert"
CONFIRM_WITHIN = timedelta(hours=48)
#: what nobody confirmed is erased after so long
UNCONFIRMED_KEPT = timedelta(days=7)
#: what was confirmed is erased so long after its owner last said how often to write: a plan for a site is settled by
#: then, and an address that nobody has confirmed for two years may have passed to somebody else
CONFIRMED_KEPT = timedelta(days=730)
#: a search whose letters are refused for good is erased after so long without one that was accepted: a mail server of
#: ours that is set up wrongly is refused everywhere, and must not cost people their searches before somebody looks
REFUSED_KEPT = timedelta(days=7)
#: letters that anybody can make us send to one address in a day, and forms that one network may send in an hour
LETTERS_A_DAY, FORMS_AN_HOUR = 5, 20
#: letters to strangers in a day over all: many networks with many addresses must not make the service a source of spam
ALL_LETTERS_A_DAY = 200
#: letters to an address that nobody answers: then there are no more until the first is erased
MOST_UNANSWERED = 3
MOST_SEARCHES = 20
#: records named in one letter; the rest is counted
NAMED = 20
#: search words are cut to so many characters in a letter to somebody who has not said that they want it
LONGEST_WORDS = 60
#: what a mail program makes a link or an address of
LINKED = re.compile(r"[a-z][a-z0-9+.-]*://|@|(?<=\w)\.(?=[^\W\d_])", re.IGNORECASE)
DAY, HOUR = 24 * 3600, 3600


class CannotSave(Exception):
    """The search was not saved; the message is a sentence for whoever asked, `code` says why for the door."""

    def __init__(self, sentence: str, code: str) -> None:
        self.code = code
        super().__init__(sentence)


class CannotConfirm(Exception):
    """The search cannot be confirmed any more; the message says what to do."""


@dataclass(frozen=True)
class Wish:
    """What somebody asked for: `trap` is the field that people cannot see, `network_address` is counted, never stored."""

    email: str
    language: str
    frequency: str
    query: str
    words: str
    terms: SearchTerms
    trap: str = ""
    network_address: str = ""


def ask_for_alerts(*, wish: Wish, now: datetime) -> None:
    """This will keep a search until its owner confirms it, and write to the address once to ask.

    Whoever asks learns nothing of the address: a search that it follows already, one letter too many for a day, and
    what looks like a machine all end without a letter and without a word. Raises ValidationError for an address or a
    frequency that is none, and CannotSave when one network sends too many forms.
    """
    email = recipient(wish.email)
    if wish.frequency not in Frequency.values:
        raise ValidationError(_("Choose how often we write to you."), code="frequency")
    if wish.network_address and _is_spent(f"alert-net:{wish.network_address}", FORMS_AN_HOUR, HOUR, now):
        raise CannotSave(
            gettext("Too many searches were saved from your network. Try again in an hour."), "rate"
        )
    if wish.trap.strip() or _is_followed(email, wish) or _has_been_asked_enough(email, now):
        return
    if _is_spent("alert-all", ALL_LETTERS_A_DAY, DAY, now):
        _warn_once_a_day(now)
        return
    _keep(email, wish, now)


def _is_spent(name: str, limit: int, window: int, now: datetime) -> bool:
    return take_one(name, limit=limit, window=window, now=now).is_spent


def _has_been_asked_enough(email: str, now: datetime) -> bool:
    """Whether a mailbox has had its letters: so many that nobody answered are kept, for a week, or so many today."""
    name, domain = _mailbox(email)
    tagged = Q(email__istartswith=f"{name}+", email__iendswith=f"@{domain}")
    same = Q(email__iexact=f"{name}@{domain}") | tagged
    open_ = SavedSearch.objects.unconfirmed().filter(same).count()
    return open_ >= MOST_UNANSWERED or _is_spent(f"alert-mail:{name}@{domain}", LETTERS_A_DAY, DAY, now)


def _mailbox(email: str) -> tuple[str, str]:
    """The name and the domain that letters are counted by: `ada+one@` and `Ada+two@` are read by one person."""
    name, _at, domain = email.lower().rpartition("@")
    return name.partition("+")[0] or name, domain


def _warn_once_a_day(now: datetime) -> None:
    """Tell the operator, not whoever asks, that no more letters to confirm go out today."""
    if not _is_spent("alert-all-told", 1, DAY, now):
        log.warning("saved searches: %s letters to confirm today, no more are sent", ALL_LETTERS_A_DAY)


def _is_followed(email: str, wish: Wish) -> bool:
    """Whether the address follows the search already, or as many as one address may."""
    own = SavedSearch.objects.confirmed().filter(email__iexact=email)
    return (
        own.filter(terms=as_kept(wish.terms), language=wish.language).exists() or own.count() >= MOST_SEARCHES
    )


@transaction.atomic
def _keep(email: str, wish: Wish, now: datetime) -> SavedSearch:
    language = wish.language if wish.language in LANGUAGES else "en"
    search = SavedSearch.objects.create(
        key=secrets.token_urlsafe(18),
        email=email,
        language=language,
        query=wish.query[:2000],
        words=wish.words[:500],
        terms=as_kept(wish.terms),
        frequency=wish.frequency,
        asked_at=now,
    )
    queue_mail(
        key=f"alert:{search.key}:confirm",
        to=email,
        language=language,
        template="alert_confirm",
        context={
            "search": _without_message(_in_words(search), wish.terms.text),
            "link": confirm_address(search.key, language),
            "expires_at": now + CONFIRM_WITHIN,
        },
        about_kind=ABOUT,
        about_code=search.key,
        now=now,
    )
    return search


def _in_words(search: SavedSearch) -> str:
    with override(search.language):
        return search.words or gettext("everything that is offered")


def _without_message(words: str, text: str) -> str:
    """A search in words, for an address that a stranger may have typed: short and without links, so that nobody has us
    carry a message of theirs."""
    short = text if len(text) <= LONGEST_WORDS else f"{text[:LONGEST_WORDS]}…"
    return LINKED.sub(" ", words.replace(text, short) if text else words)


@transaction.atomic
def confirm(*, search: SavedSearch, now: datetime) -> SavedSearch:
    """This will begin to write to whoever confirms: of what is published from now on. A second time changes nothing.

    Raises CannotConfirm when the letter is older than 48 hours.
    """
    if search.confirmed_at is not None:
        return search
    if now > search.asked_at + CONFIRM_WITHIN:
        raise CannotConfirm(_("The link has expired: it was valid for 48 hours. Save the search again."))
    search.confirmed_at = search.told_until = now
    search.told = {one.code: one.version for one in news_of(search)}
    search.seen_version = public_state()[0]
    search.save(update_fields=["confirmed_at", "told_until", "told", "seen_version"])
    return search


@transaction.atomic
def change_frequency(*, search: SavedSearch, frequency: str, now: datetime) -> SavedSearch:
    """This will write more or less often from now on, which confirms the search anew; raises ValidationError for an
    unknown frequency."""
    if frequency not in Frequency.values:
        raise ValidationError(_("Choose how often we write to you."), code="frequency")
    search.frequency = frequency
    if search.confirmed_at is not None:
        search.confirmed_at = now
    search.save(update_fields=["frequency", "confirmed_at"])
    return search


@transaction.atomic
def stop(*, search: SavedSearch) -> None:
    """This will erase a search, its owner's address and every letter about it, at once."""
    erase_mails(about_kind=ABOUT, about_code=search.key)
    search.delete()


@transaction.atomic
def tell(*, search: SavedSearch, now: datetime) -> int:
    """This will queue one letter with what fits and was not told yet; returns how many records it names or counts.

    A record is told once for each of its versions. Nothing to tell means no letter. Done twice it is done once.
    """
    held = SavedSearch.objects.select_for_update().confirmed().filter(pk=search.pk).first()
    if held is None:
        return 0
    version, _changed_at = public_state()
    news = news_of(held)
    if news:
        _write(held, news, now)
        held.letters += 1
    _remember(held, news)
    held.seen_version = version
    held.save(update_fields=["letters", "told", "told_until", "seen_version"])
    return len(news)


def _remember(search: SavedSearch, news: Sequence[News]) -> None:
    """Keep of what was told only as much as could come up again: what lies behind the overlap cannot."""
    if search.told_until is None or not news:
        return
    search.told_until = max(search.told_until, *(one.published_at for one in news))
    horizon = search.told_until - OVERLAP
    kept = {one.code: one.version for one in news if one.published_at > horizon}
    search.told = {**search.told, **kept} if len(search.told) < 5000 else kept


def _write(search: SavedSearch, news: Sequence[News], now: datetime) -> None:
    language = search.language
    queue_mail(
        key=f"alert:{search.key}:{search.letters + 1}",
        to=search.email,
        language=language,
        template="alert_news",
        context={
            "search": _in_words(search),
            "count": len(news),
            "records": _listed(news, language),
            "link": f"{settings.VETOVOIMA_PUBLIC_URL}/{language}/sites/"
            + (f"?{search.query}" if search.query else ""),
            "settings_link": manage_address(search.key, language),
            "stop_link": stop_address(search.key, language),
        },
        about_kind=ABOUT,
        about_code=search.key,
        stop_url=stop_address(search.key, language),
        now=now,
    )


def _listed(news: Sequence[News], language: str) -> str:
    """The records of a letter, each with its address; beyond twenty they are counted."""
    with override(language):
        told = [
            f"– {one.name} ({one.kind}, {one.place}): {gettext('new') if one.is_new else gettext('changed')}\n"
            f"  {settings.VETOVOIMA_PUBLIC_URL}{one.url}"
            for one in news[:NAMED]
        ]
        more = len(news) - NAMED
        if more > 0:
            told.append(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more})
    return "\n".join(told)


@transaction.atomic
def erase_unconfirmed(*, now: datetime) -> int:
    """This will erase what nobody confirmed within seven days, with the letter about it; returns how many."""
    return _stop_all(SavedSearch.objects.unconfirmed().filter(asked_at__lt=now - UNCONFIRMED_KEPT))


@transaction.atomic
def erase_old(*, now: datetime) -> int:
    """This will erase what was confirmed or changed last more than 24 months ago; returns how many."""
    return _stop_all(SavedSearch.objects.confirmed().filter(confirmed_at__lt=now - CONFIRMED_KEPT))


@transaction.atomic
def erase_refused(*, now: datetime) -> int:
    """This will erase the searches whose letters have been refused for good for a week, none accepted since; returns how
    many. What nobody confirmed stays its own week, so that it counts against new letters to the address."""
    refused = refused_matters(about_kind=ABOUT, before=now - REFUSED_KEPT)
    return _stop_all(SavedSearch.objects.confirmed().filter(key__in=refused))


def _stop_all(searches: Iterable[SavedSearch]) -> int:
    found = list(searches)
    for search in found:
        stop(search=search)
    return len(found)
