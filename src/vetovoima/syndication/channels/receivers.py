"""What registered pages hear of: a publication changes what they should show; their contact hears how they stand."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from vetovoima.activity.beside import short_write
from vetovoima.activity.models import Fact
from vetovoima.activity.outbox import enqueue
from vetovoima.activity.registry import subscribe
from vetovoima.messaging.services import queue_mail
from vetovoima.syndication.queries import public_state

from . import queries
from .expected import note_expected, version_now
from .lines import lines_for
from .models import ChannelHost, ChannelPage
from .noting import KIND
from .turns import wake

EXPECTED = "syndication.channels_expected"
#: a publication is looked up so much later: of many at a time the first look then finds most
TOGETHER = timedelta(seconds=3)
#: which version of the public side was looked up last
LOOKED_UP = "channels-looked-up"
#: how soon after a publication the pages that should show it are looked at: caches of a minute stand between
AFTER_PUBLICATION = timedelta(seconds=90)


def hear_of_publication(fact: Fact) -> None:
    """This will have it looked up soon what the pages should show now."""
    enqueue(EXPECTED, f"{EXPECTED}:{fact.pk}", {}, now=timezone.now() + TOGETHER)


for _type in ("catalogue.site.published", "catalogue.site.withdrawn"):
    subscribe(_type)(hear_of_publication)


def look_up_published() -> int:
    """This will look up what every page should show, unless that was done since the public side changed last."""
    version = public_state()[0]
    if cache.get(LOOKED_UP) == version:
        return 0
    count = look_up_expected()
    cache.set(LOOKED_UP, version, None)
    return count


def look_up_expected() -> int:
    """This will note for every page what it should show now, and have those looked at soon for which that is new.

    Returns how many those were. Done twice it is the same.
    """
    count = 0
    for page in list(queries.all_pages()):
        count += _look_up(page, version_now(page))
    return count


@short_write()
def _look_up(page: ChannelPage, version: str) -> bool:
    current = queries.current_version(page)
    if not version or (current is not None and current.version == version):
        return False  # most pages are not touched by most publications: no row is held for them
    now = timezone.now()
    fresh = ChannelPage.objects.select_for_update(of=("self",)).filter(pk=page.pk).first()
    if fresh is None or not note_expected(fresh, version, now):
        return False
    if not fresh.failures and fresh.next_visit_at > now + AFTER_PUBLICATION:
        fresh.next_visit_at = now + AFTER_PUBLICATION
        fresh.save(update_fields=["next_visit_at"])
        host = ChannelHost.objects.select_for_update(of=("self",)).get(pk=fresh.host_id)
        wake(host, fresh.next_visit_at)
    return True


@subscribe("syndication.channel.broken")
def tell_of_trouble(fact: Fact) -> None:
    """This will write to whoever keeps the page what is to be mended, with the lines to paste."""
    _write(fact, "channel_broken")


@subscribe("syndication.channel.mended")
def tell_of_mending(fact: Fact) -> None:
    """This will write a short note that the page is well again."""
    _write(fact, "channel_mended")


def _write(fact: Fact, template: str) -> None:
    page = queries.all_pages().filter(key=fact.code).first()
    if page is None:
        return
    for number, (address, language) in enumerate(queries.told(page)):
        queue_mail(
            key=f"{template}:{fact.pk}:{number}", to=address, language=language, template=template, about_kind=KIND,
            about_code=page.key, now=fact.at,
            context={
                "title": page.title, "url": page.url, "reason": page.reason, "lines": "\n".join(lines_for(page)),
                "link": f"{settings.VETOVOIMA_PUBLIC_URL}/desk/channels/{page.key}/",
            },
        )  # fmt: skip
