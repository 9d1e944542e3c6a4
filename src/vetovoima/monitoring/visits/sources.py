"""Whence a request comes, out of what its browser says by itself; whatever could point at a person is dropped here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from .enums import CARRIED, Origin

#: the name of the parameter that carries the first source from page to page
CARRIER = "via"
#: hosts by a part of their name between dots: google.fi, www.google.com and news.google.co.uk are one
_SEARCH = frozenset(
    [
        "google",
        "bing",
        "duckduckgo",
        "ecosia",
        "yahoo",
        "yandex",
        "baidu",
        "startpage",
        "qwant",
        "brave",
        "kagi",
        "naver",
        "seznam",
    ]
)
_ASSISTANT = frozenset(
    ["chatgpt", "openai", "perplexity", "claude", "gemini", "copilot", "mistral", "you", "phind", "deepseek"]
)
_SOCIAL = frozenset(
    [
        "facebook",
        "linkedin",
        "lnkd",
        "twitter",
        "x",
        "t",
        "instagram",
        "youtube",
        "youtu",
        "reddit",
        "mastodon",
        "bsky",
        "threads",
        "tiktok",
        "xing",
    ]
)
#: programs, not people: what names itself one, tools, and measuring instruments
_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|archiver|fetch|scan|monitor|uptime|preview|validator|lighthouse|headless|pagespeed|"
    r"facebookexternalhit|whatsapp|telegram|embedly|feed|rss|curl|wget|python|java/|go-http|libwww|httpclient|okhttp|"
    r"node-fetch|axios|ruby|perl|php|gptbot|vetovoima",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Source:
    """Whence somebody came: the kind, and for a partner, a registered page or a campaign which one, from lists of ours."""

    origin: str
    detail: str = ""

    def carried(self) -> str:
        """The source as a page's address carries it: `search`, `partner.town`, `embed.abcd1234`."""
        return f"{self.origin}.{self.detail}" if self.detail else self.origin


@dataclass(frozen=True)
class Known:
    """What this deployment knows by name: its own host, partners' hosts with their slugs, campaigns, and the public keys
    of registered pages that show the offer."""

    host: str
    partners: Mapping[str, str]
    campaigns: frozenset[str]
    #: another number when the list was read again
    turn: int = 0
    pages: frozenset[str] = frozenset()


@lru_cache(maxsize=2048)
def is_machine(agent: str) -> bool:
    """This will say whether a program asks, by the name that it gives itself; no name at all is a program."""
    return len(agent) < 20 or _MACHINE.search(agent) is not None


def first_source(query: str, referrer: str, known: Known) -> tuple[Source, bool]:
    """This will read the source of a page view, and whether the visit begins with it.

    A campaign in the address comes before what the address carries, that before the page they come from. Only names from
    our own lists are believed: whatever else stands in an address counts as nothing.
    """
    asked = parse_qs(query[:2000], max_num_fields=None) if CARRIER in query or "utm_" in query else {}
    campaign = next(iter(asked.get("utm_campaign", asked.get("utm_source", []))), "")
    if campaign in known.campaigns:
        return Source(Origin.CAMPAIGN, campaign), True
    carried = read_carried(next(iter(asked.get(CARRIER, [])), ""), known)
    if carried is not None:
        return carried, _comes_from_outside(carried, referrer, known)
    return _of_referrer(referrer, known)


def read_carried(text: str, known: Known) -> Source | None:
    """This will read what an address carries; None for anything but our own words."""
    origin, _dot, detail = text.partition(".")
    if origin not in CARRIED:
        return None
    allowed = {
        Origin.PARTNER: set(known.partners.values()), Origin.CAMPAIGN: known.campaigns, Origin.EMBED: known.pages,
    }  # fmt: skip
    if detail and detail not in allowed.get(Origin(origin), ()):
        return Source(origin)
    return Source(origin, detail)


def _comes_from_outside(carried: Source, referrer: str, known: Known) -> bool:
    """Whether a visit begins with a link that carries its source: one in an embed, on the page around it or in our frame.

    From page to page within the portal a browser names the page before; pages of others often have it name none.
    """
    if carried.origin not in (Origin.PARTNER, Origin.EMBED):
        return False
    if not referrer:
        return carried.origin == Origin.EMBED
    try:
        parts = urlsplit(referrer[:500])
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return True
    return host != known.host.removeprefix("www.") or parts.path.startswith("/embed/")


def _of_referrer(referrer: str, known: Known) -> tuple[Source, bool]:
    if not referrer:
        return Source(Origin.DIRECT), True
    try:
        parts = urlsplit(referrer[:500])
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return Source(Origin.OTHER), True
    if host == known.host.removeprefix("www."):
        # a link in an embedded list: its frame is ours, the page around it is the partner's
        if parts.path.startswith("/embed/"):
            return Source(Origin.PARTNER, _embedded(parts.path, known)), True
        return Source(Origin.INSIDE), False
    if host in known.partners:
        return Source(Origin.PARTNER, known.partners[host]), True
    return Source(_origin_of(host)), True


def _embedded(path: str, known: Known) -> str:
    slug = path.split("/")[2]
    return slug if slug in known.partners.values() else ""


@lru_cache(maxsize=2048)
def _origin_of(host: str) -> str:
    names = set(host.split("."))
    if names & _SEARCH and not names & {"gemini", "mail", "docs"}:
        return Origin.SEARCH
    if names & _ASSISTANT:
        return Origin.ASSISTANT
    return Origin.SOCIAL if names & _SOCIAL else Origin.OTHER
