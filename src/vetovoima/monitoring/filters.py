"""Which rows of the register somebody wants to see, and how an address says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .enums import ALL_SCOPES, Group, Scope, Stage


@dataclass(frozen=True)
class InvestmentFilter:
    """Which rows of the register to show; empty means all. `unknown` holds what an address asked and nothing fits.

    `counted` True: rows in the sums of the target in that reading; False: the others; None: both.
    """

    group: str = ""
    stages: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    municipality: str = ""
    sector: str = ""
    reading: str = ""
    counted: bool | None = None
    without_largest: bool = False
    unknown: tuple[tuple[str, str], ...] = field(default=())

    def query(self) -> str:
        """The filter as the query of an address; `filters_from` reads it back."""
        pairs = [("group", self.group)] if self.group else []
        pairs += [("stage", stage) for stage in self.stages]
        pairs += [("scope", scope) for scope in self.scopes]
        pairs += [
            (name, value) for name in ("municipality", "sector", "reading") if (value := getattr(self, name))
        ]
        if self.counted is not None:
            pairs.append(("counted", "yes" if self.counted else "no"))
        if self.without_largest:
            pairs.append(("without_largest", "yes"))
        return urlencode(pairs)


def filters_from(parameters: Mapping[str, Iterable[str]]) -> InvestmentFilter:
    """This will read a filter from the parameters of an address ({name: [values]}); what is unknown is set aside."""
    given = {
        name: [value.strip() for value in values if value.strip()] for name, values in parameters.items()
    }
    unknown: list[tuple[str, str]] = []

    def known(name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        allowed = tuple(allowed)
        found = given.get(name, [])
        unknown.extend((name, value) for value in found if value not in allowed)
        return tuple(value for value in dict.fromkeys(found) if value in allowed)

    def last(name: str, allowed: Iterable[str]) -> str:
        return (known(name, allowed) or ("",))[-1]

    counted = last("counted", ("yes", "no"))
    return InvestmentFilter(
        group=last("group", Group.values),
        stages=known("stage", Stage.values),
        scopes=known("scope", Scope.values),
        municipality=(given.get("municipality") or [""])[-1],
        sector=(given.get("sector") or [""])[-1],
        reading=last("reading", (*Scope.values, ALL_SCOPES)),
        counted={"yes": True, "no": False}.get(counted),
        without_largest=last("without_largest", ("yes", "no")) == "yes",
        unknown=tuple(unknown),
    )
