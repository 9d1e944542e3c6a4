"""Who wants to hear of which facts, and who does which outbox work. Filled in `AppConfig.ready()`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from .models import Fact

Subscriber = Callable[["Fact"], None]
Handler = Callable[[dict[str, Any]], None]
Presenter = Callable[["Fact"], str]

_subscribers: dict[str, list[Subscriber]] = defaultdict(list)
_handlers: dict[str, Handler] = {}
_beside: set[str] = set()
_presenters: dict[str, Presenter] = {}


def subscribe(type_: str) -> Callable[[Subscriber], Subscriber]:
    """This will call the function for each fact of that type, inside the transaction that records it."""

    def register(subscriber: Subscriber) -> Subscriber:
        if subscriber not in _subscribers[type_]:
            _subscribers[type_].append(subscriber)
        return subscriber

    return register


def subscribers(type_: str) -> list[Subscriber]:
    """Those who want to hear of a type of fact, in the order they came."""
    return list(_subscribers.get(type_, ()))


def handler(topic: str, *, beside: bool = False) -> Callable[[Handler], Handler]:
    """This will make the function do the outbox work of a topic; raises ValueError for a second one.

    `beside`: the work waits for servers of others. The worker does it in threads beside its loop (`activity.beside`), so
    that neither waits for the other; each such function opens no transaction while it waits.
    """

    def register(function: Handler) -> Handler:
        if _handlers.get(topic, function) is not function:
            raise ValueError(f"The topic {topic} has a handler already")
        _handlers[topic] = function
        if beside:
            _beside.add(topic)
        return function

    return register


def handler_of(topic: str) -> Handler | None:
    """The function that does a topic's work, or None."""
    return _handlers.get(topic)


def topics_beside() -> frozenset[str]:
    """The topics whose work is done beside the worker's loop."""
    return frozenset(_beside)


def presenter(type_: str) -> Callable[[Presenter], Presenter]:
    """This will say a type of fact in words, in the active language; raises ValueError for a second one."""

    def register(function: Presenter) -> Presenter:
        if _presenters.get(type_, function) is not function:
            raise ValueError(f"The fact {type_} has words already")
        _presenters[type_] = function
        return function

    return register


def plain_presenters(stem: str, words: Mapping[str, Promise]) -> None:
    """This will say types of facts by words alone that tell nothing of the fact's data: the type is `stem`, a point, and a
    name in `words`. The words are lazy, so that they are said in the active language; raises ValueError for a second one.
    """

    def plain(fact: Fact) -> str:
        return str(words[fact.type.removeprefix(f"{stem}.")])

    for name in words:
        presenter(f"{stem}.{name}")(plain)


def in_words(fact: Fact) -> str:
    """A fact as a sentence in the active language; its type when nobody found words for it."""
    found = _presenters.get(fact.type)
    return found(fact) if found else fact.type
