"""What the tests of rounds share: towns with their people, and a round to answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.timezone import get_current_timezone

from tests.factories import make_municipality, make_organisation, make_person, make_region
from vetovoima.accounts.enums import OrganisationKind, Role
from vetovoima.accounts.models import User
from vetovoima.collection.models import Round, RoundTask, Stewardship
from vetovoima.collection.rounds import services, stewards
from vetovoima.collection.rounds.answers import Writer
from vetovoima.collection.rounds.services import QuestionInput
from vetovoima.common.fields import Translated
from vetovoima.messaging.models import Mail

OPENS, CLOSES = date(2026, 3, 2), date(2026, 3, 21)  # twenty days: half is 12 March, nine tenths 20 March


def at(day: int, hour: int = 12, month: int = 3) -> datetime:
    """A local moment of spring 2026."""
    return datetime(2026, month, day, hour, tzinfo=get_current_timezone())


class Town:
    """A municipality with a steward and a second officer as deputy."""

    def __init__(self, slug: str, *, language: str = "en", people: int = 2) -> None:
        make_region()
        self.municipality = make_municipality(slug)
        organisation = make_organisation(slug, OrganisationKind.MUNICIPALITY, municipality=self.municipality)
        self.people: list[User] = [
            make_person(
                Role.MUNICIPALITY_OFFICER, organisation, email=f"{slug}{n}@town.example",
                display_name=f"{slug.capitalize()} {n}", language=language,
            )
            for n in range(1, people + 1)
        ]  # fmt: skip

    @property
    def steward(self) -> User:
        """The first person."""
        return self.people[0]

    @property
    def deputy(self) -> User:
        """The second person."""
        return self.people[1]

    def name_them(self) -> Stewardship:
        """This will name the two."""
        return stewards.name_steward(
            municipality=self.municipality, steward=self.steward, deputy=self.deputy, by=None, now=at(1)
        )


def make_coordinator(**values: Any) -> User:
    """This will make a coordinator of the council."""
    council = make_organisation("the-council", OrganisationKind.COUNCIL)
    given = {"email": "kaisa@council.example", "display_name": "Kaisa", **values}
    return make_person(Role.COORDINATOR, council, **given)


QUESTIONS = (
    QuestionInput(Translated(fi="Mitä toivotte?", en="What do you wish?"), is_required=True),
    QuestionInput(Translated(en="How many months?"), "number"),
    QuestionInput(
        Translated(en="What slows you down?"), "choice",
        [{"fi": "Kaava", "en": "Planning", "sv": "Plan"}, {"fi": "Verkko", "en": "Grid", "sv": "Nät"}],
    ),
    QuestionInput(Translated(en="Is money set aside?"), "yes_no"),
)  # fmt: skip


def make_round(*towns: Town, kind: str = "annual", is_open: bool = True, **values: Any) -> Round:
    """This will make a round from 2 to 21 March 2026 that asks these towns."""
    given = {
        "title": Translated(fi="Kierros", en="The round", sv="Rundan"),
        "instructions": Translated(),
        "opens_on": OPENS,
        "closes_on": CLOSES,
        "questions": QUESTIONS if kind == "annual" else (),
        **values,
    }
    round = services.create_round(
        kind=kind, municipalities=[one.municipality for one in towns], by=None, now=at(1), **given
    )
    return services.open_round(round=round, by=None, now=at(2, 0)) if is_open else round


def task_of(round: Round, town: Town) -> RoundTask:
    """One town's part of a round, as it is now."""
    return RoundTask.objects.select_related("round", "municipality").get(
        round=round, municipality=town.municipality
    )


ANNUAL = {
    "answers": {"q1": "A faster answer", "q2": "2,5", "q3": "2", "q4": "yes"},
    "respondents": "Management team",
}
OUTLOOK = {
    "rows": [
        {"what": "Sawmill", "amount": "12,5", "year": "2027", "certainty": "likely", "obstacle": "grid"},
        {"what": "Hall", "amount": "4", "year": "2027", "certainty": "decided", "obstacle": "none"},
        {"what": "Hotel", "amount": "20", "year": "2028", "certainty": "idea", "obstacle": "funding"},
    ]
}


def hand_in(round: Round, town: Town, draft: dict[str, Any], *, now: datetime | None = None) -> RoundTask:
    """This will answer for a town."""
    from vetovoima.collection.rounds import answers

    return answers.answer(
        task=task_of(round, town), draft=draft, writer=Writer(town.steward), now=now or at(5), language="fi"
    )


def letters(template: str = "") -> list[Mail]:
    """The mails queued so far, in order, all or of one template."""
    found = Mail.objects.order_by("pk")
    return list(found.filter(template=template) if template else found)
