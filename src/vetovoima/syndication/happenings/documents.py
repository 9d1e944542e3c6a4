"""The public shapes of a piece of news and of an event: one for feed, calendar and API.

Named by their version: a field is added freely, changed or removed only with a new version.
"""

from __future__ import annotations

from typing import TypedDict

NEWS_SCHEMA, EVENT_SCHEMA = "vetovoima.news/1", "vetovoima.event/1"


class _Told(TypedDict):
    """What a piece of news and an event have in common, in one language.

    `code` is the same in every language and never changes. `url` is a path below the public address. `text` is plain,
    its paragraphs divided by an empty line. `municipalities` and `sectors` are the slugs of those that it is about.
    """

    schema: str
    code: str
    language: str
    languages: list[str]
    url: str
    title: str
    lead: str
    text: str
    updated_at: str
    licence: str
    municipalities: list[str]
    sectors: list[str]
    sources: list[dict[str, str]]


class NewsDocument(_Told):
    """A piece of news; `date` is its day."""

    date: str


class EventDocument(_Told):
    """An event. Moments carry their offset; of a whole day (`is_whole_day`) they are days, the last one included.

    `ends_at` is empty where nobody said when it ends; `over_at` is the moment from which it is over.
    """

    starts_at: str
    ends_at: str
    over_at: str
    is_whole_day: bool
    is_cancelled: bool
    place: str
    online_url: str
    organiser: str
    registration_url: str
