"""Commands that do several things (`vetovoima webhook list`): what they share, from the choice to the printed answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError


class ActionCommand(BaseCommand):
    """A command whose actions are its methods: `_list` does `list`, and returns what is printed.

    A subclass adds its actions in `add_arguments`, each with `--json`, and says its answers in words.
    """

    #: what a service refuses, beside values that do not pass: each says why in a sentence
    refusals: tuple[type[Exception], ...] = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """This will do it and print the outcome; exit code 1 with a sentence when it cannot."""
        try:
            answer = getattr(self, f"_{options['action']}")(options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except self.refusals as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for line in self.in_words(options["action"], answer):
            self.stdout.write(line)

    def in_words(self, action: str, answer: Any) -> Iterable[str]:
        """This will return the lines that people read of an answer."""
        raise NotImplementedError
