"""What the pages of neighbours show, with every sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vetovoima.desk.forms import here
from vetovoima.reference.queries import sectors
from vetovoima.syndication.federation.enums import Choice, kind_label
from vetovoima.syndication.federation.problems import in_words

if TYPE_CHECKING:
    from vetovoima.syndication.federation.models import FollowedSource, FollowRun
    from vetovoima.syndication.federation.queries import FollowedStatus
    from vetovoima.syndication.federation.shapes import Foreign
    from vetovoima.syndication.federation.trying import Trial


@dataclass(frozen=True)
class RunLine:
    """One reading: how it ended, why, and what must be said of it."""

    run: FollowRun
    problem: str
    notes: list[str]


@dataclass(frozen=True)
class SourceLine:
    """One row of the list."""

    source: FollowedSource
    title: str
    count: int
    line: RunLine | None


@dataclass(frozen=True)
class SampleLine:
    """A record of a trial as it would be shown."""

    name: str
    code: str
    kind: str
    place: str
    url: str
    is_example: bool
    on_map: bool


def run_line(run: FollowRun | None) -> RunLine | None:
    """A reading with its sentences; None before the first."""
    if run is None:
        return None
    return RunLine(run, in_words(run.problem), [in_words(one) for one in run.notes])


def source_lines(statuses: Iterable[FollowedStatus]) -> list[SourceLine]:
    """The list in the order of names."""
    lines = [
        SourceLine(one.source, one.source.title.best(here())[0], one.count, run_line(one.run))
        for one in statuses
    ]
    return sorted(lines, key=lambda one: one.title.casefold())


def chosen_words(source: FollowedSource) -> list[str]:
    """What is taken, in words."""
    if source.choice == Choice.KINDS:
        return [kind_label(one) for one in source.chosen]
    if source.choice == Choice.SECTORS:
        names = {one.slug: one.name.best(here())[0] for one in sectors()}
        return [names.get(one, one) for one in source.chosen]
    return list(source.chosen)


def trial_shape(trial: Trial | None) -> dict[str, Any] | None:
    """What a trial gave, as its page shows it."""
    if trial is None:
        return None
    return {
        "trial": trial,
        "title": trial.title.best(here())[0],
        "lines": [_sample(one) for one in trial.records],
    }


def _sample(one: Foreign) -> SampleLine:
    return SampleLine(
        name=one.name.best(here())[0], code=one.code or one.identifier, kind=kind_label(one.kind),
        place=one.place_name, url=one.url.best(here())[0], is_example=one.is_example, on_map=one.latitude is not None,
    )  # fmt: skip
