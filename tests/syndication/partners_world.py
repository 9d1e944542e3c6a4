"""Channels and deliveries as most tests need them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.syndication.models import PartnerChannel, PartnerDelivery, PublishedDocument
from vetovoima.syndication.partners import noting, queries, services

TODAY = NOW.date()
LATER = NOW + timedelta(days=1)


def wrong_fields(refused: Any) -> list[str]:
    """The fields that a refusal speaks of."""
    return sorted(refused.value.error_dict)


def withdraw(site: Site) -> None:
    """This will take a record off the public side a day later."""
    catalogue.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=LATER)


def republish(site: Site, **values: Any) -> Site:
    """This will publish a new version of a record a day later."""
    edited = catalogue.edit_site(site=site, values=values, by=None, now=LATER, revision=None)
    return catalogue.publish_site(site=edited, by=None, now=LATER)


def make_channel(called: str = "Windy Agency", **values: Any) -> PartnerChannel:
    """This will put a channel into the register."""
    make_region()
    given = {"name": Translated(en=called), "kind": "agency", "email": "desk@agency.example", **values}
    return services.create_partner(values=given, by=None, now=NOW)


def make_example() -> str:
    """This will publish a record that is a made-up example, and return its code."""
    code = make_site(state="published").code
    for one in PublishedDocument.objects.filter(code=code):
        one.body["is_example"] = one.card["is_example"] = one.is_example = True
        one.save()
    return code


def make_delivery(
    *, channel: PartnerChannel | None = None, municipality: str = "", by: Any = None, **values: Any
) -> PartnerDelivery:
    """This will prepare a delivery; of one published plot unless `records` are given."""
    if "records" not in values:
        values["records"] = [make_site(municipality or "kuhmo", state="published").code]
    town = make_municipality(municipality) if municipality else None
    given = {"title": "Power and room", "language": "en", "message": "Here is what we offer.", **values}
    return services.prepare_delivery(
        channel=channel or make_channel(), municipality=town, values=given, by=by, now=NOW
    )


def packed_delivery(**values: Any) -> PartnerDelivery:
    """This will prepare a delivery and make its files."""
    return services.pack_delivery(delivery=make_delivery(**values), by=None, now=NOW)


def sent_delivery(**values: Any) -> PartnerDelivery:
    """This will prepare, pack and send a delivery."""
    return noting.mark_sent(
        delivery=packed_delivery(**values), sent_on=TODAY, way="mail", sent_to="Ada", by=None, now=NOW
    )


def content(delivery: PartnerDelivery, form: str) -> bytes:
    """This will return a packed file."""
    found = queries.file_of(delivery, form)
    assert found is not None
    return bytes(found.content)
