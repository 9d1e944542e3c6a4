"""Questions about news and events, and who answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from .documents import EventDocument, NewsDocument

TellNews = Callable[[str], Iterable[NewsDocument]]
TellEvents = Callable[[str], Iterable[EventDocument]]
Told = TypeVar("Told", NewsDocument, EventDocument)


class _Sources:
    """Where news and events come from; nowhere until the room that has them says so."""

    news: TellNews | None = None
    events: TellEvents | None = None


def register_happenings(*, news: TellNews, events: TellEvents) -> None:
    """This will say (in `ready()`) who knows what is live: news of a language, newest first, and its events, by their
    beginning. Drafts and pages behind a password are not theirs to tell."""
    _Sources.news, _Sources.events = staticmethod(news), staticmethod(events)


def news(
    language: str, *, municipalities: Iterable[str] = (), sectors: Iterable[str] = ()
) -> list[NewsDocument]:
    """The news of a language, newest first; with municipalities or sectors those that are about any of them."""
    return _about(_Sources.news(language) if _Sources.news else (), municipalities, sectors)


def events(
    language: str, *, municipalities: Iterable[str] = (), sectors: Iterable[str] = ()
) -> list[EventDocument]:
    """The events of a language, by their beginning; with municipalities or sectors those that are about any of them."""
    return _about(_Sources.events(language) if _Sources.events else (), municipalities, sectors)


def _about(told: Iterable[Told], municipalities: Iterable[str], sectors: Iterable[str]) -> list[Told]:
    places, subjects = set(municipalities), set(sectors)
    return [
        one
        for one in told
        if (not places or places & set(one["municipalities"]))
        and (not subjects or subjects & set(one["sectors"]))
    ]
