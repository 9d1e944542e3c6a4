"""The demonstration's municipal page, registered as a page that shows the offer, once for each way that it shows."""

from __future__ import annotations

from datetime import datetime

from vetovoima.reference.models import Municipality
from vetovoima.syndication.channels import queries, services
from vetovoima.syndication.channels.enums import Way

TITLES = {
    Way.COMPONENT: "Esittelysivu: verkkokomponentti",
    Way.FRAME: "Esittelysivu: kehys",
    Way.FRAGMENT: "Esittelysivu: palvelimen hakema osa",
}
CONTACT = "verkkosivut@kunta.example"


def register_pages(town: Municipality, origin: str, now: datetime) -> int:
    """This will register the page of this start, labelled as an example; those of an earlier start on another port move
    there. Returns how many are new. Done twice it is the same."""
    known = {one.way: one for one in queries.all_pages().filter(municipality=town, is_example=True)}
    address, count = f"{origin}/", 0
    for way, title in TITLES.items():
        if way in known:
            services.edit_page(page=known[way], values={"url": address}, by=None, now=now, revision=None)
            continue
        values = {"title": title, "url": address, "way": way, "language": "fi", "contact_email": CONTACT}
        services.create_page(municipality=town, values=values, by=None, now=now, is_example=True)
        count += 1
    return count
