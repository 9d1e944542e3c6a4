"""Who hears that a source is in trouble: whoever keeps the municipality's data, at the third bad run in a row."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import override

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import subscribe
from vetovoima.collection.connectors.problems import in_words
from vetovoima.messaging.services import queue_mail

from . import queries

TOLD_AT = 3


@subscribe("collection.source.failed")
def tell_the_steward(fact: Fact) -> None:
    """This will write once when a source has failed three times in a row; a good run begins the count anew."""
    if fact.data.get("failures") != TOLD_AT:
        return
    source = queries.source(int(fact.code))
    run = queries.run_of(source, fact.data["run"]) if source else None
    person = queries.person_in_charge(source, fact.at) if source else None
    if source is None or run is None or person is None or not person.is_active:
        return
    queue_mail(
        key=f"source_failing:{fact.pk}",
        to=person.email,
        language=person.language,
        template="source_failing",
        context={
            "title": source.title,
            "municipality": source.municipality.name.best(person.language)[0],
            "reason": _reason(run.problem, person.language),
            "last_good_at": source.last_good_at,
            "link": f"{settings.VETOVOIMA_PUBLIC_URL}/desk/collection/sources/{source.pk}/",
        },
        about_kind="source",
        about_code=str(source.pk),
    )


def _reason(problem: dict[str, object], language: str) -> str:
    with override(language):
        return in_words(problem)
