"""Webhooks: what is told to whom, signed so that anybody can check it, and what a person may do with them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests.common.loopback import Reply, Server, running_server
from tests.factories import make_municipality, make_organisation, make_person
from tests.syndication.webhook_world import (
    Forged,
    allowed,
    deliveries,
    make_due,
    make_webhook,
    names,
    publish,
    verified,
    withdraw,
    work,
)
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import Fact, OutboxItem
from vetovoima.activity.services import record
from vetovoima.catalogue import services as catalogue
from vetovoima.common.sealing import CannotUnseal, seal, unseal
from vetovoima.messaging.models import Mail
from vetovoima.syndication.models import (
    PublishedDocument,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEvent,
)
from vetovoima.syndication.webhooks import keeping, queries, sending, services
from vetovoima.syndication.webhooks.signing import headers, new_secret, signature

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with running_server() as running, allowed(settings, running.place):
        yield running


# signatures


def test_the_signature_is_that_of_the_specification():
    secret, key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    at = datetime.fromtimestamp(1614265330, UTC)

    assert (
        signature(secret, key, at, b'{"test": 2432232314}')
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_the_sample_in_the_documentation_believes_what_it_should():
    page = (Path(__file__).resolve().parents[2] / "docs/integrations/webhooks.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(page.split("```python\n")[1].split("```")[0], names)
    verify, secret, at = names["verify"], new_secret(), timezone.now()
    given = headers([new_secret(), secret], "msg_1", at, b"{}")

    verify(secret, given, b"{}")
    for wrong in (
        (new_secret(), given, b"{}"),
        (secret, given, b"{} "),
        (secret, {**given, "webhook-id": "x"}, b"{}"),
    ):
        with pytest.raises(ValueError, match="signed"):
            verify(*wrong)
    with pytest.raises(ValueError, match="old"):
        verify(secret, given, b"{}", at.timestamp() + 301)


def test_secrets_are_long_and_never_the_same():
    made = {new_secret() for _turn in range(50)}
    assert len(made) == 50
    assert all(one.startswith("whsec_") and len(one) == 50 for one in made)


def test_a_message_is_signed_so_that_a_receiver_believes_it_and_nothing_else(server):
    _webhook, secret = make_webhook(server.url + "/hook?token=own")
    site = publish()
    work()

    (call,) = server.calls
    said = verified(call, secret)
    assert (call.method, call.path, call.headers["content-type"]) == ("POST", "/hook", "application/json")
    assert said["type"] == "record.published"
    assert said["data"]["code"] == site.code
    assert said["data"]["links"]["api"].endswith(f"/api/v1/sites/{site.code}")
    forgeries = [
        replace(call, body=call.body + b" "),
        replace(call, headers={**call.headers, "webhook-id": "msg_other"}),
        replace(
            call,
            headers={**call.headers, "webhook-timestamp": str(int(call.headers["webhook-timestamp"]) + 1)},
        ),
        replace(call, headers={**call.headers, "webhook-signature": "v1,AAAA v1a,AAAA"}),
        replace(
            call, headers={**call.headers, "webhook-signature": call.headers["webhook-signature"].lower()}
        ),
    ]
    for forged in forgeries:
        with pytest.raises(Forged):
            verified(forged, secret)
    with pytest.raises(Forged):
        verified(call, new_secret())
    with pytest.raises(Forged):  # the same message, caught and sent again an hour later
        verified(call, secret, now=float(call.headers["webhook-timestamp"]) + 3600)


def test_no_secret_signs_as_another(server):
    first, _secret = make_webhook(server.url + "/1")
    _second, other = make_webhook(server.url + "/2")
    publish()
    work()

    to_first = next(call for call in server.calls if call.path == "/1")
    with pytest.raises(Forged):
        verified(to_first, other)
    assert first.secret not in server.calls[0].body.decode()


# what is told


def test_published_changed_and_withdrawn_are_told_in_this_order(server):
    webhook, _secret = make_webhook(server.url)
    site = publish()
    work()
    site = catalogue.edit_site(
        site=site, values={"area_m2": 5000}, by=None, now=timezone.now(), revision=None
    )
    site = catalogue.publish_site(site=site, by=None, now=timezone.now())
    work()
    withdraw(site)
    work()

    assert names(server) == ["record.published", "record.changed", "record.withdrawn"]
    assert [call.json["data"]["version"] for call in server.calls] == [1, 2, 2]
    assert {one.state for one in deliveries(webhook)} == {"delivered"}


def test_what_is_published_again_after_a_withdrawal_is_published_not_changed(server):
    make_webhook(server.url)
    site = publish()
    site = withdraw(site)
    site = catalogue.edit_site(
        site=site, values={"area_m2": 7000}, by=None, now=timezone.now(), revision=None
    )
    catalogue.publish_site(site=site, by=None, now=timezone.now())
    work()

    assert sorted(names(server)) == ["record.published", "record.published", "record.withdrawn"]


def test_drafts_and_reviews_are_told_to_nobody(server):
    make_webhook(server.url)
    from tests.factories.sites import make_site

    site = make_site(state="submitted")
    catalogue.return_site(site=site, comment="Mend it", by=make_person(Role.COORDINATOR), now=timezone.now())
    work()

    assert (server.calls, WebhookEvent.objects.count()) == ([], 0)


def test_a_photo_taken_off_a_public_record_is_a_change_and_of_a_draft_it_is_not(server):
    make_webhook(server.url)
    site = publish()
    for code, is_told in ((site.code, True), ("TUU-XXX-0001", False)):
        before = WebhookEvent.objects.count()
        record("catalogue.site.photo_removed", actor=None, kind="site", code=code, now=timezone.now())
        assert (WebhookEvent.objects.count() > before) is is_told
    work()

    assert sorted(names(server)) == ["record.changed", "record.published"]


def test_events_and_municipalities_are_chosen(server):
    make_webhook(server.url + "/kuhmo", municipalities=["kuhmo"])
    make_municipality("sotkamo")
    make_webhook(server.url + "/gone", events=["record.withdrawn"])
    make_webhook(server.url + "/region", town=None, events=["figures.changed"], municipalities=["kuhmo"])
    publish("sotkamo")
    mine = publish("kuhmo")
    withdraw(mine)
    stored = {"actor": None, "kind": "indicator", "code": "jobs", "now": timezone.now()}
    record("monitoring.figures.stored", data={"counts": {"added": 3}}, **stored)
    record("monitoring.figures.stored", data={"counts": {"doubtful": 1}}, **stored)
    work()

    told: dict[str, list[str]] = {}
    for call in server.calls:
        told.setdefault(call.path, []).append(call.json["type"])
    assert {path: sorted(one) for path, one in told.items()} == {
        "/kuhmo": ["figures.changed", "record.published", "record.withdrawn"],
        "/gone": ["record.withdrawn"],
        "/region": ["figures.changed"],
    }


def test_the_document_is_what_is_public_when_it_is_sent(server):
    make_webhook(server.url, content="document", language="fi")
    site = publish()
    work()
    document = server.calls[0].json["data"]["document"]
    assert document["schema"] == "vetovoima.site/1"
    assert (document["code"], document["language"], document["name"]["text"]) == (
        site.code,
        "fi",
        "Kantolan tontti",
    )
    assert document["url"].startswith("http")

    server.answer = lambda call: Reply(status=500)
    site = catalogue.edit_site(
        site=site, values={"area_m2": 5000}, by=None, now=timezone.now(), revision=None
    )
    catalogue.publish_site(site=site, by=None, now=timezone.now())
    work()
    assert server.calls[-1].json["data"]["document"]["version"] == 2
    PublishedDocument.objects.all().delete()  # withdrawn before the next attempt
    server.answer = lambda call: Reply()
    make_due(Webhook.objects.get())
    work()
    assert server.calls[-1].json["data"]["document"] is None
    assert server.calls[-1].headers["webhook-id"] == server.calls[-2].headers["webhook-id"]


def test_nothing_confidential_is_in_a_message_a_log_a_fact_or_a_mail(server, caplog):
    caplog.set_level(logging.DEBUG)
    server.answer = lambda call: Reply(b"CANARY-ANSWER", status=410, headers={"X-Note": "CANARY-HEADER"})
    webhook, secret = make_webhook(server.url + "/?token=CANARY-TOKEN", content="document")
    site = publish(internal_note="CANARY-NOTE", owner_name="CANARY-OWNER", owner_kind="private")
    work()

    assert Webhook.objects.get().state == "stopped"
    body = server.calls[0].body.decode()
    assert "CANARY" not in body
    assert site.code in body
    kept = json.dumps(
        [
            list(WebhookAttempt.objects.values_list()), list(WebhookDelivery.objects.values_list()),
            list(WebhookEvent.objects.values_list()), list(OutboxItem.objects.values_list()),
            list(Fact.objects.filter(kind="webhook").values("type", "code", "data", "changes")),
            list(Mail.objects.values("subject", "body", "key")), caplog.text,
        ],
        default=str,
    )  # fmt: skip
    assert "CANARY" not in kept
    assert secret not in kept
    assert secret.removeprefix("whsec_") not in kept
    assert secret not in webhook.secret
    assert server.url in webhook.url  # the trap holds: what was looked for is somewhere


# secrets


def test_two_secrets_sign_while_one_is_being_replaced(server):
    webhook, old = make_webhook(server.url)
    webhook, new = services.rotate_secret(webhook=webhook, hours=24, by=None, now=timezone.now())
    publish()
    work()
    (call,) = server.calls
    assert len(call.headers["webhook-signature"].split(" ")) == 2
    assert verified(call, old) == verified(call, new)

    Webhook.objects.update(previous_until=timezone.now() - HOUR)
    publish()
    work()
    verified(server.calls[1], new)
    with pytest.raises(Forged):
        verified(server.calls[1], old)
    keeping.end_replaced_secrets(timezone.now())
    assert Webhook.objects.get().previous_secret == ""


def test_a_secret_that_became_known_ends_at_once(server):
    webhook, old = make_webhook(server.url)
    _webhook, new = services.rotate_secret(webhook=webhook, hours=0, by=None, now=timezone.now())
    publish()
    work()

    verified(server.calls[0], new)
    with pytest.raises(Forged):
        verified(server.calls[0], old)
    for hours in (-1, 169):
        with pytest.raises(ValidationError):
            services.rotate_secret(webhook=webhook, hours=hours, by=None, now=timezone.now())


def test_a_new_key_of_the_deployment_costs_no_secret(server, settings):
    webhook, secret = make_webhook(server.url)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key-" * 5
    assert keeping.seal_anew() == 1
    assert keeping.seal_anew() == 0
    settings.SECRET_KEY_FALLBACKS = []
    publish()
    work()

    verified(server.calls[0], secret)
    assert webhook.secret != Webhook.objects.get().secret


def test_a_key_that_is_lost_is_told_as_what_it_is(server, settings):
    webhook, _secret = make_webhook(server.url)
    settings.SECRET_KEY = "another-key-" * 5
    publish()
    work()

    assert server.calls == []
    assert [one.outcome for one in WebhookAttempt.objects.all()] == ["no_secret"]
    services.rotate_secret(webhook=webhook, hours=0, by=None, now=timezone.now())
    make_due(webhook)
    work()
    assert len(server.calls) == 1


def test_what_is_sealed_for_one_thing_is_not_read_for_another():
    sealed = seal("word", "one")
    assert unseal(sealed, "one") == "word"
    assert seal("word", "one") != sealed
    for text, purpose in ((sealed, "two"), (sealed[:-2] + "AA", "one"), ("", "one"), ("word", "one")):
        with pytest.raises(CannotUnseal):
            unseal(text, purpose)


def test_the_headers_are_three(settings):
    at = timezone.now()
    given = headers([new_secret()], "msg_1", at, b"{}")
    assert sorted(given) == ["webhook-id", "webhook-signature", "webhook-timestamp"]
    assert given["webhook-timestamp"] == str(int(at.timestamp()))


# what people do


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""), ("title", "x" * 121), ("title", "a\nb"), ("url", ""), ("url", "http://receiver.example/"),
        ("url", "https://user:word@receiver.example/"), ("url", "https://receiver.example:25/"), ("url", "file:///etc/passwd"),
        ("events", []), ("events", ["record.published", "enquiry.received"]), ("municipalities", ["nowhere"]),
        ("content", "everything"), ("language", "xx"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_field(field, value):
    with pytest.raises(ValidationError) as caught:
        make_webhook("https://receiver.example/", **{field: value})
    assert list(caught.value.error_dict) == [field]
    assert Webhook.objects.count() == 0


def test_an_officer_keeps_only_their_own_municipality_s_webhooks():
    make_municipality("sotkamo")
    own, _secret = make_webhook("https://receiver.example/", town="kuhmo")
    other, _secret = make_webhook("https://receiver.example/", town="sotkamo")
    regions, _secret = make_webhook("https://receiver.example/", town=None)
    officer = make_person(Role.MUNICIPALITY_OFFICER, make_organisation("kuhmo", "municipality"))
    now = timezone.now()

    assert list(queries.webhooks_for(officer)) == [own]
    assert [one.slug for one in queries.creatable_places(officer)] == ["kuhmo"]
    for closed in (other, regions):
        for refused in (
            lambda closed=closed: services.edit_webhook(webhook=closed, values={"title": "x"}, by=officer, now=now, revision=None),
            lambda closed=closed: services.pause_webhook(webhook=closed, by=officer, now=now),
            lambda closed=closed: services.resume_webhook(webhook=closed, with_missed=True, by=officer, now=now),
            lambda closed=closed: services.rotate_secret(webhook=closed, hours=0, by=officer, now=now),
            lambda closed=closed: services.send_test(webhook=closed, by=officer, now=now),
            lambda closed=closed: services.replay_since(webhook=closed, since=now, by=officer, now=now),
            lambda closed=closed: services.remove_webhook(webhook=closed, by=officer, now=now),
        ):  # fmt: skip
            with pytest.raises(PermissionDenied):
                refused()
    with pytest.raises(PermissionDenied):
        services.create_webhook(municipality=None, values={}, by=officer, now=now)
    services.edit_webhook(webhook=own, values={"title": "Mine"}, by=officer, now=now, revision=1)
    assert Webhook.objects.get(pk=own.pk).title == "Mine"


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.AUDITOR, Role.COMPANY, Role.NATIONAL_PARTNER])
def test_others_see_none(role):
    make_webhook("https://receiver.example/", town=None)
    assert list(queries.webhooks_for(make_person(role))) == []


def test_two_who_change_at_once_are_told():
    webhook, _secret = make_webhook("https://receiver.example/")
    services.edit_webhook(webhook=webhook, values={"title": "A"}, by=None, now=timezone.now(), revision=1)
    with pytest.raises(services.CannotChangeWebhook, match="Somebody else"):
        services.edit_webhook(webhook=webhook, values={"title": "B"}, by=None, now=timezone.now(), revision=1)


def test_a_test_says_that_it_is_one_and_is_enough_at_five(server):
    webhook, secret = make_webhook(server.url, events=["record.withdrawn"])
    services.send_test(webhook=webhook, by=None, now=timezone.now())
    work()
    said = verified(server.calls[0], secret)
    assert (said["type"], said["data"]) == ("webhook.test", {"webhook": webhook.key})

    for _turn in range(5):
        services.send_test(webhook=webhook, by=None, now=timezone.now())
    with pytest.raises(services.CannotChangeWebhook, match="Five tests"):
        services.send_test(webhook=webhook, by=None, now=timezone.now())


def test_one_delivery_is_replayed_with_its_own_id(server):
    webhook, secret = make_webhook(server.url)
    publish()
    work()
    (delivery,) = deliveries(webhook)
    services.replay_delivery(webhook=webhook, delivery=delivery, by=None, now=timezone.now())
    work()

    first, second = server.calls
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == delivery.key
    assert verified(first, secret) == verified(second, secret)
    assert [one.outcome for one in queries.attempts_of(delivery)] == ["delivered", "delivered"]
    other, _secret = make_webhook(server.url)
    services.replay_delivery(webhook=other, delivery=delivery, by=None, now=timezone.now())
    work()
    assert len(server.calls) == 2, "a delivery of another webhook was sent"


def test_everything_since_a_moment_is_replayed_also_what_was_never_sent(server):
    publish()  # before there was any webhook
    webhook, _secret = make_webhook(server.url)
    publish()
    work()
    assert len(server.calls) == 1

    count = services.replay_since(webhook=webhook, since=timezone.now() - HOUR, by=None, now=timezone.now())
    work()

    assert (count, len(server.calls)) == (2, 3)
    assert len({call.headers["webhook-id"] for call in server.calls}) == 2
    for since in (timezone.now() - 31 * DAY, timezone.now() + HOUR):
        with pytest.raises(ValidationError):
            services.replay_since(webhook=webhook, since=since, by=None, now=timezone.now())


def test_paused_nothing_is_sent_and_what_was_missed_can_be_had(server):
    webhook, _secret = make_webhook(server.url)
    publish()
    services.pause_webhook(webhook=webhook, by=None, now=timezone.now())
    work()
    publish()
    work()
    assert server.calls == []
    with pytest.raises(services.CannotChangeWebhook, match="paused"):
        services.send_test(webhook=webhook, by=None, now=timezone.now())

    assert services.resume_webhook(webhook=webhook, with_missed=True, by=None, now=timezone.now()) == 2
    work()
    assert names(server) == ["record.published", "record.published"]
    assert services.resume_webhook(webhook=webhook, with_missed=True, by=None, now=timezone.now()) == 0


def test_removed_it_is_gone_with_its_log_and_what_waited(server):
    webhook, _secret = make_webhook(server.url)
    publish()
    services.send_test(webhook=webhook, by=None, now=timezone.now())
    services.remove_webhook(webhook=webhook, by=None, now=timezone.now())
    work()

    assert (server.calls, WebhookDelivery.objects.count()) == ([], 0)
    assert WebhookEvent.objects.filter(name="webhook.test").count() == 0
    assert Fact.objects.filter(type="syndication.webhook.removed").count() == 1


def test_the_log_is_kept_for_thirty_days(server):
    webhook, _secret = make_webhook(server.url)
    publish()
    publish()
    work()
    old = WebhookEvent.objects.order_by("pk").first()
    WebhookEvent.objects.filter(pk=old.pk).update(at=timezone.now() - 31 * DAY)

    assert keeping.erase_old(timezone.now()) == 1
    assert [one.event_id for one in deliveries(webhook)] == [old.pk + 1]
    assert WebhookAttempt.objects.count() == 1


def test_a_rolled_back_publication_is_told_to_nobody(server):
    from django.db import transaction

    make_webhook(server.url)
    with pytest.raises(RuntimeError), transaction.atomic():
        publish()
        raise RuntimeError
    work()

    assert (server.calls, WebhookEvent.objects.count()) == ([], 0)


def test_waits_are_those_of_the_specification_and_drawn_out_never_cut():
    total = sum(sending.WAITS, timedelta())
    assert total > sending.STOPPED_AFTER, "a receiver would never be stopped by one message"
    assert [round(one.total_seconds()) for one in sending.WAITS[:3]] == [5, 300, 1800]
