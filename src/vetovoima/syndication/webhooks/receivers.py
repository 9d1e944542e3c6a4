"""What webhooks hear of: facts of the log become events, in the transaction that records them."""

from __future__ import annotations

from django.conf import settings

from vetovoima.activity.beside import short_write
from vetovoima.activity.models import Fact
from vetovoima.activity.outbox import enqueue
from vetovoima.activity.registry import subscribe
from vetovoima.catalogue.queries import site as site_by_code
from vetovoima.messaging.services import queue_mail
from vetovoima.syndication.models import PublishedDocument

from . import queries
from .enums import Reason
from .events import CHANGED, OF_REGION, PUBLISHED, TOUCHING_RECORDS, WITHDRAWN
from .models import Webhook, WebhookEvent
from .payloads import record_data
from .turns import tell_all, wants

FAN_OUT = "syndication.webhook_event"


def _put(name: str, fact: Fact, *, code: str, municipality: str = "", data: dict[str, object]) -> None:
    """Write one event and the work that tells it; the same fact twice is one event."""
    event, is_new = WebhookEvent.objects.get_or_create(
        fact=fact.pk,
        defaults={"name": name, "at": fact.at, "code": code, "municipality_slug": municipality, "data": data},
    )
    if is_new and Webhook.objects.active().exists():
        enqueue(FAN_OUT, f"{FAN_OUT}:{event.pk}", {"event": event.pk}, now=fact.at)


@subscribe("catalogue.site.published")
def hear_of_publication(fact: Fact) -> None:
    """This will tell that a record became public, or anew when it was public before and not withdrawn since."""
    _put_record(PUBLISHED if _is_first(fact) else CHANGED, fact)


def _is_first(fact: Fact) -> bool:
    before = queries.last_publication(fact)
    return before is None or before.type == "catalogue.site.withdrawn"


@subscribe("catalogue.site.withdrawn")
def hear_of_withdrawal(fact: Fact) -> None:
    """This will tell that a record is no longer public."""
    _put_record(WITHDRAWN, fact)


def hear_of_a_touch(fact: Fact) -> None:
    """This will tell that a public record shows something else now, though its version is the same."""
    if PublishedDocument.objects.filter(code=fact.code).exists():
        _put_record(CHANGED, fact)


for _type in TOUCHING_RECORDS:
    subscribe(_type)(hear_of_a_touch)


def _put_record(name: str, fact: Fact) -> None:
    site = site_by_code(fact.code)
    if site is None:
        return
    slug = site.municipality.slug
    # A withdrawn record has no public version any more: what is told is the one that went.
    version = site.published_version or queries.last_version(site)
    data = record_data(site.code, version, site.kind, slug, site.is_example)
    _put(name, fact, code=site.code, municipality=slug, data=data)


def hear_of_the_region(fact: Fact) -> None:
    """This will tell of something of the whole region, by its code alone."""
    counts = fact.data.get("counts", {})
    if fact.type == "monitoring.figures.stored" and not (counts.get("added") or fact.changes):
        return  # nothing but figures that were doubtful and not taken
    _put(OF_REGION[fact.type], fact, code=fact.code, data={"code": fact.code})


for _type in OF_REGION:
    subscribe(_type)(hear_of_the_region)


@short_write()
def fan_out(event_id: int) -> int:
    """This will write a delivery for each webhook that wants an event, and wake their senders; done twice it is once.

    Rows are held in the order of their keys, so that turns and other events wait instead of missing each other.
    """
    event = WebhookEvent.objects.filter(pk=event_id).first()
    if event is None:
        return 0
    told = event.deliveries.values("webhook")
    active = Webhook.objects.active().exclude(pk__in=told).order_by("pk").select_for_update(of=("self",))
    found = [one for one in active if wants(one, event)]
    tell_all(found, event, event.at)
    return len(found)


@subscribe("syndication.webhook.stopped")
def tell_the_owner(fact: Fact) -> None:
    """This will write to whoever can mend it that a webhook was stopped by us, and why."""
    webhook = queries.all_webhooks().filter(key=fact.code).first()
    if webhook is None or webhook.reason == Reason.PERSON:
        return
    for person in queries.told(webhook):
        queue_mail(
            key=f"webhook_stopped:{fact.pk}:{person.pk}", to=person.email, language=person.language,
            template="webhook_stopped", about_kind=queries.KIND, about_code=webhook.key, now=fact.at,
            context={
                "title": webhook.title, "host": webhook.host, "is_gone": webhook.reason == Reason.GONE,
                "link": f"{settings.VETOVOIMA_PUBLIC_URL}/desk/webhooks/{webhook.key}/",
            },
        )  # fmt: skip
