"""Who hears that a source is in trouble: whoever keeps the municipality's data, at the third bad run in a row; at once
when its columns or its figures are suddenly others, for that does not mend itself."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import override

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import subscribe
from vetovoima.collection.connectors.problems import in_words
from vetovoima.collection.models.sources import Source, SourceRun
from vetovoima.messaging.services import queue_mail

from . import queries
from .shape import ACCEPTABLE

TOLD_AT = 3


@subscribe("collection.source.failed")
def tell_the_steward(fact: Fact) -> None:
    """This will write once when a source has changed, or has failed three times in a row; a good run begins anew."""
    source = queries.source(int(fact.code))
    run = queries.run_of(source, fact.data["run"]) if source else None
    if source is None or run is None or not _is_due(source, run, int(fact.data.get("failures", 0))):
        return
    person = queries.person_in_charge(source, fact.at)
    if person is None or not person.is_active:
        return
    template = "source_changed" if _has_other_shape(run) else "source_failing"
    queue_mail(
        key=f"{template}:{fact.pk}",
        to=person.email,
        language=person.language,
        template=template,
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


def _has_other_shape(run: SourceRun) -> bool:
    return run.problem.get("code") in ACCEPTABLE


def _is_due(source: Source, run: SourceRun, failures: int) -> bool:
    """A changed source is told of once, by the first of the bad runs that says so; trouble at the third."""
    earlier = list(queries.runs_of(source).filter(started_at__lt=run.started_at)[: max(0, failures - 1)])
    told = any(_has_other_shape(one) for one in earlier)
    return not told if _has_other_shape(run) else failures == TOLD_AT and not told


def _reason(problem: dict[str, object], language: str) -> str:
    with override(language):
        return in_words(problem)
