"""Commands that do several things (`vetovoima webhook list`): what they share, from the choice to the printed answer."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError

from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipality


class ActionCommand(BaseCommand):
    """A command whose actions are its methods: `_list` does `list`, and returns what is printed.

    A subclass adds its actions in `add_arguments`, each with `--json`. Without it an answer is one line for each thing,
    with its values, where the subclass does not say it in words of its own.
    """

    #: what a service refuses, beside values that do not pass: each says why in a sentence
    refusals: tuple[type[Exception], ...] = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """This will do it and print the outcome; exit code 1 with a sentence when it cannot, or after a failure."""
        try:
            answer = getattr(self, f"_{options['action']}")(options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except self.refusals as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            for line in self.in_words(options["action"], answer):
                self.stdout.write(line)
        if self.has_failed(options["action"], answer):
            sys.exit(1)

    def in_words(self, action: str, answer: Any) -> Iterable[str]:
        """This will return the lines that people read of an answer."""
        for thing in answer if isinstance(answer, list) else [answer]:
            yield "  ".join(_plain(value) for value in thing.values())

    def has_failed(self, action: str, answer: Any) -> bool:
        """Whether an answer tells of a failure: it is printed whole, and scripts see the exit code 1."""
        return False


def municipality_named(slug: str | None) -> Municipality | None:
    """This will return the municipality of an argument, None where it was left out; raises CommandError for no such."""
    if not slug:
        return None
    found = municipality(slug)
    if found is None:
        raise CommandError(f"There is no municipality {slug}.")
    return found


def _plain(value: Any) -> str:
    """A value as a person reads it; a list stands below, a line for each, to be copied."""
    if isinstance(value, list):
        return "\n" + "\n".join(value)
    return "–" if value is None else str(value)
