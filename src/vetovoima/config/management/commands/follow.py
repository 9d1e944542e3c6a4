"""vetovoima follow: list what is followed of other regions, follow and end, read now."""

from __future__ import annotations

from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils import timezone

from vetovoima.collection.sources.enums import BAD
from vetovoima.config.management.actions import ActionCommand
from vetovoima.syndication.federation import queries, services
from vetovoima.syndication.federation.enums import Choice, Every, FollowKind
from vetovoima.syndication.federation.models import FollowedSource, FollowRun
from vetovoima.syndication.federation.problems import in_words
from vetovoima.syndication.federation.running import AlreadyReading, read_source


class Command(ActionCommand):
    """For the operator: what the desk does under Neighbours. Exit code 1 when a reading failed."""

    help = "List, follow, read, pause, resume and end other regions' sources."
    refusals = (services.CannotChangeFollowed,)

    def add_arguments(self, parser: CommandParser) -> None:
        """This will read what is to be done and to which source."""
        actions = parser.add_subparsers(dest="action", required=True)
        listing = actions.add_parser("list", help="list what is followed")
        add = actions.add_parser("add", help="follow a source; the worker reads it soon")
        add.add_argument("--title", required=True, help="the region's name")
        add.add_argument("--kind", choices=FollowKind.values, default=FollowKind.VETOVOIMA.value)
        add.add_argument("--address", required=True, help="https only")
        add.add_argument("--layer", default="", help="the collection of an OGC API Features service")
        add.add_argument("--attribution", required=True, help="who answers for the records")
        add.add_argument("--home", default="", help="the region's own site")
        add.add_argument("--licence", default="", help="where the source does not say it")
        add.add_argument("--language", default="en", help="where the source does not say it (en)")
        add.add_argument("--every", choices=Every.values, default=Every.QUARTER.value)
        add.add_argument(
            "--record-kind", action="append", default=[], help="only this kind; may be given several times"
        )
        add.add_argument(
            "--code", action="append", default=[], help="only this record; may be given several times"
        )
        reading = actions.add_parser("read", help="read now, without waiting for the worker")
        reading.add_argument("key", nargs="?", help="as the list shows it; every active one when left out")
        named = {name: actions.add_parser(name, help=text) for name, text in _HELP.items()}
        for one in named.values():
            one.add_argument("key", help="as the list shows it")
        for one in (listing, add, reading, *named.values()):
            one.add_argument("--json", action="store_true", help="print JSON")

    def has_failed(self, action: str, answer: Any) -> bool:
        """Whether a reading failed."""
        return action == "read" and any(one["state"] in BAD for one in answer)

    def _source(self, key: str) -> FollowedSource:
        found = queries.all_sources().filter(key=key).first()
        if found is None:
            raise CommandError(f"Nothing is followed as {key}. vetovoima follow list shows what is.")
        return found

    def _list(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [_shape(one) for one in queries.all_sources()]

    def _add(self, options: dict[str, Any]) -> dict[str, Any]:
        kinds, codes = options["record_kind"], options["code"]
        choice = Choice.CODES if codes else Choice.KINDS if kinds else Choice.ALL
        plain = ("kind", "address", "layer", "attribution", "home", "licence", "language", "every")
        values = {
            **{name: options[name] for name in plain}, "title": {options["language"]: options["title"]},
            "choice": choice.value, "chosen": codes or kinds,
        }  # fmt: skip
        return _shape(services.follow_source(values=values, by=None, now=timezone.now()))

    def _read(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        if options["key"]:
            wanted = [self._source(options["key"])]
        else:
            wanted = [one for one in queries.all_sources() if one.state == "active"]
        found = []
        for one in wanted:
            try:
                found.append(_run(one, read_source(source=one, now=timezone.now())))
            except AlreadyReading:
                self.stderr.write(f"{one.key}: is being read already")
        return found

    def _pause(self, options: dict[str, Any]) -> dict[str, Any]:
        source = self._source(options["key"])
        return _shape(services.pause_followed(source=source, by=None, now=timezone.now()))

    def _resume(self, options: dict[str, Any]) -> dict[str, Any]:
        source = self._source(options["key"])
        return _shape(services.resume_followed(source=source, by=None, now=timezone.now()))

    def _end(self, options: dict[str, Any]) -> dict[str, Any]:
        source = self._source(options["key"])
        services.unfollow_source(source=source, by=None, now=timezone.now())
        return {"key": source.key, "state": "ended"}


_HELP = {
    "pause": "read it no more until it is resumed",
    "resume": "read it again",
    "end": "end following; its records go at once",
}


def _shape(source: FollowedSource) -> dict[str, Any]:
    return {
        "key": source.key,
        "state": "failing" if source.state == "active" and source.failures else source.state,
        "host": source.host,
        "title": source.title.best("en")[0],
        "licence": source.licence_shown or None,
        "last_good_at": source.last_good_at.isoformat() if source.last_good_at else None,
    }


def _run(source: FollowedSource, run: FollowRun) -> dict[str, Any]:
    said = " ".join(in_words(one) for one in (run.problem, *run.notes) if one)
    return {"key": source.key, "state": run.state, **run.counts, "message": said}
