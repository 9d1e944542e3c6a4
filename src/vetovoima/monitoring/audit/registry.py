"""Checks register here when the application starts: those of data from this app, those of pages from the portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.utils.timezone import localdate

from .enums import How, Result
from .items import BY_CODE

T = TypeVar("T")
#: so many places are named as evidence; the count says how many there are
MOST_PLACES = 12


@dataclass(frozen=True)
class Evidence:
    """One sentence in English, as it stands in the catalogues of texts, its values, and where to look or to mend."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    url: str = ""

    def as_json(self) -> dict[str, Any]:
        """The evidence as it is stored."""
        return {"text": self.text, "values": self.values, "url": self.url}


@dataclass(frozen=True)
class Finding:
    """What a check found."""

    result: Result
    evidence: tuple[Evidence, ...] = ()


@dataclass
class Run:
    """One run of the audit: its moment, and what several checks share, such as the pages that were read."""

    now: datetime
    _shared: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in the region."""
        return localdate(self.now)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """This will return what was made under a name in this run, and make it the first time."""
        if name not in self._shared:
            self._shared[name] = make()
        found: T = self._shared[name]
        return found


Check = Callable[[Run], Finding]
_checks: dict[str, Check] = {}


def check(code: str) -> Callable[[Check], Check]:
    """This will have the audit call a function for an item; raises ValueError for an unknown item or a second check."""

    def register(function: Check) -> Check:
        if code not in BY_CODE or BY_CODE[code].how != How.MACHINE:
            raise ValueError(f"{code} is no item for a machine")
        if _checks.get(code, function) is not function:
            raise ValueError(f"{code} has a check already")
        _checks[code] = function
        return function

    return register


def check_of(code: str) -> Check | None:
    """The check of an item, or None."""
    return _checks.get(code)


def judged(good: int, total: int, *evidence: Evidence, enough: float = 1.0) -> Finding:
    """This will judge a share: nothing or none is a failure, `enough` of it passes, anything between is a part."""
    if not total or not good:
        return Finding(Result.FAIL, evidence)
    return Finding(Result.PASS if good >= enough * total else Result.PART, evidence)


def share(good: int, total: int, said: str, url: str = "") -> Finding:
    """This will judge how many of all say something; `said` tells it with `number` and `total`."""
    return judged(good, total, Evidence(said, {"number": good, "total": total}, url))


def places(urls: list[str], text: str) -> tuple[Evidence, ...]:
    """This will name the first places of a list, each with its address."""
    return tuple(Evidence(text, {"place": url}, url) for url in urls[:MOST_PLACES])
