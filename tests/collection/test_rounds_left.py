"""Somebody who was in charge of a municipality's data has left it: nothing is sent to them or opened in their name."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tests.collection.rounds_world import (
    ANNUAL,
    Town,
    at,
    hand_in,
    letters,
    make_coordinator,
    make_round,
    task_of,
)
from tests.factories import NOW, make_organisation
from vetovoima.accounts.enums import OrganisationKind, Role
from vetovoima.accounts.models import Membership, User
from vetovoima.collection.models import Duty, Source
from vetovoima.collection.rounds import links, queries, services
from vetovoima.collection.rounds.coach import send_coach_mails
from vetovoima.collection.rounds.reminders import run_reminders
from vetovoima.collection.sources.queries import person_in_charge

pytestmark = pytest.mark.django_db


def leave(person: User) -> None:
    """They keep their account and work elsewhere now."""
    Membership.objects.filter(user=person).delete()
    firm = make_organisation("firm", OrganisationKind.COMPANY)
    Membership.objects.create(user=person, organisation=firm, role=Role.COMPANY)


def sent() -> set[str]:
    return {one.to for one in letters("")}


def test_the_deputy_is_asked_when_the_steward_has_left_and_then_the_council() -> None:
    coordinator, kuhmo = make_coordinator(), Town("kuhmo")
    post = kuhmo.name_them()
    leave(kuhmo.steward)
    asked = queries.in_charge(queries.stewardship_of(kuhmo.municipality), at(2).date())
    assert asked is not None
    assert (asked.person, asked.covers_for) == (kuhmo.deputy, kuhmo.steward)
    leave(kuhmo.deputy)
    asked = queries.in_charge(queries.stewardship_of(kuhmo.municipality), at(2).date())
    assert asked is not None
    assert (asked.person, asked.covers_for) == (coordinator, post.steward)


def test_no_letter_of_a_round_goes_to_somebody_who_has_left() -> None:
    make_coordinator()
    kuhmo = Town("kuhmo")
    kuhmo.name_them()
    round = make_round(kuhmo)
    hand_in(round, kuhmo, ANNUAL)
    for person in kuhmo.people:
        leave(person)
    before = {one.pk for one in letters("")}
    services.return_answer(
        task=task_of(round, kuhmo), comment="Please add the costs.", by=_coordinator(), now=at(10)
    )
    for day in (12, 20, 25):
        run_reminders(at(day))
    send_coach_mails(at(16))
    after = [one for one in letters("") if one.pk not in before]
    assert after
    assert {one.to for one in after} == {"kaisa@council.example"}


def _coordinator() -> User:
    return User.objects.get(email="kaisa@council.example")


def test_a_sources_trouble_is_told_to_whoever_may_still_answer() -> None:
    coordinator, kuhmo = make_coordinator(), Town("kuhmo")
    source = Source(municipality=kuhmo.municipality, owner=kuhmo.steward)
    assert person_in_charge(source, NOW) == kuhmo.steward  # nobody is named yet
    kuhmo.name_them()
    leave(kuhmo.steward)
    assert person_in_charge(source, NOW) == kuhmo.deputy
    leave(kuhmo.deputy)
    assert person_in_charge(source, NOW) == coordinator


def test_the_council_is_asked_to_name_somebody_new() -> None:
    coordinator, kuhmo = make_coordinator(), Town("kuhmo")
    Duty.objects.create(code="steward", title={"en": "Steward"}, measure="steward")
    kuhmo.name_them()
    today = date(2026, 3, 10)

    def waits() -> list[str]:
        return [
            one.why
            for one in queries.waiting_for(coordinator, at(10))
            if one.municipality == kuhmo.municipality
        ]

    def row() -> tuple[bool, str]:
        found = queries.rows_for([kuhmo.municipality], today)[0]
        return found.is_kept, found.worst_duty

    assert (waits(), row()) == ([], (True, "kept"))
    leave(kuhmo.deputy)
    assert (waits(), row()) == (["steward"], (False, "overdue"))
    board = Client()
    board.force_login(coordinator)
    for page in ("/desk/collection/", f"/desk/collection/towns/{kuhmo.municipality.slug}/"):
        assert "name a new one" in board.get(page).content.decode()


@pytest.mark.parametrize("how", ["left", "disabled"])
def test_a_link_stops_with_whoever_made_it_and_can_be_made_anew(how: str) -> None:
    kuhmo = Town("kuhmo")
    today = timezone.now()
    round = make_round(kuhmo, opens_on=today.date(), closes_on=date(today.year + 1, 1, 1))
    task = task_of(round, kuhmo)
    link, secret = links.make_link(task=task, holder="The mayor", by=kuhmo.steward, now=today)
    assert links.open_link(secret, today) == link
    if how == "left":
        leave(kuhmo.steward)
    else:
        User.objects.filter(pk=kuhmo.steward.pk).update(is_active=False)
    with pytest.raises(links.MakerHasLeft):
        links.open_link(secret, today)
    page = Client().get(f"/answer/{secret}/?lang=en")
    said = page.content.decode()
    assert page.status_code == 404
    assert "no longer answers for the municipality" in said
    assert "or the council, for a new link" in said
    assert "What do you wish?" not in said
    for path in ("save/", "form.xlsx", "upload/"):
        assert Client().post(f"/answer/{secret}/{path}").status_code == 404

    assert [(one.is_stopped, one.works) for one in links.links_of(task, today)] == [(True, False)]
    desk = Client()
    desk.force_login(kuhmo.deputy)
    address = f"/desk/collection/rounds/{round.code}/towns/{kuhmo.municipality.slug}/"
    assert "Make a new link for the same holder" in desk.get(address).content.decode()
    _link, other = links.make_link(task=task, holder="The mayor", by=kuhmo.deputy, now=today)
    assert Client().get(f"/answer/{other}/").status_code == 200


def test_stopped_links_do_not_count_among_the_ten() -> None:
    kuhmo = Town("kuhmo")
    task = task_of(make_round(kuhmo), kuhmo)
    for number in range(links.MAX_LINKS):
        links.make_link(task=task, holder=str(number), by=kuhmo.steward, now=at(3))
    with pytest.raises(links.CannotMakeLink):
        links.make_link(task=task, holder="x", by=kuhmo.deputy, now=at(3))
    leave(kuhmo.steward)
    links.make_link(task=task, holder="x", by=kuhmo.deputy, now=at(3))
