"""What an address asks of the register, there and back."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from vetovoima.monitoring.filters import InvestmentFilter, filters_from


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", InvestmentFilter()),
        (
            "group=secured&reading=all&counted=yes",
            InvestmentFilter(group="secured", reading="all", counted=True),
        ),
        (
            "stage=idea&stage=permitted&counted=no",
            InvestmentFilter(stages=("idea", "permitted"), counted=False),
        ),
        (
            "scope=energy&municipality=kuhmo&sector=bioeconomy&without_largest=yes",
            InvestmentFilter(
                scopes=("energy",), municipality="kuhmo", sector="bioeconomy", without_largest=True
            ),
        ),
    ],
)
def test_a_filter_and_its_address_say_the_same(query, filters):
    assert filters_from(parse_qs(query)) == filters
    assert filters.query() == query


def test_what_is_unknown_is_set_aside_and_named():
    found = filters_from(
        {"stage": ["idea", "done"], "counted": ["perhaps"], "reading": ["x"], "group": [" "]}
    )

    assert found == InvestmentFilter(
        stages=("idea",), unknown=(("counted", "perhaps"), ("stage", "done"), ("reading", "x"))
    )


def test_a_repeated_value_is_taken_once_and_of_several_single_ones_the_last():
    found = filters_from(
        {"stage": ["idea", "idea"], "group": ["secured", "pipeline"], "municipality": ["a", "b"]}
    )

    assert (found.stages, found.group, found.municipality) == (("idea",), "pipeline", "b")
