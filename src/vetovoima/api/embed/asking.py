"""What an embed may be asked: everything a feed may, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from vetovoima.api.parameters import FeedRequest, feed_request, understood
from vetovoima.reference.queries import municipality
from vetovoima.syndication.embedding.asking import THEMES, one_of, read_key, read_mode

if TYPE_CHECKING:
    from vetovoima.reference.models import Municipality

#: how an embed is shown, beside what a feed may be asked
BESIDE = ("mode", "theme", "channel", "code")


class NotThere(Exception):
    """The address names a municipality that is not there."""


@dataclass(frozen=True)
class EmbedRequest:
    """A checked request for an embed. `town` is the municipality whose embed it is, None the region's."""

    feed: FeedRequest
    town: Municipality | None
    mode: str
    theme: str
    channel: str
    code: str

    @property
    def language(self) -> str:
        """The language of what is shown."""
        return self.feed.language

    @property
    def slug(self) -> str:
        """The municipality's slug; "" is the region."""
        return self.town.slug if self.town else ""

    @property
    def via(self) -> str:
        """What a link out of the embed says of where it stood (docs/user/portal-numbers.md)."""
        if self.channel:
            return f"embed.{self.channel}"
        return f"partner.{self.slug}" if self.slug else "partner"

    def link(self, address: str) -> str:
        """This will give an address of ours the mark of where it was followed."""
        return f"{address}{'&' if '?' in address else '?'}via={self.via}"


def embed_request(request: HttpRequest, slug: str = "") -> EmbedRequest:
    """This will read what an embed is asked; `slug` is the municipality of its address.

    Raises Refused for what cannot be understood, NotThere for a municipality that is not there.
    """
    town = municipality(slug) if slug else None
    if slug and town is None:
        raise NotThere(slug)
    feed = feed_request(request, municipality=slug, beside=BESIDE)
    if not slug and len(feed.terms.municipalities) == 1:
        town = municipality(feed.terms.municipalities[0])
    given = feed.given
    with understood():
        mode, code = read_mode(given)
        theme = one_of("theme", given.get("theme", THEMES[0]), THEMES)
        return EmbedRequest(feed, town, mode, theme, read_key(given), code)
